"""The plan in a file: a line for each chunk, so that the parent's memory does not grow with the input."""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cleaner.batch.values import Chunk

__all__ = ["Plan", "chunks_in"]


class Plan:
    """The chunks of a run; in memory there is only where each line begins. `draft` writes it beside its place, `settle` puts it there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_suffix(f".tmp{os.getpid()}")
        self._starts = array("Q")
        self.sizes = array("Q")
        self.skipped: dict[str, int] = {}
        self.digest = ""

    def draft(self, chunks: Iterator[Chunk], skipped: Counter[str]) -> None:
        """Write the chunks; `skipped` is filled by the time they are all there."""
        digest = hashlib.sha256()
        with open(self._draft, "wb") as file:
            for chunk in chunks:
                line = json.dumps(chunk.to_dict()).encode() + b"\n"
                self._starts.append(file.tell())
                self.sizes.append(chunk.size + 1)
                file.write(line)
                digest.update(line)
            file.flush()
            os.fsync(file.fileno())
        self.skipped = dict(sorted(skipped.items()))
        self.digest = digest.hexdigest()

    def settle(self) -> None:
        """The draft is the plan from now on."""
        os.replace(self._draft, self._path)

    def __len__(self) -> int:
        return len(self._starts)

    def chunk(self, number: int) -> Chunk:
        with open(self._path, "rb") as file:
            file.seek(self._starts[number])
            return Chunk.from_dict(json.loads(file.readline()))


def chunks_in(path: Path) -> Iterator[Chunk]:
    """The chunks of a settled plan."""
    with open(path, "rb") as file:
        for line in file:
            yield Chunk.from_dict(json.loads(line))
