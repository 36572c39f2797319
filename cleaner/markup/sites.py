"""The name of a page's site: as it is declared, as a part of the title, as the page writes its host.

The idea: a site's name is told apart from a title by being declared as one, by standing in the host's name, or by standing at the end of the <title>.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from cleaner.markup.declarations import tidy
from cleaner.markup.head import Head
from cleaner.markup.keys import is_separated, key_of, separator_of

__all__ = ["names_host", "site_in_text", "site_in_title", "site_names"]

MIN_KEY = (
    4  # letters before a part of a title is compared with a host: "bbc" is in "bbc.co.uk" and in nothing else; 2 would match any
)
MAX_SITE = 40  # characters of a site's name that only the <title> gives
MAX_TITLE = 400  # characters; the longest true title (a court decision's) had 290
SITE_WINDOW = 2_000  # characters at both ends of a page's text; names of sites stand in its head and foot

_SECOND_LEVELS = frozenset(("co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "ne", "or", "go"))
_HOSTERS = frozenset(
    ("substack", "wordpress", "blogspot", "medium", "github", "gitlab", "tumblr", "livejournal", "bearblog", "wixsite", "weebly")
)

_JOINER = re.compile(r"[ '’&.-]")  # what may stand between two letters of a host's label in the name of its site
_WORD_BEFORE = re.compile(r"\w")
_WORD_BEHIND = re.compile(r"[\w@]")


def site_names(head: Head) -> tuple[str, ...]:
    """The names that a page gives its site, the most trusted first."""
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


def site_in_title(full: str, title: str, host: str) -> str | None:
    """The site's name in a <title> that is longer than the title: its last part behind the title, or the first before it.

    >>> site_in_title("Hut at the lake | Walks | Mountain News", "Hut at the lake", "")
    'Mountain News'
    """
    full = full[:MAX_TITLE]
    parts = [part.strip() for part in separator_of(full).split(full) if part.strip()] if is_separated(full) else []
    if len(parts) < 2:
        return None
    for part in (parts[-1], parts[0]):
        if names_host(key_of(part), host):
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


def names_host(key: str, host: str) -> bool:
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
