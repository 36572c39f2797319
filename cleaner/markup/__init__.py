"""HTML or plain text becomes a Page: one flat text, cut into blocks, with metadata."""

from __future__ import annotations

import re

from cleaner.page import Block, Metadata, Page

__all__ = ["html_page", "text_page"]

_SKIP = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "textarea", "select"})
_BLOCK = frozenset(
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def html_page(text: str, *, url: str | None = None) -> Page:
    """Parse HTML into blocks."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    pieces: list[str] = []
    blocks: list[Block] = []
    run: list[str] = []
    state = ["div"]
    position = 0

    def flush() -> None:
        nonlocal position
        line = " ".join("".join(run).split())
        run.clear()
        if line:
            blocks.append(Block(position, position + len(line), state[0]))
            pieces.append(line)
            position += len(line) + 2

    body = tree.body
    stack = [(body, False)] if body is not None else []
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if tag == "-text":
            run.append(node.text_content or "")
            continue
        if tag in _BLOCK:
            flush()
            state[0] = tag or "div"
        if leaving or tag in _SKIP:
            continue
        stack.append((node, True))
        children = []
        child = node.child
        while child is not None:
            children.append((child, False))
            child = child.next
        stack.extend(reversed(children))
    flush()
    title = tree.css_first("title")
    return Page(
        "\n\n".join(pieces), tuple(blocks), "html", url=url, metadata=Metadata(title=title.text(strip=True) if title else None)
    )


def text_page(text: str, *, url: str | None = None) -> Page:
    """Cut plain text into blocks: its lines."""
    blocks = tuple(Block(match.start(), match.end()) for match in _LINE.finditer(text))
    return Page(text, blocks, "text", url=url)
