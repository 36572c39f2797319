"""Values that a page's source marks near its title: microdata, <time>, rel=author, classes that say byline or date.

The idea: sites mark up their byline for machines or for their stylesheet, and it stands within a few thousand characters of the heading.
Only that stretch of the source is read, and only for fields that nothing else declared, so that most pages pay nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleaner.markup.bylines import byline_of
from cleaner.markup.dates import declared_date, first_date
from cleaner.markup.head import attributes_of, tidy
from cleaner.markup.titles import key_of
from cleaner.script import fold

__all__ = ["marks_of"]

BEFORE, BEHIND = 3_000, 12_000  # characters of source around the heading; 9 of 10 marked bylines stand within 4,000 behind it
MAX_HEADINGS = 6
MAX_INNER = 400  # characters of source of a marked element; a byline with a portrait has up to 300
MAX_TAGS = 600

_HEADING = re.compile(r"<[hH]1[\s>]")
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?")
_INNER_TAG = re.compile(r"<[^>]*+>")
_HINT = re.compile(r"itemprop|datetime|author|byline|by-line|date|time|publish|posted|writer|reporter|作者", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|reporter|post-?by|posted-by)s?(?:$|[\s_-])|(?:author|byline)-?_?(?:name|link|text)|(?:post|entry|article|story)-?_?(?:author|byline)",
    re.IGNORECASE,
)
_NOT_AUTHOR = re.compile(
    r"avatar|image|img|photo|bio|about|box|social|share|follow|count|comment|widget|related|icon|card-list|title|desc|login",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(r"date|time|publish|posted|meta", re.IGNORECASE)
_NOT_DATE = re.compile(r"comment|event|timer|timeline|related|sidebar|countdown|datepicker|update-banner", re.IGNORECASE)
_MODIFIED = re.compile(r"modif|updat|lastmod|edited", re.IGNORECASE)


def marks_of(source: str, title: str | None, *, month_first: bool = False) -> Mapping[str, str]:
    """The first author, published and modified date that the source marks near the page's heading."""
    start = _anchor(source, title)
    if start < 0:
        return {}
    found: dict[str, str] = {}
    window = source[max(0, start - BEFORE) : start + BEHIND]
    for field, value in _marked(window, month_first):
        found.setdefault(field, value)
    return found


def _anchor(source: str, title: str | None) -> int:
    """Where the heading stands that is the title; else the first heading of the first level; else the title's words in the body."""
    wanted = key_of(title or "")
    first = -1
    for number, match in enumerate(_HEADING.finditer(source)):
        if first < 0:
            first = match.start()
        if number >= MAX_HEADINGS:
            break
        inner = source[match.end() : match.end() + 2_000].lower()
        if wanted and wanted[:80] in key_of(_INNER_TAG.sub("", inner.partition("</h1")[0])):
            return match.start()
    if first >= 0 or not title:
        return first
    body = max(0, source.find("<body"))
    return source.find(title[:60], body + 1)


def _marked(window: str, month_first: bool) -> Iterator[tuple[str, str]]:
    for number, match in enumerate(_TAG.finditer(window)):
        if number >= MAX_TAGS:
            return
        name, text = match[1].lower(), match[2]
        if name != "time" and not _HINT.search(text):
            continue
        attributes = attributes_of(text)
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
            dated = first_date(fold(_inner(window, match.end(), name)[:120]), month_first=month_first)
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
    return name if 1 < len(name) <= 60 and len(name.split()) <= 6 and not any(character.isdigit() for character in name) else None
