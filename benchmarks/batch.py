"""What a batch costs: overhead over a plain loop, two workers against one, the parent's share, and peers on the same pages.

    python -m benchmarks.batch build FOLDER --pages 5000     one WARC (gz) and the same pages as a folder, from the development data
    python -m benchmarks.batch overhead FOLDER               CPU of a run with one worker against `clean` in a loop
    python -m benchmarks.batch scaling FOLDER                one worker, two workers: wall time, CPU, the parent's CPU and memory
    python -m benchmarks.batch memory FOLDER                 the parent's memory for 1,000 and 100,000 small pages
    python -m benchmarks.batch peers FOLDER                  pages/s and pages lost, undisturbed and with one worker killed in the middle
    python -m benchmarks.batch damage FOLDER                 a damaged WARC: records recovered

CPU times are used where a ratio is asked for, because the machine may be shared; wall times are given beside them. Peers that are not installed are said to
be missing. CLEANER_PEER_DATATROVE is the python of a virtual environment with `datatrove[io,processing]`.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.data import data_file

SETS = ("wcxb", "trafilatura-snippets", "scrapinghub", "magichtml-article", "magichtml-forum", "zh-wced")
TICK = os.sysconf("SC_CLK_TCK")
KILL_AFTER = 0.5  # of the undisturbed time: when a worker is killed


class Cost(NamedTuple):
    """What a command took: seconds on the clock, CPU seconds in all and of the parent alone, the parent's peak memory, exit code."""

    wall: float
    cpu: float
    parent: float
    peak: float
    code: int
    waits: tuple[float, ...] = ()  # seconds that each process below waited for a processor, the busiest first


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of pages of the development data, again and again until there are `count`."""
    number = 0
    while number < count:
        for name in SETS:
            with gzip.open(data_file(f"extraction/{name}.jsonl.gz")) as file:
                for line in file:
                    if number == count:
                        return
                    value = json.loads(line)
                    yield value["url"] or f"http://none.example/{number}", base64.b64decode(value["html_b64"])
                    number += 1


def record(number: int, url: str, data: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + data
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08d}>\r\nWARC-Target-URI: {url}\r\n"
    head += f"WARC-Date: 2026-11-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def as_installed() -> None:
    """Let Python keep what it has compiled, as it does for those who install cleaner; some machines switch that off, and every start then takes .25 s more."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def build(folder: Path, count: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pages").mkdir(parents=True)
    with open(folder / "crawl.warc.gz", "wb") as file:
        for number, (url, data) in enumerate(pages(count)):
            file.write(gzip.compress(record(number, url, data), 5))
            (folder / "pages" / f"{number:06d}.html").write_bytes(data)
    print(f"{count} pages in {folder}")


def below(process: int) -> list[int]:
    """All processes below a process, the nearest first."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == process:
                found += [int(entry.name), *below(int(entry.name))]
    return found


def timed(words: list[str], kill_at: float = 0.0) -> Cost:
    """Run a command and watch it; `kill_at` seconds after the start the youngest process below it is killed with signal 9."""
    started = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    own, peak, dead = 0.0, 0.0, threading.Event()
    queued: dict[int, tuple[float, float]] = {}

    def watch() -> None:
        nonlocal own, peak
        killed = False
        looked = 0.0
        while not dead.wait(0.02):
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
                own = (int(fields[11]) + int(fields[12])) / TICK
                for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM"):
                        peak = int(line.split()[1]) / 1024
            if time.monotonic() - looked > 0.5:
                looked = time.monotonic()
                for worker in below(process.pid):
                    with contextlib.suppress(OSError, IndexError, ValueError):
                        ran, waited, _ = Path(f"/proc/{worker}/schedstat").read_text().split()
                        queued[worker] = (int(ran) / 1e9, int(waited) / 1e9)
            if kill_at and not killed and time.monotonic() - started > kill_at and (workers := below(process.pid)):
                os.kill(workers[-1], signal.SIGKILL)
                killed = True

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        dead.set()
        watcher.join()
    waits = tuple(waited for _, waited in sorted(queued.values(), reverse=True))
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, own, peak, os.waitstatus_to_exitcode(status), waits)


def run_words(source: Path, out: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "cleaner", "run", str(source), "-o", str(out), "--jobs", str(jobs), "--quiet"]


LOOP = """
import sys, time
sys.path.insert(0, sys.argv[2])
from collections import Counter
from cleaner import clean
from cleaner.batch.plan import chunks_of
from cleaner.batch.readers import items_of
from cleaner.batch.values import BatchConfig
clean("<p>warm</p>")
config, spent = BatchConfig(), 0.0
for chunk in chunks_of([sys.argv[1]], config, 0, Counter()):
    for item in items_of(chunk, config):
        before = time.process_time()
        clean(item.data, item.url, item.charset)
        spent += time.process_time() - before
