"""Edits: the one mechanism by which `cleaner` changes text.

An edit replaces the half-open span ``[start, end)`` of a text by ``new``; removing is replacing by nothing.
Every repair and every removal is an edit, so the list of edits *is* the report: applying it again gives the
same text. This module knows nothing of web pages; it is interval algebra over ``str`` offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

__all__ = ["Edit", "OffsetMap", "apply", "compose", "family", "settle"]


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``new``. Offsets are half-open and counted in ``str`` characters."""

    start: int
    end: int
    new: str = ""
    rule: str = ""
    note: str = ""
    score: float = 1.0


# Where two edits claim one span the family that comes first here gets it; unknown families come last.
PRECEDENCE = {"repair": 0, "spam": 1, "navigation": 2, "article": 3}


def family(rule: str) -> str:
    """The family of a rule name: ``"spam"`` of ``"spam/place-list"``."""
    return rule.partition("/")[0]


_start = itemgetter(Edit._fields.index("start"))


def _rank(edit: Edit) -> tuple[int, float, int, int, str]:
    return (PRECEDENCE.get(family(edit.rule), 9), -edit.score, edit.start, -edit.end, edit.rule)


def settle(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Turn claims that may overlap into sorted edits that do not.

    A claim of a stronger family (`PRECEDENCE`), then of a higher score, keeps its whole span. A weaker removal keeps
    what is left of its span, in as many pieces as that takes, and is named in the winner's note when it lost all
    of it. A weaker *replacement* cannot be cut into pieces and is dropped. Empty edits that change nothing go.
    """
    settled: list[Edit] = []
    cluster: list[Edit] = []
    reach = 0  # of the cluster; behind it nothing contradicts any of its edits
    for edit in sorted((edit for edit in edits if edit.end > edit.start or edit.new), key=_start):
        if cluster and edit.start >= reach:
            settled += _settled(cluster)
            cluster = []
        cluster.append(edit)
        reach = max(reach, edit.end, edit.start + 1)
    return (*settled, *_settled(cluster))


def _settled(cluster: list[Edit]) -> list[Edit]:
    """Claims of which each overlaps another, settled; nearly always it is a single one."""
    if len(cluster) < 2:
        return cluster
    taken: list[Edit] = []  # sorted by start, disjoint
    starts: list[int] = []
    for edit in sorted(cluster, key=_rank):
        _place(edit, taken, starts)
    return taken


def _place(edit: Edit, taken: list[Edit], starts: list[int]) -> None:
    """Put what is free of `edit`'s span into `taken`, which stays sorted and disjoint."""
    first = bisect_right(starts, edit.start) - 1
    if first < 0 or taken[first].end <= edit.start:
        first += 1
    last = first
    free: list[tuple[int, int]] = []
    position = edit.start
    while last < len(taken) and taken[last].start < edit.end:
        if taken[last].start > position:
            free.append((position, taken[last].start))
        position = max(position, taken[last].end)
        last += 1
    if position < edit.end or (edit.start == edit.end and first == last):
        free.append((position, edit.end))
    if free and (not edit.new or free == [(edit.start, edit.end)]):
        pieces = [edit._replace(start=start, end=end) for start, end in free]
        merged = sorted([*taken[first:last], *pieces])
        taken[first:last] = merged
        starts[first:last] = [piece.start for piece in merged]
    elif first < last:
        winner = taken[first]
        if winner.rule != edit.rule and f"also {edit.rule}" not in winner.note:
            note = f"{winner.note}; also {edit.rule}" if winner.note else f"also {edit.rule}"
            taken[first] = winner._replace(note=note)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Apply sorted, disjoint edits (as `settle` gives them) to `text`.

    >>> apply("one two three", (Edit(3, 7), Edit(8, 13, "3")))
    'one 3'
    """
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position:
            raise ValueError(f"edits overlap at {edit.start}: pass them through settle() first")
        pieces.append(text[position : edit.start])
        pieces.append(edit.new)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


class OffsetMap:
    """Maps offsets between a text and the text after sorted, disjoint edits.

    Inside a replaced span every new offset maps to the start of the old span and every old offset to the
    start of the new one; `back_end` and `forward_end` map to the ends instead.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._old_start: list[int] = []
        self._old_end: list[int] = []
        self._new_start: list[int] = []
        self._new_end: list[int] = []
        shift = 0
        for edit in edits:
            self._old_start.append(edit.start)
            self._old_end.append(edit.end)
            self._new_start.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)
            self._new_end.append(edit.end + shift)

    def back(self, offset: int) -> int:
        """The offset before the edits of an offset after them."""
        i = bisect_right(self._new_start, offset) - 1
        if i < 0:
            return offset
        if offset < self._new_end[i]:
            return self._old_start[i]
        return offset - self._new_end[i] + self._old_end[i]

    def back_end(self, offset: int) -> int:
        """As `back`, for the end of a half-open span."""
        i = bisect_right(self._new_start, offset - 1) - 1 if offset else -1
        if i < 0:
            return offset
        if offset <= self._new_end[i]:
            return self._old_end[i]
        return offset - self._new_end[i] + self._old_end[i]

    def forward(self, offset: int) -> int:
        """The offset after the edits of an offset before them."""
        i = bisect_right(self._old_start, offset) - 1
        if i < 0:
            return offset
        if offset < self._old_end[i]:
            return self._new_start[i]
        return offset - self._old_end[i] + self._new_end[i]


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One list of edits that does what `first` and then `second` do.

    Both are sorted and disjoint; `second` counts in the text after `first`. Edits that meet are merged into one,
    which carries the rule of the last of `second` in it and the notes of all.

    >>> compose((Edit(0, 1, "xy"),), (Edit(1, 3, "z"),))
    (Edit(start=0, end=2, new='xz', rule='', note='', score=1.0),)
    """
    if not first:
        return tuple(second)
    if not second:
        return tuple(first)
    spans: list[tuple[int, int, int, Edit]] = []  # start and end between the two, 0 for first or 1 for second
    shift = 0
    for edit in first:
        spans.append((edit.start + shift, edit.start + shift + len(edit.new), 0, edit))
        shift += len(edit.new) - (edit.end - edit.start)
    spans.extend((edit.start, edit.end, 1, edit) for edit in second)
    spans.sort(key=lambda span: span[:3])
    composed: list[Edit] = []
    shift = 0  # offset between the two minus offset before both, at the start of the cluster
    i = 0
    while i < len(spans):
        low, high = spans[i][0], spans[i][1]
        j = i + 1
        while j < len(spans) and (spans[j][0] < high or (spans[j][0] == high and high in (spans[j][1], spans[j - 1][0]))):
            high = max(high, spans[j][1])
            j += 1
        cluster = spans[i:j]
        growth = sum(len(edit.new) - (edit.end - edit.start) for _, _, order, edit in cluster if order == 0)
        composed.append(_merged(cluster, low, high, (low - shift, high - shift - growth)))
        shift += growth
        i = j
    return tuple(composed)


def _merged(cluster: list[tuple[int, int, int, Edit]], low: int, high: int, before: tuple[int, int]) -> Edit:
    """The one edit that a cluster of edits that meet amounts to."""
    if len(cluster) == 1:
        return cluster[0][3]._replace(start=before[0], end=before[1])

    firsts = [(start, end, edit.new) for start, end, order, edit in cluster if order == 0]
    at = 0  # in `firsts`; what ends before the position is behind
    pieces: list[str] = []
    position = low
    for start, end, new in [*((start, end, edit.new) for start, end, order, edit in cluster if order == 1), (high, high, "")]:
        while at < len(firsts) and firsts[at][0] < start:
            s, t, kept = firsts[at]
            pieces.append(kept[max(position, s) - s : max(start - s, 0)])
            if t > start:
                break
            at += 1
        pieces.append(new)
        position = end
    edits = [edit for *_, edit in cluster]
    name = next((edit.rule for _, _, order, edit in reversed(cluster) if order == 1), edits[-1].rule)
    note = "; ".join(dict.fromkeys(edit.note for edit in edits if edit.note))
    return Edit(*before, "".join(pieces), name, note, min(edit.score for edit in edits))
