"""What the spam rules look at on every page, looked at once.

A page has some two hundred blocks, and a pass over them costs more than everything a rule does on a clean page. So the words of the whole page are looked
at first, as bytes, all at once; nine pages in ten have no two telling words, and then nothing else is looked at. Pages in Chinese and Japanese,
which write no blanks, are looked at block by block.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from cleaner.page import Page
from cleaner.rules.keywords import gate_words, suspicious, words_of
from cleaner.rules.trades import trade_words

__all__ = ["Part", "Survey", "survey_of"]

Part = tuple[int, int, bool]  # start, end, hidden

_ENDS = frozenset('.。!！?？…;；”"’)）')
MAX_SHORT = 48  # characters of a block that is judged together with its neighbours
MIN_ROW = 4  # such blocks make a row
MIN_PART = 24  # characters of a block or row that is judged
SAMPLE = 120  # characters of a part that are looked at first; a list of five phrases has them all within
PARAGRAPH = 40  # characters of a block that counts as a paragraph
LINKED = 80  # most characters of link text in a paragraph with a link in it
EAST = 12  # Chinese or Japanese characters that make a page worth a look for words of these languages
EARLY, LATE = 0.04, 0.7  # where rows of links are looked at: the first and the last part of a page's text
_NOT_EAST = bytes(code for code in range(256) if not 0xE3 <= code <= 0xE9)  # leads of U+3000 to U+9FFF
_MARKS = frozenset((b"www", b"copied", b"copyright", b"copy", b"http"))
_CALLS = frozenset((b"whatsapp", b"call", b"telegram", b"book", b"text", b"phone"))
_start = attrgetter("start")


@dataclass(frozen=True)
class Survey:
    """Parts of a page by what they may be. Numbers are of blocks."""

    lists: list[Part]  # may be lists of keywords: their first characters hold telling words
    rows: list[tuple[int, int]]  # first and last block of neighbours that are mostly link text, at the edges of the page
    paragraphs: list[int]  # empty where nothing could be a mark behind them
    telling: bool  # whether the page has a telling word at all
    calls: bool  # whether somebody may ask to be called
    chinese: bool


@lru_cache(maxsize=1)
def _wanted() -> frozenset[bytes]:
    return gate_words() | trade_words() | _MARKS | _CALLS


def survey_of(page: Page) -> Survey:
    """One look at the words, and as few at the blocks as they allow."""
    text = page.text
    data = text.encode("utf-8", "surrogatepass")
    east = not text.isascii() and len(data.translate(None, _NOT_EAST)) >= EAST
    found = _wanted().intersection(words_of(data))
    telling = len(gate_words() & found)
    chinese = east and ("的" in text or "。" in text or "市" in text)
    lists = _telling(text, _parts(page)) if east or telling >= 2 else []
    farms = east or telling >= 3 or len(trade_words() & found) >= 4
    marked = east or not _MARKS.isdisjoint(found)
    return Survey(
        lists,
        _rows(page, everywhere=chinese) if farms and page.kind == "html" else [],
        [i for i, block in enumerate(page.blocks) if block[1] - block[0] >= PARAGRAPH] if marked else [],
        east or telling > 0,
        east or not _CALLS.isdisjoint(found),
        chinese,
    )


def _rows(page: Page, *, everywhere: bool) -> list[tuple[int, int]]:
    """Neighbouring blocks that are mostly link text."""
    blocks = page.blocks
    size = len(page.text)
    stretches = [(0, len(blocks))]
    if not everywhere:
        first, last = bisect_left(blocks, EARLY * size, key=_start), bisect_left(blocks, LATE * size, key=_start)
        stretches = [(0, min(first + 40, last)), (last, len(blocks))]
    rows: list[tuple[int, int]] = []
    for low, high in stretches:
        first = -1
        for number in range(low, high):
            start, end, _, _, links, *_ = blocks[number]
            if links * 2 >= end - start:
                if first < 0:
                    first = number
            elif first >= 0:
                rows.append((first, number - 1))
                first = -1
        if first >= 0:
            rows.append((first, high - 1))
    return rows


def _parts(page: Page) -> list[Part]:
    """Blocks that do not end a sentence; of short ones, whole rows of one kind."""
    text = page.text
    parts: list[Part] = []
    row: list[Part] = []
    kind: tuple[str, bool, bool] = ("", False, False)  # of the row: tag, whether its blocks are links, whether they are hidden
    for start, end, tag, _, links, _, hidden, _ in page.blocks:
        ends = text[end - 1] in _ENDS and not hidden
        if end - start <= MAX_SHORT and not ends:
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
    return parts


def _telling(text: str, parts: list[Part]) -> list[Part]:
    """The parts whose first characters hold telling words."""
    return [
        part for part in parts if part[1] - part[0] >= MIN_PART and suspicious(text[part[0] : min(part[1], part[0] + SAMPLE)])
    ]
