"""Lines of boilerplate in what the article stage kept of an HTML page.

Markup has told the article from the site's own already, so that one block in a thousand is left to find, and a look at every block would cost
more than that is worth. Short blocks are looked up as they stand, which needs no key; only at the article's edges, where share bars, previous/next and
copyright lines slip in, is a block judged like a line of text. What needs company goes only close to one of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cleaner.page import Block, Page
from cleaner.rules.navigation_context import REPEATS, SURE, WEAK
from cleaner.rules.navigation_lines import LONGEST, hit_of
from cleaner.rules.navigation_phrases import Phrase, phrases

__all__ = ["html_lines"]

SHORT = 40  # characters of a block that is looked up; nine in ten of the listed lines that stay in articles are shorter
HEAD, TAIL = 2, 4  # blocks of the article's edges; 6 at the end find 9 lines more on 1,625 pages and cost .008 ms a page
EDGE = 60  # characters of a block there that is judged, longer ones only with a ©; longest share bar or link to a neighbour 58
NEAR = 3  # blocks to each side of a line of boilerplate in which a weak phrase goes with it
_TRIM = " \t.:»›>→↓▼+…×[]【】()"


@lru_cache(maxsize=1)
def _looked_up() -> dict[str, Phrase]:
    """The rows that say what they are without company, as they are written; Chinese ones are folded and may differ from the page."""
    return {text: phrase for text, phrase in phrases().lines.items() if phrase.kind in ("line", "button")}


def html_lines(page: Page) -> Iterator[tuple[Block, Phrase]]:
    """The blocks of the role "article" that are boilerplate, with what they are."""
    text = page.text
    article = [block for block in page.blocks if block[5] == "article"]
    listed = _looked_up()
    found: dict[Block, Phrase] = {}
    for block in article:
        if block[1] - block[0] <= SHORT and (key := text[block[0] : block[1]].lower().strip(_TRIM)) in listed:
            found[block] = listed[key]
    if found:
        again = Counter(text[block.start : block.end] for block, phrase in found.items() if phrase.kind == "button")
        found = {
            block: phrase
            for block, phrase in found.items()
            if phrase.kind != "button" or again[text[block.start : block.end]] >= REPEATS
        }
    for block in (*article[:HEAD], *article[max(HEAD, len(article) - TAIL) :]):
        start, end = block[0], block[1]
        if (end - start <= EDGE or text.find("©", start, end) >= 0) and block not in found and (hit := _at_edge(text[start:end])):
            found[block] = hit
    if found:
        found |= _companions(text, article, found)
    yield from sorted(found.items())


def _companions(text: str, article: list[Block], found: dict[Block, Phrase]) -> dict[Block, Phrase]:
    """Weak phrases in the neighbouring blocks of what was found."""
    also: dict[Block, Phrase] = {}
    for i, block in enumerate(article):
        if block not in found:
            continue
        for other in (*article[max(0, i - NEAR) : i], *article[i + 1 : i + 1 + NEAR]):
            if other[1] - other[0] <= SHORT and other not in found:
                hit = hit_of(text[other[0] : other[1]], phrases())
                if hit and hit.kind in WEAK:
                    also[other] = hit
    return also


def _at_edge(line: str) -> Phrase | None:
    """What a block at the edge is by itself."""
    hit = hit_of(line, phrases()) if len(line) <= LONGEST else None
    return hit if hit and hit.kind in SURE else None
