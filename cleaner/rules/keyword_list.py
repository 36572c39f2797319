"""spam/keyword-list: blocks, tag clouds and lines of keywords somewhere on a page.

What the head is on top, this is at the end or in between: a block of phrases without a sentence, or a row of short lines, nearly
each with a word of the trade, and none of these words in the page's own prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.keyword_lines import Judge, Thresholds, note_of, score_line
from cleaner.rules.survey import Survey, parts_of, survey_of

__all__ = ["KeywordList"]

MAX_JUDGED = 8_000  # characters of one block or row that are judged


@dataclass(frozen=True)
class KeywordList:
    """Removes blocks and rows of short blocks that are lists of advertising keywords.

    Leaves alone: sentences, menus and tag lists without such words, and lists whose words the page's prose uses (a report on betting keeps its tags).
    """

    name: str = "spam/keyword-list"
    why: str = "A list of advertising keywords that have nothing to do with the page."
    least: Thresholds = field(default_factory=lambda: Thresholds(4, 3, 0.5, 0.6, 0.35))  # lists .6-1.0 each, menus .0-.2
    least_hidden: Thresholds = field(default_factory=lambda: Thresholds(2, 2, 0.3, 0.5, 0.25))  # menus .0-.1
    least_foreign: Thresholds = field(
        default_factory=lambda: Thresholds(3, 1, 0.1, 0.3, 0.15)
    )  # in another alphabet than the page; a Japanese sentence on an English page .0
    least_repeated: Thresholds = field(
        default_factory=lambda: Thresholds(12, 1, 0.9, 0.9, 0.2)
    )  # one word again and again behind names of places or the like: such lists 1.0, 1.0 and .39-.56
    prose: int = 100  # characters; with less, a page has no prose to judge by
    without_prose: int = 6  # strong words when the page has no prose to judge by: an index of card games names five

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        judge: Judge | None = None
        for start, end, hidden in parts_of(page, (survey or survey_of(page)).named):
            least = self.least_hidden if hidden else self.least
            line = page.text[start : min(end, start + MAX_JUDGED)]
            score = score_line(line)
            if "\n" in line:
                if not (least.nearly_met_by(score) or self.least_repeated.nearly_met_by(score)):
                    continue
                start, end = _trimmed(page.text, start, start + len(line.rstrip()))
                if page.text[start:end] != line:
                    line = page.text[start:end]
                    score = score_line(line)
            if self.least_repeated.met_by(score):
                least = self.least_repeated
            if not least.met_by(score) and not self.least_foreign.met_by(score):
                continue
            judge = judge or Judge(page)
            if judge.is_foreign_spam(line, score, self.least_foreign):
                yield Edit(start, end, "", self.name, f"{note_of(score)}; in another alphabet than the page")
                continue
            if not least.met_by(score) or not judge.is_spam(line, score, least):
                continue
            if len(judge.prose) < self.prose and (len(score.strong) < self.without_prose or not score.weak):
                continue
            yield Edit(start, end, "", self.name, note_of(score))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A row without the lines at its ends that hold no word of the lexicon: the site's own menu before it, its footer behind."""
    lines: list[tuple[int, int, float]] = []
    position = start
    for line in text[start:end].split("\n"):
        if line.strip():
            score = score_line(line)
            lines.append((position, position + len(line), 1.0 if score.strong else 0.4 if score.weak else -1.0))
        position += len(line) + 1
    best = (0.0, start, end)
    total, first = 0.0, start
    for low, high, worth in lines:
        if total <= 0:
            total, first = 0.0, low
        total += worth
        if total > best[0]:
            best = (total, first, high)
    return best[1], best[2]
