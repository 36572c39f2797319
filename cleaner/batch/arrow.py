"""A pyarrow RecordBatch in, one with the fields of a row out: what `map_batches` of Ray, Spark's `mapInArrow` and Hugging Face datasets call."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.batch.readers.parquet import PYARROW_MISSING
from cleaner.batch.stream import Cleaners
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["clean_batch"]

TEXTS = ("text", "title", "author", "date", "site", "language", "encoding", "status", "page_type", "error")


def clean_batch(
    batch: Any,
    *,
    html: str = "html",
    text: str = "text",
    url: str = "url",
    options: Options | None = None,
    cleaners: Cleaners | None = None,
) -> Any:
    """Clean the pages of a pyarrow.RecordBatch (or Table); gives a RecordBatch with as many rows, in the same order.

    html, text: the columns that hold pages; `html` counts where it is there and not null. url: the column with their addresses, when there is one.
    cleaners: worker processes to use again and again; without them one is started for this call. Columns of the input that are not among the
    fields of the result stay as they are. A page that crashes, hangs or eats memory is a row with its status and error.
    """
    try:
        arrow: Any = import_module("pyarrow")
    except ImportError as error:
        raise ImportError(PYARROW_MISSING) from error
    names = batch.schema.names
    if html not in names and text not in names:
        raise ValueError(f"the batch has neither a column {html!r} nor a column {text!r}; it has {', '.join(names)}")
    records = [
        _page(row, html, text, url) for row in batch.select([name for name in (html, text, url) if name in names]).to_pylist()
    ]
    if cleaners is None:
        with Cleaners(jobs=1, options=options) as own:
            results = list(own.clean_many(records))
    else:
        results = list(cleaners.clean_many(records))
    fields = _columns(arrow, results)
    kept = {name: batch.column(name) for name in names if name not in fields and name not in (html, text)}
    table = arrow.table({**kept, **fields}).combine_chunks()
    return table.to_batches()[0] if table.num_rows else arrow.RecordBatch.from_pylist([], schema=table.schema)


def _page(row: dict[str, Any], html: str, text: str, url: str) -> dict[str, Any]:
    given = {"url": row.get(url)}
    if row.get(html) is not None:
        return {"html": row[html], **given}
    return {"text": row.get(text) if row.get(text) is not None else "", **given}


def _columns(arrow: Any, results: list[Result]) -> dict[str, Any]:
    fields = {name: arrow.array([getattr(result, name) for result in results], arrow.string()) for name in TEXTS}
    fields["confidence"] = arrow.array([float(result.confidence) for result in results], arrow.float64())
    removal = arrow.struct([("rule", arrow.string()), ("start", arrow.int64()), ("end", arrow.int64())])
    removals = [[{"rule": edit.rule, "start": edit.start, "end": edit.end} for edit in result.removals] for result in results]
    fields["removals"] = arrow.array(removals, arrow.list_(removal))
    return fields
