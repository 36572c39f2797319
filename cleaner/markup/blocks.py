"""The flat list of blocks and containers of a page, built in one pass over its tags.

A block is a run of text between two tags of block elements; a container is a block element with the range of blocks that stand in it, so
that every sum over a container is one subtraction of prefix sums and no tree is needed. Of the standard's tree construction it keeps what
decides where text belongs: implied ends of p, li, dt, dd, rows and cells, end tags without a start, and that an end tag in a table cell
closes nothing outside it.
"""

from __future__ import annotations

from array import array
from html import unescape
from itertools import accumulate

from cleaner.markup.declarations import Declarations, declarations
from cleaner.markup.elements import ROW, Elements
from cleaner.markup.hidden import INLINE_HINTS, attributes_may_hide
from cleaner.markup.parsing import Parsed, hiding
from cleaner.markup.pieces import BREAK_MARK, CELL_MARK, HIDE_END_MARK, HIDE_MARK, one_line, paragraphs
from cleaner.markup.stream import (
    BREAK,
    CELL,
    CELL_END,
    CELLS,
    CLOSE,
    INLINE,
    LINK,
    LINK_END,
    OPEN,
    PRE,
    SPAN,
    TAGS,
    Tokens,
    tag_named,
    tokens,
)

__all__ = ["parse"]

LAYOUT_CELL = 300  # characters; a cell of a data table is shorter (longest median over the development tables 90)
_WITHIN = (BREAK, CELL, CELL_END)
GAP = "\n\n"  # between the blocks of a page


def parse(html: str) -> Parsed:
    """The blocks and containers of a page: what the extension `_scan` does, in Python."""
    return _Builder(tokens(html)).parsed(declarations(html))


