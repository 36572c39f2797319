"""Where a block stands among what the site repeats and what the page says itself.

Most of a template stands in long runs at the two ends of a page; what a page says itself is in between. So a line is looked at by two measures, which
learning and use share: how much of the page's own text stands before it, and whether it stands alone between two pieces of that text, as the title of a
section, the head of a table or a refrain does.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate

from cleaner.compiled import compiled
from cleaner.page import Block
from cleaner.rules.site_keys import is_sentence_like, is_title_like

__all__ = [
    "ARTICLE",
    "AT_END",
    "AT_TOP",
    "FEW",
    "HEADINGS",
    "HEADS_ROW",
    "INSIDE",
    "IN_RUN",
    "LINKED",
    "SENTENCE",
    "TITLE",
    "flags_of",
    "places",
    "python_places",
]

_site_lines = compiled("cleaner.rules._site_lines")

# What is known of a block, as bits beside those of site_keys.
SENTENCE, LINKED, TITLE, HEADING, ROW, ARTICLE = 1, 2, 4, 8, 16, 512
MOSTLY = 0.5  # share of link text from which a block is a link
SHORT = 0.2  # what a character of a line counts that is no sentence: lists of headlines are long and say little
# Where a block stands, as bits: at an edge, alone in the page's own text, before a table row of the page's own, among many others that the site repeats.
AT_TOP, AT_END, INSIDE, HEADS_ROW, IN_RUN = 1, 2, 4, 8, 16
FEW = 2  # blocks in a row that still stand alone between the page's own text; menus and footers have 4 and more
MANY = 5  # blocks in a row that no text of a page's own has: refrains, heads of tables and lists of a recipe's commonest things are shorter
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend", "summary"))


def flags_of(text: str, block: Block, *, is_html: bool) -> int:
    """The bits of a block."""
    flags = SENTENCE if is_sentence_like(text) else TITLE if is_title_like(text) else 0
    if block.link_chars >= MOSTLY * len(text):
        flags |= LINKED
    if block.tag in HEADINGS:
        flags |= HEADING
    if block.tag == "tr" or (not is_html and (text.count(" | ") > 1 or text.count("\t") > 1)):
        flags |= ROW
    if block.role == "article":
        flags |= ARTICLE
    return flags


def places(characters: array[int], flags: array[int], repeated: Sequence[bool] | bytes, edge: float) -> dict[int, int]:
    """Where the blocks stand that the site repeats: by their number AT_TOP, AT_END, INSIDE, HEADS_ROW and IN_RUN as bits.

    characters, flags: the blocks' sizes and bits, as `site_lines.Lines` has them. repeated: which blocks the site repeats. edge: how much of the page's own
    text, in [0, 1], may stand before what is still at the top.
    """
    if _site_lines is None:
        return python_places(characters, flags, repeated, edge)
    found: dict[int, int] = _site_lines.places(characters, flags, bytes(repeated), edge)
    return found


def python_places(
    characters: Sequence[int], flags: Sequence[int], repeated: Sequence[bool] | bytes, edge: float
) -> dict[int, int]:
    """The twin of the extension."""
    weights = [
        0.0 if again else size if bits & (SENTENCE | LINKED) == SENTENCE else SHORT * size
        for size, bits, again in zip(characters, flags, repeated, strict=True)
    ]
    before = list(accumulate(weights, initial=0.0))
    total, count = before[-1] or 1.0, len(flags)
    first, last = edge * total, (1 - edge) * total
    found: dict[int, int] = {}
    for start, end in _runs(repeated):
        where = (AT_TOP if before[start] <= first else 0) | (AT_END if before[start] >= last else 0)
        if end - start <= FEW and start > 0 and end < count and not (flags[start - 1] | flags[end]) & LINKED:
            where |= INSIDE
        if end - start >= MANY:
            where |= IN_RUN
        found.update(dict.fromkeys(range(start, end), where))
        if end < count and flags[end - 1] & flags[end] & ROW:
            found[end - 1] |= HEADS_ROW
    return found


def _runs(repeated: Sequence[bool] | bytes) -> Iterator[tuple[int, int]]:
    """Where runs of repeated blocks begin and end."""
    count = len(repeated)
    end = 0
    while True:
        start = end
        while start < count and not repeated[start]:
            start += 1
        if start == count:
            return
        end = start
        while end < count and repeated[end]:
            end += 1
        yield start, end
