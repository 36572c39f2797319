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
from cleaner.rules.keywords import score_of, suspicious, words_of
from cleaner.rules.survey import Survey, survey_of
from cleaner.rules.targets import foreign_hosts, host_of, is_numbered, links_in, site_of
from cleaner.rules.trades import trades_in
from cleaner.script import fold

__all__ = ["LinkFarm"]

_LABEL = re.compile(
    r"\s*+(?:友情\s?[链鏈連]\s?[接结結]|友[链鏈]|[链鏈][接结]交[换換]|交[换換][链鏈]接|links?\s?exchange|相互リンク集?)\s*+[:：|>]?+\s*+",
    re.IGNORECASE,
)
MAX_LABEL = 24
MIN_TEXT = 12  # characters of a row; three short links have more
SAMPLE = 400  # characters of a row that are looked at for words of trades
MIN_TRADES = (
    4  # different words of trades in a row before its links are looked at; menus of one shop have them too, the hosts decide
)
TRADE_SHARE = 0.25  # of the words of a row; farms .3-.7, menus of shops .05-.2
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
    return signs + (bool(trades_in(words)) or bool(score_of([fold(words).lower()]).strong))


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
    """Rows that may be farms: neighbouring blocks that are nearly all link text, with their label, if the words speak for it."""
    blocks = page.blocks
    for first, last in survey.rows:
        if blocks[last].end - blocks[first].start >= MIN_TEXT:
            before = blocks[first - 1] if first else None
            if found := _worth_a_look(page, blocks[first : last + 1], before, survey.chinese):
                yield found


def _worth_a_look(page: Page, blocks: tuple[Block, ...], before: Block | None, chinese: bool) -> tuple[list[Block], bool] | None:
    """The row with its label, when its label or its words speak for a farm."""
    text = page.text
    row = list(blocks)
    first = row[0]
    if chinese:
        if before and before.end - before.start <= MAX_LABEL and _LABEL.fullmatch(text, before.start, before.end):
            return [before, *row], True
        if _LABEL.match(text, first.start, min(first.end, first.start + MAX_LABEL)):
            return row, True
    words = text[first.start : min(row[-1].end, first.start + SAMPLE)]
    trades = len(trades_in(words))
    dense = trades >= MIN_TRADES and trades >= TRADE_SHARE * len(words_of(words))
    return (row, False) if dense or suspicious(words, least=3) else None
