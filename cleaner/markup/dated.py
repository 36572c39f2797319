"""The dated bylines of a page away from its title, and the lines like titles above them.

The idea: where the declared title is not the page's (a mirror site put its own on top), the page's own stands right above the line that says when it was
published; and where nobody says the date, the first line that is nothing but a byline has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from cleaner.markup.bylines import MAX_LINE, byline_of
from cleaner.markup.keys import key_of
from cleaner.page import Block, Page

__all__ = [
    "LINES_BEHIND",
    "MAX_CLOSING",
    "block_at",
    "first_dated",
    "place_above",
    "place_above_byline",
    "text_title",
    "title_above_byline",
]

LINES_BEHIND = 12  # share buttons and captions stand between heading and byline
MAX_CLOSING = 4  # labelled lines away from the title before the page counts as a list
TITLE_WINDOW = 12  # first lines of a page of text among which its title and byline are looked for
MAX_YEARS = 60  # places that may be a year
MAX_BLOCKS = 400  # blocks searched for the first byline of a page whose title is in doubt
MAX_TITLE_LINE = 120
MIN_TITLE = 4  # letters
_SENTENCE_END = ("。", ".", "！", "!", "；", ";", "，", ",", "：", ":", "、", "…", "”。")
_DATED = re.compile(r"(?:19|20)\d\d|[令平昭民][和成国國]")


def title_above_byline(page: Page) -> str | None:
    """The text of the block like a title that is nearest above the page's only dated byline, or None."""
    place = place_above_byline(page)
    return None if place is None else page.text[page.blocks[place].start : page.blocks[place].end].strip()


def place_above_byline(page: Page) -> int | None:
    """The block like a title that is nearest above the page's first dated byline; None on a page with many, a list.

    Nearest, because keyword lines that were put on top stand above the title.
    """
    dated = [i for i, block in enumerate(page.blocks[:MAX_BLOCKS]) if i and _is_dated_byline(page, block)]
    if not dated or len(dated) > MAX_CLOSING:
        return None
    return _like_title_above(page, dated[0])


def place_above(page: Page, near: Sequence[int]) -> int | None:
    """The block like a title above the first dated byline among these."""
    dated = next((i for i in near if i and _is_dated_byline(page, page.blocks[i])), None)
    return None if dated is None else _like_title_above(page, dated)


def _like_title_above(page: Page, place: int) -> int | None:
    for i in range(place - 1, max(-1, place - 1 - LINES_BEHIND), -1):
        if _like_title(page.text[page.blocks[i].start : page.blocks[i].end].strip()):
            return i
    return None


def _is_dated_byline(page: Page, block: Block) -> bool:
    if block.end - block.start > MAX_LINE or not _DATED.search(page.text, block.start, block.end):
        return False
    byline = byline_of(page.text[block.start : block.end], only_whole=True)
    return byline.whole and any(found.field == "published" for found in byline.fields)


def first_dated(page: Page, *, month_first: bool = False) -> str | None:
    """The date of the first block that is a byline, anywhere: the last resort, right for first posts and notices."""
    text = page.text
    position, asked = 0, -1
    for _ in range(MAX_YEARS):
        position = text.find("20", position)
        if position < 0:
            break
        year, position = _DATED.match(text, position), position + 2
        if not year:
            continue
        i = block_at(page.blocks, year.start())
        block = page.blocks[i]
        if i == asked or block.end - block.start > MAX_LINE:
            continue
        asked = i
        byline = byline_of(text[block.start : block.end], month_first=month_first, only_whole=True)
        found = next((found.value for found in byline.fields if found.field == "published"), None)
        if byline.whole and found:
            return found
    return None


def block_at(blocks: Sequence[Block], position: int) -> int:
    """The number of the last block that begins at a position or before it; -1 before all of them."""
    return bisect_left(blocks, (position + 1,)) - 1  # tuples compare in C; a key would be asked at every step


def text_title(page: Page) -> str | None:
    """The title of a page of plain text: the line above its byline, else its first line when that is like a title."""
    lines = page.blocks[:TITLE_WINDOW]
    if above := title_above_byline(replace(page, blocks=lines)):
        return above
    first = page.text[lines[0].start : lines[0].end].strip() if len(page.blocks) > 1 else ""
    return first if _like_title(first) else None


def _like_title(line: str) -> bool:
    if not line or len(line) > MAX_TITLE_LINE or line.endswith(_SENTENCE_END) or len(key_of(line)) < MIN_TITLE:
        return False
    return not byline_of(line, only_whole=True).whole
