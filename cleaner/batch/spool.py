"""The spool: outcomes of a chunk as they come, safe from the death of the worker that writes them.

It is a file without a name, held open by the process that forks the workers: when a page kills its worker the next one goes on behind what is there, so a
bad page costs one page and not the chunk. Only a whole chunk becomes a shard, in one pass, and therefore with the same bytes each time.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import Any

from cleaner.batch.json_lines import dumps, loads
from cleaner.batch.rows import Outcome

__all__ = ["Spool"]

HEAD = struct.Struct("<cII")  # tag, bytes of numbers, bytes of body
READ = 1 << 20
KEPT = (
    64_000_000  # bytes of the file that stay for the next chunk; a chunk of 8 MB leaves about 2, one of 256 MB at most about 60
)


class Spool:
    """An append-only file of outcomes; `end` is kept by the heartbeat, which survives the worker."""

    def __init__(self, descriptor: int, end: int = 0) -> None:
        self._descriptor = descriptor
        self.end = end

    def append(self, outcome: Outcome) -> None:
        """Write behind `end`. Raises OSError when the disk is full."""
        stats = dumps(outcome.stats)
        data = b"".join((HEAD.pack(outcome.tag, len(stats), len(outcome.body)), stats, outcome.body))
        view = memoryview(data)
        written = 0
        while written < len(data):
            written += os.pwrite(self._descriptor, view[written:], self.end + written)
        self.end += len(data)

    def outcomes(self) -> Iterator[tuple[bytes, dict[str, Any], bytes]]:
        """Tag, numbers and body of each outcome, in order, with bounded memory."""
        buffer, start, position = b"", 0, 0
        while position < self.end:
            if len(buffer) - start < HEAD.size:
                buffer, start = self._more(buffer[start:], position), 0
            tag, stats_size, body_size = HEAD.unpack_from(buffer, start)
            size = HEAD.size + stats_size + body_size
            if len(buffer) - start < size:
                buffer, start = self._more(buffer[start:], position, size), 0
            body = start + HEAD.size + stats_size
            yield tag, loads(buffer[start + HEAD.size : body]), buffer[body : body + body_size]
            start += size
            position += size

    def _more(self, rest: bytes, position: int, size: int = 0) -> bytes:
        """`rest`, which begins at `position`, with what follows it: at least `size` bytes."""
        pieces, have = [rest], len(rest)
        while have < max(size, READ) and (piece := os.pread(self._descriptor, max(size, READ) - have, position + have)):
            pieces.append(piece)
            have += len(piece)
        return b"".join(pieces)

    def clear(self) -> None:
        """Begin anew, in the same place: writing over what is there takes a fifth of the time. Beyond KEPT bytes the space is given back."""
        if self.end > KEPT:
            os.ftruncate(self._descriptor, KEPT)
        self.end = 0
