"""Where a block stands among what the site repeats and what the page says itself.

Most of a template stands in long runs at the two ends of a page; what a page says itself is in between. So a line is looked at by two measures, which
learning and use share: how much of the page's own text stands before it, and whether it stands alone between two pieces of that text, as the title of a
section, the head of a table or a refrain does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.page import Block
from cleaner.rules.site_keys import is_sentence_like, is_title_like

__all__ = ["LINKED", "SENTENCE", "TITLE", "Place", "flags_of", "places", "weight_of"]

SENTENCE, LINKED, TITLE, HEADING, ROW = 1, 2, 4, 8, 16  # what is known of a block, as bits
MOSTLY = 0.5  # share of link text from which a block is a link
SHORT = 0.2  # what a character of a line counts that is no sentence: lists of headlines are long and say little
INSIDE = 2  # blocks in a row that still stand alone between the page's own text; menus and footers have 4 and more
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend", "summary"))


class Place(NamedTuple):
    """How much of the page's own text stands before a block, in [0, 1], and whether own text stands right around it."""

    position: float
    inside: bool
    heads_row: bool = False  # what follows is a table row of the page's own


def flags_of(text: str, block: Block, *, is_html: bool) -> int:
    """The bits of a block."""
    flags = SENTENCE if is_sentence_like(text) else TITLE if is_title_like(text) else 0
    if block.link_chars >= MOSTLY * len(text):
        flags |= LINKED
    if block.tag in _HEADINGS:
        flags |= HEADING
    if block.tag == "tr" or (not is_html and (text.count(" | ") > 1 or text.count("\t") > 1)):
        flags |= ROW
    return flags


def weight_of(characters: int, flags: int) -> float:
    """What a block counts as own text."""
    return characters * (1.0 if flags & SENTENCE and not flags & LINKED else SHORT)


def places(characters: Sequence[int], flags: Sequence[int], repeated: Sequence[bool]) -> list[Place]:
    """The place of each block, where `repeated` says which of them the site repeats."""
    count = len(characters)
    weights = [0.0 if again else weight_of(size, bits) for size, bits, again in zip(characters, flags, repeated, strict=True)]
    total = sum(weights) or 1.0
    inside = [False] * count
    start = 0
    while start < count:
        if not repeated[start]:
            start += 1
            continue
        end = start
        while end < count and repeated[end]:
            end += 1
        alone = end - start <= INSIDE and start > 0 and end < count and not (flags[start - 1] & LINKED or flags[end] & LINKED)
        if alone:
            inside[start:end] = [True] * (end - start)
        start = end
    found: list[Place] = []
    before = 0.0
    for at in range(count):
        following = flags[at] & ROW and at + 1 < count and flags[at + 1] & ROW and not repeated[at + 1]
        found.append(Place(before / total, inside[at], bool(following)))
        before += weights[at]
    return found
