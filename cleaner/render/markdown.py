"""Markdown of what was kept: CommonMark with GitHub's tables.

The idea: the outline gives elements, this writes them; text is escaped only where it would be read as markup, so that ordinary prose, snake_case
and prices stay as they are. Emphasis whose borders the CommonMark rules would not accept (``**「字」**字``) is left out: stars in the text
are worse than a lost bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.render.addresses import safe_address
from cleaner.render.outline import Node, outline_of
from cleaner.render.runs import Run

__all__ = ["markdown_of"]

# Signs that may begin markup anywhere in a line; the underscore only at the border of a word, the ampersand only before an entity.
_SIGNS = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|~~|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)")
# What begins a block at the start of a line.
_OPENING = re.compile(r"(\s*)(#{1,6}(?=\s|\Z)|[-+=](?=[\s|:+=-]|\Z)|[>|]|:(?=-)|~{3,}|(\d{1,9})([.)])(?=\s|\Z))")
_CLOSING_HASHES = re.compile(r"(?<!\S)#+\Z")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_TICKS = re.compile(r"`+")
# Marks that no text holds until it is known whether CommonMark would read their stars: the text holds no such character (they are controls).
_STRONG, _EMPHASIS = "\x01", "\x02"
_MARKED = re.compile(r"([\x01\x02]+)([^\x01\x02]*)([\x01\x02]+)")


class _Writer:
    def __init__(self, base: str | None, links: bool, images: bool) -> None:
        self.base = base
        self.links = links
        self.images = images

    def blocks(self, nodes: Sequence[Node]) -> list[str]:
        """The source of each node, without the blank lines between them."""
        return [source for node in nodes if (source := self.block(node))]

    def block(self, node: Node) -> str:
        if node.kind == "heading":
            text = _CLOSING_HASHES.sub(lambda match: "\\" + match[0], self.line(node.runs))
            return f"{'#' * node.level} {text}" if text else ""
        if node.kind == "code":
            fence = "`" * max([2, *map(len, _TICKS.findall(node.text))]) + "`"
            return f"{fence}{node.language if node.language.isascii() else ''}\n{node.text}\n{fence}"
        if node.kind == "table":
            return self.table(node)
        if node.kind == "quote":
            return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(node.children)).split("\n"))
        if node.kind == "list":
            return self.list(node)
        return self.paragraph(node.runs)

    def list(self, node: Node) -> str:
        items = []
        for number, item in enumerate(node.children, 1):
            marker = f"{number}. " if node.level else "- "
            children = self.blocks(item.children)
            tight = [child.kind for child in item.children] in (["paragraph"], ["paragraph", "list"])
            gap = "\n" if tight else "\n\n"
            lines = gap.join(children).split("\n")
            indent = " " * len(marker)
            items.append("\n".join([marker + lines[0], *(indent + line if line else "" for line in lines[1:])]))
        loose = any("\n\n" in item for item in items)
        return ("\n\n" if loose else "\n").join(items)

    def table(self, node: Node) -> str:
        width = max(map(len, node.rows))
        head = bool(node.rows[0]) and all(is_head or not runs for is_head, runs in node.rows[0])
        rows = [[self.line(runs).replace("|", "\\|") for _, runs in row] + [""] * (width - len(row)) for row in node.rows]
        if not head:
            rows.insert(0, [""] * width)
        rows.insert(1, ["---"] * width)
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)

    def paragraph(self, runs: Sequence[Run]) -> str:
        lines = [line for line in self.inline(runs).split("\n") if line.strip()]
        return "  \n".join(_opened(line.strip()) for line in lines)

    def line(self, runs: Sequence[Run]) -> str:
        """Runs on one line, for headings and cells."""
        return " ".join(self.inline(runs).split())

    def inline(self, runs: Sequence[Run]) -> str:
        pieces = []
        for link, group in groupby(_joined(runs), key=lambda run: run.link):
            source = self.marked(list(group))
            address = safe_address(link, self.base) if link and self.links else None
            if address and source.strip():
                before, inner, after = _parted(source)
                inner = " ".join(inner.split("\n"))
                source = f"{before}[{inner}]({address.replace('(', '%28').replace(')', '%29')}){after}"
            pieces.append(source)
        return _emphasised(pieces)

    def marked(self, runs: Sequence[Run]) -> str:
        pieces = []
        for run in runs:
            if run.image:
                pieces.append(f"![{escaped(run.image)}]()" if self.images else "")
            elif run.code:
                pieces.append(_code(run.text))
            else:
                before, inner, after = _parted(escaped(run.text))
                marks = _STRONG * run.strong + _EMPHASIS * run.emphasis if inner else ""
                pieces.append(f"{before}{marks}{inner}{marks[::-1]}{after}")
        return "".join(pieces)


def markdown_of(page: Page, removals: Sequence[Edit], *, links: bool = True, images: bool = True) -> str:
    """Markdown with the structure of the kept blocks.

    links: with their addresses, absolute where the page's own is known; without, their text stays.
    images: their alternative texts, as images without an address.
    """
    writer = _Writer(page.metadata.url or page.url, links, images)
    return "\n\n".join(writer.blocks(outline_of(page, removals).children))


def escaped(text: str) -> str:
    """Text in which nothing is read as inline markup."""
    return _SIGNS.sub(lambda match: "".join("\\" + sign for sign in match[0]), text.replace("\x01", "").replace("\x02", ""))


def _opened(line: str) -> str:
    """A line that begins no list, heading, rule or fence."""
    match = _OPENING.match(line)
    if not match:
        return line
    if match[3]:
        return f"{match[1]}{match[3]}\\{line[match.start(4) :]}"
    return f"{match[1]}\\{line[match.start(2) :]}"


def _code(text: str) -> str:
    before, inner, after = _parted(text)
    inner = " ".join(inner.split())
    if not inner:
        return text
    ticks = "`" * (max([0, *map(len, _TICKS.findall(inner))]) + 1)
    pad = " " if inner[0] == "`" or inner[-1] == "`" else ""
    return f"{before}{ticks}{pad}{inner}{pad}{ticks}{after}"


def _parted(text: str) -> tuple[str, str, str]:
    """Blanks at the start, the text, blanks at the end."""
    inner = text.strip()
    if not inner:
        return text, "", ""
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Neighbours with the same marks as one."""
    for _, group in groupby(runs, key=lambda run: (run[1:], bool(run.image))):
        same = list(group)
        if same[0].image:
            yield from same
        else:
            yield same[0]._replace(text="".join(run.text for run in same), superscript=False, subscript=False)


