"""The seam for engines: one chunk in, one published shard and its report out, with the same isolation as in a local run.

Ray, Spark or a cluster's own queue submit `clean_chunk` with the chunks of a plan; the driver writes the reports to the manifest. A chunk's files are
renamed into place only when they are whole and on the disk, so doing a chunk twice, or half, does no harm.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from cleaner.batch.tasks import ChunkTask, Failure
from cleaner.batch.values import BatchConfig, BatchError, Chunk, ShardFile, ShardReport

__all__ = ["clean_chunk", "publish", "sync_folder"]


def clean_chunk(chunk: Chunk, config: BatchConfig, out: str) -> ShardReport:
    """Clean a chunk into its shard below `out`. Raises BatchError when the output cannot be written; never for what the input holds."""
    from cleaner.batch.pool import Pool

    folder = Path(tempfile.mkdtemp(prefix=".working-chunk-", dir=out))
    try:
        with Pool(config, 1, str(folder)) as pool:
            pool.submit(0, ChunkTask(chunk, str(folder), {}))
            while True:
                for event in pool.events():
                    if isinstance(event.payload, Failure):
                        raise BatchError(event.payload.message, event.payload.code)
                    report: ShardReport = event.payload
                    publish(report, folder, Path(out))
                    return report
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(report: ShardReport, folder: Path, out: Path, *, again: bool = False) -> None:
    """Rename the finished files of a chunk from the temporary folder into the output folder, and make the names last.

    `again` is a retry: then the dead letters of before stay until the manifest says that they are done.
    """
    files: list[ShardFile] = [*report.shard, *([report.dead_file] if report.dead_file else [])]
    parents = {out}
    for file in files:
        target = out / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        os.replace(folder / file.path, target)
        parents.add(target.parent)
    if report.dead_file is None and not again:
        (out / f"dead/dead-{report.chunk:05d}.jsonl.zst").unlink(missing_ok=True)  # of a run that was interrupted before its line
    for parent in parents:
        sync_folder(parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
