"""The pages of a site brought together, whatever the crawl: in files on the disk, with memory that does not grow.

Lines go into buckets by the hash of their domain, a bucket is small enough to be held, and one site after the other is counted. Of a large site the pages with
the smallest hashes are taken, which is a sample that does not depend on the order. Lines that might be shared by unrelated sites go into
buckets by their own hash and are counted there. Why not a database: docs/decisions/sites.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import zstandard

from cleaner.rules.site_file import Row
from cleaner.sites.counts import counted
from cleaner.sites.extract import SitePage, read_line, sort_key
from cleaner.sites.shared import candidates, sharable
from cleaner.sites.verdict import LEAST_PAGES, rows_of
from cleaner.sites.written import Learned, section_of, write_templates

__all__ = ["Store"]

MOST_PAGES = 500  # of a host that are counted: enough for a line on one page in twenty
LEAST_HOSTS = 2  # hosts of a domain that must have a line before it is taken for the domain's
BUCKETS = 64
BUFFER = 256_000  # bytes of a bucket in memory before they are packed and written: 16 MB in all
PACK = 1  # level of zstd: the files are read once


class Buckets:
    """Lines in files by hash; what is in memory is what has not been written yet."""

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = [folder / f"{name}-{number:02d}.zst" for number in range(BUCKETS)]
        self._waiting: list[list[bytes]] = [[] for _ in range(BUCKETS)]
        self._sizes = [0] * BUCKETS
        self._packer = zstandard.ZstdCompressor(level=PACK)

    def add(self, key: bytes, line: bytes) -> None:
        number = crc32(key) % BUCKETS
        self._waiting[number].append(line)
        self._sizes[number] += len(line) + 1
        if self._sizes[number] >= BUFFER:
            self._flush(number)

    def _flush(self, number: int) -> None:
        data = b"\n".join(self._waiting[number]) + b"\n"
        packed = self._packer.compress(data)
        with open(self._paths[number], "ab") as file:
            file.write(len(packed).to_bytes(4, "little") + packed)
        self._waiting[number].clear()
        self._sizes[number] = 0

    def each(self) -> Iterator[Iterator[bytes]]:
        """The lines of one bucket after the other."""
        for number in range(BUCKETS):
            yield self._lines(number)

    def _lines(self, number: int) -> Iterator[bytes]:
        path = self._paths[number]
        if path.exists():
            unpacker = zstandard.ZstdDecompressor()
            with open(path, "rb") as file:
                while size := file.read(4):
                    yield from unpacker.decompress(file.read(int.from_bytes(size, "little"))).splitlines()
        yield from self._waiting[number]

    def close(self) -> None:
        for path in self._paths:
            path.unlink(missing_ok=True)


class _Domain:
    """The lines of a domain's pages, by host: the same page once, and of too many those with the smallest hashes."""

    def __init__(self) -> None:
        self.hosts: dict[bytes, dict[bytes, tuple[bytes, bytes]]] = {}  # host -> hash of content -> hash of address, line
        self.seen: Counter[bytes] = Counter()

    def add(self, host: bytes, place: bytes, content: bytes, line: bytes) -> None:
        pages = self.hosts.setdefault(host, {})
        self.seen[host] += 1
        known = pages.get(content)
        if known is None or place < known[0]:
            pages[content] = (place, line)
        if len(pages) > 2 * MOST_PAGES:
            self.hosts[host] = dict(self._smallest(pages))

    @staticmethod
    def _smallest(pages: dict[bytes, tuple[bytes, bytes]]) -> list[tuple[bytes, tuple[bytes, bytes]]]:
        return nsmallest(MOST_PAGES, pages.items(), key=lambda item: item[1])

    def pages(self, host: bytes) -> list[SitePage]:
        by_place: dict[bytes, bytes] = {}
        for _, (place, line) in self._smallest(self.hosts[host]):
            by_place.setdefault(place, line)  # an address that was fetched twice
        return [read_line(line) for _, line in sorted(by_place.items())]


class Place(NamedTuple):
    """Where a section of the result waits."""

    site: str
    start: int
    size: int


@dataclass
class Store:
    """Takes the lines of pages, then writes the file of templates. `folder` is for what does not fit into memory."""

    folder: Path
    pages: int = 0
    learned: Learned = field(default_factory=Learned)

    def __post_init__(self) -> None:
        self._pages = Buckets(self.folder, "pages")
        self._keys = Buckets(self.folder, "keys")

    def add(self, line: bytes) -> None:
        """The line of a page, as `learned_line` gives it."""
        self.pages += 1
        self._pages.add(line.partition(b"\t")[0], line)

    def write(self, out: Path) -> Learned:
        """Learn, write the file, and say what was learned."""
        sections: list[Place] = []
        with open(self.folder / "sections", "w+b") as file:
            for lines in self._pages.each():
                for domain, found in sorted(_by_domain(lines).items()):
                    for site, text in self._sections(domain.decode(), found):
                        start = file.tell()
                        file.write(text.encode())
                        sections.append(Place(site, start, file.tell() - start))
            shared = candidates(self._keys.each())
            self.learned.shared = len(shared)
            write_templates(out, self.learned, _in_order(file, sections), shared)
        (self.folder / "sections").unlink()
        self._pages.close()
        self._keys.close()
        return self.learned

    def _sections(self, domain: str, found: _Domain) -> Iterator[tuple[str, str]]:
        """The sections of a domain: of each host, and of the whole where several hosts have something in common."""
        every: list[SitePage] = []
        keys: set[str] = set()
        for host in sorted(found.hosts):
            pages = found.pages(host)
            every += pages[: MOST_PAGES // 10]
            keys.update(key for page in pages for key in page.keys if sharable(key))
            name, seen = host.decode(), found.seen[host]
            rows = self._learn(name, seen, pages)
            if rows:
                yield name, section_of(name, rows[0], rows[1])
        for key in keys:
            data = key.encode("utf-8", "replace")
            self._keys.add(data, data)
        if len(found.hosts) >= LEAST_HOSTS and len(every) >= LEAST_PAGES:
            counts = counted(every)
            if common := rows_of(counts, LEAST_HOSTS):
                yield f"*.{domain}", section_of(f"*.{domain}", len(counts.pages), common)

    def _learn(self, name: str, seen: int, pages: list[SitePage]) -> tuple[int, dict[str, Row]] | None:
        self.learned.sites += 1
        if len(pages) < LEAST_PAGES:
            self.learned.small += 1
            if seen >= LEAST_PAGES:
                self.learned.one_text(name, seen, seen - len(pages), "")
            return None
        counts = counted(pages)
        copies = counts.unoriginal + max(0, min(seen, MOST_PAGES) - len(pages))
        if counts.unoriginal >= LEAST_PAGES or copies >= LEAST_PAGES:
            self.learned.one_text(name, len(pages), counts.unoriginal, counts.example)
        rows = rows_of(counts)
        if rows:
            self.learned.with_rows += 1
            self.learned.rows += len(rows)
        return (len(counts.pages), rows) if rows else None


def _by_domain(lines: Iterable[bytes]) -> dict[bytes, _Domain]:
    found: dict[bytes, _Domain] = {}
    for line in lines:
        domain, host, place, content = sort_key(line)
        found.setdefault(domain, _Domain()).add(host, place, content, line)
    return found


def _in_order(file: object, sections: list[Place]) -> Iterator[bytes]:
    for place in sorted(sections):
        file.seek(place.start)  # type: ignore[attr-defined]
        yield file.read(place.size)  # type: ignore[attr-defined]
