"""The tags in which an HTML page declares something about itself, as the parse meets them.

The idea: declarations stand in a fixed notation in a few kinds of tags, so they are noted while the page is cut into tags anyway. This is what the
extension `_scan` notes in its own pass, in Python; `head` reads what it means. Limits bound what a hostile page can make of it.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from cleaner.markup.stream import ATTRIBUTES, TOKEN

__all__ = ["Declarations", "attributes_of", "declarations", "tidy"]

# The limits of _declarations.h.
MAX_HEAD = 1_000_000  # characters searched for the end of the head; the longest real one was 410,000 (inline styles)
MAX_JSON = 120_000  # characters of one JSON-LD script; the longest with an article was 61,000
MAX_SCRIPTS = 12  # JSON-LD scripts read; ordinary pages have 1 to 4, product grids one an item
MAX_ITEMTYPES = 500  # occurrences counted
MAX_HEADINGS = 6  # of the first level
TYPE_BEFORE = 20  # characters before "schema.org/" in the address of a type, from its beginning: https://www.

_TITLE = re.compile(rf"<[tT][iI][tT][lL][eE](?=[\s/>]){ATTRIBUTES}>")
_SCRIPT = re.compile(rf"<[sS][cC][rR][iI][pP][tT](?=[\s/>])({ATTRIBUTES})>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))")
_WANTED_LINK = re.compile(r"anonical|lternate|CANONICAL|ALTERNATE")
_TYPED = re.compile(r"(?:[^=]*+=\s*+(?>\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|))*?[^=]*+(?<=.(?ai:itemtype))=", re.DOTALL)
_TYPE = re.compile(r"(?ai:schema\.org/)([a-zA-Z0-9_]{1,60})")


class Declarations(NamedTuple):
    """What the tags of a page declare, in order.

    `tags` are html, base, and links to the same page elsewhere, each with its attributes as written, and ("title", its text as written); `metas` are
    names in lower case and contents, tidy; `scripts` the sources of JSON-LD; `itemtypes` the names of schema.org's types; `headings` the places in
    the source where the first <h1> begin, `body` that of <body>, or -1. Tags, metas and titles count in the head only, outside noscript. The head ends at
    <body>, or at </head> when it said something.
    """

    tags: list[tuple[str, str]]
    metas: list[tuple[str, str]]
    scripts: list[str]
    itemtypes: list[str]
    headings: list[int]
    body: int


def declarations(html: str) -> Declarations:
    """The declarations of a page's source. Never raises; linear in its length."""
    return _Reader(html).read()


def tidy(text: str) -> str:
    """Entities resolved, blanks single, ends trimmed."""
    if "&" in text:
        text = unescape(text)
    return " ".join(text.split())


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag's source, names in lower case, the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), double or single or bare)
    return found


class _Reader:
    """Goes over the tags of one page."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._found = Declarations([], [], [], [], [], -1)
        self._in_head = True
        self._told = False  # whether a title or meta was seen
        self._skipped = False  # within noscript
        self._scripts = 0

    def read(self) -> Declarations:
        body = -1
        for match in TOKEN.finditer(self._html):
            name = (match[1] or "").lower()
            if self._in_head:
                self._read_in_head(name, match)
            if not name:
                self._read_script(match)
                continue
            if name == "h1" and len(self._found.headings) < MAX_HEADINGS:
                self._found.headings.append(match.start())
            elif name == "body" and body < 0:
                body = match.start()
            if name[0] != "/" and len(self._found.itemtypes) < MAX_ITEMTYPES:
                self._read_itemtype(match[2])
        return self._found._replace(body=body)

    def _read_in_head(self, name: str, match: re.Match[str]) -> None:
        if match.start() >= MAX_HEAD:
            self._in_head = False
        elif not name:
            self._read_title(match)
        elif name in ("noscript", "/noscript"):
            self._skipped = name == "noscript"
        elif self._skipped:
            pass
        elif name == "body" or (name == "/head" and self._told):
            self._in_head = False
        elif name == "meta":
            self._read_meta(match[2])
        elif name in ("html", "base") or (name == "link" and _WANTED_LINK.search(match[2])):
            self._found.tags.append((name, match[2]))

    def _read_title(self, match: re.Match[str]) -> None:
        if not self._skipped and (inner := self._inner(_TITLE, match)) is not None:
            self._found.tags.append(("title", inner))
            self._told = True

    def _read_meta(self, written: str) -> None:
        self._told = True
        attributes = attributes_of(written)
        names = (attributes.get(name) for name in ("property", "name", "itemprop", "http-equiv"))
        name = next(filter(None, names), "").strip().lower()
        content = tidy(attributes.get("content", ""))
        if name and content:
            self._found.metas.append((name, content))

    def _read_script(self, match: re.Match[str]) -> None:
        opened = _SCRIPT.match(self._html, match.start(), match.end())
        if opened and self._scripts < MAX_SCRIPTS and "application/ld+json" in opened[1]:
            inner = self._inner(_SCRIPT, match)
            self._scripts += inner is not None
            if inner is not None and len(inner) <= MAX_JSON:
                self._found.scripts.append(inner)

    def _read_itemtype(self, attributes: str) -> None:
        if "itemtype" in attributes.lower() and _TYPED.match(attributes):
            address = attributes_of(attributes).get("itemtype", "")
            kind = _TYPE.search(address)
            if kind and kind.start() < TYPE_BEFORE:
                self._found.itemtypes.append(kind[1])

    def _inner(self, start_tag: re.Pattern[str], match: re.Match[str]) -> str | None:
        """The text of an element that is one token: what stands between its start tag and the last "</"; None when it is not closed."""
        opened = start_tag.match(self._html, match.start(), match.end())
        if not opened:
            return None
        end = self._html.rfind("</", opened.end(), match.end())
        return self._html[opened.end() : end] if end >= 0 else None
