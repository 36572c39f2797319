"""spam/link-farm: rows of links to sites that have nothing to do with the page.

Hacked and sold pages carry rows of links to strangers. So do honest ones: a publisher links its sister papers, a ministry the other ministries, and in form
these rows are the same (41 of 1,625 development pages have one). What tells a farm is whom it links: shops and trades of every kind, on cheap domains with
numbers in them, at paths that are a number. Chinese sites exchange such links openly and say so: 友情链接.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Block, Page, Span
from cleaner.rules.keywords import score_of
from cleaner.rules.survey import Survey, number_at, survey_of
from cleaner.rules.targets import foreign_hosts, host_of, is_numbered, links_in, site_of
from cleaner.rules.words import TRADE, between, found_in, groups_of
from cleaner.script import fold

__all__ = ["LinkFarm"]

_LABEL = re.compile(
    r"\s*+(?:友情\s?[链鏈連]\s?[接结結]|友[链鏈]|[链鏈][接结]交[换換]|交[换換][链鏈]接|links?\s?exchange|相互リンク集?)\s*+[:：|>]?+\s*+",
    re.IGNORECASE,
)
MAX_LABEL = 24
MIN_TRADES = 3  # words of trades in a row before its links are looked at; menus of one shop have them too, the hosts decide
TRADE_SHARE = 0.15  # of the blanks of a row; farms .3-.7, menus of shops .05-.2
NEAR = 120  # characters from one such word to the next; a link has 10-30
EARLY, LATE = 0.1, 0.7  # farms without a label are looked for in the first and the last part of a page's text
# Top-level domains at the price of a coffee; farms .5-.9 of the links, honest rows .0-.1
_CHEAP = frozenset(
    "top xyz cc icu vip click link site online shop store club fun live win bid loan men work party date review stream gq ml cf ga tk pw ws su buzz cyou monster sbs cfd rest bond quest lol info biz ru".split()
)
_OFFICIAL = frozenset("gov edu ac mil int".split())
_HOST_WORDS = re.compile(
    r"slot|casino|bet[0-9]|poker|togel|judi|loan|viagra|cialis|pharm|porn|sex|essay|replica|seo|cheap|outlet|escort",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LinkFarm:
    """Removes rows of links to strangers: under 友情链接 and the like, or when whom they link speaks for a farm.

    Leaves alone: rows of sister sites, of authorities, of blogs and sources; menus; share and follow links; links with text between them.
    """

    name: str = "spam/link-farm"
    why: str = "A block of links to unrelated sites, put on the page for search engines."
    links: int = 6  # without a label; shortest farm seen 8
    links_labelled: int = 3
    foreign_share: float = 0.75  # owners that are neither the site nor common knowledge, per link; farms .9-1.0
    mean_labelled: float = 0.25  # the same under a label: official sites link each other there as well (.0-.1)
    mean_score: float = 0.9  # signs per link (`score_of_link`); farms 1.4-3.0, honest rows of the development pages .0-.5

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        if page.kind != "html":
            return
        for row, labelled in _rows(page, survey or survey_of(page)):
            links = links_in(page, row[0].start, row[-1].end)
            n = len(links)
            if n < (self.links_labelled if labelled else self.links):
                continue
            strangers = foreign_hosts(links, page)
            foreign = len(strangers)
            if foreign < (self.foreign_share * n - 1 if labelled else self.links - 1):
                continue
            signs = [
                score_of_link(page.text[link.start : link.end], link) if site_of(host_of(link.value)) in strangers else 0
                for link in links
            ]
            if not labelled:
                first, last = _densest(signs)
                row, links, signs = _cut(row, links[first:last]), links[first:last], signs[first:last]
                n = len(links)
            if (
                n >= (self.links_labelled if labelled else self.links)
                and sum(signs) >= (self.mean_labelled if labelled else self.mean_score) * n
            ):
                label = "under a label" if labelled else f"{sum(signs) / n:.1f} signs each"
                yield Edit(row[0].start, row[-1].end, "", self.name, f"{n} links to {foreign} unrelated sites, {label}")


def score_of_link(words: str, link: Span) -> int:
    """How many signs of a farm one link has: cheap domain, number in the host, numbered path, words of a trade or of spam."""
    host = host_of(link.value)
    if not host:
        return 0
    labels = host.split(".")
    if not _OFFICIAL.isdisjoint(labels[-2:]):
        return 0
    signs = int(labels[-1] in _CHEAP)
    signs += bool(re.search(r"[0-9]{2}|-", labels[0])) or bool(_HOST_WORDS.search(host))
    signs += is_numbered(link.value)
    return signs + (any(place & TRADE for place in found_in(words)[0]) or bool(score_of([fold(words).lower()]).strong))


def _densest(signs: list[int]) -> tuple[int, int]:
    """The stretch of links that holds most signs, each link without one costing one (Kadane): a farm behind the site's own menu is cut out of it."""
    best = (0, 0, 0)
    total = start = 0
    for i, sign in enumerate(signs):
        if total <= 0:
            total, start = 0, i
        total += 1 if sign else -1
        if total > best[0]:
            best = (total, start, i + 1)
    return best[1], best[2]


