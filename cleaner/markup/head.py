"""What the source of an HTML page declares about itself: title, metas, links, JSON-LD, microdata types.

The idea: a page's declarations are a few hundred characters in a fixed notation at a known place, so they are read from the source
string by the tokenizer, in the parse itself where that is done in C, and by ``str.find`` for the two notations that stand anywhere
(JSON-LD and ``itemtype``). No tree is needed, and it costs about a twentieth of the parse. Nothing is judged here: `metadata` and the
article stage weigh what was declared.

Hostile input: the tokenizer never looks at a character twice; JSON is bounded in size and count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from types import MappingProxyType
from typing import Any, NamedTuple

from cleaner.markup.stream import ATTRIBUTES, TOKEN

__all__ = ["Alternate", "Head", "attributes_of", "declarations", "read_head"]

MAX_HEAD = 1_000_000  # characters searched for the end of the head; the longest real one was 410,000 (inline styles)
MAX_JSON = 120_000  # characters of one JSON-LD script; the longest with an article was 61,000
MAX_SCRIPTS = 12  # JSON-LD scripts read; ordinary pages have 1 to 4, product grids one an item
BEFORE_CONTEXT = 3_000  # characters between the start of a JSON-LD script and its first mention of schema.org: 40, rarely 300
MAX_OBJECTS = 200  # JSON-LD objects collected from them
MAX_ITEMTYPES = 500  # occurrences counted
MAX_METAS = 300
ITEMTYPE_BEFORE = 40  # characters between "itemtype" and the address it names

# Names that a page repeats, once a value; their values are joined.
_REPEATED = frozenset({"author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author"})

_NO_METAS: Mapping[str, str] = MappingProxyType({})
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})

_TITLE = re.compile(rf"<[tT][iI][tT][lL][eE](?=[\s/>]){ATTRIBUTES}>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))")
# The four orders in which nearly every meta is written; anything else goes through `attributes_of`.
_PLAIN_META = re.compile(
    r"\s++(?:(?:name|property)=\"([^\"]*+)\"\s++content=\"([^\"]*+)\"|content=\"([^\"]*+)\"\s++(?:name|property)=\"([^\"]*+)\")\s*+/?"
)
_WANTED_LINK = re.compile(r"anonical|lternate|CANONICAL|ALTERNATE")
_WANTED = frozenset(("meta", "html", "base"))
# What stands around JSON in some scripts: comment and CDATA marks, a semicolon.
_JSON_WRAPPING = (
    " \t\r\n;",
    ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA["),
    ("//]]>", "// ]]>", "/*]]>*/", "]]>", "-->"),
)
_TRAILING_COMMA = re.compile(r",\s*+(?=[\]}])")
_TYPE_NAME = re.compile(r"\w{1,60}")


class Alternate(NamedTuple):
    """A `<link rel=alternate>`: the same page in another language (`language`) or as another type (`media_type`, a feed)."""

    href: str
    language: str = ""
    media_type: str = ""
    title: str = ""


class Head(NamedTuple):
    """What a page declares. Names of metas are lower-case; values are unescaped and their blanks are single.

    `json_ld` holds the objects in document order, those of ``@graph`` and ``mainEntity`` lifted to the same level;
    `json_ld_types` and `itemtypes` are the schema.org names as written (``NewsArticle``), the latter with how often each occurs.
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

    @property
    def og_type(self) -> str:
        """``og:type`` in lower case: article, website, product, …; empty when not declared."""
        return self.metas.get("og:type", "").lower()


def declarations(html: str) -> list[tuple[str, str]]:
    """The tags of a head that say something, in order: name and attributes as written, and the text of titles. What stands in noscript is left
    out. The head ends at <body>, or at </head> when it said something.
    """
    found: list[tuple[str, str]] = []
    position, told = 0, False
    while position <= MAX_HEAD and (match := TOKEN.search(html, position)) and match.start() < MAX_HEAD:
        position = match.end()
        name = (match[1] or "").lower()
        if not name and (opened := _TITLE.match(html, match.start())):
            end = html.rfind("</", opened.end(), match.end())
            if end >= 0:
                found.append(("title", html[opened.end() : end]))
                told = True
        elif name in _WANTED or (name == "link" and _WANTED_LINK.search(match[2])):
            found.append((name, match[2]))
            told = told or name == "meta"
        elif name == "noscript":
            position = _behind_noscript(html, position)
        elif name == "body" or (name == "/head" and told):
            break
    return found


