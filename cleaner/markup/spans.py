"""Spans of a page (links, cells, code, lists, quotes, images, emphasis), made when somebody asks for them.

Nine pages in ten are cleaned without anybody asking, so the tags are read again for the tenth. The text of the
page holds the words of every text token in order; what the builder put between them (blanks, the bars between cells) is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from cleaner.markup.declarations import attributes_of
from cleaner.markup.parsing import Parsed, scan
from cleaner.markup.stream import BLOCKS, CELLS, Tokens, tokens
from cleaner.page import Block, Span

__all__ = ["links_of", "spans_of"]

_INLINE = {
    "a": "link",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "sup": "superscript",
    "sub": "subscript",
}
_LINKS = frozenset(("a", "A", "/a", "/A"))
_LISTS = frozenset(("ul", "ol", "menu"))
_GAP = re.compile(r"\s*+")
_LANGUAGE = re.compile(r"(?:language|lang|brush|highlight-source|sourceCode)[-: ]+([\w+#.-]++)")
_HREF = re.compile(r"(?:\A|[\s\"'/])href\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))", re.IGNORECASE)
_MOST_CELLS = 200  # of a row that are named
_LONGEST_VALUE = 4_000  # characters of an href or alt; longer ones are data


class _Open(NamedTuple):
    kind: str
    value: str
    start: int  # -1 until the next word


class _Walk:
    """Goes over the tags once more and notes where in the page's text inline elements and cells begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.spans: list[Span] = []
        self.open: dict[str, _Open] = {}
        self.waiting = False  # whether something open has no start yet
        self.row: list[str] = []  # one letter a cell of the row that is open: "h" head, "d" data, "-" empty
        self.row_start = -1  # of its first word; -1 in no row or before that
        self.in_row = False

    def read(self, piece: str) -> None:
        """Move on behind the words of a text token."""
        if "&" in piece:
            piece = unescape(piece)
        words = piece.split()
        if not words:
            return
        start = self._found(words[0])
        if self.waiting:
            self._begin(start)
        line = " ".join(words)
        if self.text.startswith(line, start):
            self.position = start + len(line)
            return
        for word in words:
            self.position = self._found(word) + len(word)

    def _found(self, word: str) -> int:
        start = _GAP.match(self.text, self.position).end()  # type: ignore[union-attr]
        if self.text.startswith(word, start):
            return start
        if self.text.startswith("|", start):  # the bar between cells
            start = _GAP.match(self.text, start + 1).end()  # type: ignore[union-attr]
            if self.text.startswith(word, start):
                return start
        return min(self.position, len(self.text))

    def _begin(self, start: int) -> None:
        for name, item in self.open.items():
            if item.start < 0:
                self.open[name] = item._replace(start=start)
        self.waiting = False

    def enter(self, name: str, kind: str, value: str) -> None:
        """Open an element; an open one of the same name ends."""
        self.leave(name)
        self.open[name] = _Open(kind, value[:_LONGEST_VALUE], -1)
        self.waiting = True

    def leave(self, name: str) -> None:
        item = self.open.pop(name, None)
        if item is None:
            return
        if 0 <= item.start < self.position:
            self.spans.append(Span(item.start, self.position, item.kind, item.value))
            if item.kind == "cell":
                self.row.append("h" if item.value else "d")
                self.row_start = item.start if self.row_start < 0 else self.row_start
        elif item.kind == "cell":
            self.spans.append(Span(self.position, self.position, "cell", item.value))
            self.row.append("-")

    def end_row(self, *, opens: bool) -> None:
        """End the row that is open, which leaves a span that names its cells; a row that holds a table was ended by that and leaves none."""
        if self.in_row and self.row_start >= 0:
            self.spans.append(Span(self.row_start, self.position, "row", "".join(self.row[:_MOST_CELLS])))
        self.row, self.row_start, self.in_row = [], -1, opens

    def image(self, attributes: str) -> None:
        alt = " ".join(unescape(attributes_of(attributes[:_LONGEST_VALUE]).get("alt", "")).split())
        if alt:
            self.spans.append(Span(self.position, self.position, "image", alt))


