"""Files of one page each: .html .htm .xhtml .txt, also with .gz."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.batch.json_lines import printable
from cleaner.batch.readers.streams import StreamDamage, Window, codec_of, inflated
from cleaner.batch.values import BatchConfig, Chunk, Damaged, Item, Record

__all__ = ["files_of", "unreadable"]

KEPT = 65_536  # bytes of a page that is too large which go into the dead letter
NAME_NOTE = "a file name is not UTF-8; its row gives it with \\x escapes"


def files_of(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    """A record for each file of the chunk."""
    for path in chunk.paths:
        yield _page(path, config.max_page_bytes)


def unreadable(chunk: Chunk) -> Iterator[Item]:
    """Inputs that could not be opened when the work was planned."""
    for path in chunk.paths:
        yield Damaged(chunk.note, printable(path), 0, id=printable(path))


def _page(path: str, limit: int) -> Item:
    source = printable(path)
    try:
        with Window(path) as window:
            data, problem = _content(window, path, limit)
            size = window.size
    except OSError as error:
        return Damaged(f"cannot be read: {error.strerror or error}", source, 0, id=source)
    if problem:
        return Damaged(problem, source, 0, data[:limit], id=source)
    if len(data) > limit:
        return Damaged(f"more than {limit:,} bytes", source, 0, data[:KEPT], "too-large", id=source, size=max(size, limit + 1))
    name = path.lower().removesuffix(".gz")
    return Record(
        data,
        id=source,
        source=source,
        offset=0,
        kind="text" if name.endswith(".txt") else "auto",
        note="" if source == path else NAME_NOTE,
    )


def _content(window: Window, path: str, limit: int) -> tuple[bytes, str]:
    """The first `limit` + 1 bytes, unfolded, and what is wrong."""
    codec = codec_of(path, window)
    if codec is None:
        return window.read(0, min(window.size, limit) + 1), ""
    pieces, size = [], 0
    try:
        for block in inflated(window, codec):
            pieces.append(block)
            size += len(block)
            if size > limit:
                break
    except StreamDamage as error:
        return b"".join(pieces), str(error)
    return b"".join(pieces)[: limit + 1], ""
