"""What `cleaner report` costs for a large run: CPU, time on the clock, peak memory, and the size of the file.

    python -m benchmarks.report build FOLDER --pages 100000    real pages cleaned once, their rows copied to so many pages: FOLDER/out, FOLDER/older
    python -m benchmarks.report time FOLDER                    the report of FOLDER/out, and the same against FOLDER/older

Copies have hosts and offsets of their own, and every twentieth page of the older run has another text and fewer removals, so that counting, drawing and
comparing have as much to do as in a real run of that size. Shards, samples, dead letters and manifest are written by the code that a run writes them with.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.batch.json_lines import dumps
from cleaner.batch.manifest import Manifest
from cleaner.batch.rows import dead_letter
from cleaner.batch.samples import Draw
from cleaner.batch.shards import dead_sink, sample_sink, shard_sink
from cleaner.batch.values import BatchConfig, Record, ShardReport

REAL = 1_000  # pages that are cleaned; the rest are copies of their rows
SHARD = 1_000  # pages a chunk: of 256 MB of WARC, the largest chunk, about 4,000 fit
FAILED = 100  # every so many pages one is a dead letter
CHANGED = 20  # every so many pages the older run has another text


def _real_rows(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Rows and samples of real pages, cleaned now, and the first line of their manifest."""
    from benchmarks.batch import pages
    from tests.report_kit import record

    crawl = folder / "real.warc.gz"
    crawl.write_bytes(b"".join(gzip.compress(record(url, data, at)) for at, (url, data) in enumerate(pages(REAL))))
    command = [sys.executable, "-m", "cleaner", "run", str(crawl), "-o", str(folder / "real"), "--force", "--format", "jsonl"]
    subprocess.run(command, check=False)
    rows = [json.loads(line) for path in sorted((folder / "real").glob("shard-*")) for line in path.read_bytes().splitlines()]
    from cleaner.batch.readers.dead import letters_in

    samples = [sample for path in sorted((folder / "real" / "samples").iterdir()) for sample in letters_in(str(path))]
    head = json.loads((folder / "real" / "manifest.jsonl").read_text().partition("\n")[0])
    return rows, samples, head


def _copy(row: dict[str, Any], number: int, *, older: bool) -> dict[str, Any]:
    """A row as page `number` of the large run."""
    scheme, _, rest = (row["url"] or "http://none.example/").partition("://")
    changed = {
        "id": f"page-{number}",
        "url": f"{scheme}://{number // REAL}.{rest}",
        "source": "crawl.warc.gz",
        "offset": number * 9_973,
    }
    if older and number % CHANGED == 0:
        changed |= {"text": row["text"] + "\n\nAnother line of text.", "removals": row["removals"][1:]}
    return {**row, **changed}


def _report(number: int, rows: list[dict[str, Any]], folder: Path) -> ShardReport:
    """Write a chunk and say what a worker would say of it."""
    config = BatchConfig()
    label, report = f"{number:05d}", ShardReport(number)
    sink, letters = shard_sink(folder, label, config), dead_sink(folder, label)
    for at, row in enumerate(rows):
        if at % FAILED == FAILED - 1:
            page = Record(b"<p>x</p>" * 4_000, row["id"], row["source"], row["offset"], row["url"])
            letters.write(dead_letter(page, "timeout", "took more than 10 seconds").body)
            report.statuses["timeout"] += 1
            report.errors["timeout: took more than N seconds"] += 1
            report.dead += 1
            continue
        sink.write(dumps(row))
        report.rows += 1
        report.statuses[row["status"]] += 1
        report.encodings[row["encoding"]] += 1
        report.characters_out += len(row["text"])
        for removal in row["removals"]:
            report.removed[removal["rule"]] += removal["end"] - removal["start"]
    report.shard, report.dead_file = sink.finish(), next(iter(letters.finish()), None)
    report.slowest = [[0.1 + at / 10 + number % 7, row["id"], row["source"], row["offset"]] for at, row in enumerate(rows[:5])]
    report.bytes_in, report.seconds = 140_000 * len(rows), 0.02 * len(rows)
    report.began, report.ended = 1.79e9 + number * 10, 1.79e9 + number * 10 + 19
    return report


def _samples(samples: list[dict[str, Any]], number: int, folder: Path) -> tuple[Any, ...]:
    draw, sink = Draw(), sample_sink(folder, f"{number:05d}")
    for at, sample in enumerate(samples):
        draw.take({**sample, "draw": (sample["draw"] * (number + 3) + at) % (1 << 48)}, {"offset": (number * SHARD + at) * 9_973})
    for sample in draw.samples():
        sink.write(dumps(sample))
    return sink.finish()


def build(folder: Path, count: int) -> None:
    """Make FOLDER/out and FOLDER/older."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, samples, head = _real_rows(folder)
    for name in ("out", "older"):
        out = folder / name
        out.mkdir()
        manifest = Manifest(out, "")
        chunks = -(-count // SHARD)
        manifest.begin(
            {**{key: head[key] for key in ("hash", "config", "plan", "inputs", "skipped")}, "chunks": chunks, "share": [1, 1]}
        )
        for number in range(chunks):
            numbers = range(number * SHARD, min((number + 1) * SHARD, count))
            report = _report(number, [_copy(rows[at % len(rows)], at, older=name == "older") for at in numbers], out)
            report.shard += _samples(samples, number, out)
            manifest.add(report)
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        print(f"{name}: {count:,} pages, {chunks:,} chunks, {size / 1e6:,.0f} MB on disk", flush=True)


def _versions() -> str:
    names = ("leather", "orjson", "zstandard")
    found = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    return f"Python {platform.python_version()}, {found}, {os.cpu_count()} processors of {platform.machine()}"


def _runs(folder: Path) -> Iterator[tuple[str, list[str]]]:
    yield "report", ["out"]
    yield "report --against", ["out", "--against", "older"]


def measure(folder: Path) -> None:
    """Time both reports, each in a process of its own."""
    print(f"{_versions()}\n\n| command | CPU s | wall s | peak MB | file MB |\n|---|--:|--:|--:|--:|")
    for title, words in _runs(folder):
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "report.html"
            known = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
            started = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-m", "cleaner", "report", *words, "-o", str(file)], cwd=folder, env=known
            )
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
            assert status == 0, f"cleaner report ended with {status}"
            cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
            print(f"| {title} | {cpu:.1f} | {wall:.1f} | {peak:.0f} | {file.stat().st_size / 1e6:.2f} |", flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "time"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    given = parser.parse_args()
    if given.what == "build":
        build(given.folder, given.pages)
    else:
        measure(given.folder)


if __name__ == "__main__":
    main()