def _emphasised(pieces: Sequence[str]) -> str:
    """Write the stars of marked text where CommonMark reads them as such; drop the marks elsewhere."""
    text = "".join(pieces)
    if _STRONG not in text and _EMPHASIS not in text:
        return text
    written: list[str] = []
    position = 0
    for match in _MARKED.finditer(text):
        written.append(text[position : match.start()])
        before = next(reversed("".join(written[-2:])), " ")
        after = text[match.end() : match.end() + 1].strip("\x01\x02") or ("*" if text[match.end() : match.end() + 1] else " ")
        stars = match[1].replace(_STRONG, "**").replace(_EMPHASIS, "*")
        fits = match[1] == match[3][::-1] and _flanks(before, match[2], after)
        written.append(f"{stars}{match[2]}{stars}" if fits else match[2])
        position = match.end()
    written.append(text[position:])
    return "".join(written).replace(_STRONG, "").replace(_EMPHASIS, "")


def _flanks(before: str, inner: str, after: str) -> bool:
    """Whether stars around `inner` open and close emphasis between these neighbours (CommonMark 0.31, 6.2)."""
    if not inner.strip() or before == "*" or after == "*" or "\n" in inner:
        return False
    opens = not _PUNCTUATION.match(inner[0]) or before.isspace() or bool(_PUNCTUATION.match(before))
    closes = not _PUNCTUATION.match(inner[-1]) or after.isspace() or bool(_PUNCTUATION.match(after))
    return opens and closes
