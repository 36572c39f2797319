"""The figures of a run: counted in one pass over the manifest and the rows, in memory that grows with hosts and rules and not with pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaner.batch.address import address_of
from cleaner.batch.summary import Sums
from cleaner.batch.values import ShardReport
from cleaner.edits import family

__all__ = ["BINS", "Figures", "Host", "Slow", "Span", "host_of", "is_infected"]

BINS = 20  # of the histogram of confidence
SLOWEST = 12  # pages named: a screenful


class Slow(NamedTuple):
    """A page that took long."""

    seconds: float
    source: str
    offset: int
    address: str


class Span(NamedTuple):
    """When a chunk was worked on, in seconds since 1970, and its pages."""

    began: float
    ended: float
    pages: int


@dataclass(slots=True)
class Host:
    """The pages of a host."""

    pages: int = 0
    infected: int = 0
    characters: int = 0  # of spam


@dataclass
class Figures(Sums):
    """Everything that the report counts: the sums of the manifest, and what the rows add to them."""

    infected: int = 0
    touched: Counter[str] = field(default_factory=Counter)  # pages by rule
    hows: Counter[tuple[str, str]] = field(default_factory=Counter)  # (what decided, encoding); "" where the output does not say
    languages: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    mirrors: Counter[int] = field(default_factory=Counter)  # pages by level of the mirror kit
    confidence: list[int] = field(default_factory=lambda: [0] * BINS)
    hosts: dict[str, Host] = field(default_factory=dict)
    slowest: list[Slow] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def add_chunk(self, report: ShardReport) -> None:
        """Count what the manifest says of a chunk."""
        self.add_sums(report)
        found = [
            Slow(seconds, source, offset, address_of(report.chunk, source, offset))
            for seconds, _, source, offset in report.slowest
        ]
        self.slowest = sorted([*self.slowest, *found], key=lambda slow: (-slow.seconds, slow.source))[:SLOWEST]
        if report.ended > 0:
            self.spans.append(Span(report.began, max(report.ended, report.began), report.rows_in))

    def add_row(self, row: Mapping[str, Any]) -> None:
        """Count a page."""
        rules: Counter[str] = Counter()
        for removal in row.get("removals") or ():
            rules[removal["rule"]] += removal["end"] - removal["start"]
        self.touched.update(rules.keys())
        self.hows[row.get("encoding_how") or "", row.get("encoding") or ""] += 1
        self.languages[row.get("language") or ""] += 1
        self.types[row.get("page_type") or ""] += 1
        at = int(float(row.get("confidence") or 0) * BINS)
        self.confidence[min(max(at, 0), BINS - 1)] += 1
        if mirror := row.get("mirror"):
            self.mirrors[int(mirror.get("level") or 0)] += 1
        spam = sum(size for rule, size in rules.items() if family(rule) == "spam")
        bad = is_infected(row, spam)
        self.infected += bad
        host = self.hosts.setdefault(host_of(row.get("url")), Host())
        host.pages += 1
        host.infected += bad
        host.characters += spam


def is_infected(row: Mapping[str, Any], spam: int) -> bool:
    """Whether somebody else wrote into the page: the mirror kit, or spam of which characters were removed."""
    return bool(row.get("mirror")) or spam > 0 or row.get("status") == "spam"


def host_of(url: str | None) -> str:
    """The host of an address; "" when there is none. Never raises."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # "Invalid IPv6 URL"
        return ""
