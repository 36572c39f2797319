"""A cleaned page put away until the templates of its site are known, as one line of JSON.

What a site repeats is known only when all its pages were read; reading, decoding and judging them a second time would double the cost of a run. So
`run --learn-sites` cleans each page once, puts away what rows are made of, and settles the template's edits with the page's own when the templates are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from cleaner.batch.json_lines import dumps
from cleaner.batch.readers.dead import letters_in
from cleaner.batch.samples import offered
from cleaner.batch.values import Item, Letter, Record, Skipped
from cleaner.edits import Edit
from cleaner.page import Block, Metadata, Mirror, Page, Source, Span
from cleaner.result import Result

__all__ = ["frozen", "frozen_items", "skipped_line", "thawed"]


def frozen(result: Result, record: Record, *, spans: bool) -> bytes:
    """The line of a result. `spans` are only needed where rows have Markdown or HTML."""
    page = result.page
    value = {
        "id": record.id,
        "source": record.source,
        "offset": record.offset,
        "given": record.url,
        "note": record.note,
        "bytes": len(record.data),
        "encoding": result.source.encoding,
        "how": result.source.how,
        "status": result.status,
        "text": page.text,
        "blocks": [list(column) for column in zip(*(block[:7] for block in page.blocks), strict=True)],
        "kind": page.kind,
        "url": page.url,
        "metadata": asdict(page.metadata),
        "mirror": asdict(page.mirror) if page.mirror else None,
        "page_type": page.page_type,
        "confidence": page.confidence,
        "marks": page.marks,
        "spans": list(page.spans) if spans else [],
        "removals": result.removals,
        "offers": offered(
            record, replace(result, removals=())
        ),  # samples of the repairs, which nobody can draw without the source
    }
    return dumps(value)


def skipped_line(reason: str) -> bytes:
    """The line of what was no page, so that it is counted again."""
    return dumps({"skipped": reason})


def frozen_items(folder: Path, label: str) -> Iterator[Item]:
    """The items of a chunk that was put away below `folder`: pages, what was skipped, and dead letters."""
    pages, letters = folder / f"pages/shard-{label}.jsonl.zst", folder / f"dead/dead-{label}.jsonl.zst"
    if pages.exists():
        for value in letters_in(str(pages)):
            if "skipped" in value:
                yield Skipped(value["skipped"])
            else:
                yield Record(b"", value["id"], value["source"], value["offset"], value["given"], note=value["note"], frozen=value)
    if letters.exists():
        for value in letters_in(str(letters)):
            yield Letter(value)


def thawed(value: dict[str, Any]) -> Result:
    """The result of a line, without the page's source and the scores of its blocks."""
    metadata = {**value["metadata"], "titles": tuple(value["metadata"]["titles"])}
    mirror = value["mirror"]
    if mirror:
        mirror = Mirror(**{**mirror, "unresolved_spans": tuple((start, end) for start, end in mirror["unresolved_spans"])})
    page = Page(
        value["text"],
        tuple(Block(*columns) for columns in zip(*value["blocks"], strict=True)),
        value["kind"],
        tuple(Span(*span) for span in value["spans"]),
        value["url"],
        Metadata(**metadata),
        mirror,
        value["page_type"],
        value["confidence"],
        tuple(Span(*span) for span in value["marks"]),
    )
    removals = tuple(Edit(*edit) for edit in value["removals"])
    return Result(Source("", value["encoding"], value["how"]), page, (), removals, "", "", value["status"])
