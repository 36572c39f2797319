"""Lines that only their company gives away: a site's own sections, headlines of its other articles, names and counts around the text.

The trees of `navigation_trees` judge them, on text dumps only, and only where a dump shows itself as one: several lines that the lists are sure of, and
prose. A text without such lines (a poem, a list, a table, an article that was extracted well) is never judged. Sentences and long lines are never
asked about. Between paragraphs the trees must be surer than before the first and behind the last, because there stand the article's own short lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cleaner.rules.navigation_context import SURE, width
from cleaner.rules.navigation_features import ends_sentence, matrix, place_of_prose
from cleaner.rules.navigation_phrases import HAN, Phrase
from cleaner.rules.navigation_trees import chances

__all__ = ["asked", "enough", "learned"]

_QUESTIONS = ("?", "？")
_COMMAS = ("，", "；", ",", ";")
HEADLINE, CLAUSES = (
    70,
    3,
)  # width from which a line with this many commas is prose without its full stop, as people write comments
MIN_SURE = 3  # lines that the lists are sure of, from which a page is a dump with its menus
MIN_PROSE = 2  # lines of prose; with fewer the page is a list, and its short lines are what it is about
MOST_LINES = 100_000  # a text of more lines is a book or a data file
LONGEST_LINE = 160  # characters (a Han character counts as two) of a line that is asked about: longest headlines
BEFORE, AFTER = (
    0.8,
    0.85,
)  # chance from which a line before the first or behind the last prose goes; .7 gives .03 more recall and .006 less precision
BETWEEN = 0.93  # between them, where a page's second half may hold menus before its comments; .95 gives .02 less recall
BETWEEN_EAST = 0.85  # the same on pages in Chinese, Japanese, Korean, of which few were learned from; .75 gives .05 more recall and .012 less precision
FEW = 5  # lines that the lists are sure of, under which a page may be an article with scraps around it
FEW_MORE = 0.5  # share of what is left to certainty by which the trees must be surer there
BODY_GAP = 8  # lines between two of prose up to which they are the article's, whatever they look like: a stanza, a list, a table
OPENERS = frozenset({"source", "breadcrumb", "counter", "tools"})  # families of lines that stand above an article
CLOSERS = frozenset(
    {"share", "previous-next", "related", "tags", "disclaimer", "comments", "read-more", "copyright"}
)  # that stand below it
ABOVE, TITLE = 6, 16  # lines above a run of sentences, one of which is its headline, and the least width of that
SIGNATURE = 4  # lines behind the last sentence among which a notice's author and date stand
_SIGNED = re.compile(
    r"(?:(?:19|20)\d\d|[一二〇○零]{2}[一二三四五六七八九〇○零]{2})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
)
LITTLE_PROSE = (
    0.1  # share of the text in prose under which the page is a list, and its short lines are what it says: precision .75 at .8
)


def asked(line: str) -> bool:
    """Whether the trees may judge a line: short, and no sentence but a question, which headlines are; nor one that lost its full stop."""
    wide = width(line)
    if wide > LONGEST_LINE or (ends_sentence(line) and not line.endswith(_QUESTIONS)):
        return False
    return wide <= HEADLINE or sum(map(line.count, _COMMAS)) < CLAUSES


def enough(lines: Sequence[str], hits: Sequence[Phrase | None]) -> bool:
    """Whether a text shows itself as a dump of a page with an article."""
    if sum(hit is not None and hit.kind in SURE for hit in hits) < MIN_SURE or len(lines) > MOST_LINES:
        return False
    return len(place_of_prose(lines, hits)) >= MIN_PROSE


def learned(lines: Sequence[str], hits: Sequence[Phrase | None], taken: Sequence[bool]) -> dict[int, float]:
    """The lines that go beside those `taken` already, by number, with their chances."""
    if not enough(lines, hits):
        return {}
    places = place_of_prose(lines, hits)
    if sum(len(lines[i]) for i in places) < LITTLE_PROSE * sum(map(len, lines)):
        return {}
    numbers = [i for i, line in enumerate(lines) if not taken[i] and asked(line)]
    judged = chances(matrix(lines, hits)[numbers]).tolist()
    more = FEW_MORE if sum(hit is not None and hit.kind in SURE for hit in hits) < FEW else 0.0
    between = BETWEEN_EAST if _is_eastern(lines, places) else BETWEEN
    signed = _signature(lines, places[-1])
    body = _body(places) | _headlines(lines, hits, places) | _beside_prose(lines, hits, taken, places)
    found: dict[int, float] = {}
    for i, chance in zip(numbers, judged, strict=True):
        least = BEFORE if i < places[0] else AFTER if i > places[-1] else between
        if chance >= least + more * (1 - least) and i not in body and not places[-1] < i <= signed:
            found[i] = chance
    return found


def _body(places: Sequence[int]) -> set[int]:
    """The lines between two sentences that stand close to each other."""
    body: set[int] = set()
    for above, below in pairwise(places):
        if below - above - 1 <= BODY_GAP:
            body.update(range(above + 1, below))
    return body


def _beside_prose(lines: Sequence[str], hits: Sequence[Phrase | None], taken: Sequence[bool], places: Sequence[int]) -> set[int]:
    """The lines of stretches that are not boilerplate at both ends: one end is prose, or one opens an article and the other closes it.

    A menu stands between lines that the lists know; a poem under its byline, ingredients above the method, names under the last sentence do not.
    """
    found: set[int] = set()
    prose = set(places)
    above, start = "edge", 0
    for i in range(len(lines) + 1):
        known = i < len(lines) and (taken[i] or hits[i] is not None)
        if i < len(lines) and i not in prose and not known:
            continue
        below = "edge" if i == len(lines) else "prose" if i in prose else _end(hits[i])
        if "prose" in (above, below) or (above == "opener" and below != "known"):
            found.update(range(start, i))
        above, start = below, i + 1
    return found


def _end(hit: Phrase | None) -> str:
    """What a line of boilerplate says of the lines beside it."""
    family = hit.family if hit else ""
    return "opener" if family in OPENERS else "closer" if family in CLOSERS else "known"


def _headlines(lines: Sequence[str], hits: Sequence[Phrase | None], places: Sequence[int]) -> set[int]:
    """The longest line close above each run of sentences, if it is long enough for a headline."""
    found: set[int] = set()
    for number, first in enumerate(places):
        above = places[number - 1] if number else -BODY_GAP - 2
        below = places[number + 1] if number + 1 < len(places) else len(lines) + BODY_GAP
        if first - above - 1 <= BODY_GAP or below - first - 1 > BODY_GAP:
            continue
        near = [i for i in range(max(0, first - ABOVE), first) if hits[i] is None and TITLE <= width(lines[i]) <= LONGEST_LINE]
        if near:
            found.add(max(near, key=lambda i: width(lines[i])))
    return found


def _signature(lines: Sequence[str], last: int) -> int:
    """The line with the date under a notice or letter, close behind its last sentence; `last` when there is none."""
    for i in range(last + 1, min(last + 1 + SIGNATURE, len(lines))):
        if _SIGNED.fullmatch(lines[i].strip()):
            return i
    return last


def _is_eastern(lines: Sequence[str], places: Sequence[int]) -> bool:
    """Whether most of the prose is in scripts without blanks."""
    return sum(2 * len(HAN.findall(lines[i])) > len(lines[i]) for i in places) * 2 > len(places)
