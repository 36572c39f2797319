"""Where blocks are counted: SQLite, DuckDB, a count-min sketch, and the store of `cleaner.sites`, on the same made-up crawl.

    python -m benchmarks.site_stores [BLOCKS]        each in a process of its own: seconds, the most memory it had at once, bytes on the disk

The crawl: 20,000 hosts, as many pages as make the blocks at 25 a page, 10 lines of each page the site's, 15 its own; 1,000,000 blocks by default. SQLite and DuckDB get what
a database would need to answer the same questions: a row a block with host, page, key, element, position and size, counted with GROUP BY; SQLite once more
with one row a host and key, counted by upsert. The sketch counts host and key in 4 rows of 2**20 cells and keeps the text of what reached the threshold: it knows neither
positions nor which pages have a text of their own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from zlib import crc32

HOSTS = 20_000
BLOCKS = 1_000_000
PER_PAGE = 25
TEMPLATE = 10
WORDS = "ferry quay lamp orchard bridge meadow oven letter choir baker signal valley harvest window teacher council river tide stone boat".split()

Page = tuple[str, int, list[str]]


def crawl(blocks: int) -> Iterator[Page]:
    """Host, number and lines of each page; the hosts' pages are mixed, as in a crawl. A tenth of the hosts has half of the pages."""
    chance = random.Random(1)
    for number in range(blocks // PER_PAGE):
        host = chance.randrange(HOSTS // 10 if chance.random() < 0.5 else HOSTS)
        own = [" ".join(chance.choices(WORDS, k=14)) + "." for _ in range(PER_PAGE - TEMPLATE)]
        menu = [f"{WORDS[n]} {WORDS[(host + n) % 20]} of {host}" for n in range(TEMPLATE)]
        yield f"host{host}.example", number, [*menu[:6], *own, *menu[6:]]


def sqlite_rows(blocks: int, folder: Path) -> int:
    import sqlite3

    base = sqlite3.connect(folder / "sites.db")
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("PRAGMA synchronous=OFF")
    base.execute("PRAGMA cache_size=-64000")
    base.execute("CREATE TABLE block (host TEXT, page INTEGER, key TEXT, tag TEXT, place INTEGER, size INTEGER)")
    for host, number, lines in crawl(blocks):
        base.executemany(
            "INSERT INTO block VALUES (?,?,?,?,?,?)", [(host, number, line, "p", at, len(line)) for at, line in enumerate(lines)]
        )
    query = "SELECT host, key, COUNT(DISTINCT page) AS pages, AVG(place) FROM block GROUP BY host, key HAVING pages >= 5"
    found = sum(1 for _ in base.execute(query))
    base.close()
    return found


def sqlite_upsert(blocks: int, folder: Path) -> int:
    import sqlite3

    base = sqlite3.connect(folder / "sites.db")
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("PRAGMA synchronous=OFF")
    base.execute("PRAGMA cache_size=-64000")
    base.execute("CREATE TABLE block (host TEXT, key TEXT, pages INTEGER, place INTEGER, PRIMARY KEY (host, key)) WITHOUT ROWID")
    for host, _, lines in crawl(blocks):
        rows = [(host, line, at) for at, line in enumerate(lines)]
        base.executemany(
            "INSERT INTO block VALUES (?1,?2,1,?3) ON CONFLICT DO UPDATE SET pages = pages + 1, place = place + ?3", rows
        )
    found: int = base.execute("SELECT COUNT(*) FROM block WHERE pages >= 5").fetchone()[0]
    base.close()
    return found


def duckdb_rows(blocks: int, folder: Path) -> int:
    import duckdb
    import pyarrow

    base = duckdb.connect(str(folder / "sites.duckdb"))
    base.execute("SET memory_limit='256MB'; SET threads=1; SET preserve_insertion_order=false")
    base.execute("CREATE TABLE block (host TEXT, page INTEGER, key TEXT, tag TEXT, place INTEGER, size INTEGER)")
    names = ("host", "page", "key", "tag", "place", "size")
    waiting: list[tuple[str, int, str, str, int, int]] = []

    def flush() -> None:
        table = pyarrow.table(dict(zip(names, map(list, zip(*waiting, strict=True)), strict=True)))
        base.register("waiting", table)
        base.execute("INSERT INTO block SELECT * FROM waiting")
        base.unregister("waiting")
        waiting.clear()

    for host, number, lines in crawl(blocks):
        waiting.extend((host, number, line, "p", at, len(line)) for at, line in enumerate(lines))
        if len(waiting) >= 50_000:
            flush()
    if waiting:
        flush()
    query = "SELECT COUNT(*) FROM (SELECT host, key FROM block GROUP BY host, key HAVING COUNT(DISTINCT page) >= 5)"
    found = base.execute(query).fetchone()
    base.close()
    return int(found[0]) if found else 0


def sketch(blocks: int, folder: Path) -> int:
    import numpy as np

    cells = np.zeros((4, 1 << 20), dtype=np.uint16)
    found: set[tuple[str, str]] = set()
    for host, _, lines in crawl(blocks):
        for line in lines:
            data = f"{host}\t{line}".encode()
            least = 1 << 30
            value = crc32(data)
            for row in range(4):
                value = (value * 2654435761 + row * 40503) & 0xFFFFFFFF
                at = value & 0xFFFFF
                cells[row, at] += 1
                least = min(least, int(cells[row, at]))
            if least >= 5:
                found.add((host, line))
    return len(found)


def store(blocks: int, folder: Path) -> int:
    from cleaner.page import Page, blocks_of
    from cleaner.sites import Store, line_of

    with open(folder / "texts", "w+b") as texts:

        def texts_at(place: int) -> list[str]:
            texts.seek(place)
            return texts.readline().decode().split("\t")

        kept = Store(folder, texts_at)
        for host, number, lines in crawl(blocks):
            ends = list(accumulate(len(line) + 1 for line in lines))
            rows = (
                (end - 1 - len(line), end - 1, "p", 0, 0, "article", False, 1.0) for end, line in zip(ends, lines, strict=True)
            )
            page = Page("\n".join(lines), blocks_of(rows), "text", url=f"https://{host}/{number}")
            kept.add(line_of(page), texts.tell())
            texts.write("\t".join(lines).encode() + b"\n")
        learned = kept.write(folder / "templates")
    (folder / "texts").unlink()
    return learned.rows


def made(blocks: int, folder: Path) -> int:
    return sum(len(lines) for _, _, lines in crawl(blocks))


KINDS: dict[str, Callable[[int, Path], int]] = {
    "making the crawl": made,
    "SQLite, row a block": sqlite_rows,
    "SQLite, upsert": sqlite_upsert,
    "DuckDB, row a block": duckdb_rows,
    "count-min sketch": sketch,
    "cleaner.sites.Store": store,
}


def one(name: str, blocks: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        found = KINDS[name](blocks, Path(folder))
        seconds = time.process_time() - started
        disk = sum(path.stat().st_size for path in Path(folder).iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {name:22} {seconds:7.1f} s CPU  {peak:6.0f} MB  {disk / 1e6:7.1f} MB left on disk  found {found:,}")


def main() -> None:
    if len(sys.argv) > 2:
        one(sys.argv[2], int(sys.argv[1]))
        return
    blocks = int(sys.argv[1]) if len(sys.argv) > 1 else BLOCKS
    print(f"{blocks:,} blocks of {HOSTS:,} hosts", flush=True)
    for name in KINDS:
        subprocess.run([sys.executable, "-m", "benchmarks.site_stores", str(blocks), name], check=False)


if __name__ == "__main__":
    main()