def _cut(row: list[Block], links: list[Span]) -> list[Block]:
    """The blocks of a row that hold these links, and no other of its links in front or behind."""
    if not links:
        return row
    return [block for block in row if block.end > links[0].start and block.start < links[-1].end]


def _rows(page: Page, survey: Survey) -> Iterator[tuple[list[Block], bool]]:
    """Rows that may be farms, with their label: neighbouring blocks that are nearly all link text, where a label or several words of trades stand."""
    done = 0
    for place in survey.labels:
        number = number_at(page.blocks, place)
        if number >= done and (row := _labelled(page, number)):
            done = row[1] + 1
            yield list(page.blocks[row[0] : row[1] + 1]), True
    done = 0
    size = len(page.text)
    words = sorted({*survey.trades, *survey.telling}) if len(survey.trades) + len(survey.telling) >= MIN_TRADES else []
    for first, last in groups_of(words, NEAR, MIN_TRADES):
        if EARLY * size < first and last < LATE * size:
            continue
        number = max(done, number_at(page.blocks, first))
        while number < len(page.blocks) and page.blocks[number].start <= last:
            low, high = _row(page.blocks, number, done)
            done = number = high + 1
            if low <= high and _worth_a_look(page, page.blocks[low], page.blocks[high], survey):
                yield list(page.blocks[low : high + 1]), False


def _labelled(page: Page, number: int) -> tuple[int, int] | None:
    """First and last block of the row that a label begins or stands above."""
    blocks, text = page.blocks, page.text
    block = blocks[number]
    if block.end - block.start <= MAX_LABEL and _LABEL.fullmatch(text, block.start, block.end):
        first, last = _row(blocks, number + 1, number + 1) if number + 1 < len(blocks) else (1, 0)
        return (number, last) if last > number else None
    if _LABEL.match(text, block.start, min(block.end, block.start + MAX_LABEL)):
        first, last = _row(blocks, number, number)
        return (number, last) if first <= last else None
    return None


def _row(blocks: tuple[Block, ...], number: int, least: int) -> tuple[int, int]:
    """The neighbours of a block, from `least` on, that are mostly link text as it is; the last before the first when it is not."""

    def linked(i: int) -> bool:
        return blocks[i].link_chars * 2 >= blocks[i].end - blocks[i].start

    if not linked(number):
        return number + 1, number
    low = high = number
    while low > least and linked(low - 1):
        low -= 1
    while high + 1 < len(blocks) and linked(high + 1):
        high += 1
    return low, high


def _worth_a_look(page: Page, first: Block, last: Block, survey: Survey) -> bool:
    """Whether a row stands at an edge of the page and its words speak for a farm."""
    size = len(page.text)
    if EARLY * size < first.start and last.end < LATE * size:
        return False
    words = between(survey.trades, first.start, last.end) + between(survey.telling, first.start, last.end)
    return words >= max(MIN_TRADES, TRADE_SHARE * page.text.count(" ", first.start, last.end))
