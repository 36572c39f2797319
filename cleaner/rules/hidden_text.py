"""spam/hidden-text: words and links that a page hides from its visitors but not from search engines.

Hiding alone proves nothing: menus, dialogs and texts that a script shows later are hidden too (860 hidden blocks of the development pages are
wanted text). So hidden text goes only when it is what hidden spam is: keywords of the trade that the page's own text does not use, or links to
many hosts that have nothing to do with the page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from cleaner.edits import Edit
from cleaner.page import Block, Page, Span
from cleaner.rules.keyword_lines import PROSE, Judge, is_sentence, note_of, score_line
from cleaner.rules.keywords import Score
from cleaner.rules.link_farm import score_of_link
from cleaner.rules.survey import Survey, survey_of
from cleaner.rules.targets import foreign_hosts, links_in
from cleaner.rules.words import between

__all__ = ["HiddenText"]

MAX_JUDGED = 6_000  # characters of one hidden part
WHOLE = 400  # characters of a hidden part that a sentence of advertising may condemn; of a longer one its blocks are judged
MAX_BLOCKS = 80  # of one hidden part
SNEAKY = frozenset(("off-screen", "zero-size", "same-colour"))  # ways that nothing honest but a label for screen readers uses

start_of = attrgetter("start")


@dataclass(frozen=True)
class HiddenText:
    """Removes hidden text that holds advertising keywords or links to many strange hosts.

    Leaves alone: what a click shows (tabs, accordions, menus), labels for screen readers, and every hidden text without such words or links.
    """

    name: str = "spam/hidden-text"
    why: str = "Advertising words or links that visitors cannot see and search engines can."
    density: float = 0.3  # share of phrases with a word of the lexicon; hidden menus .00-.05
    density_alone: float = 0.5  # the same for one strong word, where the way of hiding is not sneaky; hidden menus .00-.33
    sentence_words: int = 3  # words of the lexicon in a hidden sentence, one of them strong
    hosts: int = 4  # different foreign hosts, where the way of hiding is sneaky
    hosts_displayed_none: int = 6  # the same for display:none, which menus of sister sites use as well
    foreign_share: float = 0.8  # of the links
    trades: int = 2  # words of trades, where the way of hiding is not sneaky
    signs: float = 0.5  # of a farm, per link, where the way of hiding is not sneaky; menus of sister sites .0-.1

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        marks = [mark for mark in page.marks if mark.kind == "hidden"]
        if not marks:
            return
        survey = survey or survey_of(page)
        judge: Judge | None = None
        for mark in marks:
            if between(survey.telling, mark.start, min(mark.end, mark.start + MAX_JUDGED)):
                judge = judge or Judge(page)
                edits = list(self._worded(page, mark, judge, survey.telling))
                if edits:
                    yield from edits
                    continue
            if note := self._by_links(page, mark, survey):
                yield Edit(mark.start, mark.end, "", self.name, f"{mark.value}; {note}")

    def _worded(self, page: Page, mark: Span, judge: Judge, telling: list[int]) -> Iterator[Edit]:
        """The hidden part when it is spam as a whole, else those of its blocks that are: some sites hide all their text until a script has run."""
        blocks = blocks_in(page, mark)[:MAX_BLOCKS]
        inside = [(max(block.start, mark.start), min(block.end, mark.end)) for block in blocks]
        prose = len(inside) > 1 and any(end - start >= PROSE and is_sentence(page.text[start:end]) for start, end in inside)
        parts = inside if prose else [(mark.start, mark.end), *(inside if len(inside) > 1 else ())]
        for start, end in parts:
            text = page.text[start : min(end, start + MAX_JUDGED)]
            if between(telling, start, end) and (note := self._by_words(text, judge, mark.value in SNEAKY)):
                yield Edit(start, end, "", self.name, f"{mark.value}; {note}")
                if (start, end) == (mark.start, mark.end):
                    return

    def _by_words(self, text: str, judge: Judge, sneaky: bool) -> str | None:
        score: Score = score_line(text)
        if not score.strong or score.only_drugs or not self._is_advert(text, score, sneaky) or judge.is_topic(score, text):
            return None
        return note_of(score)

    def _is_advert(self, text: str, score: Score, sneaky: bool) -> bool:
        """Whether a hidden part is a list of keywords, or a short one with several of them."""
        words = len(score.strong) + score.weak
        sentence = len(text) >= PROSE and is_sentence(text)
        if (
            not sentence
            and score.density >= self.density
            and (score.phrases >= 3 or words >= 2)
            and (sneaky or len(score.strong) >= 2 or score.density >= self.density_alone)
        ):
            return True
        return len(text) <= WHOLE and words >= self.sentence_words + (not sneaky) and (len(score.strong) >= 2 or sneaky)

    def _by_links(self, page: Page, mark: Span, survey: Survey) -> str | None:
        """Links to many foreign hosts; asked only where the hidden part is mostly link text."""
        size = mark.end - mark.start
        if mark.value not in SNEAKY and between(survey.trades, mark.start, mark.end) < self.trades:
            return None
        linked = sum(block.link_chars for block in blocks_in(page, mark))
        if size < 20 or linked < 0.6 * size:
            return None
        links = links_in(page, mark.start, mark.end)
        foreign = foreign_hosts(links, page)
        least, signs_least = (self.hosts, 0.0) if mark.value in SNEAKY else (self.hosts_displayed_none, self.signs)
        if len(foreign) < max(least, self.foreign_share * len(links)):
            return None
        signs = sum(score_of_link(page.text[link.start : link.end], link) for link in links)
        return f"{len(links)} links to {len(foreign)} strange hosts" if signs >= signs_least * len(links) else None


def blocks_in(page: Page, mark: Span) -> list[Block]:
    """The blocks that a mark covers or lies in."""
    first = max(0, bisect_right(page.blocks, mark.start, key=start_of) - 1)
    last = bisect_left(page.blocks, mark.end, key=start_of)
    return list(page.blocks[first:last])
