"""Spark: `clean_arrow` for `DataFrame.mapInArrow`.

Spark fails a whole stage when a Python worker dies, so the pages are cleaned in a guarded process below the worker; a page that crashes there
is a row with a status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cleaner.batch.arrow import clean_batch
from cleaner.batch.stream import Cleaners
from cleaner.options import Options

__all__ = ["SCHEMA", "clean_arrow", "cleaned_by"]

FIELDS = (
    "text string, title string, author string, date string, site string, language string, encoding string, status string, page_type string, "
    "error string, confidence double, removals array<struct<rule: string, start: bigint, end: bigint>>"
)
SCHEMA = f"id string, url string, {FIELDS}"
_NAMES = (*(field.split()[0] for field in FIELDS.partition(", removals")[0].split(", ")), "removals")


def clean_arrow(batches: Iterable[Any]) -> Iterator[Any]:
    """Clean the pages of a frame with the columns id, url, and html or text: ``frame.mapInArrow(clean_arrow, SCHEMA)``.

    Gives a row for each row, in the same order, with the columns of `SCHEMA`; a missing id or url is null.
    """
    return cleaned_by()(batches)


def cleaned_by(
    *,
    keep: tuple[str, ...] = ("id", "url"),
    html: str = "html",
    text: str = "text",
    url: str = "url",
    options: Options | None = None,
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """As `clean_arrow`, with names of your own. `keep` names the columns of the input that stay, before those of `FIELDS`; they become strings."""

    def clean_batches(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow

        with Cleaners(jobs=1, options=options) as cleaners:
            for batch in batches:
                cleaned = clean_batch(batch, html=html, text=text, url=url, cleaners=cleaners)
                none = pyarrow.nulls(cleaned.num_rows, pyarrow.string())
                kept = {name: batch.column(name).cast(pyarrow.string()) if name in batch.schema.names else none for name in keep}
                yield pyarrow.RecordBatch.from_pydict(kept | {name: cleaned.column(name) for name in _NAMES})

    return clean_batches
