"""Safe HTML of what was kept: headings, paragraphs, lists, quotes, tables, code, emphasis, links.

It is safe by construction: nothing of the page's source is copied. Elements come from the names in `ELEMENTS`, their
attributes are href, alt and class="language-…", each escaped, and an address is written only when `addresses` lets it pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.render.addresses import safe_address
from cleaner.render.outline import Node, outline_of
from cleaner.render.runs import Run

__all__ = ["ELEMENTS", "html_of"]

ELEMENTS = frozenset(
    "a blockquote br code dd dl dt em h1 h2 h3 h4 h5 h6 img li ol p pre strong sub sup table tbody td th thead tr ul".split()
)
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,30}\Z")
_MARKS = (("strong", "strong"), ("emphasis", "em"), ("superscript", "sup"), ("subscript", "sub"), ("code", "code"))
# Characters that are no text in HTML: a parser drops or replaces them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


class _Writer:
    def __init__(self, base: str | None, links: bool, images: bool) -> None:
        self.base = base
        self.links = links
        self.images = images

    def blocks(self, nodes: Sequence[Node]) -> str:
        pieces = []
        for described, group in groupby(nodes, key=lambda node: node.kind in ("term", "definition")):
            sources = [source for node in group if (source := self.block(node))]
            if sources and described:
                sources = ["<dl>", *sources, "</dl>"]
            pieces += sources
        return "\n".join(pieces)

    def block(self, node: Node) -> str:
        if node.kind == "code":
            known = _LANGUAGE.match(node.language)
            name = f' class="language-{node.language}"' if known else ""
            return f"<pre><code{name}>{_text(node.text)}</code></pre>"
        if node.kind == "table":
            return self.table(node)
        if node.kind == "quote":
            return f"<blockquote>\n{self.blocks(node.children)}\n</blockquote>"
        if node.kind == "list":
            name = "ol" if node.level else "ul"
            return f"<{name}>\n" + "\n".join(self.item(item) for item in node.children) + f"\n</{name}>"
        text = self.inline(node.runs)
        if not text:
            return ""
        name = {"heading": f"h{node.level}", "term": "dt", "definition": "dd"}.get(node.kind, "p")
        return f"<{name}>{text}</{name}>"

    def item(self, node: Node) -> str:
        first = node.children[:1]
        if first and first[0].kind == "paragraph" and all(child.kind != "paragraph" for child in node.children[1:]):
            rest = self.blocks(node.children[1:])
            return f"<li>{self.inline(first[0].runs)}{chr(10) + rest + chr(10) if rest else ''}</li>"
        return f"<li>\n{self.blocks(node.children)}\n</li>"

    def table(self, node: Node) -> str:
        lines = ["<table>"]
        for row in node.rows:
            cells = "".join(f"<th>{self.inline(runs)}</th>" if head else f"<td>{self.inline(runs)}</td>" for head, runs in row)
            lines.append(f"<tr>{cells}</tr>")
        return "\n".join([*lines, "</table>"])

    def inline(self, runs: Sequence[Run]) -> str:
        pieces = []
        for link, group in groupby(runs, key=lambda run: run.link):
            source = "".join(self.run(run) for run in group)
            address = safe_address(link, self.base) if link and self.links else None
            pieces.append(f'<a href="{escape(address)}">{source}</a>' if address and source else source)
        return "".join(pieces)

    def run(self, run: Run) -> str:
        if run.image:
            return f'<img alt="{_text(run.image)}">' if self.images else ""
        source = _text(run.text).replace("\n", "<br>\n")
        for field, name in _MARKS:
            if getattr(run, field) and run.text.strip():
                source = f"<{name}>{source}</{name}>"
        return source


def html_of(page: Page, removals: Sequence[Edit], *, links: bool = True, images: bool = True) -> str:
    """HTML that holds no scripts, handlers or unsafe links: the elements of `ELEMENTS`, with href, alt and a code's language.

    links: with their addresses, absolute where the page's own is known. images: their alternative texts.
    """
    return _Writer(page.metadata.url or page.url, links, images).blocks(outline_of(page, removals).children)


def _text(text: str) -> str:
    return escape(_CONTROLS.sub("", text))
