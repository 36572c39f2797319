"""Planning: names on the command line become numbered chunks, without reading what they name.

A chunk is what one worker does at one go and one shard is made of: some files, or a range of bytes or row groups of one file. Its size depends on the
input alone, never on the number of workers, so equal input gives equal shards. The plan is written to the output folder and read
back line by line: the parent's memory does not grow with the input.
"""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.batch.readers.streams import Window, codec_of
from cleaner.batch.values import BatchConfig, BatchError, Chunk, ChunkKind

__all__ = ["Planned", "chunks_of", "inputs_of"]

MIN_CHUNK = 8_000_000  # bytes, about 60 pages: below it the fsyncs of a shard cost more than 2 % of its time
MAX_CHUNK = 256_000_000  # about 2,000 pages, under a minute of work: what a kill can cost
CHUNKS = 64  # wanted of an input that is between: enough for 16 workers to end together
MAX_FILES = 2_000  # in a chunk
COMPRESSED = 4  # a compressed byte counts as this many; HTML in gzip has 5-6
PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".txt")
WARC_SUFFIXES = (".warc", ".wet")
JSONL_SUFFIXES = (".jsonl", ".ndjson")


class Planned(NamedTuple):
    """A file of the input: path, what it is, size, and why it cannot be read ("" when it can)."""

    path: str
    kind: ChunkKind
    size: int
    problem: str = ""

    @property
    def weight(self) -> int:
        return self.size * (COMPRESSED if self.path.lower().endswith((".gz", ".zst")) else 1)


def kind_of(path: str) -> ChunkKind | None:
    """What a file is, by its name."""
    name = os.path.basename(path).lower()
    if name.endswith(".parquet"):
        return "parquet"
    for suffix in (".gz", ".zst"):
        name = name.removesuffix(suffix)
    if name.endswith(WARC_SUFFIXES):
        return "warc"
    if name.endswith(JSONL_SUFFIXES):
        return "jsonl"
    if name.endswith(PAGE_SUFFIXES) and not path.endswith(".zst"):
        return "files"
    return None


def inputs_of(names: Sequence[str]) -> list[str]:
    """The paths that names, globs and @lists stand for. Raises BatchError for what is not there."""
    paths: list[str] = []
    for name in names:
        if name == "-" or os.path.exists(name):
            paths.append(name)
        elif name.startswith("@"):
            paths.extend(_listed(name[1:]))
        elif glob.has_magic(name) and (found := sorted(glob.glob(name, recursive=True))):
            paths.extend(found)
        else:
            raise BatchError(f"there is no file {name!r} (and it matches none)")
    if "-" in paths and len(paths) > 1:
        raise BatchError("standard input (-) cannot be mixed with other inputs")
    if not paths:
        raise BatchError("no input was named")
    return paths


def _listed(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:
            return [os.fsdecode(line.strip()) for line in file if line.strip()]
    except OSError as error:
        raise BatchError(f"the list {path!r} cannot be read: {error.strerror}") from error


def chunks_of(paths: Sequence[str], config: BatchConfig, chunk_bytes: int, skipped: Counter[str]) -> Iterator[Chunk]:
    """The chunks of the inputs, in order; files that are no input are counted in `skipped`."""
    size = chunk_bytes or min(MAX_CHUNK, max(MIN_CHUNK, sum(file.weight for file in _files(paths, Counter())) // CHUNKS))
    number = 0
    group: list[str] = []
    weight = 0
    for file in _files(paths, skipped):
        if group and (file.kind != "files" or weight + file.weight > size or len(group) == MAX_FILES):
            yield Chunk(number, "files", tuple(group), size=weight)
            number, group, weight = number + 1, [], 0
        if file.kind == "files":
            group.append(file.path)
            weight += file.weight
            continue
        for chunk in _cut(file, number, size):
            yield chunk
            number += 1
    if group:
        yield Chunk(number, "files", tuple(group), size=weight)


def _files(paths: Sequence[str], skipped: Counter[str]) -> Iterator[Planned]:
    """All files below the inputs, in an order that depends on their names only."""
    for path in paths:
        try:
            status = os.stat(path)
        except OSError as error:
            yield Planned(path, "unreadable", 0, f"cannot be read: {error.strerror}")
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _below(path, skipped)
        elif not stat.S_ISREG(status.st_mode):
            skipped["not a regular file"] += 1
        else:
            yield Planned(path, kind_of(path) or "files", status.st_size)  # named by the user: a page, whatever its suffix


def _below(folder: str, skipped: Counter[str]) -> Iterator[Planned]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Planned(folder, "unreadable", 0, f"cannot be listed: {error.strerror}")
        return
    for entry in entries:
        path = os.path.join(folder, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, skipped)
            continue
        kind = kind_of(path)
        try:
            status = entry.stat()
        except OSError as error:
            yield Planned(path, "unreadable", 0, f"cannot be read: {error.strerror}")
            continue
        if not stat.S_ISREG(status.st_mode):
            skipped["not a regular file"] += 1
        elif kind is None:
            skipped[f"suffix {os.path.splitext(entry.name)[1].encode('ascii', 'replace').decode()[:20] or 'missing'}"] += 1
        else:
            yield Planned(path, kind, status.st_size)


def _cut(file: Planned, number: int, size: int) -> Iterator[Chunk]:
    """A file of many records as chunks."""
    whole = Chunk(number, file.kind, (file.path,), size=file.weight, note=file.problem)
    if file.kind == "unreadable":
        yield whole
        return
    try:
        ranges = _ranges(file, size)
        note = ""
        if ranges is None:
            ranges, note = [(0, -1)], "stream"
    except OSError:  # the reader will say it
        yield whole
        return
    for offset, (start, end) in enumerate(ranges):
        share = file.weight if end < 0 else (end - start) * file.weight // max(1, file.size)
        yield Chunk(number + offset, file.kind, (file.path,), start, end, share, note=note)


def _ranges(file: Planned, size: int) -> list[tuple[int, int]] | None:
    """Where a file is cut; None for a compressed stream that cannot be cut."""
    if file.kind == "parquet":
        return _row_groups(file.path, size)
    with Window(file.path) as window:
        codec = codec_of(file.path, window)
        if file.kind == "jsonl":
            return None if codec else _even(file.size, size)
        if codec is None:
            return _at_records(window, size)
        from cleaner.batch.readers.warc import whole_stream

        return None if whole_stream(window, codec) else _even(file.size, max(1, size // COMPRESSED))


def _even(total: int, size: int) -> list[tuple[int, int]]:
    """Ranges of `size` bytes; the last goes to the end."""
    starts = list(range(0, max(total, 1), size))
    if len(starts) > 1 and total - starts[-1] < size // 2:
        starts.pop()  # a small rest goes with the range before
    return list(zip(starts, [*starts[1:], -1], strict=True))


def _at_records(window: Window, size: int) -> list[tuple[int, int]]:
    from cleaner.batch.readers.warc import record_starts

    starts = [0]
    for position in record_starts(window):
        if position - starts[-1] >= size:
            starts.append(position)
    return list(zip(starts, [*starts[1:], -1], strict=True))


def _row_groups(path: str, size: int) -> list[tuple[int, int]]:
    from cleaner.batch.readers.parquet import parquet_file

    try:
        metadata = parquet_file(path).metadata
    except ValueError:  # no Parquet file: the reader will say it
        return [(0, -1)]
    starts, weight = [0], 0
    for group in range(metadata.num_row_groups):
        if weight >= size:
            starts.append(group)
            weight = 0
        weight += metadata.row_group(group).total_byte_size
    return list(zip(starts, [*starts[1:], -1], strict=True))
