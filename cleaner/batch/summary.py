"""The summary: what a whole output folder holds, added up from the manifest's reports; the same after a resumed run as after an undisturbed one."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.batch.values import ShardReport

__all__ = ["SUMMARY_SCHEMA", "Summary", "Sums", "summary_lines", "write_summary"]

SUMMARY_SCHEMA = 1
SLOWEST = 10  # pages named


@dataclass
class Sums:
    """What the manifest says of chunks, added up: numbers, and counters by name."""

    chunks: int = 0
    rows: int = 0
    dead: int = 0
    bytes_in: int = 0
    characters_out: int = 0
    seconds: float = 0.0
    statuses: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)  # characters by rule
    encodings: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def add_sums(self, report: ShardReport) -> None:
        """Count a chunk."""
        self.chunks += 1
        for name in ("rows", "dead", "bytes_in", "characters_out", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(report, name))
        for name in ("statuses", "removed", "encodings", "errors", "skipped", "notes"):
            getattr(self, name).update(getattr(report, name))


@dataclass
class Summary(Sums):
    """Sums over the chunks of a run, and its slowest pages."""

    slowest: list[list[Any]] = field(default_factory=list)

    def add(self, report: ShardReport) -> None:
        """Count a chunk."""
        self.add_sums(report)
        self.slowest = sorted([*self.slowest, *report.slowest], key=lambda entry: (-entry[0], entry[1]))[:SLOWEST]

    @classmethod
    def of(cls, reports: Iterable[ShardReport], skipped: dict[str, int]) -> Summary:
        summary = cls(skipped=Counter(skipped))
        for report in reports:
            summary.add(report)
        return summary

    @property
    def troubled(self) -> bool:
        """Whether something could not be cleaned or read as it should: exit code 1."""
        return bool(self.dead or self.notes)

    def to_dict(self) -> dict[str, Any]:
        slowest = [{"seconds": entry[0], "id": entry[1], "source": entry[2], "offset": entry[3]} for entry in self.slowest]
        return {
            "schema": SUMMARY_SCHEMA,
            "rows_in": self.rows + self.dead,
            "rows": self.rows,
            "dead_letters": self.dead,
            "bytes_in": self.bytes_in,
            "characters_out": self.characters_out,
            "worker_seconds": round(self.seconds, 2),
            "chunks": self.chunks,
            "pages_by_status": _ranked(self.statuses),
            "removed_characters_by_rule": _ranked(self.removed),
            "encodings": _ranked(self.encodings),
            "dead_letters_by_error": _ranked(self.errors),
            "skipped_by_reason": _ranked(self.skipped),
            "notes": _ranked(self.notes),
            "slowest": slowest,
        }


def _ranked(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def write_summary(path: Path, summary: Summary, share: str, **more: Any) -> None:
    """Write `summary.json` at one go; `share` keeps the machines of a cluster apart."""
    temporary = path.with_name(f"summary{share}.tmp")
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump({**summary.to_dict(), **more}, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def summary_lines(summary: Summary) -> list[str]:
    """The summary for people."""
    values = summary.to_dict()
    counts = f"{values['rows_in']:,} pages in = {values['rows']:,} rows out + {values['dead_letters']:,} dead letters"
    lines = [f"{counts} ({values['bytes_in'] / 1e6:,.1f} MB in, {values['characters_out']:,} characters out)"]
    for title, name in (
        ("status", "pages_by_status"),
        ("removed characters", "removed_characters_by_rule"),
        ("encodings", "encodings"),
        ("dead letters", "dead_letters_by_error"),
        ("skipped", "skipped_by_reason"),
        ("notes", "notes"),
    ):
        if values[name]:
            shown = [f"{key} {count:,}" for key, count in list(values[name].items())[:8]]
            more = len(values[name]) - len(shown)
            lines.append(f"{title}: {', '.join(shown)}{f' and {more} more' if more > 0 else ''}")
    if values["slowest"]:
        slow = values["slowest"][:3]
        lines.append("slowest: " + ", ".join(f"{entry['seconds']:.2f} s {entry['id']}" for entry in slow))
    return lines
