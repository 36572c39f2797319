"""Dead letters as input: `cleaner retry` runs them again."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cleaner.batch.json_lines import loads
from cleaner.batch.readers.streams import BlockFile, Window, codec_of, inflated
from cleaner.batch.values import BatchConfig, Chunk, Damaged, Item, Record

__all__ = ["letters_in", "letters_of", "lines_in"]


def letters_in(path: str) -> Iterator[dict[str, Any]]:
    """The dead letters of a file."""
    return map(loads, lines_in(path))


def lines_in(path: str) -> Iterator[bytes]:
    """The lines of a file, however it is compressed."""
    import io

    with Window(path) as window:
        codec = codec_of(path, window)
        blocks = inflated(window, codec) if codec else window.blocks()
        yield from io.BufferedReader(BlockFile(blocks), 1 << 18)


def letters_of(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    """An item for each dead letter: from its raw bytes, or from its source where they were too many to keep."""
    for letter in letters_in(chunk.paths[0]):
        yield _again(letter, config)


def _again(letter: dict[str, Any], config: BatchConfig) -> Item:
    raw = base64.b64decode(letter["raw"])
    name, source, offset = letter["id"], letter["source"], letter["offset"]
    if letter.get("reread"):
        found = _from_source(letter, config)
        if found is not None:
            return found._replace(id=name, locator=letter["reread"])
    if letter.get("lost") or letter.get("reread"):
        return Damaged(
            letter["error"],
            source,
            offset,
            raw,
            letter["status"] if letter["status"] == "too-large" else "error",
            name,
            letter["url"],
            letter["content_type"],
            letter["bytes"],
        )
    data: bytes | str = raw.decode("utf-8", "surrogatepass") if letter["is_text"] else raw
    return Record(data, name, source, offset, letter["url"], letter["content_type"], letter["kind"])


def _from_source(letter: dict[str, Any], config: BatchConfig) -> Record | Damaged | None:
    """The same item read again where it came from; None when it is not there any more."""
    from cleaner.batch.readers import items_of

    chunk = Chunk.from_dict(letter["reread"])
    for item in items_of(replace(chunk, start=_start(chunk, letter), end=-1), config):
        if isinstance(item, (Record, Damaged)) and item.offset == letter["offset"] and item.source == letter["source"]:
            return item
        if isinstance(item, (Record, Damaged)) and item.offset > letter["offset"]:
            return None
    return None


def _start(chunk: Chunk, letter: dict[str, Any]) -> int:
    """Ranges of bytes can be entered at the page itself; Parquet counts row groups and compressed streams have to be read from the start."""
    if chunk.kind in ("warc", "jsonl") and chunk.note != "stream":
        return int(letter["offset"])
    return chunk.start