def _behind_noscript(html: str, position: int) -> int:
    while match := TOKEN.search(html, position):
        position = match.end()
        if (match[1] or "").lower() == "/noscript":
            return position
    return len(html)


def read_head(html: str, declared: Iterable[tuple[str, str]] | None = None) -> Head:
    """Read the declarations of a page's source, which the parse has collected as `declared`. Never raises; linear in the length of the source.

    >>> read_head('<html lang=de><meta property="og:type" content="article"><title>Ein &amp; alles</title>').title
    'Ein & alles'
    """
    metas: dict[str, str] = {}
    found = {"title": "", "language": "", "canonical": "", "base": ""}
    alternates: list[Alternate] = []
    for name, written in declarations(html) if declared is None else declared:
        if name == "meta":
            _read_meta(written, metas)
        elif name == "title":
            found["title"] = found["title"] or tidy(written)
        else:
            _read_tag(name, written, found, alternates)
    context = html.find("schema.org")  # half of all pages have neither JSON-LD nor microdata: one search says so
    objects = tuple(_json_ld(html, max(0, context - BEFORE_CONTEXT))) if context >= 0 else ()
    return Head(
        title=found["title"],
        metas=metas,
        canonical=found["canonical"],
        alternates=tuple(alternates),
        language=found["language"] or metas.get("content-language", "").partition(",")[0].strip(),
        base=found["base"],
        json_ld=objects,
        json_ld_types=frozenset(kind for item in objects for kind in types_of(item)),
        itemtypes=_itemtypes(html, context) if context >= 0 else {},
    )


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


def _read_meta(source: str, metas: dict[str, str]) -> None:
    plain = _PLAIN_META.fullmatch(source)
    if plain:
        name, content, content_first, name_last = plain.groups()
        name, content = (name, content) if name is not None else (name_last, content_first)
    else:
        attributes = attributes_of(source)
        content = attributes.get("content", "")
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
            or ""
        )
    content = tidy(content)
    name = name.strip().lower()
    if not name or not content:
        return
    if name not in metas:
        if len(metas) < MAX_METAS:
            metas[name] = content
    elif name in _REPEATED and content not in metas[name] and len(metas[name]) < 1_000:
        metas[name] += "; " + content


def _json_ld(html: str, position: int) -> Iterable[Mapping[str, Any]]:
    """The objects of all JSON-LD scripts, those in ``@graph``, lists and ``mainEntity`` on the same level."""
    count = objects = 0
    while count < MAX_SCRIPTS and (position := html.find("application/ld+json", position)) >= 0:
        start = html.find(">", position) + 1
        end = html.find("</", start)  # JSON writes "</" as "<\/"; where it does not the next test sees it
        while end >= 0 and html[end + 2 : end + 8].lower() != "script":
            end = html.find("</", end + 2)
        if not start or end < 0:
            return
        count += 1
        position = end
        if end - start > MAX_JSON:
            continue
        for item in _lifted(_parsed(html[start:end])):
            if objects >= MAX_OBJECTS:
                return
            objects += 1
            yield item


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


def _itemtypes(html: str, position: int) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for _ in range(MAX_ITEMTYPES):
        # "schema.org/" is found faster than "itemtype", whose letters are common
        position = html.find("schema.org/", position)
        if position < 0:
            break
        before, position = html[max(0, position - ITEMTYPE_BEFORE) : position], position + len("schema.org/")
        if "itemtype" in before.lower() and (name := _TYPE_NAME.match(html, position)):
            counts[name[0]] = counts.get(name[0], 0) + 1
    return counts
