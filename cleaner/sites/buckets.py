"""Values of bytes in files by hash: what is in memory is what has not been written yet, and a file is small enough to be held.

A file is a row of packs, each what came together until it was full, so that memory does not grow with the crawl.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import zstandard

__all__ = ["BUCKETS", "Buckets"]

BUCKETS = 64
BUFFER = 256_000  # bytes of a bucket in memory before they are packed and written: 16 MB in all
PACK = 1  # level of zstd: the files are read once or twice
_SIZE = 4  # bytes that say how long a pack is


class Buckets:
    """Bytes in files by number; `each` gives them back, a bucket after the other, as they were put together."""

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = [folder / f"{name}-{number:02d}.zst" for number in range(BUCKETS)]
        self._waiting = [bytearray() for _ in range(BUCKETS)]
        self._packer = zstandard.ZstdCompressor(level=PACK)

    def add(self, number: int, data: bytes) -> None:
        """Put bytes into a bucket. What is added at one go comes back in one piece."""
        waiting = self._waiting[number]
        waiting += data
        if len(waiting) >= BUFFER:
            packed = self._packer.compress(bytes(waiting))
            with open(self._paths[number], "ab") as file:
                file.write(len(packed).to_bytes(_SIZE, "little") + packed)
            waiting.clear()

    def each(self) -> Iterator[Iterator[bytes]]:
        """The packs of one bucket after the other."""
        for number in range(BUCKETS):
            yield self._packs(number)

    def _packs(self, number: int) -> Iterator[bytes]:
        path = self._paths[number]
        if path.exists():
            unpacker = zstandard.ZstdDecompressor()
            with open(path, "rb") as file:
                while size := file.read(_SIZE):
                    yield unpacker.decompress(file.read(int.from_bytes(size, "little")))
        if self._waiting[number]:
            yield bytes(self._waiting[number])

    def close(self) -> None:
        """Take the files away."""
        for path in self._paths:
            path.unlink(missing_ok=True)
