"""What the source of an HTML page declares about itself: title, metas, links, JSON-LD, microdata types.

The idea: a page's declarations are a few hundred characters in a fixed notation, so the parse notes them as it passes (`declarations`), and here they
are read. No tree is needed, and it costs about a tenth of the parse. Nothing is judged here: `metadata` and the article stage weigh what was declared.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple

from cleaner.markup.declarations import Declarations, attributes_of, tidy

__all__ = ["Alternate", "Head", "head_of"]

MAX_OBJECTS = 200  # JSON-LD objects of a page
MAX_METAS = 300

# Names that a page repeats, once a value; their values are joined.
_REPEATED = frozenset({"author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author"})

_NO_METAS: Mapping[str, str] = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})

# What stands around JSON in some scripts: comment and CDATA marks, a semicolon.
_JSON_WRAPPING = (
    " \t\r\n;",
    ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA["),
    ("//]]>", "// ]]>", "/*]]>*/", "]]>", "-->"),
)
_TRAILING_COMMA = re.compile(r",\s*+(?=[\]}])")


class Alternate(NamedTuple):
    """A `<link rel=alternate>`: the same page in another language (`language`) or as another type (`media_type`, a feed)."""

    href: str
    language: str = ""
    media_type: str = ""
    title: str = ""


class Head(NamedTuple):
    """What a page declares. Names of metas are lower-case; values are unescaped and their blanks are single.

    `json_ld` holds the objects in document order, those of ``@graph`` and ``mainEntity`` lifted to the same level;
    `json_ld_types` and `itemtypes` are the schema.org names as written (``NewsArticle``), the latter with how often each occurs. `headings` are
    the places in the source where the first <h1> begin, `body` that of <body>, or -1.
    """

    title: str = ""
    metas: Mapping[str, str] = _NO_METAS
    canonical: str = ""
    alternates: tuple[Alternate, ...] = ()
    language: str = ""
    base: str = ""
    json_ld: tuple[Mapping[str, Any], ...] = ()
    json_ld_types: frozenset[str] = frozenset()
    itemtypes: Mapping[str, int] = _NO_COUNTS
    headings: tuple[int, ...] = ()
    body: int = -1

    @property
    def og_type(self) -> str:
        """``og:type`` in lower case: article, website, product, …; empty when not declared."""
        return self.metas.get("og:type", "").lower()


def head_of(declared: Declarations) -> Head:
    """Read what the parse noted of a page. Never raises.

    >>> from cleaner.markup.declarations import declarations
    >>> head_of(declarations('<html lang=de><meta property="og:type" content="article"><title>Ein &amp; alles</title>')).title
    'Ein & alles'
    """
    metas: dict[str, str] = {}
    for name, content in declared.metas:
        _add_meta(name, content, metas)
    found = {"title": "", "language": "", "canonical": "", "base": ""}
    alternates: list[Alternate] = []
    for name, written in declared.tags:
        if name == "title":
            found["title"] = found["title"] or tidy(written)
        else:
            _read_tag(name, written, found, alternates)
    objects = tuple(_objects_in(declared.scripts))
    return Head(
        title=found["title"],
        metas=metas,
        canonical=found["canonical"],
        alternates=tuple(alternates),
        language=found["language"] or metas.get("content-language", "").partition(",")[0].strip(),
        base=found["base"],
        json_ld=objects,
        json_ld_types=frozenset(kind for item in objects for kind in types_of(item)),
        itemtypes=Counter(declared.itemtypes) if declared.itemtypes else _NO_COUNTS,
        headings=tuple(declared.headings),
        body=declared.body,
    )


def _read_tag(name: str, source: str, found: dict[str, str], alternates: list[Alternate]) -> None:
    attributes = attributes_of(source)
    if name == "html":
        found["language"] = found["language"] or tidy(attributes.get("lang") or attributes.get("xml:lang") or "")
    elif name == "base":
        found["base"] = found["base"] or tidy(attributes.get("href", ""))
    else:
        relation, href = attributes.get("rel", "").lower(), tidy(attributes.get("href", ""))
        if relation == "canonical":
            found["canonical"] = found["canonical"] or href
        elif relation == "alternate" and href and len(alternates) < MAX_METAS:
            alternates.append(
                Alternate(href, attributes.get("hreflang", ""), attributes.get("type", ""), tidy(attributes.get("title", "")))
            )


def _add_meta(name: str, content: str, metas: dict[str, str]) -> None:
    if name not in metas:
        if len(metas) < MAX_METAS:
            metas[name] = content
    elif name in _REPEATED and content not in metas[name] and len(metas[name]) < 1_000:
        metas[name] += "; " + content


def _objects_in(scripts: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    """The objects of all JSON-LD scripts, those in ``@graph``, lists and ``mainEntity`` on the same level."""
    return islice(chain.from_iterable(_lifted(_parsed(source)) for source in scripts), MAX_OBJECTS)


def _parsed(source: str) -> Any:
    """A JSON value, or None; forgives comments, CDATA marks, raw line ends, commas before brackets and escaped quotes."""
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    text = _TRAILING_COMMA.sub("", _unwrapped(source))
    if "&quot;" in text and '"' not in text:
        text = unescape(text)
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _unwrapped(source: str) -> str:
    blanks, openers, closers = _JSON_WRAPPING
    text = source.strip(blanks)
    for opener in openers:
        text = text.removeprefix(opener).lstrip(blanks)
    for closer in closers:
        text = text.removesuffix(closer).rstrip(blanks)
    return text


def _lifted(value: Any) -> Iterable[Mapping[str, Any]]:
    waiting = [value]
    seen = 0
    while waiting and seen < 2 * MAX_OBJECTS:
        item = waiting.pop()
        seen += 1
        if isinstance(item, list):
            waiting.extend(reversed(item[:MAX_OBJECTS]))
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            waiting.extend(item[key] for key in ("mainEntity", "@graph") if isinstance(item.get(key), list | dict))


def types_of(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The types of a JSON-LD object without their prefix."""
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return tuple(name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str))
