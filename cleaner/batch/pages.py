"""Pages of any input as records, one after the other: for callers who bring their own loop and want the batch's readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.batch.plan import chunks_of, inputs_of
from cleaner.batch.readers import items_of
from cleaner.batch.values import BatchConfig, Chunk, Damaged, Record

__all__ = ["pages_in", "pages_in_chunk"]


def pages_in(names: Sequence[str], config: BatchConfig | None = None) -> Iterator[Record]:
    """The records of files, folders, WARC, JSONL or Parquet, by name, glob or @list, as `cleaner run` takes them.

    What is damaged comes as a record of the bytes that are there. Raises BatchError for a name that is not there.
    """
    config = config or BatchConfig()
    skipped: Counter[str] = Counter()
    for chunk in chunks_of(inputs_of(names), config, 0, skipped):
        yield from pages_in_chunk(chunk, config)


def pages_in_chunk(chunk: Chunk, config: BatchConfig) -> Iterator[Record]:
    """The records of one chunk."""
    for item in items_of(chunk, config):
        if isinstance(item, Record):
            yield item
        elif isinstance(item, Damaged):
            yield Record(item.raw, item.id, item.source, item.offset, item.url, item.charset, note=item.error)
