"""Values that a page's source marks near its title: microdata, <time>, rel=author, classes that say byline or date.

The idea: sites mark up their byline for machines or for their stylesheet, and it stands within a few thousand characters of the heading.
Only that stretch of the source is read, and only for fields that nothing else declared, so that most pages pay nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cleaner.markup.bylines import byline_of
from cleaner.markup.dates import declared_date, first_date
from cleaner.markup.declarations import attributes_of, tidy
from cleaner.markup.head import Head
from cleaner.markup.keys import key_of
from cleaner.markup.names import is_name
from cleaner.markup.parsing import scan
from cleaner.script import fold

__all__ = ["marks_of", "scripted"]

BEFORE, BEHIND = 3_000, 10_000  # characters of source around the heading; 9 of 10 marked bylines stand within 4,000 behind it
LONGEST_HEADING = 2_000  # characters of source of a heading that are read
MAX_INNER = 400  # characters of source of a marked element; a byline with a portrait has up to 300
MAX_TAG = 600  # characters of a start tag that are searched for hints; as in _hints.h
MAX_SCRIPTED = 80  # places in scripts that are looked at

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?")
_STRETCH = re.compile(rf"<[^<>]{{0,{MAX_TAG - 1}}}")
_INNER_TAG = re.compile(r"<[^>]*+>")
_HINTS = {
    "author": ("itemprop", "author", "byline", "contributor", "attribution"),
    "published": ("<time", "date", "publish", "posted", "timeago", "_time", "-time"),
}
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|reporter|contributor|attribution|post-?by|posted-by)s?(?:$|[\s_-])|(?:author|byline)-?_?(?:name|link|text)|(?:post|entry|article|story)-?_?(?:author|byline)",
    re.IGNORECASE,
)
_NOT_AUTHOR = re.compile(
    r"avatar|image|img|photo|bio|about|box|social|share|follow|count|comment|widget|related|icon|card-list|title|desc|login",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(r"date|time|publish|posted|meta", re.IGNORECASE)
_NOT_DATE = re.compile(r"comment|event|timer|timeline|related|sidebar|countdown|datepicker|update-banner", re.IGNORECASE)
_MODIFIED = re.compile(r"modif|updat|lastmod|edited", re.IGNORECASE)


_SCRIPT_VALUE = r"\\?[\"']?\s?[:,]\s?(?:\\?[\"']content\\?[\"']:)?\\?[\"']([^\"'<>\\\n]{2,60})\\?[\"']"
_SCRIPTED = {
    "published": ("ublish", re.compile(r"ublish(?:ed)?_?(?:[Aa]t|[Dd]ate|[Tt]ime|On)?" + _SCRIPT_VALUE)),
    "author": ("uthor", re.compile(r"uthor(?:_?[Nn]ame|(?<=PostAuthor))" + _SCRIPT_VALUE)),
}


def marks_of(source: str, head: Head, title: str | None, wanted: Iterable[str], *, month_first: bool = False) -> dict[str, str]:
    """The first author, published and modified date that the source marks near the page's heading.

    wanted: "author", "published" or both; only what is wanted is looked for.
    """
    start = _anchor(source, head, title)
    found: dict[str, str] = {}
    missing = set(wanted)
    for low, high in ((start, start + BEHIND), (max(0, start - BEFORE), start)) if start >= 0 else ():
        for field, value in _marked(source[low:high], missing, month_first):
            found.setdefault(field, value)
        missing -= found.keys()
        if not missing:
            break
    return found


def scripted(source: str, field: str) -> str | None:
    """The author or the publication date that the page's scripts hold for themselves, the last resort."""
    word, pattern = _SCRIPTED[field]
    position = source.find(word)
    for _ in range(MAX_SCRIPTED):
        if position < 0:
            break
        match = pattern.match(source, position)
        if match:
            value = declared_date(match[1]) if field == "published" else match[1] if is_name(match[1]) else None
            if value:
                return value
        position = source.find(word, position + len(word))
    return None


def _anchor(source: str, head: Head, title: str | None) -> int:
    """Where the heading stands that is the title; else the title's words in the body; else the first heading of the first level."""
    wanted = key_of(title or "")[:80]
    for position in head.headings if wanted else ():
        inner = source[position : position + LONGEST_HEADING].partition("</h1")[0]
        if wanted in key_of(_INNER_TAG.sub("", inner)):
            return position
    words = source.find(title[:60], max(0, head.body)) if title else -1
    return words if words >= 0 else next(iter(head.headings), -1)


def _hinted(window: str, wanted: Iterable[str]) -> list[int]:
    """Where the tags begin that one of the hints stands in."""
    hints = tuple(hint for field in sorted(wanted) for hint in _HINTS[field])
    if not hints:
        return []
    if scan is not None:
        found: list[int] = scan.hinted(window, hints)
        return found
    return [match.start() for match in _STRETCH.finditer(window) if _any_of(hints).search(match[0])]


@lru_cache(maxsize=4)
def _any_of(hints: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, hints)), re.IGNORECASE | re.ASCII)


def _marked(window: str, wanted: Iterable[str], month_first: bool) -> Iterator[tuple[str, str]]:
    for start in _hinted(window, wanted):
        match = _TAG.match(window, start)
        if not match:
            continue
        name = match[1].lower()
        attributes = attributes_of(match[2])
        properties = attributes.get("itemprop", "").lower().split()
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if name == "time" or {"datepublished", "datemodified", "datecreated"}.intersection(properties):
            value = attributes.get("datetime") or attributes.get("content") or _inner(window, match.end(), name)
            iso = declared_date(tidy(value), month_first=month_first)
            if iso and not _NOT_DATE.search(names):
                yield ("modified" if "datemodified" in properties or _MODIFIED.search(names) else "published"), iso
        elif (
            "author" in properties
            or attributes.get("rel") == "author"
            or (_AUTHOR_CLASS.search(names) and not _NOT_AUTHOR.search(names))
        ):
            if author := _author(attributes.get("content") or _inner(window, match.end(), name)):
                yield "author", author
        elif _DATE_CLASS.search(names) and not _NOT_DATE.search(names):
            text = f"{attributes.get('datetime', '')} {attributes.get('title', '')} {_inner(window, match.end(), name)[:120]}"
            dated = first_date(fold(text), month_first=month_first)
            if dated:
                yield ("modified" if _MODIFIED.search(names) else "published"), dated.iso


def _inner(window: str, start: int, name: str) -> str:
    """The text of the element that begins before `start`, up to its own end tag."""
    source = window[start : start + MAX_INNER]
    end = re.search(rf"</{name}\s*+>", source, re.IGNORECASE)
    return tidy(_INNER_TAG.sub(" ", source[: end.start()] if end else source.rpartition("<")[0]))


def _author(text: str) -> str | None:
    """The name in a marked element's text: behind "By", before a date; None when it is no name."""
    if not text or len(text) > 160 or "http" in text:
        return None
    byline = byline_of(text)
    authors = [found.value for found in byline.fields if found.field == "author"]
    if authors:
        return "; ".join(authors)
    if any(found.field in ("credit", "editor") for found in byline.fields):
        return None
    stop = min((found.start for found in byline.fields), default=len(text))
    name = text[:stop].strip(" ,|·•-–—:")
    foreign = not name.isascii() and 1 < len(name) <= 20 and not any(character.isdigit() for character in name)
    return name if foreign or (len(name) <= 60 and is_name(name)) else None
