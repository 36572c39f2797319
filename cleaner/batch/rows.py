"""A record becomes a row, or a dead letter; nothing else can happen to it in a worker that lives.

Rows hold nothing that differs from run to run (no times, no host), because equal input must give equal bytes.
"""

from __future__ import annotations

import base64
import re
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from cleaner.batch.frozen import frozen, frozen_page
from cleaner.batch.json_lines import dumps
from cleaner.batch.samples import removals_offered, repairs_offered
from cleaner.batch.tasks import Thaw
from cleaner.batch.values import BatchConfig, Damaged, Letter, Record
from cleaner.page import Page
from cleaner.pipeline import clean, parsed
from cleaner.result import SCHEMA, Result
from cleaner.sites import line_of

__all__ = [
    "Cleaning",
    "Outcome",
    "Reread",
    "body_of",
    "dead_letter",
    "outcome_of",
    "outcome_of_letter",
    "row_of",
    "stats_of",
    "trace_of",
]

TRACE_LINES = 12  # of a traceback kept in a dead letter
KEPT = 65_536
NUMBER = re.compile(r"[0-9][0-9,.]*+")

# Says where a page can be read again, for dead letters that cannot hold all its bytes; only asked then.
Reread = Callable[[], Mapping[str, Any] | None]


class Outcome(NamedTuple):
    """What came of an item: tag ("r" row, "d" dead letter, "s" skipped), numbers for the summary, the line to write."""

    tag: bytes
    stats: dict[str, Any]
    body: bytes = b""


class Cleaning:
    """What a worker needs to clean a page: the configuration and the options for each kind of record, made once."""

    def __init__(self, config: BatchConfig) -> None:
        limited = replace(config.options, max_bytes=min(config.max_page_bytes, config.options.max_bytes))
        self.config = config
        self._options = {"auto": limited, "text": replace(limited, kind="text") if limited.kind == "auto" else limited}

    def thawing(self, thaw: Thaw) -> Cleaning:
        """The same for pages that were put away."""
        options = replace(self.config.options, templates=thaw.templates)
        return Cleaning(replace(self.config, options=options, task="clean", thaw=thaw.folder))

    def clean(self, record: Record) -> Result:
        return clean(record.data, record.url, record.charset, self._options[record.kind])

    def parsed(self, record: Record) -> Page | None:
        return parsed(record.data, record.url, record.charset, self._options[record.kind])


def outcome_of(record: Record, cleaning: Cleaning, reread: Reread | None = None) -> Outcome:
    """Clean a record. Only MemoryError leaves: the worker is not to be trusted after it and ends."""
    started = time.perf_counter()
    config = cleaning.config
    try:
        if config.task == "learn":
            return _learned(record, cleaning)
        result = cleaning.clean(record)
        if result.status == "too-large":
            return dead_letter(record, "too-large", f"more than {config.max_page_bytes:,} bytes", reread=reread)
        body = body_of(result, record, config)
        stats = stats_of(record, result)
        stats["t"] = round(time.perf_counter() - started, 4)
        return (
            _frozen(result, record, config, Outcome(b"r", stats, body)) if config.task == "freeze" else Outcome(b"r", stats, body)
        )
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001  a page becomes a row with the reason; a rule may even raise SystemExit
        return dead_letter(record, "error", f"{type(error).__name__}: {error}", trace=trace_of(error))


def body_of(result: Result, record: Record, config: BatchConfig) -> bytes:
    """The line of a result, two of them for Dolma."""
    row = row_of(result, record, config)
    return dumps(row) if config.format != "dolma" else _dolma(row, result)


def _frozen(result: Result, record: Record, config: BatchConfig, done: Outcome) -> Outcome:
    """The page put away; its samples are drawn when it is finished."""
    line = line_of(result.page, site=config.site)
    finished = done.stats, done.body, len(repairs_offered(record, result))
    body = frozen(result, record, line, finished, spans=bool({"markdown", "html"} & {*config.extra}))
    return Outcome(b"r", {name: value for name, value in done.stats.items() if name != "p"}, body)


def _learned(record: Record, cleaning: Cleaning) -> Outcome:
    """What is counted of a page; nothing where there is nothing to count."""
    page = cleaning.parsed(record)
    line = line_of(page, site=cleaning.config.site) if page is not None else b""
    stats: dict[str, Any] = {
        "s": "ok" if line else "empty",
        "e": "",
        "r": {},
        "b": len(record.data),
        "c": 0,
        "i": record.id,
        "f": record.source,
    }
    return Outcome(b"r", stats | {"o": record.offset, "t": 0.0}, frozen_page(page, line) if page is not None and line else b"")


