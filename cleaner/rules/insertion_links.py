"""A linked money phrase in the midst of a sentence: "… the mayor said online casino bonus that the bridge …".

Hacked pages sell such links. The phrase is an advertisement by itself (the thing and the word of trade: "buy cialis online"), it leads to a stranger, and
nothing else on the page speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page, Span
from cleaner.rules.keywords import Score, phrases_of, score_of
from cleaner.rules.link_farm import score_of_link
from cleaner.rules.survey import PARAGRAPH, Survey, number_at
from cleaner.rules.targets import foreign_hosts, links_in
from cleaner.script import fold

__all__ = ["MoneyLink"]

RULE = "spam/insertion"
LINKED = 120  # most characters of link text in a paragraph with a money phrase in it; lists of links have more
MAX_WORDS = 600  # telling words whose paragraphs are looked at
MAX_BLOCKS = 60  # looked at on one page
MAX_BLOCK = 1_500  # characters of a paragraph


@dataclass(frozen=True)
class MoneyLink:
    """Removes linked money phrases in sentences that have nothing to do with them.

    Leaves alone: single words, links within the site and to well-known sites, and every phrase whose words the page uses elsewhere.
    """

    words: int = 2  # words of the lexicon in the phrase, one of them strong; "the casino" in a report has one
    coverage: float = 0.7  # of the phrase's characters; titles of linked articles .1-.5
    coverage_signs: float = 0.4  # the same where the link's target has a sign of a farm

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        if page.kind != "html" or not survey.telling:
            return
        found = [(link, score) for link in self._links(page, survey) if (score := self._score(page, link))]
        if not found:
            return
        rest = fold(_without(page.text, [link for link, _ in found])).lower()
        for link, score in found:
            if not any(word in rest for word in score.strong):
                yield Edit(link.start, link.end, "", RULE, f"a linked advertisement in a sentence: {', '.join(score.strong)}")

    def _links(self, page: Page, survey: Survey) -> Iterator[Span]:
        """Links in paragraphs that have a telling word and are not mostly links."""
        blocks = page.blocks
        for number in list(dict.fromkeys(number_at(blocks, place) for place in survey.telling[:MAX_WORDS]))[:MAX_BLOCKS]:
            block = blocks[number]
            size = block.end - block.start
            if 0 < block.link_chars <= LINKED and PARAGRAPH <= size <= MAX_BLOCK and block.link_chars * 2 < size:
                yield from (link for link in links_in(page, block.start, block.end) if link.end <= block.end)

    def _score(self, page: Page, link: Span) -> Score | None:
        """What a link's words advertise, when they do and it leads to a stranger."""
        score = score_of(phrases_of(page.text[link.start : link.end]))
        if not score.strong or score.coverage < self.coverage_signs or not foreign_hosts([link], page):
            return None
        several = score.weak + len(score.strong) >= self.words or " " in score.strong[0]
        if not (several and score.coverage >= self.coverage) and score_of_link("", link) < 1 + (not several):
            return None
        return score


def _without(text: str, links: list[Span]) -> str:
    """A text without some of its links."""
    pieces: list[str] = []
    position = 0
    for link in sorted(links):
        pieces.append(text[position : link.start])
        position = max(position, link.end)
    return " ".join([*pieces, text[position:]])
