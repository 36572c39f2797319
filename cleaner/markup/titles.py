"""The title of a page, without the name of its site, and the name of the site.

The idea: a page tells its title three to five times (<title>, og:title, JSON-LD headline, h1), each time with other additions. A heading
that a declared title contains as one of its parts is the title as a reader sees it; where no heading is confirmed in this way, the
declared title is cut at its separators and parts that name the site are left out. Headings that name the site are what misleads the
plain rules ("take the h1"), so they are known by the declared site name, by the host, or by standing at the end of the <title>.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from cleaner.markup.declarations import tidy
from cleaner.markup.head import Head
from cleaner.script import fold

__all__ = ["Titles", "key_of", "site_in_text", "site_in_title", "site_names", "titles_of"]

MIN_KEY = (
    4  # letters before a part of a title is compared with a host: "bbc" is in "bbc.co.uk" and in nothing else; 2 would match any
)
MAX_SITE_WORDS = 5  # of a trailing part that is taken for a site's name without further evidence
MAX_SITE_SHARE = 0.5  # … and its share of the letters of the rest
MIN_SHARED = 0.5  # of the words of the shorter of two titles that mean the same
MIN_SHARED_WORDS = 2
MAX_SITE = 40  # characters of a site's name that only the <title> gives
MAX_TITLE = 400  # characters; the longest true title (a court decision's) had 290
MIN_CHINESE = 5  # characters that a Chinese title keeps at least when parts behind "_" or "-" go

SITE_WINDOW = 2_000  # characters at both ends of a page's text; names of sites stand in its head and foot
_SECOND_LEVELS = frozenset(("co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "ne", "or", "go"))
_HOSTERS = frozenset(
    ("substack", "wordpress", "blogspot", "medium", "github", "gitlab", "tumblr", "livejournal", "bearblog", "wixsite", "weebly")
)

# Parts of a title stand between these; a hyphen needs blanks, unless the text is Chinese.
# (A look at the next character first: most positions of a title begin no separator.)
_SEPARATOR = re.compile(
    r"(?=[\s|｜│¦»:—])(?:\s*[|｜│¦»]\s*|\s*::\s*|\s+[-–—·•~/:<>]+\s+|\s*—\s*(?=[A-Z][\w.]*\Z)|\s+[–—]|: (?=[A-Z]))"
)
_CHINESE_SEPARATOR = re.compile(
    r"(?=[\s|｜│»_–—-])(?:\s*[|｜│»_]\s*|\s*(?:——|--)\s*|\s+[-–—·•]\s*|\s*[-–—]\s+|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])-(?=[A-Za-z0-9.]+\Z))"
)
_SEPARATING = frozenset("|｜│¦»:_–—-·•~/<>")  # one of these is in every separator
_JOINTS = frozenset(("", "-", "_", "|", "–", "—", "·"))
_NOT_LETTERS = re.compile(r"[\W_]+")
_JOINER = re.compile(r"[ '’&.-]")  # what may stand between two letters of a host's label in the name of its site
_WORD_BEFORE = re.compile(r"\w")
_WORD_BEHIND = re.compile(r"[\w@]")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|de|co|io|cn|tv|info|gov|edu|[a-z]{2})\Z", re.IGNORECASE)


class Titles(NamedTuple):
    """`best` is the title; `candidates` are all that the page offers, the most trusted first, `best` among them."""

    best: str | None
    candidates: tuple[str, ...]


@lru_cache(maxsize=2_048)
def key_of(text: str) -> str:
    """Letters and digits only, folded and in one case: what two spellings of one title have in common."""
    if text.isascii():
        return text.lower().encode().translate(None, _ASCII_SIGNS).decode()
    return _NOT_LETTERS.sub("", fold(text).casefold())


def site_names(head: Head, host: str) -> tuple[str, ...]:
    """The names that a page gives its site, the most trusted first; `host` only decides between them."""
    metas = head.metas
    names = [metas.get("og:site_name", ""), *_json_names(head.json_ld)]
    names += [
        metas.get(name, "")
        for name in ("application-name", "apple-mobile-web-app-title", "sitename", "dc.publisher", "publisher")
    ]
    kept = [tidy(name).strip(" |-–—·:【】") for name in names if name and not name.startswith(("http", "@")) and len(name) <= 120]
    return tuple(dict.fromkeys(filter(key_of, kept)))


def _json_names(objects: Iterable[Mapping[str, object]]) -> Iterable[str]:
    for item in objects:
        publisher = item.get("publisher")
        if isinstance(publisher, list) and publisher:
            publisher = publisher[0]
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str):
            yield name
    for item in objects:
        if item.get("@type") == "WebSite" and isinstance(name := item.get("name"), str):
            yield name


def titles_of(head: Head, headings: Sequence[str], sites: Sequence[str], host: str) -> Titles:
    """Choose the title. `headings` are the texts of the page's h1 (or, when there are none, of its first other headings)."""
    # A title that begins with a separator lost its own part: what is left is the site's.
    declared = list(dict.fromkeys(title[:MAX_TITLE] for title in _declared(head) if title and title.lstrip()[:1] not in _JOINTS))
    headings = [heading[:MAX_TITLE] for heading in headings]
    site_keys = {key for name in sites if (key := key_of(name))}
    site_keys |= _trailing_headings(headings, head.title[:MAX_TITLE], site_keys, host) - {key_of(title) for title in declared}
    shorn = [without_site(title, site_keys, host) for title in declared]
    usable = [heading for heading in headings if (key := key_of(heading)) and key not in site_keys and not _names_host(key, host)]
    confirmed = _confirmed(usable, declared, shorn)
    alike = [heading for heading in usable if heading not in confirmed and any(_resemble(heading, title) for title in shorn)]
    ordered = [*confirmed, *alike, *_by_agreement(shorn, headings), *headings, *declared]
    candidates = tuple(dict.fromkeys(title.strip(" ¶#\u200b") for title in ordered if key_of(title)))
    return Titles(candidates[0] if candidates else None, candidates)


