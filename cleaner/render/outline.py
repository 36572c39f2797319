"""The outline of what was kept: paragraphs, headings, lists, quotes, tables and code, as a tree that Markdown and HTML are written from.

The idea: blocks are in order, and the spans of lists, quotes, tables and code nest, so a stack of the spans that cover the current block is
the path of the block in the tree; what two neighbours share of their paths is the element they share. The tree is as deep as the page's
lists at most, and never deeper than `MAX_DEPTH`, so that no page can exhaust a renderer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from cleaner.edits import Edit
from cleaner.page import Block, Page, Span
from cleaner.render.runs import Inline, Kept, Run, trimmed

__all__ = ["Node", "outline_of"]

MAX_DEPTH = 12  # of lists and quotes; what nests deeper stands at this depth
MAX_CELL = 600  # characters of a cell; above it the table lays out a page and is no table
MAX_CELL_BLOCKS = 4
_LINE_ENDS = re.compile(r"\n\s*+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = {"quote": 0, "list": 1}


@dataclass(slots=True)
class Node:
    """An element. kind: "page", "quote", "list" (level 1 when ordered), "item", and those without children: "paragraph", "heading" (with its
    level), "term", "definition", "code" (text, language), "table" (rows of cells: head?, runs)."""

    kind: str
    level: int = 0
    children: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    text: str = ""
    language: str = ""
    rows: list[list[tuple[bool, list[Run]]]] = field(default_factory=list)


def outline_of(page: Page, removals: Sequence[Edit]) -> Node:
    """The tree of what is kept of a page."""
    return _Builder(page, removals).build()


class _Builder:
    def __init__(self, page: Page, removals: Sequence[Edit]) -> None:
        self.page = page
        self.kept = Kept(page, removals)
        self.inline = Inline(page, self.kept)
        self.root = Node("page")
        self.path: list[tuple[Span, Node]] = []
        covering = [span for span in page.spans if span.kind in _CONTAINERS]
        self.covering = sorted(covering, key=lambda span: (span.start, -span.end, _CONTAINERS[span.kind], len(span.value)))
        self.next_covering = 0
        self.stack: list[Span] = []
        self.code = _Ranges([span for span in page.spans if span.kind == "code"])
        self.rows = _Ranges([span for span in page.spans if span.kind == "row"])
        self.tables = _Ranges([span for span in page.spans if span.kind == "table"])
        self.cells = sorted(span for span in page.spans if span.kind == "cell" and span.end > span.start)
        self.cell_starts = [span.start for span in self.cells]
        self.images: dict[int, list[str]] = {}
        for span in page.spans:
            if span.kind == "image":
                self.images.setdefault(span.start, []).append(span.value)
        self.last_span: Span | None = None  # the code or table that the last node was made of
        self.last_end = 0

    def build(self) -> Node:
        blocks = self.page.blocks
        before = 0  # end of the block before, where an image between the two is noted
        i = 0
        while i < len(blocks):
            block = blocks[i]
            i += 1
            if self.kept.any(block.start, block.end):
                parent = self._parent(block)
                if alts := self.images.get(before):
                    parent.children.append(Node("paragraph", runs=[Run("", image=alt) for alt in alts]))
                row = self.rows.innermost(block.start, block.end)
                cells = None if row is None else self._cells_of(row)
                if row is None or cells is None:
                    self._add(parent, block)
                else:
                    while i < len(blocks) and blocks[i].start < row.end:
                        i += 1
                    self._add_row(parent, row, cells)
            before = blocks[i - 1].end
        return self.root

    def _parent(self, block: Block) -> Node:
        """The node that the block belongs in; opens and closes lists, items and quotes on the way."""
        while self.stack and self.stack[-1].end <= block.start:
            self.stack.pop()
        while self.next_covering < len(self.covering) and self.covering[self.next_covering].start <= block.start:
            span = self.covering[self.next_covering]
            self.next_covering += 1
            if span.end > block.start:
                self.stack.append(span)
        wanted = [span for span in self.stack[:MAX_DEPTH] if span.end >= block.end]
        shared = 0
        while shared < min(len(wanted), len(self.path)) and self.path[shared][0] is wanted[shared]:
            shared += 1
        del self.path[shared:]
        for span in wanted[shared:]:
            self.path.append((span, self._opened(self.path[-1][1] if self.path else self.root, span)))
        return self.path[-1][1] if self.path else self.root

    @staticmethod
    def _opened(parent: Node, span: Span) -> Node:
        if span.kind == "quote":
            node = Node("quote")
            parent.children.append(node)
            return node
        ordered = int(span.value.rpartition(" ")[2] == "ol")
        if not (parent.children and parent.children[-1].kind == "list" and parent.children[-1].level == ordered):
            parent.children.append(Node("list", ordered))
        node = Node("item")
        parent.children[-1].children.append(node)
        return node

    def _add(self, parent: Node, block: Block) -> None:
        text = self.page.text
        code = self._code_of(block)
        if code is not None:
            self._add_code(parent, block, code)
            return
        runs = trimmed(self.inline.runs(block.start, block.end))
        previous = parent.children[-1] if parent.children else None
        gap = text[self.last_end : block.start]
        if (
            self.page.kind == "text"
            and previous is not None
            and previous.kind == "paragraph"
            and self.last_end
            and gap.count("\n") == 1
        ):
            previous.runs += [Run("\n"), *runs]
        elif block.tag in _HEADINGS:
            parent.children.append(Node("heading", _HEADINGS[block.tag], runs=runs))
        else:
            kind = {"dt": "term", "dd": "definition"}.get(block.tag, "paragraph")
            parent.children.append(Node(kind, runs=runs))
        self.last_span, self.last_end = None, block.end

    def _code_of(self, block: Block) -> Span | None:
        """The preformatted code that the block is a part of; inline code is none."""
        span = self.code.outermost(block.start, block.end)
        if span is None or (block.tag != "pre" and (span.start, span.end) == (block.start, block.end)):
            return None
        return span

    def _add_code(self, parent: Node, block: Block, span: Span) -> None:
        text = "".join(new or self.page.text[low:high] for low, high, new in self.kept.pieces(block.start, block.end)).rstrip()
        if self.last_span is span and parent.children and parent.children[-1].kind == "code":
            parent.children[-1].text += "\n" + text
        else:
            parent.children.append(Node("code", text=text.lstrip("\n"), language=span.value))
        self.last_span, self.last_end = span, block.end

    def _cells_of(self, row: Span) -> list[Span] | None:
        """The cells of a row that hold text; None where the row lays out a page, or is one cell."""
        first, last = bisect_left(self.cell_starts, row.start), bisect_left(self.cell_starts, row.end)
        cells = self.cells[first:last]
        if len(row.value) < 2 or len(cells) != len(row.value) - row.value.count("-"):
            return None
        for cell in cells:
            if cell.end - cell.start > MAX_CELL or self.page.text.count("\n\n", cell.start, cell.end) >= MAX_CELL_BLOCKS:
                return None
        return cells

    def _add_row(self, parent: Node, row: Span, cells: list[Span]) -> None:
        filled = iter(cells)
        line: list[tuple[bool, list[Run]]] = []
        for letter in row.value:
            cell = next(filled) if letter != "-" else None
            line.append((letter == "h", [] if cell is None else self._cell_runs(cell)))
        if not any(runs for _, runs in line):
            return
        table = self.tables.innermost(row.start, row.end) or row
        if self.last_span is table and parent.children and parent.children[-1].kind == "table":
            parent.children[-1].rows.append(line)
        else:
            parent.children.append(Node("table", rows=[line]))
        self.last_span, self.last_end = table, row.end

    def _cell_runs(self, cell: Span) -> list[Run]:
        """The runs of a cell; its paragraphs become lines."""
        runs = trimmed(self.inline.runs(cell.start, cell.end))
        return [run._replace(text=_LINE_ENDS.sub("\n", run.text)) for run in runs]


class _Ranges:
    """Spans of one kind; which of them cover a stretch. Asked for in order, in time that does not grow with how many there are."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans, key=lambda span: (span.start, -span.end, not span.value))
        self.next = 0
        self.open: list[Span] = []

    def _advance(self, start: int) -> None:
        while self.open and self.open[-1].end <= start:
            self.open.pop()
        while self.next < len(self.spans) and self.spans[self.next].start <= start:
            span = self.spans[self.next]
            self.next += 1
            if span.end > start:
                while self.open and self.open[-1].end <= span.start:
                    self.open.pop()
                self.open.append(span)

    def innermost(self, start: int, end: int) -> Span | None:
        self._advance(start)
        return self.open[-1] if self.open and self.open[-1].end >= end else None

    def outermost(self, start: int, end: int) -> Span | None:
        self._advance(start)
        return self.open[0] if self.open and self.open[0].end >= end else None