def outcome_of_letter(letter: Letter) -> Outcome:
    """A dead letter as it was."""
    value = letter.value
    stats = {"s": value["status"], "b": value["bytes"], "x": f"{value['status']}: {_kind(value['error'])}"}
    return Outcome(b"d", stats | {"i": value["id"], "f": value["source"], "o": value["offset"]}, dumps(value))


def row_of(result: Result, record: Record, config: BatchConfig) -> dict[str, Any]:
    """The fields of a row, in the order they are written."""
    row: dict[str, Any] = {"schema": SCHEMA, "id": record.id, "url": record.url or result.url, "text": result.text}
    if "markdown" in config.extra:
        row["markdown"] = result.markdown
    if "html" in config.extra:
        row["html"] = result.html
    for name in ("title", "author", "date", "site", "language", "encoding"):
        row[name] = getattr(result, name)
    row["encoding_how"] = result.source.how
    row["status"], row["page_type"] = result.status, result.page_type
    row["confidence"] = round(float(result.confidence), 4)
    mirror = result.mirror
    row["mirror"] = (
        {"level": mirror.level, "glosses": mirror.glosses, "spots": mirror.spots, "unresolved": mirror.unresolved}
        if mirror
        else None
    )
    text = result.page.text
    with_text = "removed" in config.extra
    row["removals"] = [
        {"rule": edit.rule, "start": edit.start, "end": edit.end} | ({"text": text[edit.start : edit.end]} if with_text else {})
        for edit in result.removals
    ]
    row["source"] = record.source
    row["offset"] = record.offset
    return row


def _dolma(row: dict[str, Any], result: Result) -> bytes:
    """Two lines: the document with its whole text, and the attributes that say which spans of it a rule would take away."""
    attributes: dict[str, list[list[Any]]] = {}
    for edit in result.removals:
        attributes.setdefault(f"cleaner__{edit.rule.replace('/', '_')}", []).append([edit.start, edit.end, round(edit.score, 4)])
    attributes["cleaner__confidence"] = [[0, len(result.page.text), row["confidence"]]]
    metadata = {name: value for name, value in row.items() if name not in ("id", "text", "removals", "markdown", "html")}
    document = {"id": row["id"], "text": result.page.text, "source": row["source"], "metadata": metadata}
    return dumps(document) + b"\n" + dumps({"id": row["id"], "attributes": attributes})


def stats_of(record: Record, result: Result) -> dict[str, Any]:
    """The numbers of a result, for the summary, with the samples that it offers."""
    removed: Counter[str] = Counter()
    for edit in result.removals:
        removed[edit.rule] += edit.end - edit.start
    stats = {
        "s": result.status,
        "e": result.encoding,
        "r": dict(removed),
        "b": len(record.data),
        "c": len(result.text),
        "i": record.id,
    }
    stats |= {"f": record.source, "o": record.offset}
    if offers := [*repairs_offered(record, result), *removals_offered(record, result)]:
        stats["p"] = offers
    if record.note:
        stats["n"] = record.note
    return stats


def trace_of(error: BaseException) -> str:
    lines = "".join(traceback.format_exception(error, limit=-6)).splitlines()
    return "\n".join(lines[-TRACE_LINES:])


def dead_letter(
    item: Record | Damaged,
    status: str,
    error: str,
    *,
    trace: str = "",
    reread: Reread | None = None,
) -> Outcome:
    """The dead letter of an item: why, and its raw bytes, so that it can be run again."""
    damaged = isinstance(item, Damaged)
    data: bytes | str = item.raw if isinstance(item, Damaged) else item.data
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    size = max(item.size, len(raw)) if isinstance(item, Damaged) else len(raw)
    if status == "too-large":
        raw = raw[:KEPT]
    letter = {
        "schema": SCHEMA,
        "id": item.id or f"{item.source}:{item.offset}",
        "url": item.url,
        "status": status,
        "error": error,
        "trace": trace,
        "source": item.source,
        "offset": item.offset,
        "bytes": size,
        "content_type": item.charset,
        "kind": "auto" if isinstance(item, Damaged) else item.kind,
        "is_text": isinstance(data, str),
        "lost": damaged,
        "reread": reread() if reread and (len(raw) < size or (damaged and not raw)) else None,
        "raw": base64.b64encode(raw).decode("ascii"),
    }
    stats = {"s": status, "b": size, "x": f"{status}: {_kind(error)}", "i": letter["id"], "f": item.source, "o": item.offset}
    return Outcome(b"d", stats, dumps(letter))


def _kind(error: str) -> str:
    """An error without what differs from page to page, for counting."""
    head = error.partition(":")[0] if ":" in error[:60] else error
    return NUMBER.sub("N", head)[:80]
