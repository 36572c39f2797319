"""HTML or plain text becomes a Page: one flat text, cut into blocks, with metadata."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate

from cleaner.markup.blocks import Builder
from cleaner.markup.head import Head, read_head
from cleaner.markup.hidden import CLICK, SCREEN_READER
from cleaner.markup.metadata import with_metadata
from cleaner.markup.spans import spans_of
from cleaner.markup.stream import tokens
from cleaner.page import Block, Page, Span, Spans, Structure

__all__ = ["html_page", "text_page"]

_LINE = re.compile(r"[^\n]*\S[^\n]*")
GAP = "\n\n"  # between the blocks of a page
_SHOWN = frozenset((CLICK, SCREEN_READER, "fallback"))  # hidden for good reasons, from some visitors or for a while


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
    spans = Spans(partial(spans_of, whole, blocks, built))
    page = Page(whole, blocks, "html", spans, url, marks=_hidden_marks(built, blocks), structure=structure)
    return with_metadata(page, read_head(text), url, text)


def _hidden_marks(built: Builder, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    """What no visitor sees and no click shows, with how: containers (outermost only) and parts of blocks."""
    marks: list[Span] = []
    end = 0
    for number, how in built.hidden_containers():
        first, last = built.firsts[number], built.lasts[number]
        if how not in _SHOWN and first >= end:
            marks.append(Span(blocks[first].start, blocks[last - 1].end, "hidden", how))
            end = last
    for number, low, high, how in built.hidden_parts:
        if how not in _SHOWN:
            start = blocks[number].start
            marks.append(Span(start + low, start + high, "hidden", how))
    return tuple(sorted(marks))


def text_page(text: str, *, url: str | None = None) -> Page:
    """Cut plain text into blocks: its lines."""
    blocks = tuple(Block(match.start(), match.end()) for match in _LINE.finditer(text))
    return with_metadata(Page(text, blocks, "text", url=url), Head(), url)
