"""Samples: a few edits of each rule with the words around them, drawn while pages are cleaned, so that a person can audit a rule afterwards.

Rows say where a rule cut, not what; keeping every removed text would double them. So each page offers one edit a rule, and of all that a chunk is
offered the ones with the lowest hash of page and rule stay. The hash knows nothing of the run: equal input gives equal samples, and the lowest of many
chunks are the lowest of the whole, which makes them a fair draw among the pages that the rule touched (bottom-k sampling, Cohen and Kaplan 2007).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from heapq import heappush, heapreplace
from itertools import count
from typing import Any

from cleaner.batch.values import Record
from cleaner.edits import Edit
from cleaner.result import Result

__all__ = ["KEPT", "SAMPLES_SCHEMA", "Draw", "draw_of", "removals_offered", "repairs_offered"]

SAMPLES_SCHEMA = 1
KEPT = (
    16  # a rule and chunk: a report shows eight of them, so that another seed shows others; about 5 KB a rule before compression
)
AROUND = 80  # characters of context on either side: two lines of Chinese, one of English, enough to see what the text was about
LONGEST = 400  # characters of an edit kept, from its two ends; whole navigation bars have thousands
NOTE = 200  # characters of what the rule saw


def repairs_offered(record: Record, result: Result) -> list[dict[str, Any]]:
    """One repair of each rule that touched the page, with its surroundings; the place in `draw` decides who stays."""
    return _offered(record, result.repairs, result.source.text, record.url or result.url)


def removals_offered(record: Record, result: Result) -> list[dict[str, Any]]:
    """The same of removals."""
    return _offered(record, result.removals, result.page.text, record.url or result.url)


def _offered(record: Record, edits: Sequence[Edit], text: str, url: str | None) -> list[dict[str, Any]]:
    by_rule: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_rule[edit.rule].append(edit)
    offers = []
    for rule, candidates in by_rule.items():
        draw = draw_of(record.source, record.offset, rule)
        chosen = _one(candidates, text, draw)
        if chosen is not None:
            offers.append(_sample(chosen, text, draw, url))
    return offers


def draw_of(source: str, offset: int, rule: str) -> int:
    """The number drawn for a page and a rule: 48 bits, exact in every reader of JSON."""
    name = f"{offset}\0{rule}\0{source}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=6).digest(), "big")


def _one(candidates: Sequence[Edit], text: str, draw: int) -> Edit | None:
    """The edit that the hash falls on, or the next one with something to see in it."""
    first = draw % len(candidates)
    for edit in (*candidates[first:], *candidates[:first]):
        if edit.new or text[edit.start : min(edit.end, edit.start + LONGEST)].strip():
            return edit
    return None


def _sample(edit: Edit, text: str, draw: int, url: str | None) -> dict[str, Any]:
    return {
        "rule": edit.rule,
        "draw": draw,
        "url": url,
        "start": edit.start,
        "before": text[max(0, edit.start - AROUND) : edit.start],
        "old": _ends(text, edit.start, edit.end),
        "new": edit.new[:LONGEST],
        "after": text[edit.end : edit.end + AROUND],
        "characters": edit.end - edit.start,
        "note": edit.note if len(edit.note) <= NOTE else edit.note[: NOTE - 1] + "…",
        "score": round(float(edit.score), 4),
    }


def _ends(text: str, start: int, end: int) -> str:
    """A text, or where it is long its beginning and its end."""
    if end - start <= LONGEST:
        return text[start:end]
    return f"{text[start : start + LONGEST * 3 // 4]} […] {text[end - LONGEST // 4 : end]}"


class Draw:
    """What a chunk keeps of all that its pages offer."""

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
        self._turn = count()  # so that equal hashes never compare samples

    def take(self, offer: dict[str, Any], page: dict[str, Any]) -> None:
        """Keep an offer if its hash is among the lowest of its rule; `page` is what says where it stood."""
        kept, entry = self._kept[offer["rule"]], (-offer["draw"], next(self._turn), {"schema": SAMPLES_SCHEMA, **offer, **page})
        if len(kept) < KEPT:
            heappush(kept, entry)
        elif entry[0] > kept[0][0]:
            heapreplace(kept, entry)

    def samples(self) -> Iterator[dict[str, Any]]:
        """By rule, the lowest hash first."""
        for rule in sorted(self._kept):
            for _, _, sample in sorted(self._kept[rule], key=lambda entry: (-entry[0], entry[1])):
                yield sample
