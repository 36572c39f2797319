"""The supervisor: a whole run, from names to a finished output folder, any number of times interrupted.

It hands chunks to workers and publishes what they finish: only this process, which holds the lock, ever renames a shard into place and only then writes
the manifest's line. A worker that outlives its parent by a moment can therefore change nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from cleaner.batch.chunks import publish
from cleaner.batch.fingerprint import described, hash_of
from cleaner.batch.manifest import Manifest, OutputLock, manifests_in, reports_in
from cleaner.batch.plan import chunks_of
from cleaner.batch.plan_file import Plan, chunks_in
from cleaner.batch.pool import Pool
from cleaner.batch.progress import Progress, State
from cleaner.batch.summary import Summary, write_summary
from cleaner.batch.tasks import ChunkTask, Failure, Thaw
from cleaner.batch.values import BatchConfig, BatchError, Chunk, ShardReport

__all__ = [
    "TEMPORARY",
    "Engine",
    "Run",
    "Stopped",
    "Totals",
    "answer_of",
    "default_jobs",
    "output_of",
    "report_of",
    "run_chunks",
    "share_name",
    "summed",
    "work_with",
]

TEMPORARY = ".working"  # below the output folder; all that is not finished is in there


# Does the chunks of a plan that are not in the manifest: publishes their shards, writes their reports to the manifest, shows progress.
Engine = Callable[["Run", Plan, Manifest, list[int], Progress], None]


class Stopped(BatchError):
    """The run was asked to stop: 130 for Ctrl-C, 3 for SIGTERM."""


@dataclass(frozen=True)
class Run:
    """What to run: where to, how, and which share of the work (`share` = (i, n), counted from 1)."""

    out: Path
    config: BatchConfig
    jobs: int = 1
    share: tuple[int, int] = (1, 1)
    chunk_bytes: int = 0
    force: bool = False


@dataclass
class Totals:
    """What a run shows while it goes."""

    total: int = 0
    mine: int = 0
    done: int = 0
    chunks: int = 0
    dead: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    begun: int = 0  # what was done before this run

    @classmethod
    def before(cls, run: Run, plan: Plan, manifest: Manifest) -> Totals:
        """What earlier runs have done already."""
        mine = range(run.share[0] - 1, len(plan), run.share[1])
        finished = [number for number in mine if number in manifest.done]
        sizes = plan.sizes
        done = sum(sizes[number] for number in finished)
        return cls(sum(sizes[number] for number in mine), len(mine), done, len(finished), begun=done)

    def state(self, pages: int, size: int) -> State:
        """What progress shows; `pages` and `size` are what is under way."""
        at = max(self.done, min(self.begun + size, self.total))  # a chunk's size is about the bytes of its pages
        return State(at, self.total, self.chunks, self.mine, pages, size, self.dead, self.errors)

    def add(self, report: ShardReport, size: int) -> None:
        self.done += size
        self.chunks += 1
        self.dead += report.dead
        self.errors.update(report.errors)


def share_name(share: tuple[int, int]) -> str:
    """What the files of a share are called: "" for the whole."""
    return "" if share[1] == 1 else f"-{share[0]:04d}-of-{share[1]:04d}"


def run_chunks(run: Run, inputs: Sequence[str], progress: Progress, engine: Engine | None = None) -> Summary:
    """Do what is not done yet. Raises BatchError with an exit code: 2 for a wrong call, 3 when it stopped early and can go on.

    engine: who does the chunks; worker processes of this machine when not given (`cleaner.integrations.ray` has another).
    """
    with output_of(run):
        return _locked(run, inputs, progress, engine or _work)


@contextlib.contextmanager
def output_of(run: Run) -> Iterator[None]:
    """The output folder, locked and tidied before and after; whatever stops the run becomes a sentence and an exit code."""
    try:
        run.out.mkdir(parents=True, exist_ok=True)
        lock = OutputLock(run.out, share_name(run.share))
    except OSError as error:
        raise BatchError(f"cannot write to {run.out}: {error.strerror}", 3) from error
    try:
        with _stopping():
            if run.force:
                clear_output(run.out, share_name(run.share))
            _sweep(run)
            yield
    except KeyboardInterrupt:
        raise Stopped("stopped; the same command goes on from here", 130) from None
    except OSError as error:
        raise BatchError(_disk_sentence(error, run.out), 3) from error
    finally:
        _sweep(run)
        lock.release()


def _locked(run: Run, inputs: Sequence[str], progress: Progress, engine: Engine) -> Summary:
    skipped: Counter[str] = Counter()
    plan = Plan(run.out / f"plan{share_name(run.share)}.jsonl")
    manifest = Manifest(run.out, share_name(run.share))
    _check_shares(run)
    plan.draft(_chunks(run, inputs, skipped), skipped)
    config = described(run.config)
    head = {"hash": hash_of(config), "config": config, "plan": plan.digest, "chunks": len(plan), "share": list(run.share)}
    manifest.begin({**head, "skipped": plan.skipped, "inputs": [ascii(name)[1:-1] for name in inputs]})
    plan.settle()
    todo = [number for number in range(run.share[0] - 1, len(plan), run.share[1]) if number not in manifest.done]
    if todo:
        engine(run, plan, manifest, todo, progress)
    return summed(run.out, config, share_name(run.share))


def _chunks(run: Run, inputs: Sequence[str], skipped: Counter[str]) -> Iterator[Chunk]:
    """The chunks of the inputs; where pages that were put away are finished those of the first pass, whatever the inputs have become since."""
    if not run.config.thaw:
        return chunks_of(inputs, run.config, run.chunk_bytes, skipped)
    first = Path(run.config.thaw)
    skipped.update(_skipped_in(first))
    return chunks_in(first / "plan.jsonl")


def _skipped_in(out: Path) -> dict[str, int]:
    """How many files were no input, by reason, as the manifest of a run says."""
    with open(manifests_in(out)[0], "rb") as file:
        skipped: dict[str, int] = json.loads(file.readline()).get("skipped", {})
    return skipped


def summed(out: Path, config: dict[str, Any], share: str = "") -> Summary:
    """The summary of all that is in an output folder, also written there."""
    summary = Summary.of(reports_in(out), _skipped_in(out))
    write_summary(out / "summary.json", summary, share, config=config)
    return summary


def _work(run: Run, plan: Plan, manifest: Manifest, todo: list[int], progress: Progress) -> None:
    """The engine of this machine: workers that end with the run."""
    with Pool(run.config, min(run.jobs, len(todo)), str(run.out)) as pool:
        work_with(pool, run, plan, manifest, todo, progress)


def work_with(pool: Pool, run: Run, plan: Plan, manifest: Manifest, todo: list[int], progress: Progress) -> None:
    """The engine of this machine with workers that somebody else started and ends."""
    totals = Totals.before(run, plan, manifest)
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY + share_name(run.share) + "-", dir=run.out))
    waiting = iter(todo)
    thaw = Thaw(run.config.thaw, run.config.options.templates) if run.config.thaw else None
    before = pool.pages()

    def feed() -> None:
        for slot in pool.free():
            if (number := next(waiting, None)) is not None:
                pool.submit(slot, ChunkTask(plan.chunk(number), str(folder), {}, thaw=thaw))

    feed()
    while len(pool.free()) < pool.jobs:
        for event in pool.events():
            report = report_of(event.payload)
            feed()  # first, so that the worker does not wait for the disk
            publish(report, folder, run.out)
            manifest.add(report)
            totals.add(report, plan.sizes[report.chunk])
        pages, size = pool.pages()
        progress.show(totals.state(pages - before[0], size - before[1]))


def report_of(payload: ShardReport | Failure) -> ShardReport:
    """The report of a finished chunk."""
    report: ShardReport = answer_of(payload)
    return report


def answer_of(payload: Any) -> Any:
    """What a worker says when a task is done; what keeps a task from being done stops the run."""
    if isinstance(payload, Failure):
        raise BatchError(f"{payload.message}; the same command goes on from here once that is put right", payload.code)
    return payload


def _check_shares(run: Run) -> None:
    """One output folder holds one division of the work."""
    own = f"manifest{share_name(run.share)}.jsonl"
    for path in manifests_in(run.out):
        if path.name != own:
            with open(path, "rb") as file:
                try:
                    share = json.loads(file.readline()).get("share", [1, 1])
                except ValueError:
                    continue
            if share[1] != run.share[1]:
                raise BatchError(
                    f"{run.out} was begun with the work in {share[1]} shares, not {run.share[1]}; keep to it or choose another folder"
                )


@contextlib.contextmanager
def _stopping() -> Iterator[None]:
    """SIGTERM stops as cleanly as Ctrl-C does, with its own exit code."""

    def stop(number: int, _: Any) -> NoReturn:
        raise Stopped("stopped by SIGTERM; the same command goes on from here", 3)

    try:
        before: Callable[..., Any] | int | None = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: whoever has it answers signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _sweep(run: Run) -> None:
    """Take away what an interrupted run left unfinished."""
    for path in run.out.glob(f"{TEMPORARY}{share_name(run.share)}-*"):
        if run.share[1] > 1 or "-of-" not in path.name:
            shutil.rmtree(path, ignore_errors=True)
    for path in (*run.out.glob(f"plan{share_name(run.share)}.tmp*"), run.out / f"summary{share_name(run.share)}.tmp"):
        with contextlib.suppress(OSError):
            path.unlink()


def clear_output(out: Path, share: str) -> None:
    """`--force`: take away what this program has written to a folder (for this share of the work), and nothing else."""
    own = [path for path in manifests_in(out) if not share or path.stem == f"manifest{share}"]
    for report in [report for path in own for report in reports_in(out, path)]:
        for file in (*report.shard, *((report.dead_file,) if report.dead_file else ())):
            path = out / file.path
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    for path in (*own, out / "summary.json", out / f"plan{share}.jsonl"):
        path.unlink(missing_ok=True)
    for folder in (out / "dead", out / "samples"):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _disk_sentence(error: OSError, out: Path) -> str:
    return f"{error.strerror or error} ({error.filename or out}); the same command goes on from here once that is put right"


def default_jobs() -> int:
    """As many workers as this process may use processors."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1
