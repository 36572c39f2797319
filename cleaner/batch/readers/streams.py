"""Bytes from files, compressed or not, with bounded memory whatever they hold.

Compressed input is hostile until shown otherwise: 1 MB of gzip may unfold to 1 GB. Everything here hands out blocks of bounded size, so that a
reader can stop keeping them when a page is too large, and go on to find where it ends.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

import zstandard

__all__ = ["BROTLI_MISSING", "BlockFile", "Codec", "StreamDamage", "Window", "codec_of", "inflated", "unpacked"]

BLOCK = 1 << 18  # bytes read or unfolded at once
ZSTD_STEP = 1 << 12  # zstd cannot limit what a call gives; 4 KB of it unfold to at most 128 MB
BROTLI_MISSING = "the body is compressed with brotli: pip install 'webpage-cleaner[warc]' and retry"
GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPABLE = b"\x2a\x4d\x18"  # behind a first byte between 0x50 and 0x5f
PLAIN_STARTS = (b"W", b"{", b"<", b" ", b"\n", b"\r", b"\xef")  # what WARC, JSONL and HTML begin with
ZSTD_DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"  # https://iipc.github.io/warc-specifications/specifications/warc-zstd/


try:  # half the time of zlib for the same bytes
    _deflate: Any = import_module("isal.isal_zlib")
except ImportError:
    _deflate = zlib


class StreamDamage(ValueError):
    """Compressed data that cannot be read on: it is cut off, or its bytes are wrong."""


class _Zlib:
    """A zlib decoder that gives what it unfolds in blocks."""

    def __init__(self, window_bits: int) -> None:
        self._decoder: Any = _deflate.decompressobj(window_bits)

    @property
    def eof(self) -> bool:
        return bool(self._decoder.eof)

    @property
    def unused(self) -> int:
        return len(self._decoder.unused_data)

    def blocks(self, data: bytes) -> Iterator[bytes]:
        while not self._decoder.eof:
            block = self._decoder.decompress(data, BLOCK)
            data = self._decoder.unconsumed_tail
            if block:
                yield block
            if not data and len(block) < BLOCK:  # a full block may leave some inside the decoder
                return


class _Zstd:
    def __init__(self, dictionary: Any = None) -> None:
        self._decoder = zstandard.ZstdDecompressor(dict_data=dictionary).decompressobj()
        self.unused = 0

    @property
    def eof(self) -> bool:
        return bool(self._decoder.eof)

    def blocks(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), ZSTD_STEP):
            block = self._decoder.decompress(data[start : start + ZSTD_STEP])
            if block:
                yield block
            if self._decoder.eof:
                self.unused = len(self._decoder.unused_data) + max(0, len(data) - start - ZSTD_STEP)
                return


class Codec:
    """How a file is compressed: the bytes a member (gzip member, zstd frame) begins with, and what unfolds it."""

    def __init__(self, name: str, magic: bytes, decoder: Callable[[], _Zlib | _Zstd]) -> None:
        self.name = name
        self.magic = magic
        self.decoder = decoder


ERRORS: tuple[type[Exception], ...] = (_deflate.error, zlib.error, zstandard.ZstdError, EOFError)


def codec_of(path: str, window: Window) -> Codec | None:
    """How a file is compressed: by its first bytes, and by its suffix only where those are damaged."""
    head = window.read(0, 4)
    name = path.lower()
    damaged = head[:1] not in PLAIN_STARTS
    if head[:3] == GZIP_MAGIC or (name.endswith(".gz") and damaged):
        return Codec("gzip", GZIP_MAGIC, partial(_Zlib, 31))
    if head == ZSTD_MAGIC or head[1:] == ZSTD_SKIPPABLE or (name.endswith(".zst") and damaged):
        return Codec("zstd", ZSTD_MAGIC, partial(_Zstd, _dictionary(window)))
    return None


def _dictionary(window: Window) -> Any:
    head = window.read(0, 8)
    if head[:4] != ZSTD_DICTIONARY_FRAME or len(head) < 8:
        return None
    data = window.read(8, int.from_bytes(head[4:8], "little"))
    if data[:4] == ZSTD_MAGIC:
        data = zstandard.ZstdDecompressor().decompress(data, max_output_size=1 << 27)
    return zstandard.ZstdCompressionDict(data)


class Window:
    """A file that is read at any offset through one buffer; no memory map, because that would count as the worker's memory."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.size = os.fstat(self._descriptor).st_size
        self._start = 0
        self._buffer = b""

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def read(self, offset: int, size: int) -> bytes:
        """Up to `size` bytes from `offset`; fewer only at the end of the file."""
        low = offset - self._start
        if low >= 0 and low + size <= len(self._buffer):
            return self._buffer[low : low + size]
        self._start, self._buffer = offset, self._read_all(offset, max(size, BLOCK))
        return self._buffer[:size]

    def _read_all(self, offset: int, size: int) -> bytes:
        pieces = []
        while size > 0 and (piece := os.pread(self._descriptor, size, offset)):
            pieces.append(piece)
            offset += len(piece)
            size -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def find(self, needle: bytes, start: int, end: int | None = None) -> int:
        """Where `needle` first begins in ``[start, end)``, or -1."""
        stop = self.size if end is None else end
        while start < stop:
            block = self.read(start, BLOCK)
            found = block.find(needle)
            if found >= 0:
                return start + found if start + found < stop else -1
            if len(block) < BLOCK:
                return -1
            start += len(block) - len(needle) + 1
        return -1

    def blocks(self, start: int = 0) -> Iterator[bytes]:
        """The file from `start`, in blocks."""
        while block := self.read(start, BLOCK):
            yield block
            start += len(block)


