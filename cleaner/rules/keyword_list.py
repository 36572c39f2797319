"""spam/keyword-list: blocks, tag clouds and lines of keywords somewhere on a page.

What the head is on top, this is at the end or in between: a block of phrases without a sentence, or a row of short lines, nearly
each with a word of the trade, and none of these words in the page's own prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.keyword_lines import Judge, Thresholds, is_sentence, note_of, score_line
from cleaner.rules.survey import Survey, survey_of

__all__ = ["KeywordList"]

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

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        judge: Judge | None = None
        for start, end, hidden in (survey or survey_of(page)).lists:
            line = page.text[start : min(end, start + MAX_JUDGED)]
            if is_sentence(line):
                continue
            judge = judge or Judge(page)
            score = score_line(line)
            least = self.least_hidden if hidden else self.least
            if not judge.is_spam(line, score, least):
                continue
            if not judge.prose and (len(score.strong) < self.without_prose or not score.weak):
                continue
            yield Edit(start, end, "", self.name, note_of(score))
