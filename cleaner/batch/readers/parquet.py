"""Parquet: a page a row; a chunk is some row groups, of which only the needed columns are read, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from cleaner.batch.json_lines import printable
from cleaner.batch.readers.jsonl import value_item
from cleaner.batch.values import BatchConfig, BatchError, Chunk, Damaged, Item

__all__ = ["PYARROW_MISSING", "parquet_file", "rows_of"]

BATCH_ROWS = 64  # rows in memory at once: at the 20 MB that a page may have, this stays below the worker's 2 GB
PYARROW_MISSING = "Parquet needs pyarrow: pip install 'webpage-cleaner[parquet]'"


def parquet_file(path: str) -> Any:
    """An open Parquet file. Raises OSError or pyarrow's ValueError when it is none, BatchError without pyarrow."""
    try:
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise BatchError(PYARROW_MISSING) from error
    return parquet.ParquetFile(path, memory_map=False, pre_buffer=False)


def rows_of(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    """An item for each row of the chunk's row groups. Offsets count rows in the file."""
    path = chunk.paths[0]
    source = printable(path)
    try:
        file = parquet_file(path)
    except (OSError, ValueError) as error:
        yield Damaged(f"cannot be read as Parquet: {error}", source, 0, id=source)
        return
    fields = config.fields
    names = set(file.schema_arrow.names)
    if not names & {fields.html, fields.text}:
        columns = ", ".join(sorted(names)[:20])
        yield Damaged(f"neither a column {fields.html!r} nor a column {fields.text!r}; it has {columns}", source, 0, id=source)
        return
    columns_read = [name for name in dict.fromkeys((fields.id, fields.url, fields.html, fields.text)) if name in names]
    offset = sum(file.metadata.row_group(i).num_rows for i in range(chunk.start))
    groups = range(chunk.start, file.metadata.num_row_groups if chunk.end < 0 else chunk.end)
    for group in groups:
        rows = file.metadata.row_group(group).num_rows
        yield from _group(file, group, columns_read, (source, offset), config)
        offset += rows


def _group(file: Any, group: int, columns: list[str], where: tuple[str, int], config: BatchConfig) -> Iterator[Item]:
    source, offset = where
    try:
        for batch in file.iter_batches(batch_size=BATCH_ROWS, row_groups=[group], columns=columns, use_threads=False):
            for value in batch.to_pylist():
                yield value_item(value, source, offset, config.fields) or Damaged("no page in this row", source, offset)
                offset += 1
    except (OSError, ValueError) as error:  # pyarrow's errors are these
        yield Damaged(f"row group {group} cannot be read on: {error}", source, offset, id=f"{source}:{offset}")
