"""The title of a page, without the name of its site.

The idea: a page tells its title three to five times (<title>, og:title, JSON-LD headline, h1), each time with other additions. A heading
that a declared title contains as one of its parts is the title as a reader sees it; where no heading is confirmed in this way, the
declared title is cut at its separators and parts that name the site are left out. Headings that name the site are what misleads the
plain rules ("take the h1"), so they are known by the declared site name, by the host, or by standing at the end of the <title>.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.markup.head import Head
from cleaner.markup.keys import HAN, NOT_LETTERS, SEPARATOR, is_chinese, is_separated, key_of, separator_of
from cleaner.markup.sites import MAX_TITLE, names_host
from cleaner.script import fold

__all__ = ["Titles", "titles_of", "without_site"]

MAX_SITE_WORDS = 5  # of a trailing part that is taken for a site's name without further evidence
MAX_SITE_SHARE = 0.5  # … and its share of the letters of the rest
MIN_SHARED = 0.5  # of the words of the shorter of two titles that mean the same
MIN_SHARED_WORDS = 2
MIN_CHINESE = 5  # characters that a Chinese title keeps at least when parts behind "_" or "-" go

_JOINTS = frozenset(("", "-", "_", "|", "–", "—", "·"))
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|de|co|io|cn|tv|info|gov|edu|[a-z]{2})\Z", re.IGNORECASE)


class Titles(NamedTuple):
    """`best` is the title; `candidates` are all that the page offers, the most trusted first, `best` among them."""

    best: str | None
    candidates: tuple[str, ...]


def titles_of(head: Head, headings: Sequence[str], sites: Sequence[str], host: str) -> Titles:
    """Choose the title. `headings` are the texts of the page's h1 (or, when there are none, of its first other headings)."""
    # A title that begins with a separator lost its own part: what is left is the site's.
    declared = list(dict.fromkeys(title[:MAX_TITLE] for title in _declared(head) if title and title.lstrip()[:1] not in _JOINTS))
    headings = [heading[:MAX_TITLE] for heading in headings]
    site_keys = {key for name in sites if (key := key_of(name))}
    site_keys |= _trailing_headings(headings, head.title[:MAX_TITLE], site_keys, host) - {key_of(title) for title in declared}
    shorn = [without_site(title, site_keys, host) for title in declared]
    usable = [heading for heading in headings if (key := key_of(heading)) and key not in site_keys and not names_host(key, host)]
    confirmed = _confirmed(usable, declared, shorn)
    alike = [heading for heading in usable if heading not in confirmed and any(_resemble(heading, title) for title in shorn)]
    ordered = [*confirmed, *alike, *_by_agreement(shorn, headings), *headings, *declared]
    candidates = tuple(dict.fromkeys(title.strip(" ¶#\u200b") for title in ordered if key_of(title)))
    return Titles(candidates[0] if candidates else None, candidates)


def _trailing_headings(headings: Sequence[str], title: str, site_keys: set[str], host: str) -> set[str]:
    """Keys of headings that are the last part of the <title>: the name of the site or manual, unless its first part is that."""
    parts = [key_of(part) for part in SEPARATOR.split(title)] if headings and is_separated(title) else []
    if len(parts) < 2 or parts[0] in site_keys or names_host(parts[0], host):
        return set()
    return {parts[-1]} & {key_of(heading) for heading in headings} - {""}


def _declared(head: Head) -> Iterable[str]:
    metas = head.metas
    yield metas.get("og:title", "")
    yield head.title
    for name in (
        "twitter:title",
        "articletitle",
        "citation_title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
    ):
        yield metas.get(name, "")
    for item in head.json_ld:
        headline = item.get("headline")
        if isinstance(headline, str):
            yield " ".join(headline.split())


def _confirmed(headings: Sequence[str], declared: Sequence[str], shorn: Sequence[str]) -> list[str]:
    """The headings that a declared title has as a part, those that are a whole shorn title first, then the longest."""
    whole = {key_of(title) for title in shorn}
    found = [
        (key in whole, len(key), heading)
        for heading in headings
        if (key := key_of(heading)) in whole or any(_opens_or_ends(key, title) for title in declared)
    ]
    return [heading for _, _, heading in sorted(found, key=lambda entry: (not entry[0], -entry[1]))]


def _opens_or_ends(key: str, title: str) -> bool:
    """Whether a key is the first part of a title, or its beginning or end and at least half of it."""
    full = key_of(title)
    if (full.startswith(key) or full.endswith(key)) and 2 * len(key) >= len(full):
        return True
    return full.startswith(key) and key == key_of(SEPARATOR.split(title.replace(": ", ""))[0])


def _resemble(one: str, other: str) -> bool:
    """Whether two titles share half of the words (Chinese: characters) of the shorter, and at least two."""
    first, second = _words(one), _words(other)
    return len(first & second) >= max(MIN_SHARED_WORDS, MIN_SHARED * min(len(first), len(second)))


@lru_cache(maxsize=64)  # every heading is compared with every declared title
def _words(title: str) -> frozenset[str]:
    folded = fold(title).casefold()
    han = () if folded.isascii() else HAN.findall(folded)
    return frozenset(han or NOT_LETTERS.split(folded)) - {""}


def _by_agreement(shorn: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Declared titles, those first that most of the others agree with."""
    keys = [key_of(title) for title in (*shorn, *headings)]
    return sorted(dict.fromkeys(shorn), key=lambda title: -sum(key == key_of(title) for key in keys))


def without_site(title: str, site_keys: set[str], host: str) -> str:
    """A title without the parts at its ends that name the site.

    >>> without_site("Hut at the lake | Mountain News", {"mountainnews"}, "")
    'Hut at the lake'
    """
    if not is_separated(title):
        return title
    separators = [match.span() for match in separator_of(title).finditer(title)]
    if not separators:
        return title
    start, end = 0, len(title)
    named = False
    for low, high in reversed(separators):  # a site's name may itself hold a separator
        key = key_of(title[high:])
        if low and (key in site_keys or names_host(key, host)):
            end, named = low, True
    low, high = separators[0]
    key = key_of(title[:low])
    if high < end and (key in site_keys or names_host(key, host)):
        start, named = high, True
    if not named:
        end = _unnamed_end(title, separators)
    return title[start:end].strip() or title


def _unnamed_end(title: str, separators: Sequence[tuple[int, int]]) -> int:
    """Where a title ends whose site is not known: before short trailing parts."""
    if is_chinese(title):
        first = next((low for low, _ in separators if len(key_of(title[:low])) >= MIN_CHINESE), len(title))
        rest = key_of(title[first:])
        return first if len(rest) <= 1.5 * len(key_of(title[:first])) else len(title)
    low, high = separators[-1]
    tail = title[high:]
    if title[low:high] == ": ":
        return len(title)
    short = len(tail.split()) <= MAX_SITE_WORDS and len(key_of(tail)) <= MAX_SITE_SHARE * len(key_of(title[:low]))
    return low if short or _DOMAIN.match(tail.strip()) else len(title)
