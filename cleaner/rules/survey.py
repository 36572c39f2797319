"""What the spam rules look at on every page, looked at once.

A page has some two hundred blocks, and a pass over them costs more than everything a rule does on a clean page. So the words of the whole page are looked
at first (`words`); only where several telling ones stand close together are blocks looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from cleaner.page import Block, Page
from cleaner.rules.words import BRAND, CALL, COUNTY, GOODS, LABEL, MARK, TELLING, TRADE, between, found_in, groups_of

__all__ = ["Part", "Survey", "number_at", "parts_of", "survey_of"]

Part = tuple[int, int, bool]  # start, end, hidden

_ENDS = frozenset('.。!！?？…;；”"’)）')
MAX_SHORT = 48  # characters of a block that is judged together with its neighbours
MIN_ROW = 4  # such blocks make a row
MIN_PART = 14  # characters of a block or row that is judged; four Chinese phrases have 15 and more
NEAR = 90  # characters from one telling word to the next in a list; every second phrase has one, and a phrase has up to 40
SPARSE = 110  # characters of a part per telling word; lists 10-60, menus that name two such words among fifty others 200 and more
MAX_PARTS = 60  # of one page; a page of games has forty menus of them
MANY = 3  # telling words in a block that ends a sentence; a shop's advert has them
MARGIN = 4  # blocks on either side of the telling words that may belong to a row
NAMED = TELLING | BRAND
EASTERN = 12  # pairs of characters that make a page one of a language without blanks
PARAGRAPH = 40  # characters of a block that counts as a paragraph
_start = attrgetter("start")


@dataclass(frozen=True)
class Survey:
    """Where the words that rules wait for stand in a page's text."""

    telling: list[int]
    named: list[int]  # these and what follows the names of betting sites
    trades: list[int]
    marks: list[int]
    calls: list[int]
    labels: list[int]
    goods: list[int]
    counties: int  # how many words name counties of the United States
    eastern: bool  # whether the page has Chinese, Japanese, Korean or Thai in it


def survey_of(page: Page) -> Survey:
    """One look at the words."""
    places, pairs = found_in(page.text)
    survey = Survey([], [], [], [], [], [], [], sum(1 for place in places if place & COUNTY), pairs >= EASTERN)
    for place in places:
        at = place >> 8
        if place & TELLING:
            survey.telling.append(at)
        if place & NAMED:
            survey.named.append(at)
        if place & TRADE:
            survey.trades.append(at)
        if place & MARK:
            survey.marks.append(at)
        if place & CALL:
            survey.calls.append(at)
        if place & LABEL:
            survey.labels.append(at)
        if place & GOODS:
            survey.goods.append(at)
    return survey


def number_at(blocks: tuple[Block, ...], place: int) -> int:
    """The number of the block that a place lies in."""
    return max(0, bisect_right(blocks, place, key=_start) - 1)


def parts_of(page: Page, telling: list[int]) -> list[Part]:
    """What may be a list of keywords: blocks that do not end a sentence, of short ones whole rows of one kind, with telling words close together."""
    blocks = page.blocks
    text = page.text
    parts: list[Part] = []
    done = 0
    for first, last in groups_of(telling, NEAR, 2):
        number = max(done, number_at(blocks, first))
        end_number = number_at(blocks, last)
        while number <= end_number:
            low, high = _row(text, blocks, number, (max(done, number - MARGIN), min(len(blocks) - 1, end_number + MARGIN)))
            start, end, hidden = blocks[low].start, blocks[high].end, blocks[low].hidden
            words = between(telling, start, end)
            if len(parts) == MAX_PARTS:
                return parts
            open_end = hidden or text[end - 1] not in _ENDS or words >= MANY
            if open_end and end - start >= MIN_PART and words >= max(2, (end - start) / SPARSE):
                parts.append((start, end, hidden))
            number = done = high + 1
    return parts


def _row(text: str, blocks: tuple[Block, ...], number: int, limits: tuple[int, int]) -> tuple[int, int]:
    """First and last block of the row of short blocks that a block belongs to, within limits; the block itself when there are few."""

    def kind(i: int) -> tuple[str, bool, bool] | None:
        start, end, tag, _, links, _, hidden, _ = blocks[i]
        short = end - start <= MAX_SHORT and (hidden or text[end - 1] not in _ENDS)
        return (tag, links > 0, hidden) if short else None

    wanted = kind(number)
    low = high = number
    if wanted is None:
        return low, high
    while low > limits[0] and kind(low - 1) == wanted:
        low -= 1
    while high < limits[1] and kind(high + 1) == wanted:
        high += 1
    return (low, high) if high - low + 1 >= MIN_ROW else (number, number)
