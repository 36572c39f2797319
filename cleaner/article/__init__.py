"""Which blocks of a page are the article."""

from __future__ import annotations

import re
from dataclasses import replace

from cleaner.options import Options
from cleaner.page import Block, Page, Structure

__all__ = ["with_roles"]

GOOD_CHARS = 80  # characters of prose; navigation lines and buttons are shorter
GOOD_LINKS = 0.33  # share of link text in prose
SHARE = 0.6  # of the page's prose that the article's container holds
_BOILERPLATE = re.compile(
    r"comment|footer|sidebar|related|share|social|cookie|newsletter|subscribe|promo|breadcrumb|menu|(?:^|[\s_\"'-])nav|banner|advert|widget|copyright|login|popup|modal",
    re.IGNORECASE,
)
_OUT_TAGS = frozenset(("nav", "footer", "aside", "button", "form", "noscript", "select", "dialog", "menu"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def with_roles(page: Page, options: Options) -> Page:
    """Give every block its role, and the page its type and confidence. A page of plain text keeps all its lines."""
    structure = page.structure
    if page.kind == "text" or structure is None or options.extractor == "none" or not page.blocks:
        return replace(page, structure=None)
    weights = [_prose(page.text, block) for block in page.blocks]
    first, last = _container(weights, structure)
    bad = _boilerplate(structure, first, last)
    blocks = tuple(
        block._replace(role="article" if first <= i < last and not bad[i] and _kept(block, weights[i]) else "outside")
        for i, block in enumerate(page.blocks)
    )
    return replace(page, blocks=blocks, structure=None)


def _prose(text: str, block: Block) -> float:
    """How much prose a block holds; a Chinese character counts for two others."""
    size = block.end - block.start
    if block.hidden or block.link_chars > GOOD_LINKS * size:
        return 0.0
    piece = text[block.start : block.end]
    if not piece.isascii():
        size += len(_CJK.findall(piece))
    return float(size) if size >= GOOD_CHARS else 0.0


def _container(weights: list[float], structure: Structure) -> tuple[int, int]:
    """The blocks of the smallest container that holds most of the prose."""
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    best = (0, len(weights))
    for number in structure.opened:
        first, last = structure.firsts[number], structure.lasts[number]
        if last - first <= best[1] - best[0] and sums[last] - sums[first] >= SHARE * sums[-1] > 0:
            best = (first, last)
    return best


def _boilerplate(structure: Structure, first: int, last: int) -> list[bool]:
    """Blocks inside containers whose tag or class names boilerplate, when these lie within the article's container."""
    marked = [False] * (structure.lasts[0] or len(structure.link_counts))
    for number in structure.opened:
        begin, end = structure.firsts[number], structure.lasts[number]
        if begin >= end or begin < first or end > last or (begin, end) == (first, last):
            continue
        if structure.tags[number] in _OUT_TAGS or _BOILERPLATE.search((structure.attributes[number] or "")[:500]):
            marked[begin:end] = [True] * (end - begin)
    return marked


def _kept(block: Block, weight: float) -> bool:
    size = block.end - block.start
    return not block.hidden and (weight > 0 or block.link_chars <= 0.5 * size)