print(spent)
"""


def overhead(folder: Path) -> None:
    """CPU of a whole run against the CPU inside `clean`, the same pages; the better of two runs each, because the machine is shared."""
    source = folder / "crawl.warc.gz"
    loops, runs = [], []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", LOOP, str(source), os.getcwd()], capture_output=True, text=True, check=True)
        loops.append(float(done.stdout))
        with tempfile.TemporaryDirectory() as out:
            runs.append(timed(run_words(source, Path(out) / "out", 1)).cpu)
    print(f"clean in a loop {min(loops):.1f} s CPU (of {loops}); run with one worker {min(runs):.1f} s CPU (of {runs})")
    print(f"overhead {100 * (min(runs) / min(loops) - 1):.1f} %")


def scaling(folder: Path) -> None:
    """One worker and two. On a machine that others use the clock says little, so the time without waiting for a processor is given too."""
    walls, needed = {}, {}
    for jobs in (1, 2):
        with tempfile.TemporaryDirectory() as out:
            cost = timed(run_words(folder / "crawl.warc.gz", Path(out) / "out", jobs))
        walls[jobs] = cost.wall
        needed[jobs] = cost.wall - sum(cost.waits[:jobs]) / jobs
        print(
            f"{jobs} worker(s): {cost.wall:.1f} s, {needed[jobs]:.1f} s without waiting for a processor, {cost.cpu:.1f} s CPU, "
            f"parent {cost.parent:.2f} s ({100 * cost.parent / cost.cpu:.2f} % of it), parent's peak {cost.peak:.0f} MB, exit code {cost.code}"
        )
    print(
        f"two workers are {walls[1] / walls[2]:.2f} times one, {needed[1] / needed[2]:.2f} without waiting for a processor; "
        f"load average {os.getloadavg()[0]:.1f} (it includes this)"
    )


def memory(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for count in (1_000, 10_000, 100_000):
        source = folder / f"small-{count}"
        if not source.exists():
            for number in range(count):
                part = source / f"{number // 1000:03d}"
                part.mkdir(parents=True, exist_ok=True)
                (part / f"{number}.html").write_text(f"<p>Page {number} has a few words, and that is all.</p>")
        with tempfile.TemporaryDirectory() as out:
            cost = timed(run_words(source, Path(out) / "out", 2))
        print(
            f"{count:,} pages: parent's peak {cost.peak:.1f} MB, parent {cost.parent:.2f} of {cost.cpu:.1f} s CPU, {cost.wall:.1f} s"
        )


DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
folder, out = sys.argv[1:]
if __name__ == "__main__":
    LocalPipelineExecutor(
        pipeline=[WarcReader(folder, glob_pattern="part-*.warc.gz"), Trafilatura(timeout=10), JsonlWriter(out, compression=None)],
        tasks=2, workers=2, logging_dir=out + "-logs",
    ).run()
"""


def halves(folder: Path) -> Path:
    """The WARC in two files, because datatrove's unit is a file."""
    target = folder / "halves"
    if not target.exists():
        target.mkdir()
        names = sorted((folder / "pages").iterdir())
        for part in range(2):
            with open(target / f"part-{part}.warc.gz", "wb") as file:
                for number in range(part, len(names), 2):
                    file.write(gzip.compress(record(number, f"http://none.example/{number}", names[number].read_bytes()), 5))
    return target


def lines_in(folder: Path, pattern: str) -> int:
    return sum(1 for path in folder.rglob(pattern) for line in open(path, "rb") if line.strip())


def peers(folder: Path) -> None:
    """Each tool twice: undisturbed, and with a worker killed in the middle."""
    count = len(list((folder / "pages").iterdir()))
    script = folder / "datatrove_pipeline.py"
    script.write_text(DATATROVE)
    datatrove = os.environ.get("CLEANER_PEER_DATATROVE", "python of datatrove")
    trafilatura = Path(sys.executable).with_name("trafilatura")
    tools = {
        "cleaner run --jobs 2": lambda out: [*run_words(folder / "crawl.warc.gz", out, 2), "--format", "jsonl"],
        "trafilatura --parallel 2": lambda out: [
            str(trafilatura),
            "--input-dir",
            str(folder / "pages"),
            "-o",
            str(out),
            "--parallel",
            "2",
        ],
        "datatrove, 2 workers": lambda out: [datatrove, str(script), str(halves(folder)), str(out)],
    }
    for name, words in tools.items():
        wall = 0.0
        for kind in ("undisturbed", "one worker killed"):
            with tempfile.TemporaryDirectory() as place:
                out = Path(place) / "out"
                out.mkdir()
                if not Path(words(out)[0]).exists():
                    print(f"{name}: not installed")
                    break
                cost = timed(words(out), wall * KILL_AFTER)
                wall = wall or cost.wall
                found = lines_in(out, "shard-*.jsonl") if "cleaner" in name else lines_in(out, "*.jsonl")
                if "trafilatura -" in name:
                    found = sum(1 for path in out.rglob("*") if path.is_file())
                print(
                    f"{name}, {kind}: {count / cost.wall:.1f} pages/s, "
                    f"{count - found} of {count} pages not in the output, exit code {cost.code}"
                )


def damage(folder: Path) -> None:
    """Bytes flipped at 50 random places of the WARC: undamaged records that are rows."""
    data = bytearray((folder / "crawl.warc.gz").read_bytes())
    starts, position = [], 0
    while position >= 0:
        starts.append(position)
        position = data.find(b"\x1f\x8b\x08\x00", position + 1)
    chance = random.Random(1)
    for _ in range(50):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "damaged.warc.gz"
        path.write_bytes(data)
        out = Path(place) / "out"
        subprocess.run([*run_words(path, out, 2), "--extractor", "none"], check=False, stderr=subprocess.DEVNULL)
        summary = json.loads((out / "summary.json").read_text())
    count = len(list((folder / "pages").iterdir()))
    print(
        f"{count} records, 50 flipped bits: {summary['rows']} rows, {summary['dead_letters']} dead letters {summary['dead_letters_by_error']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "overhead", "scaling", "memory", "peers", "damage"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=5_000)
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = os.getcwd()
    as_installed()
    if given.what == "build":
        build(given.folder, given.pages)
    else:
        globals()[given.what](given.folder)


if __name__ == "__main__":
    main()
