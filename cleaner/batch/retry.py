"""Retry: dead letters are a chunk like any other; what succeeds becomes a further shard of the chunk they came from.

The manifest decides here too: the new shard and the new dead letters are published, then the manifest's new line for the chunk stands for the old one, and
only then do the old dead letters go. Interrupted anywhere, a page is either still a dead letter or a row.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from cleaner.batch.chunks import publish
from cleaner.batch.fingerprint import described
from cleaner.batch.manifest import Manifest, OutputLock, manifests_in, reports_in
from cleaner.batch.pool import Pool
from cleaner.batch.progress import Progress
from cleaner.batch.supervisor import report_of, summed
from cleaner.batch.tasks import ChunkTask
from cleaner.batch.values import BatchConfig, BatchError, Chunk, Fields, ShardReport
from cleaner.options import Options

__all__ = ["config_of_run", "retried"]

LIMITS = ("format", "page_timeout", "max_page_bytes", "memory")


def config_of_run(out: Path, rules: tuple[Any, ...] = ()) -> BatchConfig:
    """The configuration that an output folder was written with. Rules of one's own cannot be read back: they are given again."""
    for path in manifests_in(out):
        with open(path, "rb") as file:
            try:
                config = json.loads(file.readline())["config"]
            except (ValueError, KeyError):
                continue
        options = {name: tuple(value) if isinstance(value, list) else value for name, value in config["options"].items()}
        options["rules"] = rules
        limits = {name: config[name] for name in LIMITS}
        return BatchConfig(
            options=Options.from_mapping(options), extra=tuple(config["extra"]), fields=Fields(**config["fields"]), **limits
        )
    raise BatchError(f"{out} has no manifest: it is no output of cleaner run")


def retried(out: Path, config: BatchConfig, jobs: int, progress: Progress) -> tuple[int, int]:
    """Run all dead letters again; how many there were and how many are left."""
    before = sum(report.dead for report in reports_in(out))
    for path in manifests_in(out):
        share = path.stem.removeprefix("manifest")
        lock = OutputLock(out, share)
        try:
            _retry_share(out, share, config, jobs)
        except OSError as error:
            raise BatchError(f"{error.strerror or error} ({error.filename or out})", 3) from error
        finally:
            lock.release()
    return before, summed(out, described(config)).dead


def _retry_share(out: Path, share: str, config: BatchConfig, jobs: int) -> None:
    manifest = Manifest(out, share)
    old = {report.chunk: report for report in reports_in(out) if report.dead_file and report.chunk in manifest.done}
    if not old:
        return
    folder = Path(tempfile.mkdtemp(prefix=f".working{share}-", dir=out))
    waiting = iter(sorted(old))
    try:
        with Pool(config, min(jobs, len(old)), str(folder)) as pool:
            while True:
                for slot in pool.free():
                    if (number := next(waiting, None)) is not None:
                        pool.submit(slot, ChunkTask(_letters(old[number], out), str(folder), {}))
                if len(pool.free()) == pool.jobs:
                    return
                for event in pool.events():
                    report = report_of(event.payload)
                    _settle(old[report.chunk], report, (folder, out), manifest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _letters(report: ShardReport, out: Path) -> Chunk:
    """The dead letters of a chunk as a chunk; its files are called after how often this was done."""
    assert report.dead_file
    name = report.dead_file.path
    times = int(name.partition("-retry-")[2].partition(".")[0] or 0) + 1 if "-retry-" in name else 1
    return Chunk(report.chunk, "dead", (str(out / name),), note=f"retry-{times}")


def _settle(old: ShardReport, again: ShardReport, places: tuple[Path, Path], manifest: Manifest) -> None:
    assert old.dead_file
    folder, out = places
    publish(again, folder, out, again=True)
    manifest.add(old.after_retry(again), retried=True)
    (out / old.dead_file.path).unlink(missing_ok=True)