def inflated(window: Window, codec: Codec, start: int = 0) -> Iterator[bytes]:
    """All members of a file from `start` on as one stream of blocks. Raises StreamDamage where it cannot be read on."""
    position = start
    while position < window.size:
        if codec.name == "zstd" and window.read(position + 1, 3) == ZSTD_SKIPPABLE:
            position += 8 + int.from_bytes(window.read(position + 4, 4), "little")  # a skippable frame
            continue
        if position > start and not window.read(position, 4096).strip(b"\0"):
            return  # tapes and some tools pad with zeros
        decoder = codec.decoder()
        while not decoder.eof:
            data = window.read(position, BLOCK)
            if not data:
                raise StreamDamage(f"the {codec.name} data is cut off")
            position += len(data)
            try:
                yield from decoder.blocks(data)
            except ERRORS as error:
                raise StreamDamage(f"the {codec.name} data is damaged: {error}") from error
        position -= decoder.unused


class BlockFile(io.RawIOBase):
    """Blocks as a file object, so that `io.BufferedReader` can cut them into lines at C speed."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._block = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._block:
            self._block = memoryview(next(self._blocks, b""))
        size = min(len(buffer), len(self._block))
        buffer[:size] = self._block[:size]
        self._block = self._block[size:]  # a view: a block of zstd may have 128 MB
        return size


def unpacked(data: bytes, coding: str, limit: int) -> tuple[bytes, str]:
    """A body without its Content-Encoding, up to `limit` + 1 bytes, and what is wrong with it ("" when nothing is).

    A body that does not look compressed is given as it is: many crawlers decode and leave the header in place.
    """
    coding = coding.strip().lower()
    if coding in ("gzip", "x-gzip"):
        return _unpacked(data, _Zlib(31), limit) if data[:2] == b"\x1f\x8b" else (data, "")
    if coding == "deflate":
        wrapped = (
            len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        )  # RFC 1950; some send RFC 1951
        body, problem = _unpacked(data, _Zlib(15 if wrapped else -15), limit)
        return (body, problem) if body or wrapped else (data, "")
    if coding == "zstd":
        return _unpacked(data, _Zstd(), limit) if data[:4] == ZSTD_MAGIC else (data, "")
    if coding == "br":
        return _unbrotlied(data, limit)
    return data, ""


def _unpacked(data: bytes, decoder: _Zlib | _Zstd, limit: int) -> tuple[bytes, str]:
    pieces, size = [], 0
    try:
        for block in decoder.blocks(data):
            pieces.append(block)
            size += len(block)
            if size > limit:
                break
    except ERRORS as error:
        return b"".join(pieces), f"the body is damaged: {error}"
    problem = "" if decoder.eof or size > limit else "the body is cut off"
    return b"".join(pieces), problem


def _unbrotlied(data: bytes, limit: int) -> tuple[bytes, str]:
    if b"<" in data[:64] and data[:64].isascii():  # decoded by the crawler
        return data, ""
    try:
        brotli: Any = import_module("brotli")
    except ImportError:
        return b"", BROTLI_MISSING
    decoder = brotli.Decompressor()
    pieces, size = [], 0
    try:
        block = decoder.process(data, output_buffer_limit=BLOCK)
        while block or not (decoder.is_finished() or decoder.can_accept_more_data()):
            pieces.append(block)
            size += len(block)
            if size > limit or decoder.is_finished():
                break
            block = decoder.process(b"", output_buffer_limit=BLOCK)
    except brotli.error as error:
        return b"".join(pieces), f"the body is damaged: {error}"
    return b"".join(pieces), "" if decoder.is_finished() or size > limit else "the body is cut off"
