"""What the spam rules look at on every page, looked at once.

A page has some two hundred blocks, and a pass over them costs more than everything a rule does on a clean page. So one pass notes what all of them need:
blocks that may be lists, rows of links, paragraphs; and one look at the words of all possible lists together says for nine pages in ten that there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.page import Page
from cleaner.rules.keywords import suspicious, telling_words

__all__ = ["Part", "Survey", "survey_of"]

Part = tuple[int, int, bool]  # start, end, hidden

_ENDS = frozenset('.。!！?？…;；”"’)）')
MAX_SHORT = 48  # characters of a block that is judged together with its neighbours
MIN_ROW = 4  # such blocks make a row
MIN_PART = 24  # characters of a block or row that is judged
SAMPLE = 120  # characters of a part that are looked at first; a list of five phrases has them all within
PARAGRAPH = 40  # characters of a block that counts as a paragraph
LINKED = 80  # most characters of link text in a paragraph with a link in it


@dataclass(frozen=True)
class Survey:
    """Parts of a page by what they may be. Numbers are of blocks."""

    lists: list[Part]  # may be lists of keywords: their first characters hold telling words
    rows: list[tuple[int, int]]  # first and last block of neighbours that are mostly link text
    paragraphs: list[int]
    linked: list[int]  # paragraphs with a link or two in them
    chinese: bool


def survey_of(page: Page) -> Survey:
    """One pass over the blocks."""
    text = page.text
    parts: list[Part] = []
    row: list[Part] = []
    kind: tuple[str, bool, bool] = ("", False, False)  # of the row: tag, whether its blocks are links, whether they are hidden
    rows: list[tuple[int, int]] = []
    first_link = -1
    paragraphs: list[int] = []
    linked: list[int] = []
    number = -1
    for number, (start, end, tag, _, links, _, hidden, _) in enumerate(page.blocks):
        size = end - start
        if size >= PARAGRAPH:
            paragraphs.append(number)
            if 0 < links <= LINKED:
                linked.append(number)
        if links * 2 >= size:
            if first_link < 0:
                first_link = number
        elif first_link >= 0:
            rows.append((first_link, number - 1))
            first_link = -1
        ends = text[end - 1] in _ENDS and not hidden
        if size <= MAX_SHORT and not ends:
            if row and kind != (tag, links > 0, hidden):
                parts += row if len(row) < MIN_ROW else ((row[0][0], row[-1][1], row[0][2]),)
                row = []
            kind = (tag, links > 0, hidden)
            row.append((start, end, hidden))
            continue
        if row:
            parts += row if len(row) < MIN_ROW else ((row[0][0], row[-1][1], row[0][2]),)
            row = []
        if not ends:
            parts.append((start, end, hidden))
    if row:
        parts += row if len(row) < MIN_ROW else ((row[0][0], row[-1][1], row[0][2]),)
    if first_link >= 0:
        rows.append((first_link, number))
    chinese = not text.isascii() and ("的" in text or "。" in text or "市" in text)
    return Survey(_telling(text, parts), rows, paragraphs, linked, chinese)


def _telling(text: str, parts: list[Part]) -> list[Part]:
    """The parts whose first characters hold telling words, found by one look at all of them."""
    samples: list[str] = []
    kept: list[Part] = []
    for part in parts:
        start, end, _ = part
        if end - start >= MIN_PART:
            sample = text[start : end if end - start < SAMPLE else start + SAMPLE]
            samples.append(sample)
            kept.append(part)
    joined = "\n".join(samples)
    found = telling_words(joined)
    if found is not None and len(found) < 2:
        return []
    return [part for part, sample in zip(kept, samples, strict=True) if suspicious(sample)]