class _Builder(Elements):
    """Collects blocks and containers; `_feed` runs it over a page. Containers are numbered as they open; 0 is the page."""

    def __init__(self, page: Tokens) -> None:
        super().__init__()
        self._slow = False  # whether the run holds marks or is preformatted
        self._cell_run = 0  # where in the run the open cell begins
        self._hide_name = ""
        self._hide_depth = 0
        self._hide_how = ""
        self._feed(page)

    def _feed(self, page: Tokens) -> None:
        """The one hot loop: what nearly every tag needs stands here, the rest in methods."""
        known = TAGS.copy()
        run, append, flush = self._run, self._run.append, self._flush
        stack, names = self._stack, self._names
        linked = links = 0
        in_link = False
        for token, (text, tag, attributes) in enumerate(zip(*page, strict=True), 1):
            if text and (run or not text.isspace()):
                append(text)
                if in_link:
                    linked += len(text.strip())
            try:
                kind, name, ends = known[tag]
            except KeyError:
                kind, name, ends = known[tag] = tag_named(tag or "")
            if kind == INLINE:
                if self._hide_depth and name == self._hide_name:
                    self._end_hidden()
            elif kind == OPEN:
                if run:
                    flush(linked, links)
                    linked = links = 0
                if names[-1] in ends:
                    self._imply(name)
                self._enter(name, token, attributes or "")
            elif kind == CLOSE:
                if run:
                    flush(linked, links)
                    linked = links = 0
                if names[-1] == name:
                    self.lasts[stack.pop()] = len(self.blocks)
                    names.pop()
                else:
                    self._leave(name)
            elif kind == LINK:
                in_link = True
                links += 1
            elif kind == LINK_END:
                in_link = False
            elif kind == SPAN:
                if attributes or self._hide_depth:
                    self._hide_inline(name, attributes or "")
            elif kind in _WITHIN:
                self._special(kind, name, token, attributes or "")
            else:
                if run:
                    flush(linked, links)
                    linked = links = 0
                self._rare(kind, name, token, attributes or "")
        if run:
            flush(linked, links)
        while stack:
            self._pop()

    def _special(self, kind: int, name: str, token: int, attributes: str) -> None:
        """Line breaks and table cells, which end no block."""
        run = self._run
        if kind == BREAK:
            if run:
                run.append("\n" if self._pre else BREAK_MARK)
                self._slow = True
        elif kind == CELL:
            if run:
                run.append(CELL_MARK)
                self._slow = True
            self._cell_run = len(run)
            while self._names[-1] in CELLS or self._names[-1] == "p":
                self._pop()
            self._enter(name, token, attributes)
        else:
            if run and sum(map(len, run[self._cell_run :])) > LAYOUT_CELL:
                self._flush(0, 0)
            if self._names[-1] == name:
                self._names.pop()
                self.lasts[self._stack.pop()] = len(self.blocks)
            else:
                self._leave(name)

    def _rare(self, kind: int, name: str, token: int, attributes: str) -> None:
        """Preformatted text, rules, the end of a row, and the tags that are the page itself."""
        if kind == PRE:
            self._imply(name)
            self._enter(name, token, attributes)
            self._pre += 1
            self._slow = True
        elif name == "hr":
            self._imply(name)
        elif name not in ("html", "head", "body"):
            self._leave(name)

    def _hide_inline(self, name: str, attributes: str) -> None:
        """Begin to hide at an inline element, or count the nested ones of the same name."""
        if self._hide_depth:
            self._hide_depth += name == self._hide_name
        elif attributes_may_hide(attributes, INLINE_HINTS) and (how := hiding(name, attributes)):
            self._hide_name, self._hide_depth, self._hide_how = name, 1, how
            self._run.append(HIDE_MARK)
            self._slow = True

    def _end_hidden(self) -> None:
        """Count the ends of nested elements; at its own the hiding ends."""
        self._hide_depth -= 1
        if not self._hide_depth:
            self._run.append(HIDE_END_MARK)

    def _flush(self, linked: int, links: int) -> None:
        """Make blocks of the text since the last tag of a block element; `linked` characters of it are in `links` links."""
        run = self._run
        self._cell_run = 0
        text = run[0] if len(run) == 1 else "".join(run)
        run.clear()
        if "&" in text:
            text = unescape(text)
        if self._slow:
            self._flush_marked(text, linked, links)
            return
        text = " ".join(text.split())
        if text:
            self._end_block(text, linked, links, row=False)

    def _flush_marked(self, text: str, linked: int, links: int) -> None:
        """The same for text with marks in it, and in preformatted elements."""
        if self._hide_depth:  # a block element in a hidden inline one, or its end tag is missing: the hiding ends with the block
            text += HIDE_END_MARK
            self._hide_depth = 0
        self._slow = bool(self._pre)
        if self._pre:
            pieces, row = [text.strip("\r\n").rstrip()], False
        elif CELL_MARK in text:
            pieces, row = self._cells(text)
        elif BREAK_MARK in text:
            pieces, row = paragraphs(text), False
        else:
            pieces, row = [" ".join(text.split())], False
        total = sum(map(len, pieces)) or 1
        for piece in pieces:
            kept = self._without_hidden(piece) if HIDE_MARK in piece or HIDE_END_MARK in piece else piece
            if kept:
                share = len(piece) / total
                self._end_block(kept, round(linked * share), round(links * share), row=row)

    def _end_block(self, text: str, linked: int, links: int, *, row: bool) -> None:
        """Keep a block. A link's text was counted as written, with its entities and runs of blanks: never more than the block has."""
        self.blocks.append((text, self._stack[-1], min(linked, len(text)), links, row))

    def _cells(self, text: str) -> tuple[list[str], bool]:
        """The text of a table row: one block, or one a cell where the table is the layout of the page."""
        cells = [cell for cell in text.split(CELL_MARK) if cell and not cell.isspace()]
        if self._names[-1] in ROW and all(len(cell) <= LAYOUT_CELL for cell in cells):
            return [one_line(cells)], True
        return [piece for cell in cells for piece in paragraphs(cell)], False

    def _without_hidden(self, text: str) -> str:
        """Take the marks of hidden inline elements out and note what stands between them."""
        pieces: list[str] = []
        length = 0
        for number, piece in enumerate(text.split(HIDE_MARK)):
            inside, _, after = piece.partition(HIDE_END_MARK) if number else ("", "", piece)
            after = after.replace(HIDE_END_MARK, "")
            if inside.strip():
                self.hidden_parts.append((len(self.blocks), length, length + len(inside), self._hide_how))
            pieces += (inside, after)
            length += len(inside) + len(after)
        return "".join(pieces)

    def parsed(self, declared: Declarations) -> Parsed:
        """What was collected, without the containers that hold no text."""
        kept = [number for number, first in enumerate(self.firsts) if not number or first < self.lasts[number]]
        numbers = dict(zip(kept, range(len(kept)), strict=True))
        texts, homes, linked, links, rows = zip(*self.blocks, strict=True) if self.blocks else ((),) * 5
        behind = list(accumulate([len(text) + len(GAP) for text in texts]))
        attributes = [self.attributes[number] for number in kept]
        tags = self.tags
        return Parsed(
            GAP.join(texts),
            array("q", [0, *behind][: len(texts)]),
            array("q", [end - len(GAP) for end in behind]),
            array("q", [numbers[home] for home in homes]),
            array("q", linked),
            array("q", links),
            ["tr" if row else tags[home] for row, home in zip(rows, homes, strict=True)],
            array("q", [numbers[self.parents[number]] for number in kept]),
            array("q", [self.firsts[number] for number in kept]),
            array("q", [self.lasts[number] for number in kept]),
            array("q", [self.tokens[number] for number in kept]),
            [tags[number] for number in kept],
            attributes,
            [number for number, written in enumerate(attributes) if attributes_may_hide(written)],
            self.hidden_parts,
            declared,
        )