def _trailing_headings(headings: Sequence[str], title: str, site_keys: set[str], host: str) -> set[str]:
    """Keys of headings that are the last part of the <title>: the name of the site or manual, unless its first part is that."""
    parts = [key_of(part) for part in _SEPARATOR.split(title)] if headings and not _SEPARATING.isdisjoint(title) else []
    if len(parts) < 2 or parts[0] in site_keys or _names_host(parts[0], host):
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
    return full.startswith(key) and key == key_of(_SEPARATOR.split(title.replace(": ", ""))[0])


def _resemble(one: str, other: str) -> bool:
    """Whether two titles share half of the words (Chinese: characters) of the shorter, and at least two."""
    first, second = _words(one), _words(other)
    return len(first & second) >= max(MIN_SHARED_WORDS, MIN_SHARED * min(len(first), len(second)))


@lru_cache(maxsize=64)  # every heading is compared with every declared title
def _words(title: str) -> frozenset[str]:
    folded = fold(title).casefold()
    han = () if folded.isascii() else _HAN.findall(folded)
    return frozenset(han or _NOT_LETTERS.split(folded)) - {""}


def _by_agreement(shorn: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Declared titles, those first that most of the others agree with."""
    keys = [key_of(title) for title in (*shorn, *headings)]
    return sorted(dict.fromkeys(shorn), key=lambda title: -sum(key == key_of(title) for key in keys))


def without_site(title: str, site_keys: set[str], host: str) -> str:
    """A title without the parts at its ends that name the site.

    >>> without_site("Hut at the lake | Mountain News", {"mountainnews"}, "")
    'Hut at the lake'
    """
    if _SEPARATING.isdisjoint(title):
        return title
    chinese = len(_HAN.findall(title)) * 3 > len(title)
    separators = [match.span() for match in (_CHINESE_SEPARATOR if chinese else _SEPARATOR).finditer(title)]
    if not separators:
        return title
    start, end = 0, len(title)
    named = False
    for low, high in reversed(separators):  # a site's name may itself hold a separator
        key = key_of(title[high:])
        if low and (key in site_keys or _names_host(key, host)):
            end, named = low, True
    low, high = separators[0]
    key = key_of(title[:low])
    if high < end and (key in site_keys or _names_host(key, host)):
        start, named = high, True
    if not named:
        end = _unnamed_end(title, separators, chinese)
    return title[start:end].strip() or title


def site_in_title(full: str, title: str, host: str) -> str | None:
    """The site's name in a <title> that is longer than the title: its last part behind the title, or the first before it.

    >>> site_in_title("Hut at the lake | Walks | Mountain News", "Hut at the lake", "")
    'Mountain News'
    """
    full = full[:MAX_TITLE]
    chinese = len(_HAN.findall(full)) * 3 > len(full)
    parts = [part.strip() for part in (_CHINESE_SEPARATOR if chinese else _SEPARATOR).split(full) if part.strip()]
    if len(parts) < 2:
        return None
    for part in (parts[-1], parts[0]):
        if _names_host(key_of(part), host):
            return part
    wanted, last = key_of(title), key_of(parts[-1])
    rest = key_of(full).removeprefix(wanted)
    if wanted and last and rest != key_of(full) and rest.endswith(last) and len(parts[-1]) <= MAX_SITE:
        return parts[-1]
    return None


def site_in_text(text: str, host: str) -> str | None:
    """The way in which a page writes the name of its host, when it does: "Good On You" for goodonyou.eco."""
    label = _own_label(host)
    if not MIN_KEY <= len(label) <= MAX_SITE:
        return None
    ends = text if len(text) <= 2 * SITE_WINDOW else text[:SITE_WINDOW] + "\n" + text[-SITE_WINDOW:]
    counts: dict[str, int] = {}
    for written in _spellings(ends, label):
        if written != written.lower() and "." not in written:
            counts[written] = counts.get(written, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None


def _spellings(text: str, label: str) -> Iterable[str]:
    """The places where a text has the letters of a label in any case, with at most one joiner between two of them, as whole words.

    A pattern made for the label would say the same, but making one takes longer than all else that is done for a title.
    """
    pieces = _JOINER.split(text)
    letters = "".join(pieces).lower()
    if label not in letters or len(letters) != len(text) - len(pieces) + 1:
        return
    starts = list(accumulate(map(len, pieces), initial=0))[:-1]
    place = letters.find(label)
    while place >= 0:
        first, last = (bisect_right(starts, offset) - 1 for offset in (place, place + len(label) - 1))
        start, end = place + first, place + len(label) + last
        single = all(pieces[first + 1 : last])  # an empty piece stands between two joiners
        if single and not _WORD_BEFORE.match(text, max(0, start - 1), start) and not _WORD_BEHIND.match(text, end):
            yield text[start:end]
        place = letters.find(label, place + 1)


def _own_label(host: str) -> str:
    """The label of a host that somebody chose: "treehugger" of www.treehugger.com, "notes" of notes.substack.com."""
    labels = host.casefold().removeprefix("www.").split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels.pop()
    if len(labels) > 1 and labels[-1] in _HOSTERS:
        labels.pop()
    return labels[-1].replace("-", "") if labels else ""


def _unnamed_end(title: str, separators: Sequence[tuple[int, int]], chinese: bool) -> int:
    """Where a title ends whose site is not known: before short trailing parts."""
    if chinese:
        first = next((low for low, _ in separators if len(key_of(title[:low])) >= MIN_CHINESE), len(title))
        rest = key_of(title[first:])
        return first if len(rest) <= 1.5 * len(key_of(title[:first])) else len(title)
    low, high = separators[-1]
    tail = title[high:]
    if title[low:high] == ": ":
        return len(title)
    short = len(tail.split()) <= MAX_SITE_WORDS and len(key_of(tail)) <= MAX_SITE_SHARE * len(key_of(title[:low]))
    return low if short or _DOMAIN.match(tail.strip()) else len(title)


def _names_host(key: str, host: str) -> bool:
    """Whether a key is the name in a host: "mountainnews" in "www.mountain-news.co.uk"."""
    if len(key) < MIN_KEY - 1:
        return False
    labels = _labels_of(host)
    if key in labels or key == "".join(labels):
        return True
    return len(key) > MIN_KEY and any(
        key in label or (len(label) > MIN_KEY and label in key and 2 * len(label) > len(key)) for label in labels[:-1]
    )


@lru_cache(maxsize=64)
def _labels_of(host: str) -> tuple[str, ...]:
    return tuple(label.replace("-", "") for label in host.casefold().removeprefix("www.").split("."))
