"""HTML or plain text becomes a Page: one flat text, cut into blocks, with metadata."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate

from cleaner.markup.blocks import Builder
from cleaner.markup.head import Head, read_head
from cleaner.markup.metadata import with_metadata
from cleaner.markup.spans import spans_of
from cleaner.markup.stream import tokens
from cleaner.page import Block, Page, Spans, Structure

__all__ = ["html_page", "text_page"]

_LINE = re.compile(r"[^\n]*\S[^\n]*")
GAP = "\n\n"  # between the blocks of a page


def html_page(text: str, *, url: str | None = None) -> Page:
    """Parse HTML into blocks."""
    built = Builder(tokens(text))
    drafts = built.blocks
    hidden = [False] * len(drafts)
    for number, _ in built.hidden_containers():
        first, last = built.firsts[number], built.lasts[number]
        hidden[first:last] = [True] * (last - first)
    tags = built.tags
    ends = accumulate([len(draft.text) for draft in drafts], lambda end, length: end + length + len(GAP), initial=-len(GAP))
    next(ends)
    blocks = tuple(
        [
            Block(
                end - len(draft[0]),
                end,
                "tr" if draft[5] else (tags[draft[1]] or "").lower(),
                draft[1],
                draft[2],
                "article",
                hides,
            )
            for end, draft, hides in zip(ends, drafts, hidden, strict=True)
        ]
    )
    structure = Structure(
        built.opened, built.parents, built.firsts, built.lasts, built.tags, built.attributes, [draft[3] for draft in drafts]
    )
    whole = GAP.join([draft[0] for draft in drafts])
    page = Page(whole, blocks, "html", Spans(partial(spans_of, whole, blocks, built)), url, structure=structure)
    return with_metadata(page, read_head(text), url, text)


def text_page(text: str, *, url: str | None = None) -> Page:
    """Cut plain text into blocks: its lines."""
    blocks = tuple(Block(match.start(), match.end()) for match in _LINE.finditer(text))
    return with_metadata(Page(text, blocks, "text", url=url), Head(), url)
