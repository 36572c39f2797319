"""What a run of 100,000 shards costs the one process that plans, resumes and verifies it.

    python -m benchmarks.scale [--shards 100000] [--failed 0.01]

The cleaning is simulated (its cost is in benchmarks/batch.py): a file of one line stands for a chunk, a shard of one row for its result, and a share of the chunks
has failed and is not in the manifest. What is measured is real: the plan, the manifest, the summary and `cleaner verify` over all of it, each in a
process of its own, with its CPU time, its time on the clock and its peak memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from cleaner.batch.progress import progress_for
from cleaner.batch.supervisor import Run, run_chunks
from cleaner.batch.values import BatchConfig, ShardFile, ShardReport

PHASES = ("plan", "resume", "verify")


def make_inputs(folder: Path, count: int) -> None:
    """Files of one line in folders of a thousand."""
    for number in range(count):
        part = folder / "pages" / f"{number // 1000:04d}"
        if number % 1000 == 0:
            part.mkdir(parents=True)
        (part / f"{number:07d}.jsonl").write_text(f'{{"id": "{number}", "text": "Page {number}."}}\n')


def simulate_work(folder: Path, failed: float) -> None:
    """Shards and manifest lines for all chunks but the failed ones, as a run would have left them."""
    out = folder / "out"
    every = round(1 / failed) if failed else 0
    with open(out / "plan.jsonl", "rb") as plan, open(out / "manifest.jsonl", "ab") as manifest:
        for line in plan:
            chunk = json.loads(line)
            number = chunk["number"]
            if every and number % every == 0:
                continue
            row = json.dumps(
                {"schema": 1, "id": str(number), "status": "ok", "text": "", "source": chunk["paths"][0], "offset": 0}
            ).encode()
            name = f"shard-{number:05d}.jsonl"
            (out / name).write_bytes(row + b"\n")
            file = ShardFile(name, 1, len(row) + 1, hashlib.sha256(row + b"\n").hexdigest())
            report = ShardReport(
                number, rows=1, shard=(file,), statuses=Counter(ok=1), encodings=Counter({"utf-8": 1}), seconds=0.01
            )
            manifest.write(json.dumps(report.to_dict()).encode() + b"\n")


def phase(name: str, folder: Path) -> dict[str, Any]:
    """Do one phase in this process and say what it cost."""
    started, clock = time.process_time(), time.perf_counter()
    found: dict[str, Any] = {}
    if name == "verify":
        from cleaner.batch.verify import verified

        result = verified(folder / "out")
        found = {"rows in": result.rows_in, "problems": result.problems[:1]}
    else:
        run = Run(folder / "out", BatchConfig(format="jsonl"))

        def nothing(run: Run, plan: Any, manifest: Any, todo: list[int], progress: Any) -> None:
            found["to do"] = len(todo)

        run_chunks(run, [str(folder / "pages")], progress_for("quiet"), nothing)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - started, "clock": time.perf_counter() - clock, "peak MB": peak, **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shards", type=int, default=100_000)
    parser.add_argument("--failed", type=float, default=0.01)
    parser.add_argument("--phase", choices=PHASES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.phase:
        print(json.dumps(phase(args.phase, args.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_inputs(folder, args.shards)
        for name in PHASES:
            command = [sys.executable, "-m", "benchmarks.scale", "--phase", name, "--folder", temporary]
            cost = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
            words = ", ".join(f"{key} {value}" for key, value in cost.items() if key not in ("cpu", "clock", "peak MB"))
            print(f"{name:7s} {cost['cpu']:6.1f} s CPU  {cost['clock']:6.1f} s  {cost['peak MB']:5.0f} MB  {words}", flush=True)
            if name == "plan":
                simulate_work(folder, args.failed)


if __name__ == "__main__":
    main()
