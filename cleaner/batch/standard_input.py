"""JSONL on standard input, into shards: cut into chunks as it comes, and resumable when the same bytes come again.

The parent only copies bytes into a file for each chunk, cut at the first line end after the chunk's size; workers read those as they read any JSONL file. A run that is
resumed cuts the same way, passes over the chunks that are done, and makes sure that their bytes are still the same.
"""

from __future__ import annotations

import hashlib
import os
import select
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.batch.chunks import publish
from cleaner.batch.fingerprint import described, hash_of
from cleaner.batch.manifest import Manifest
from cleaner.batch.pool import Pool
from cleaner.batch.progress import Progress, State
from cleaner.batch.readers.files import KEPT
from cleaner.batch.readers.jsonl import LINE_FACTOR, line_item
from cleaner.batch.stream import BATCH_BYTES, BATCH_PAGES
from cleaner.batch.summary import Summary
from cleaner.batch.supervisor import TEMPORARY, Run, output_of, report_of, summed
from cleaner.batch.tasks import ChunkTask
from cleaner.batch.values import BatchConfig, BatchError, Chunk, Damaged, Item

__all__ = ["ready_batches", "run_standard_input"]

CHUNK = 32_000_000  # bytes; the size of the whole is not known
BLOCK = 1 << 20
WAIT = 0.05  # seconds to wait for more input before looking after the workers again


class _Piece(NamedTuple):
    """A chunk's bytes: in `path`, from `start` on, with their hash."""

    number: int
    path: Path
    start: int
    size: int
    digest: str


class _Cutter:
    """Cuts a stream into pieces that end at line ends."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        self._rest = b""
        self._number = self._position = 0

    def next(self, path: Path) -> _Piece | None:
        """Write the next piece to `path`; None at the end of the stream."""
        digest, size, ended = hashlib.sha256(), 0, False
        with open(path, "wb") as file:
            while not ended and (block := self._rest or self._stream.read(BLOCK)):
                self._rest = b""
                cut = block.find(b"\n", max(0, self._size - size - 1)) + 1 if size + len(block) >= self._size else 0
                if cut:
                    block, self._rest, ended = block[:cut], block[cut:], True
                file.write(block)
                digest.update(block)
                size += len(block)
        if not size:
            return None
        piece = _Piece(self._number, path, self._position, size, digest.hexdigest())
        self._number += 1
        self._position += size
        return piece


def run_standard_input(run: Run, stream: BinaryIO, progress: Progress) -> Summary:
    """As `run_chunks`, for JSONL lines that come on a stream."""
    if run.share != (1, 1):
        raise BatchError("standard input cannot be shared out with --shard")
    with output_of(run):
        size = run.chunk_bytes or CHUNK
        config = described(run.config)
        manifest = Manifest(run.out, "")
        plan = f"standard input in chunks of {size} bytes"
        manifest.begin(
            {
                "hash": hash_of(config),
                "config": config,
                "plan": plan,
                "chunks": -1,
                "share": [1, 1],
                "skipped": {},
                "inputs": ["-"],
            }
        )
        folder = Path(tempfile.mkdtemp(prefix=TEMPORARY + "-", dir=run.out))
        with Pool(run.config, run.jobs, str(folder)) as pool:
            _Feeder(run, pool, manifest, folder).all(_Cutter(stream, size), progress)
        return summed(run.out, config)


class _Feeder:
    """Hands pieces to free workers and publishes what they finish."""

    def __init__(self, run: Run, pool: Pool, manifest: Manifest, folder: Path) -> None:
        self._run, self._pool, self._manifest, self._folder = run, pool, manifest, folder
        self._pieces: dict[int, _Piece] = {}
        self._done = self._dead = 0
        self._errors: Counter[str] = Counter()

    def all(self, cutter: _Cutter, progress: Progress) -> None:
        number = 0
        while piece := cutter.next(self._folder / f"standard-input-{number:05d}.jsonl"):
            number += 1
            if piece.number in self._manifest.done:
                self._compare(piece)
                os.unlink(piece.path)
                continue
            while not (free := self._pool.free()):
                self._settle(progress)
            self._pieces[piece.number] = piece
            chunk = Chunk(piece.number, "jsonl", (str(piece.path),), size=piece.size, name="-", note=str(piece.start))
            self._pool.submit(free[0], ChunkTask(chunk, str(self._folder), {}))
        while len(self._pool.free()) < self._pool.jobs:
            self._settle(progress)
        if max(self._manifest.done, default=-1) >= number:
            raise BatchError("standard input is shorter than it was in the run before; --force starts over")
        self._manifest.finish(number)

    def _compare(self, piece: _Piece) -> None:
        if self._manifest.inputs.get(piece.number) != piece.digest:
            place = f"between the bytes {piece.start:,} and {piece.start + piece.size:,}"
            raise BatchError(f"standard input is not what it was in the run before ({place}); --force starts over")

    def _settle(self, progress: Progress) -> None:
        for event in self._pool.events():
            report = report_of(event.payload)
            piece = self._pieces.pop(report.chunk)
            publish(report, self._folder, self._run.out)
            self._manifest.add(report, input=piece.digest)
            os.unlink(piece.path)
            self._done += piece.size
            self._dead += report.dead
            self._errors.update(report.errors)
        pages, size = self._pool.pages()
        progress.show(State(self._done, 0, len(self._manifest.done), 0, pages, size, self._dead, self._errors))


def ready_batches(stream: BinaryIO, config: BatchConfig) -> Iterator[tuple[Item, ...] | None]:
    """The lines of a stream in batches; None whenever none has come yet, so that who waits can look after something else."""
    batch: list[Item] = []
    size = 0
    for found in _lines(stream, config.max_page_bytes * LINE_FACTOR):
        if found is not None:
            line, offset, whole = found
            batch.append(_item(line, offset, whole, config))
            size += len(line)
        if batch and (found is None or len(batch) == BATCH_PAGES or size >= BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        elif found is None:
            yield None
    if batch:
        yield tuple(batch)


def _item(line: bytes, offset: int, whole: int, config: BatchConfig) -> Item:
    if whole > len(line):
        return Damaged(f"a line of {whole:,} bytes", "-", offset, line[:KEPT], "too-large", f"-:{offset}", size=whole)
    return line_item(line, "-", offset, config)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[bytes, int, int] | None]:
    """Each line (at most `limit` bytes of it), where it begins, and how long it is; None when there is nothing to read just now."""
    head, size, start = bytearray(), 0, 0
    descriptor = stream.fileno()
    while True:
        if not select.select([descriptor], [], [], 0)[0]:
            yield None
            select.select([descriptor], [], [], WAIT)
            continue
        block = os.read(descriptor, BLOCK)
        position = 0
        while position < len(block):
            end = block.find(b"\n", position) + 1 or len(block)
            head += block[position : min(end, position + limit - len(head))]
            size += end - position
            position = end
            if block[end - 1] == 10:
                yield bytes(head), start, size
                start += size
                head, size = bytearray(), 0
        if not block:
            if size:
                yield bytes(head), start, size
            return
