"""Runs: the kept text of a stretch of a page, cut where its inline markup changes.

The idea: removals and inline spans are both sets of offsets in one text, so one pass over their borders gives what every renderer needs, a
list of pieces of text of which each has one set of marks. Renderers then only nest the marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.edits import Edit
from cleaner.page import Page, Span

__all__ = ["Inline", "Kept", "Run", "trimmed"]

INLINE_KINDS = frozenset(("link", "strong", "emphasis", "superscript", "subscript", "code", "image"))


class Run(NamedTuple):
    """A piece of text with one set of marks; `link` is its address as the page has it. An image is a run without text."""

    text: str
    link: str = ""
    strong: bool = False
    emphasis: bool = False
    superscript: bool = False
    subscript: bool = False
    code: bool = False
    image: str = ""


class Kept:
    """Which parts of a page's text are kept."""

    def __init__(self, page: Page, removals: Sequence[Edit]) -> None:
        self.text = page.text
        self.removals = removals
        self._starts = [edit.start for edit in removals]
        self._ends = [edit.end for edit in removals]

    def pieces(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The kept parts of a stretch, in order: (start, end, "") for the page's own text, (at, at, new) for what an edit put in."""
        found: list[tuple[int, int, str]] = []
        position = start
        for i in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            edit = self.removals[i]
            if edit.start > position:
                found.append((position, edit.start, ""))
            if edit.new:
                found.append((edit.start, edit.start, edit.new))
            position = max(position, edit.end)
        if position < end:
            found.append((position, end, ""))
        return found

    def any(self, start: int, end: int) -> bool:
        """Whether any letter of a stretch is kept."""
        return any(new or self.text[low:high].strip() for low, high, new in self.pieces(start, end))


class Inline:
    """Gives the runs of stretches, which are asked for in order. Linear: a span is looked at while it is open and no longer."""

    def __init__(self, page: Page, kept: Kept) -> None:
        self.kept = kept
        self.spans = sorted(span for span in page.spans if span.kind in INLINE_KINDS)
        self.next = 0
        self.open: list[Span] = []  # those that may still touch what is asked for next

    def runs(self, start: int, end: int) -> list[Run]:
        """The runs of a stretch; line ends in it stay."""
        coming = self._touching(start, end)
        borders = {place for span in coming for place in (span.start, span.end) if start < place < end}
        cuts = sorted(borders)
        active: list[Span] = []
        found: list[Run] = []
        spans, cut = 0, 0
        for low, high, new in self.kept.pieces(start, end):
            if new:
                found.append(Run(new))
                continue
            while cut < len(cuts) and cuts[cut] <= low:
                cut += 1
            left = low
            while left < high:
                right = min(high, cuts[cut]) if cut < len(cuts) else high
                while spans < len(coming) and coming[spans].start <= left:
                    active.append(coming[spans])
                    spans += 1
                found += [Run("", image=span.value) for span in active if span.kind == "image" and start < span.start == left]
                active = [span for span in active if span.end > left]
                found.append(_marked(self.kept.text[left:right], active))
                left = right
                if cut < len(cuts) and cuts[cut] <= left:
                    cut += 1
        return found

    def _touching(self, start: int, end: int) -> list[Span]:
        self.open = [span for span in self.open if span.end > start]
        while self.next < len(self.spans) and self.spans[self.next].start < end:
            span = self.spans[self.next]
            self.next += 1
            if span.end > start or (span.kind == "image" and span.start > start):
                self.open.append(span)
        return list(self.open)


def _marked(text: str, spans: Sequence[Span]) -> Run:
    kinds = {span.kind for span in spans}
    link = next((span.value for span in spans if span.kind == "link"), "")
    return Run(
        text,
        link,
        "strong" in kinds,
        "emphasis" in kinds,
        "superscript" in kinds,
        "subscript" in kinds and "superscript" not in kinds,
        "code" in kinds,
    )


def trimmed(runs: Sequence[Run]) -> list[Run]:
    """Runs without blanks at the two ends, and without empty ones."""
    kept = [run for run in runs if run.text or run.image]
    while kept and not kept[0].image and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].image and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = kept[0]._replace(text=kept[0].text.lstrip())
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip())
    return kept
