"""A cleaned page as rows of marked pieces: the model behind the view in a browser.

Every row is a block of the page; every piece of it is kept, or goes with a removal, or was repaired. All of it is read from the edits of the
Result. A repair counts in the source, so on a page of HTML its place in the text is found again by the words around it, and never further on than
the source is from the last place found: what stands in markup cannot draw a mark to a wrong place, and the search is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.edits import Edit, OffsetMap, apply
from cleaner.page import Block
from cleaner.result import Result

__all__ = ["Patch", "Piece", "Row", "patches_of", "rows_of"]

CONTEXT = 16  # characters around a repair by which it is found again; 8 were ambiguous in glossed pages
SLACK = 64  # characters that text may be ahead of its source: "\n\n" between blocks is shorter than any two tags
TAG = 2_000  # characters of a tag looked back for its beginning; longer ones hold data, not text
BUDGET = 64  # times the length of the page that may be searched in all: ordinary pages take less than twice, scripts full of repairs all of it
LEAST = 2  # characters of context and repair together; one alone is found anywhere

_OPEN = re.compile(r".*[>\s;]", re.DOTALL)  # what a context before ends at: a tag, white space, an entity
_CLOSE = re.compile(r"[<\s&]")


class Patch(NamedTuple):
    """A repair whose place in `page.text` is known: `edit` counts in the source, `[start, end)` is its `new` in the page."""

    number: int
    edit: Edit
    old: str
    start: int
    end: int


class Piece(NamedTuple):
    """A part of a row: `page.text[start:end]`, the number of the removal that takes it (-1: kept), and the repairs inside."""

    start: int
    end: int
    removal: int
    patches: tuple[Patch, ...]


class Row(NamedTuple):
    """A block of the page and its pieces, which cover it."""

    tag: str
    pieces: tuple[Piece, ...]


def patches_of(result: Result) -> tuple[Patch, ...]:
    """The repairs that can be shown in the text of the page, in order; those inside markup are left out."""
    places = OffsetMap(result.repairs)
    text = result.source.text
    spans = [(places.forward(edit.start), edit) for edit in result.repairs]
    found: list[Patch] = []
    repaired = apply(text, result.repairs) if result.page.kind == "html" else ""
    from_source, from_page, budget = 0, 0, BUDGET * len(result.page.text)
    for number, (start, edit) in enumerate(spans):
        at = start
        new = edit.new
        if result.page.kind == "html":
            new = new.partition("<")[0]
            reach = min(start - from_source + SLACK, len(result.page.text) - from_page)
            if budget < 0 or _in_a_tag(repaired, start):
                continue
            at = _found_again(repaired, start, edit, result.page.text, (from_page, from_page + reach))
            budget -= reach if at < 0 else at - from_page
            if at < 0:
                continue
            from_source, from_page = start, at
        if not found or at >= found[-1].end:
            found.append(Patch(number, edit, text[edit.start : edit.end], at, at + len(new)))
    return tuple(found)


def _in_a_tag(source: str, start: int) -> bool:
    low = max(0, start - TAG)
    return source.rfind("<", low, start) > source.rfind(">", low, start)


def _found_again(source: str, start: int, edit: Edit, text: str, window: tuple[int, int]) -> int:
    """Where in `text`, from the first to the second of `window`, the repair at `source[start]` stands; -1 when it does not."""
    end = start + len(edit.new)
    new = edit.new.partition("<")[0]
    before = _OPEN.sub("", source[max(0, start - CONTEXT) : start], count=1)
    after = _CLOSE.split(source[end : end + CONTEXT], maxsplit=1)[0] if new == edit.new else ""
    wanted = before + new + after
    if len(wanted) < LEAST:
        return -1
    at = text.find(wanted, max(0, window[0] - CONTEXT), window[1] + len(wanted) + CONTEXT)
    return at + len(before) if at >= 0 else -1


def rows_of(result: Result, patches: Sequence[Patch]) -> Iterator[Row]:
    """The page, row by row: pieces in order that together are the text of the block."""
    removals = result.removals
    text = result.page.text
    blocks = result.page.blocks or ((Block(0, len(text)),) if text else ())
    removal, patch = 0, 0
    for block in blocks:
        while removal < len(removals) and removals[removal].end <= block.start:
            removal += 1
        pieces: list[Piece] = []
        for start, end, number in _cut(block.start, block.end, removals, removal):
            inside: list[Patch] = []
            while patch < len(patches) and patches[patch].end <= end:
                if patches[patch].start >= start:
                    inside.append(patches[patch])
                patch += 1
            pieces.append(Piece(start, end, number, tuple(inside)))
        yield Row(block.tag, tuple(pieces))


def _cut(start: int, end: int, removals: Sequence[Edit], first: int) -> Iterator[tuple[int, int, int]]:
    """`[start, end)` cut where removals begin and end; each part with the number of its removal, or -1."""
    position = start
    for number in range(first, len(removals)):
        edit = removals[number]
        if edit.start >= end:
            break
        if edit.start > position:
            yield position, edit.start, -1
        low, high = max(edit.start, start), min(edit.end, end)
        if high > low:
            yield low, high, number
            position = high
    if position < end:
        yield position, end, -1
