"""A tape: bytes read on and on, with a look ahead, for records that follow each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

__all__ = ["Tape"]


class Tape:
    """Bytes that are read on and on. `look` sees nine bytes at any offset where that costs nothing: not in a compressed stream."""

    def __init__(
        self, opened: Callable[[int], Iterator[bytes]], position: int = 0, look: Callable[[int], bytes] | None = None
    ) -> None:
        self._opened = opened
        self.look = look
        self.seek(position)

    def seek(self, position: int) -> None:
        """Go on at another offset; never used to go back in a compressed stream, which would have to be unfolded again."""
        self.position = position
        self._blocks = self._opened(position)
        self._buffer = b""
        self._low = 0

    def give_back(self, data: bytes) -> None:
        """Undo a `take`."""
        self._buffer = data + self._buffer[self._low :]
        self._low = 0
        self.position -= len(data)

    def pass_blank_lines(self) -> None:
        while data := self.peek(1 << 12):
            blank = len(data) - len(data.lstrip(b"\r\n"))
            self.take(blank)
            if blank < len(data):
                return

    def peek(self, size: int) -> bytes:
        """The next bytes, up to `size`, without taking them."""
        if len(self._buffer) - self._low < size:
            pieces = [self._buffer[self._low :]]
            have = len(pieces[0])
            while have < size and (block := next(self._blocks, b"")):
                pieces.append(block)
                have += len(block)
            self._buffer, self._low = b"".join(pieces), 0
        return self._buffer[self._low : self._low + size]

    def take(self, size: int) -> bytes:
        data = self.peek(size)
        self._low += len(data)
        self.position += len(data)
        return data

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; how many there were."""
        passed = 0
        while passed < size and (data := self.take(min(size - passed, 1 << 20))):
            passed += len(data)
        return passed

    def skip_until(self, mark: bytes, kept: int) -> bytes:
        """Pass over all before `mark` at the start of a line (or all there is); the first `kept` bytes of it."""
        pieces: list[bytes] = []
        have = 0
        while data := self.peek(1 << 18):
            found = data.find(b"\n" + mark)
            piece = self.take(found + 1 if found >= 0 else max(1, len(data) - len(mark)))
            if have < kept:
                pieces.append(piece[: kept - have])
                have += len(pieces[-1])
            if found >= 0:
                break
        return b"".join(pieces)
