"""JSON: one dictionary for a result, the same in the command line, the batch and the web page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.edits import Edit

if TYPE_CHECKING:
    from cleaner.result import Result

__all__ = ["record_of"]

FIELDS = ("title", "author", "editor", "credit", "date", "published", "modified", "site", "language", "url", "description")


def record_of(result: Result) -> dict[str, Any]:
    """Everything of a result that JSON can hold."""
    from cleaner.result import SCHEMA

    record: dict[str, Any] = {"schema": SCHEMA, "status": result.status, "text": result.text}
    record.update({name: getattr(result, name) for name in FIELDS})
    source, mirror = result.source, result.mirror
    record["source"] = {
        "encoding": source.encoding,
        "how": source.how,
        "replaced": source.replaced,
        "apart": [list(run) for run in source.apart],
    }
    record["mirror"] = (
        None
        if mirror is None
        else {
            "level": mirror.level,
            "glosses": mirror.glosses,
            "spots": mirror.spots,
            "unresolved": mirror.unresolved,
        }
    )
    record["page_type"] = result.page_type
    record["confidence"] = round(result.confidence, 4)
    record["repairs"] = [_edit_record(edit, source.text) for edit in result.repairs]
    record["removals"] = [_edit_record(edit, result.page.text) for edit in result.removals]
    return record


def _edit_record(edit: Edit, text: str) -> dict[str, Any]:
    return {
        "rule": edit.rule,
        "start": edit.start,
        "end": edit.end,
        "old": text[edit.start : edit.end],
        "new": edit.new,
        "note": edit.note,
        "score": round(edit.score, 4),
    }