def spans_of(html: str, blocks: Sequence[Block], found: Parsed) -> tuple[Span, ...]:
    """All spans of a page, sorted."""
    walk = _Walk(found.text)
    read = tokens(html)
    for piece, tag, attributes in zip(*read, strict=True):
        if piece:
            walk.read(piece)
        if tag is None:
            continue
        _step(walk, tag.lower(), attributes or "")
    for name in list(walk.open):
        walk.leave(name)
    walk.end_row(opens=False)
    return tuple(sorted([*walk.spans, *_container_spans(blocks, found, read)]))


def links_of(html: str, found: Parsed) -> tuple[Span, ...]:
    """The spans of links alone, which rules ask for on more pages than all spans."""
    if scan is not None:
        return tuple(sorted(Span(start, end, "link", href) for start, end, href in scan.links(html, found.text)))
    walk = _Walk(found.text)
    for piece, tag, attributes in zip(*tokens(html), strict=True):
        if piece:
            walk.read(piece)
        if tag in _LINKS:
            _step(walk, tag.lower(), attributes or "")
    walk.leave("a")
    return tuple(sorted(walk.spans))


def _step(walk: _Walk, name: str, attributes: str) -> None:
    if name in _INLINE:
        value = _href(attributes) if name == "a" else ""
        if name != "a" or value:
            walk.enter(name, _INLINE[name], value)
        else:
            walk.leave(name)
    elif name == "img":
        walk.image(attributes)
    elif name in CELLS:
        walk.leave("th")
        walk.leave("td")
        walk.enter(name, "cell", "head" if name == "th" else "")
    elif name[0] == "/" and (name[1:] in _INLINE or name[1:] in CELLS):
        walk.leave(name[1:])
    elif name.removeprefix("/") in BLOCKS:
        for inline in [inline for inline in walk.open if inline != "a" and inline not in CELLS]:
            walk.leave(inline)
        if name in ("/tr", "tr", "/table", "table"):
            if name != "table":
                walk.leave("th")
                walk.leave("td")
            walk.end_row(opens=name == "tr")


def _href(attributes: str) -> str:
    """The address of a link."""
    match = _HREF.search(attributes)
    value = match[1] or match[2] or match[3] or "" if match else ""
    return (unescape(value) if "&" in value else value).strip()


def _container_spans(blocks: Sequence[Block], found: Parsed, read: Tokens) -> list[Span]:
    """Lists, quotes, preformatted code and what hides."""
    spans: list[Span] = []
    nesting = [""]
    for number in range(1, len(found.tags)):
        name = found.tags[number]
        outer = nesting[found.parents[number]]
        nesting.append(f"{outer} {name}".strip() if name in _LISTS and len(outer) < 40 else outer)
        start, end = blocks[found.firsts[number]].start, blocks[found.lasts[number] - 1].end
        if name == "li":
            spans.append(Span(start, end, "list", outer or "ul"))
        elif name == "table":
            spans.append(Span(start, end, "table"))
        elif name == "blockquote":
            spans.append(Span(start, end, "quote"))
        elif name == "pre":
            spans.append(Span(start, end, "code", _language_of(found, number, read)))
    for number, how in found.hidden_containers():
        spans.append(Span(blocks[found.firsts[number]].start, blocks[found.lasts[number] - 1].end, "hidden", how))
    for block, start, end, how in found.hidden_parts:
        spans.append(Span(blocks[block].start + start, blocks[block].start + end, "hidden", how))
    return spans


def _language_of(found: Parsed, number: int, read: Tokens) -> str:
    """The language that a pre element or the code element right in it names."""
    _, tags, attributes = read
    behind = found.tokens[number]  # the token after the start tag, which is that token in a list that begins at 0
    inner = attributes[behind] if behind < len(tags) and tags[behind] in ("code", "CODE") else ""
    language = _LANGUAGE.search(f"{found.attributes[number][:500]} {(inner or '')[:500]}")
    return language[1] if language else ""
