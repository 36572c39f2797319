"""JSONL: a page a line, plain or as .gz or .zst.

A plain file is cut into ranges of bytes without being read: a chunk has the lines that *start* in its range. A line whose bytes are not UTF-8
is not lost: its strings keep the bytes, and the page is decoded like any other.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from cleaner.batch.json_lines import loads, printable
from cleaner.batch.readers.files import KEPT
from cleaner.batch.readers.streams import BlockFile, StreamDamage, Window, codec_of, inflated
from cleaner.batch.values import BatchConfig, Chunk, Damaged, Fields, Item, Record, Skipped

__all__ = ["line_item", "lines_of", "value_item"]

LINE_FACTOR = 2  # a line may have this many times the bytes a page may: escapes and other fields


def lines_of(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    """An item for each line that starts in ``[start, end)``."""
    path = chunk.paths[0]
    source = chunk.name or printable(path)
    try:
        window = Window(path)
    except OSError as error:
        yield Damaged(f"cannot be read: {error.strerror or error}", source, 0, id=source)
        return
    with window:
        codec = codec_of(path, window)
        start = chunk.start if codec is None else 0
        file: io.BufferedReader[Any] = io.BufferedReader(
            BlockFile(window.blocks(max(start - 1, 0)) if codec is None else inflated(window, codec)), 1 << 18
        )
        if start:
            start += _line(file, config.max_page_bytes)[1] - 1  # the rest of a line that belongs to the chunk before
        yield from _items(file, start, source, chunk, config)


def _items(file: io.BufferedReader[Any], position: int, source: str, chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    base = _base_of(chunk)
    limit = config.max_page_bytes * LINE_FACTOR
    while chunk.end < 0 or position < chunk.end:
        try:
            line, size = _line(file, limit)
        except StreamDamage as error:
            yield Damaged(f"{error}; what follows cannot be read", source, base + position, id=f"{source}:{base + position}")
            return
        if not size:
            return
        if size > len(line):
            name = f"{source}:{base + position}"
            yield Damaged(f"a line of {size:,} bytes", source, base + position, line[:KEPT], "too-large", name, size=size)
        else:
            yield line_item(line, source, base + position, config)
        position += size


def _base_of(chunk: Chunk) -> int:
    """Where the file of a chunk begins in its source: standard input comes in several files."""
    return int(chunk.note) if chunk.name and chunk.note.isdecimal() else 0


def _line(file: io.BufferedReader[Any], limit: int) -> tuple[bytes, int]:
    """The next line (at most `limit` bytes of it) and the bytes it really has."""
    line = file.readline(limit)
    size = len(line)
    if size == limit and not line.endswith(b"\n"):
        while piece := file.readline(1 << 20):
            size += len(piece)
            if piece.endswith(b"\n"):
                break
    return line, size


def line_item(line: bytes, source: str, offset: int, config: BatchConfig) -> Item:
    """The page in a line of JSON."""
    name = f"{source}:{offset}"
    if not line.strip():
        return Skipped("blank line")
    try:
        value = loads(line.removeprefix(b"\xef\xbb\xbf") if offset == 0 else line)
    except (ValueError, RecursionError) as error:
        try:
            value = json.loads(line.decode("utf-8", "surrogateescape"))
        except (ValueError, RecursionError):
            return Damaged(f"not JSON: {error}", source, offset, line, id=name)
    if not isinstance(value, dict):
        return Damaged(f"a JSON object is expected, not {type(value).__name__}", source, offset, line, id=name)
    return value_item(value, source, offset, config.fields) or Damaged(
        f"neither a field {config.fields.html!r} nor a field {config.fields.text!r}", source, offset, line, id=name
    )


def value_item(value: dict[str, Any], source: str, offset: int, fields: Fields) -> Item | None:
    """The page in a JSON object or a row of a table; None when it has neither of the fields."""
    kind: Any = "auto"
    if fields.html in value and (value[fields.html] is not None or fields.text not in value):
        data = value[fields.html]
    elif fields.text in value:
        data, kind = value[fields.text], "text"
    else:
        return None
    given = value.get(fields.id)
    name = printable(str(given)) if given is not None else f"{source}:{offset}"
    url = value.get(fields.url)
    if data is None:
        data = ""
    elif not isinstance(data, (str, bytes)):
        raw = repr(data)[:KEPT].encode("utf-8", "replace")
        return Damaged(f"the page is not a string but {type(data).__name__}", source, offset, raw, id=name)
    if isinstance(data, str) and not data.isascii():
        data = _with_bytes(data)
    return Record(data, name, source, offset, printable(url) if isinstance(url, str) else None, kind=kind)


def _with_bytes(text: str) -> str | bytes:
    """Bytes where the line held bytes that are not UTF-8 (they came through as lone surrogates), else the text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text  # escaped surrogates in the JSON itself: repair deals with them
    return text
