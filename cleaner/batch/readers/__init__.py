"""Readers: a chunk of input becomes records, damaged records and skipped ones, in the order of the file.

A reader never raises for what its input holds: what cannot be read is an item like any other, so that it is counted and said. The same chunk
gives the same items every time; resuming inside a chunk rests on that.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.batch.values import BatchConfig, Chunk, Damaged, Item

__all__ = ["items_of"]


def items_of(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    """The items of a chunk. An error of the reader itself becomes a last, damaged item: what follows it is missing, and this is said."""
    try:
        yield from _reader(chunk, config)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a row with the reason
        yield Damaged(f"the reader stopped here: {type(error).__name__}: {error}", chunk.name or chunk.paths[0], chunk.start)


def _reader(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    if chunk.kind == "files":
        from cleaner.batch.readers.files import files_of

        return files_of(chunk, config)
    if chunk.kind == "warc":
        from cleaner.batch.readers.warc import records_of

        return records_of(chunk, config)
    if chunk.kind == "jsonl":
        from cleaner.batch.readers.jsonl import lines_of

        return lines_of(chunk, config)
    if chunk.kind == "parquet":
        from cleaner.batch.readers.parquet import rows_of

        return rows_of(chunk, config)
    if chunk.kind == "dead":
        from cleaner.batch.readers.dead import letters_of

        return letters_of(chunk, config)
    from cleaner.batch.readers.files import unreadable

    return unreadable(chunk)
