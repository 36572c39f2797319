"""What is known of each line of a site once its pages lie side by side.

Only pages with a text of their own are counted: of a text that is served under many addresses every paragraph stands on many pages, and yet it is no
template. A page has a text of its own when sentences stand on it that hardly any other page has, or a title like that and little else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.rules.site_places import LINKED, SENTENCE, TITLE, places
from cleaner.sites.extract import SitePage

__all__ = ["Counted", "Line", "counted", "lines_of"]

OWN_PAGES = 3  # pages that may have a sentence which still counts as somebody's own: a quotation, a teaser elsewhere
OWN_CHARACTERS = 40  # of such sentences that make a text: one sentence; in Han script half of it
SHARED_CHARACTERS = (
    300  # of sentences that others have too, beyond which a title does not make a page: its text is elsewhere as well
)
EDGE = 0.25  # of a page's own text before or behind a line that counts as standing at an edge


@dataclass
class Line:
    """A line of a site, summed over the pages that have it."""

    pages: int = 0
    places: int = 0  # times it stands there
    top: int = 0
    end: int = 0
    inside: int = 0
    heads_row: int = 0
    linked: int = 0
    sentence: int = 0
    title: int = 0
    again: int = 0  # pages that have it more than once
    characters: int = 0  # of the longest
    tags: Counter[str] = field(default_factory=Counter)
    hosts: set[str] = field(default_factory=set)


class Counted(NamedTuple):
    """A site: pages with a text of their own, how many have none, an example of what these say, and on how many of the former each line stands."""

    pages: list[SitePage]
    unoriginal: int
    example: str
    on: Counter[str]


def counted(pages: Sequence[SitePage]) -> Counted:
    """Count the lines of a site's pages."""
    on = Counter(key for page in pages for key in set(page.keys) if key)
    own = [page for page in pages if _has_own_text(page, on)]
    if len(own) == len(pages):
        return Counted(own, 0, "", on)
    on_own = Counter(key for page in own for key in set(page.keys) if key)
    return Counted(own, len(pages) - len(own), _example(pages, on), on_own)


def lines_of(found: Counted, keys: Iterable[str]) -> dict[str, Line]:
    """What is known of these lines, where they are what the site repeats and everything else is the pages' own."""
    lines = {key: Line(pages=found.on[key]) for key in keys}
    for page in found.pages:
        _count(page, lines)
    return lines


def _has_own_text(page: SitePage, on: Counter[str]) -> bool:
    own = shared = 0
    title = False
    for key, characters, flags in zip(page.keys, page.characters, page.flags, strict=True):
        rare = not key or on[key] <= OWN_PAGES
        if flags & SENTENCE and not flags & LINKED:
            size = characters if key.isascii() else 2 * characters
            if rare:
                own += size
                if own >= OWN_CHARACTERS:
                    return True
            else:
                shared += size
        elif rare and not flags & LINKED and len(key) > 3:
            title = title or not shared
    return title and shared < SHARED_CHARACTERS


def _example(pages: Sequence[SitePage], on: Counter[str]) -> str:
    """The longest of the sentences that the most pages have."""
    sentences = {key for page in pages for key, flags in zip(page.keys, page.flags, strict=True) if key and flags & SENTENCE}
    return max(sentences, key=lambda key: (on[key], len(key), key), default="")


def _count(page: SitePage, lines: dict[str, Line]) -> None:
    """Add a page to the lines it has."""
    repeated = [key in lines for key in page.keys]
    if not any(repeated):
        return
    seen: set[str] = set()
    found = places(page.characters, page.flags, repeated)
    for at, place in enumerate(found):
        if not repeated[at]:
            continue
        key, flags = page.keys[at], page.flags[at]
        line = lines[key]
        line.places += 1
        line.top += place.position <= EDGE
        line.end += place.position >= 1 - EDGE
        line.inside += place.inside
        line.heads_row += place.heads_row
        line.linked += bool(flags & LINKED)
        line.sentence += bool(flags & SENTENCE)
        line.title += bool(flags & TITLE)
        line.again += key in seen
        line.characters = max(line.characters, page.characters[at])
        line.tags[page.tags[at] if page.is_html else "*"] += 1
        if key not in seen:
            seen.add(key)
            line.hosts.add(page.host)
