"""A linked money phrase in the midst of a sentence: "… the mayor said online casino bonus that the bridge …".

Hacked pages sell such links. The phrase is an advertisement by itself (the thing and the word of trade: "buy cialis online"), it leads to a stranger, and
nothing else on the page speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page, Span
from cleaner.rules.keywords import phrases_of, score_of, suspicious, telling_words
from cleaner.rules.survey import LINKED, PARAGRAPH, Survey
from cleaner.rules.targets import foreign_hosts, links_in
from cleaner.script import fold

__all__ = ["MoneyLink"]

RULE = "spam/insertion"
MAX_BLOCKS = 60  # looked at on one page
MAX_BLOCK = 1_500  # characters of a paragraph
NEAR = 30  # characters around a telling word


def _tells(text: str) -> bool:
    words = telling_words(text)
    return suspicious(text, least=1) if words is None else bool(words)


@dataclass(frozen=True)
class MoneyLink:
    """Removes linked money phrases in sentences that have nothing to do with them.

    Leaves alone: single words, links within the site and to well-known sites, and every phrase whose words the page uses elsewhere.
    """

    words: int = 2  # words of the lexicon in the phrase, one of them strong; "the casino" in a report has one
    coverage: float = 0.7  # of the phrase's characters; titles of linked articles .1-.5

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        if page.kind != "html" or not survey.telling:
            return
        text = page.text
        found = [block for block in page.blocks if 0 < block[4] <= LINKED and block[1] - block[0] >= PARAGRAPH][:MAX_BLOCKS]
        if not _tells(" ".join([text[block.start : min(block.end, block.start + MAX_BLOCK)] for block in found])):
            return
        for block in found:
            line = text[block.start : block.end]
            if len(line) <= MAX_BLOCK and self._offers(line):
                for link in links_in(page, block.start, block.end):
                    if note := self._note(page, link, block.end):
                        yield Edit(link.start, link.end, "", RULE, note)

    def _offers(self, line: str) -> bool:
        """Whether a paragraph holds a strong word of the lexicon and another one near it."""
        words = telling_words(line)
        if words is None:
            return suspicious(line, least=1)
        lower = line.lower()
        for word in words:
            at = max(0, lower.find(word.decode().lower()))
            score = score_of([lower[max(0, at - NEAR) : at + len(word) + NEAR]])
            if score.strong and len(score.strong) + score.weak >= self.words:
                return True
        return False

    def _note(self, page: Page, link: Span, end: int) -> str | None:
        phrase = page.text[link.start : link.end]
        if link.end > end or not foreign_hosts([link], page):
            return None
        score = score_of(phrases_of(phrase))
        if (
            not score.strong
            or score.coverage < self.coverage
            or (score.weak + len(score.strong) < self.words and " " not in score.strong[0])
        ):
            return None
        rest = fold(page.text[: link.start] + page.text[link.end :]).lower()
        if any(word in rest for word in score.strong):
            return None
        return f"a linked advertisement in a sentence: {', '.join(score.strong)}"
