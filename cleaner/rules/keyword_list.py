"""spam/keyword-list: blocks, tag clouds and lines of keywords somewhere on a page.

What the head is on top, this is at the end or in between: a block of phrases without a sentence, or a row of short lines, nearly
each with a word of the trade, and none of these words in the page's own prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.keyword_lines import Judge, Thresholds, note_of, score_line
from cleaner.rules.keywords import suspicious

__all__ = ["KeywordList"]

_ENDS = frozenset('.。!！?？…;；”"’)）')
MIN_BLOCK = 24  # characters of a block that is judged alone
MAX_SHORT = 48  # characters of a block that is judged together with its neighbours
MIN_ROW = 4  # such blocks in a row
SAMPLE = 240  # characters of a row that are looked at before it is judged
MAX_JUDGED = 8_000  # characters of one block or row that are judged


@dataclass(frozen=True)
class KeywordList:
    """Removes blocks and rows of short blocks that are lists of advertising keywords.

    Leaves alone: sentences, menus and tag lists without such words, and lists whose words the page's prose uses (a report on betting keeps its tags).
    """

    name: str = "spam/keyword-list"
    why: str = "A list of advertising keywords that have nothing to do with the page."
    least: Thresholds = field(default_factory=lambda: Thresholds(4, 3, 0.5, 0.6, 0.35))
    least_hidden: Thresholds = field(default_factory=lambda: Thresholds(2, 2, 0.3, 0.5, 0.25))
    without_prose: int = 6  # strong words when the page has no prose to judge by: an index of card games names five

    def find(self, page: Page) -> Iterator[Edit]:
        judge: Judge | None = None
        for start, end, hidden in candidates(page):
            line = page.text[start : min(end, start + MAX_JUDGED)]
            if not suspicious(line):
                continue
            judge = judge or Judge(page)
            score = score_line(line)
            least = self.least_hidden if hidden else self.least
            if not judge.is_spam(line, score, least):
                continue
            if not judge.prose and (len(score.strong) < self.without_prose or not score.weak):
                continue
            yield Edit(start, end, "", self.name, note_of(score))


def candidates(page: Page) -> Iterator[tuple[int, int, bool]]:
    """Start and end of what may be a list, and whether it is hidden: long blocks that end no sentence, rows of short ones of one parent."""
    text = page.text
    row: list[Block] = []
    for block in page.blocks:
        length = block.end - block.start
        if length <= MAX_SHORT and text[block.end - 1] not in _ENDS:
            if row and (row[-1].path != block.path or row[-1].tag != block.tag):
                yield from _rows(text, row)
                row = []
            row.append(block)
            continue
        if row:
            yield from _rows(text, row)
            row = []
        if length >= MIN_BLOCK and (text[block.end - 1] not in _ENDS or block.hidden):
            yield block.start, block.end, block.hidden
    yield from _rows(text, row)


def _rows(text: str, row: list[Block]) -> Iterator[tuple[int, int, bool]]:
    if len(row) >= MIN_ROW and suspicious(text[row[0].start : min(row[-1].end, row[0].start + SAMPLE)]):
        yield row[0].start, row[-1].end, row[0].hidden
    elif len(row) < MIN_ROW:
        for block in row:
            if block.end - block.start >= MIN_BLOCK:
                yield block.start, block.end, block.hidden
