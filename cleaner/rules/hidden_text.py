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
from cleaner.rules.keyword_lines import Judge, note_of, score_line
from cleaner.rules.keywords import Score, suspicious
from cleaner.rules.targets import foreign_hosts, links_in

__all__ = ["HiddenText"]

MAX_JUDGED = 6_000  # characters of one hidden part
SAMPLE = 500  # characters of it that are looked at first
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
    sentence_words: int = 3  # words of the lexicon in a hidden sentence, one of them strong
    hosts: int = 4  # different foreign hosts, where the way of hiding is sneaky
    hosts_displayed_none: int = 6  # the same for display:none, which menus of sister sites use as well
    foreign_share: float = 0.8  # of the links

    def find(self, page: Page) -> Iterator[Edit]:
        judge: Judge | None = None
        for mark in page.marks:
            if mark.kind != "hidden":
                continue
            text = page.text[mark.start : min(mark.end, mark.start + MAX_JUDGED)]
            note = None
            if suspicious(text[:SAMPLE], least=1):
                judge = judge or Judge(page)
                note = self._by_words(text, judge)
            note = note or self._by_links(page, mark)
            if note:
                yield Edit(mark.start, mark.end, "", self.name, f"{mark.value}; {note}")

    def _by_words(self, text: str, judge: Judge) -> str | None:
        score: Score = score_line(text)
        if not score.strong or judge.is_topic(score):
            return None
        if score.density >= self.density and (score.phrases >= 3 or score.weak + len(score.strong) >= 2):
            return note_of(score)
        if len(score.strong) + score.weak >= self.sentence_words and len(score.strong) >= 2:
            return note_of(score)
        return None

    def _by_links(self, page: Page, mark: Span) -> str | None:
        """Links to many foreign hosts; asked only where the hidden part is mostly link text."""
        size = mark.end - mark.start
        linked = sum(block.link_chars for block in blocks_in(page, mark))
        if size < 20 or linked < 0.6 * size:
            return None
        links = links_in(page, mark.start, mark.end)
        foreign = foreign_hosts(links, page)
        least = self.hosts if mark.value in SNEAKY else self.hosts_displayed_none
        if len(foreign) >= least and len(foreign) >= self.foreign_share * len(links):
            return f"{len(links)} links to {len(foreign)} strange hosts"
        return None


def blocks_in(page: Page, mark: Span) -> list[Block]:
    """The blocks that a mark covers or lies in."""
    first = max(0, bisect_right(page.blocks, mark.start, key=start_of) - 1)
    last = bisect_left(page.blocks, mark.end, key=start_of)
    return list(page.blocks[first:last])
