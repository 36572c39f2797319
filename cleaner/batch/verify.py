"""Proof that nothing was lost: each page of the inputs stands exactly once in the shards or in the dead letters.

Three things are compared, chunk by chunk and therefore in bounded memory: what the manifest claims, what the files hold, and what the inputs have when they
are read again. A page is known by its source and offset.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from cleaner.batch.manifest import Manifest, manifests_in, reports_in
from cleaner.batch.readers import items_of
from cleaner.batch.readers.dead import letters_in
from cleaner.batch.retry import config_of_run
from cleaner.batch.shards import folder_file, shard_file
from cleaner.batch.values import BatchConfig, BatchError, Chunk, Damaged, Record, ShardFile, ShardReport

__all__ = ["Verification", "plan_of", "rows_in", "verified"]

Key = tuple[str, int]
SAID = 50  # problems listed


@dataclass
class Verification:
    """What was found. `problems` is empty when rows in = rows out + dead letters."""

    rows_in: int = 0
    rows: int = 0
    dead: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, sentence: str) -> None:
        if len(self.problems) < SAID:
            self.problems.append(sentence)


def verified(out: Path, *, with_inputs: bool = True) -> Verification:
    """Check an output folder. Raises BatchError when it is none."""
    found = Verification()
    heads = [_head(path) for path in manifests_in(out)]
    if not heads or not all(heads):
        raise BatchError(f"{out} has no manifest: it is no output of cleaner run")
    config = config_of_run(out)
    reports = {report.chunk: report for report in reports_in(out)}
    total = heads[0]["chunks"] if heads[0]["chunks"] >= 0 else Manifest(out, "").finished
    if total < 0:
        found.wrong("standard input was not read to its end; the run has to go on")
    if len(reports) < total:
        found.wrong(f"{total - len(reports)} of {total} chunks are not done; the run has to go on")
    expected = set()
    plan = plan_of(out)
    for number, report in sorted(reports.items()):
        expected |= {file.path for file in _files(report)}
        keys = _check_files(out, report, found)
        chunk = plan.get(number)
        if keys is not None and with_inputs and heads[0]["chunks"] < 0:
            found.notes[:] = ["standard input cannot be read again: its rows were only counted"]
            found.rows_in += keys.total()
        elif keys is not None and with_inputs:
            if chunk:
                _check_inputs(chunk(), config, keys, found)
            else:
                found.wrong(f"chunk {number} is not in the plan")
        found.rows += report.rows
        found.dead += report.dead
    if not with_inputs:
        found.rows_in = found.rows + found.dead
    _check_strangers(out, expected, found)
    return found


def _head(path: Path) -> dict[str, Any]:
    with open(path, "rb") as file:
        try:
            return dict(json.loads(file.readline()))
        except ValueError:
            return {}


class _Line:
    """A chunk that is still in its file."""

    def __init__(self, path: Path, position: int) -> None:
        self._path, self._position = path, position

    def __call__(self) -> Chunk:
        with open(self._path, "rb") as file:
            file.seek(self._position)
            return Chunk.from_dict(json.loads(file.readline()))


def plan_of(out: Path) -> dict[int, _Line]:
    """Where each chunk of the plan is; the plans of all shares are the same."""
    lines: dict[int, _Line] = {}
    for path in sorted(out.glob("plan*.jsonl"))[:1]:
        position = 0
        with open(path, "rb") as file:
            for number, line in enumerate(file):
                lines[number] = _Line(path, position)
                position += len(line)
    return lines


def _files(report: ShardReport) -> Iterator[ShardFile]:
    yield from report.shard
    if report.dead_file:
        yield report.dead_file


def _check_files(out: Path, report: ShardReport, found: Verification) -> Counter[Key] | None:
    """The pages that a chunk's files hold; None when they cannot be read."""
    keys: Counter[Key] = Counter()
    for file in _files(report):
        path = out / file.path
        if not path.exists():
            found.wrong(f"{file.path} is missing")
            return None
        actual = folder_file(out, file.path, file.rows) if path.is_dir() else shard_file(out, file.path, file.rows)
        if actual.sha256 != file.sha256:
            found.wrong(f"{file.path} has other bytes than were written")
            return None
        if file.is_beside:
            continue
        here: Counter[Key] = Counter((row["source"], row["offset"]) for row in rows_in(path))
        if here.total() != file.rows:
            found.wrong(f"{file.path} has {here.total()} rows and should have {file.rows}")
        keys += here
    return keys


def rows_in(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a shard of any format (of a text folder: its index), or the dead letters of a file."""
    if path.is_dir():
        path = path / "index.jsonl"
    if path.suffix == ".parquet":
        parquet: Any = import_module("pyarrow.parquet")
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=256, use_threads=False):
            yield from batch.to_pylist()
        return
    for row in letters_in(str(path)):
        yield {**row, **row["metadata"]} if path.parent.name == "documents" else row


def _check_inputs(chunk: Chunk, config: BatchConfig, keys: Counter[Key], found: Verification) -> None:
    expected: Counter[Key] = Counter()
    for item in items_of(chunk, config):
        if isinstance(item, (Record, Damaged)):
            expected[item.source, item.offset] += 1
    found.rows_in += expected.total()
    for (source, offset), count in (expected - keys).items():
        found.wrong(f"{source} at {offset}: lost ({count})")
    for (source, offset), count in (keys - expected).items():
        found.wrong(
            f"{source} at {offset}: there {count + expected[source, offset]} times, {expected[source, offset]} in the input"
        )


def _check_strangers(out: Path, expected: set[str], found: Verification) -> None:
    """Files that look like ours and are in no manifest: something else wrote them, or a retry was interrupted."""
    for pattern in ("shard-*", "dead/dead-*", "documents/shard-*", "attributes/cleaner/shard-*", "samples/samples-*"):
        for path in sorted(out.glob(pattern)):
            name = path.relative_to(out).as_posix()
            if name not in expected:
                found.wrong(f"{name} is not in the manifest")
