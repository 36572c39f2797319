"""What is known of each line of a site once its pages lie side by side.

Only pages with a text of their own are counted: of a text that is served under many addresses every paragraph stands on many pages, and yet it is no
template. A page has a text of its own when sentences stand on it that hardly any other page has, or a title like that and little else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from cleaner.rules.site_keys import LETTERS, WIDE, WORDY
from cleaner.rules.site_places import AT_END, AT_TOP, HEADS_ROW, IN_RUN, INSIDE, LINKED, SENTENCE, places
from cleaner.sites.extract import SitePage

__all__ = ["Counted", "Line", "counted", "hosts_of", "lines_of", "tags_of"]

OWN_PAGES = 3  # pages that may have a sentence which still counts as somebody's own: a quotation, a teaser elsewhere
OWN_CHARACTERS = 40  # of such sentences that make a text: one sentence; in Han script half of it
SHARED_CHARACTERS = (
    300  # of sentences that others have too, beyond which a title does not make a page: its text is elsewhere as well
)
LONG = 80  # characters from which a sentence is taken for somebody's text: the longest advert of the simulator has 57
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
    in_run: int = 0
    linked: int = 0
    sentence: int = 0
    again: int = 0  # times it stood there already on the same page
    is_long: bool = False
    has_letters: bool = False


# One standing of a line, as a number below the line's own: what `places` says, what is known of the block, whether the page has had it already, whether it is long.
_BITS, _AGAIN, _LONG, _WIDTH = 5, 1 << 12, 1 << 13, 14
_KNOWN = SENTENCE | LINKED | LETTERS


class Counted(NamedTuple):
    """A site: pages with a text of their own, how many have none, an example of what these say (0: none), and on how many of the former each line stands. Lines
    are known by the hashes of their keys."""

    pages: list[SitePage]
    unoriginal: int
    example: int
    on: Counter[int]


def counted(pages: Sequence[SitePage]) -> Counted:
    """Count the lines of a site's pages."""
    on = _pages_of_lines(pages)
    own = [page for page in pages if _has_own_text(page, on)]
    if len(own) == len(pages):
        return Counted(own, 0, 0, on)
    return Counted(own, len(pages) - len(own), _example(pages, on), _pages_of_lines(own))


def _pages_of_lines(pages: Sequence[SitePage]) -> Counter[int]:
    """On how many pages each line stands."""
    on: Counter[int] = Counter()
    for page in pages:
        on.update(set(page.lines.hashes))
    del on[0]
    return on


def lines_of(found: Counted, keys: Iterable[int]) -> dict[int, Line]:
    """What is known of these lines, where they are what the site repeats and everything else is the pages' own."""
    lines = {key: Line(pages=found.on[key]) for key in keys}
    numbers = {key: number for number, key in enumerate(lines)}
    standings: Counter[int] = Counter()
    for page in found.pages:
        standings.update(_standings(page, numbers))
    every = list(lines.values())
    for standing, times in standings.items():
        _add(every[standing >> _WIDTH], standing, times)
    return lines


def tags_of(pages: Iterable[SitePage], keys: Collection[int]) -> dict[int, Counter[str]]:
    """How often each of these lines stands in which element; "*" for pages that were texts."""
    tags: dict[int, Counter[str]] = {key: Counter() for key in keys}
    for page in pages:
        for key, tag in zip(page.lines.hashes, page.tags.split(" ") if page.tags else repeat("*"), strict=False):
            if key in tags:
                tags[key][tag] += 1
    return tags


def hosts_of(pages: Iterable[SitePage]) -> Counter[int]:
    """On pages of how many hosts each line stands."""
    lines: dict[str, set[int]] = {}
    for page in pages:
        lines.setdefault(page.host, set()).update(page.lines.hashes)
    return Counter(key for found in lines.values() for key in found)


def _has_own_text(page: SitePage, on: Counter[int]) -> bool:
    own = shared = 0
    title = False
    for key, characters, bits in zip(*page.lines, strict=True):
        rare = not key or on[key] <= OWN_PAGES
        if bits & SENTENCE and not bits & LINKED:
            size = 2 * characters if bits & WIDE else characters
            if rare:
                own += size
                if own >= OWN_CHARACTERS:
                    return True
            else:
                shared += size
        elif rare and not bits & LINKED and bits & WORDY:
            title = title or not shared
    return title and shared < SHARED_CHARACTERS


def _example(pages: Sequence[SitePage], on: Counter[int]) -> int:
    """The longest of the sentences that the most pages have."""
    sentences = (
        (on[key], size, key) for page in pages for key, size, bits in zip(*page.lines, strict=True) if key and bits & SENTENCE
    )
    return max(sentences, default=(0, 0, 0))[2]


def _standings(page: SitePage, numbers: Mapping[int, int]) -> list[int]:
    """Where the lines of those numbers stand on a page."""
    hashes, sizes, every_bits = page.lines
    repeated = bytes(map(numbers.__contains__, hashes))
    if 1 not in repeated:
        return []
    seen: set[int] = set()
    found: list[int] = []
    for at, where in places(sizes, every_bits, repeated, EDGE).items():
        number = numbers[hashes[at]]
        again = _AGAIN if number in seen else 0
        seen.add(number)
        found.append(number << _WIDTH | where | (every_bits[at] & _KNOWN) << _BITS | again | (_LONG if sizes[at] >= LONG else 0))
    return found


def _add(line: Line, standing: int, times: int) -> None:
    """Add to a line that it stood somewhere so many times."""
    bits = standing >> _BITS
    line.places += times
    line.top += times if standing & AT_TOP else 0
    line.end += times if standing & AT_END else 0
    line.inside += times if standing & INSIDE else 0
    line.heads_row += times if standing & HEADS_ROW else 0
    line.in_run += times if standing & IN_RUN else 0
    line.linked += times if bits & LINKED else 0
    line.sentence += times if bits & SENTENCE else 0
    line.again += times if standing & _AGAIN else 0
    line.is_long = line.is_long or bool(standing & _LONG)
    line.has_letters = bool(bits & LETTERS)
