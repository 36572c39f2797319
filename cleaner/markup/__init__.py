"""HTML or plain text becomes a Page: one flat text, cut into blocks, with metadata."""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from itertools import repeat

from cleaner.markup.head import Head, head_of
from cleaner.markup.hidden import CLICK, SCREEN_READER
from cleaner.markup.metadata import with_metadata
from cleaner.markup.parsing import Parsed, parsed
from cleaner.markup.spans import links_of, spans_of
from cleaner.page import Block, Page, Role, Span, Spans, Structure, blocks_of

__all__ = ["html_page", "text_page"]

_LINE = re.compile(r"[^\n]++")
MIN_BODY = 200  # characters; shorter ones are summaries
MANY_ITEMS = 4  # of one microdata type: a list of them, not one with its author and publisher
_SHOWN = frozenset((CLICK, SCREEN_READER, "fallback"))  # hidden for good reasons, from some visitors or for a while


def html_page(text: str, *, url: str | None = None) -> Page:
    """Parse HTML into blocks."""
    found = parsed(text)
    head = head_of(found.declared)
    hiders = found.hidden_containers()
    hidden = [0] * len(found.names)
    for number, how in hiders:
        first, last = found.firsts[number], found.lasts[number]
        hidden[first:last] = [max(level, 1 if how in _SHOWN else 2) for level in hidden[first:last]]
    unseen = [level == 2 for level in hidden] if hiders else repeat(False)
    role: repeat[Role] = repeat("article")
    columns = (found.starts, found.ends, found.names, found.homes, found.linked, role, unseen, repeat(1.0))
    blocks = blocks_of(zip(*columns))  # noqa: B905  the repeated ones have no end
    structure = Structure(
        found.parents,
        found.firsts,
        found.lasts,
        found.tags,
        found.attributes,
        found.links,
        hidden,
        head.title,
        head.metas.get("description") or head.metas.get("og:description") or "",
        body_of(head),
        text,
        evidence_of(head),
    )
    spans = Spans(partial(spans_of, text, blocks, found), partial(links_of, text, found))
    page = Page(found.text, blocks, "html", spans, url, marks=_hidden_marks(found, blocks, hiders), structure=structure)
    return with_metadata(page, head, url, text)


def _hidden_marks(found: Parsed, blocks: tuple[Block, ...], hiders: list[tuple[int, str]]) -> tuple[Span, ...]:
    """What no visitor sees and no click shows, with how: containers (outermost only) and parts of blocks."""
    marks: list[Span] = []
    end = 0
    for number, how in hiders:
        first, last = found.firsts[number], found.lasts[number]
        if how not in _SHOWN and first >= end:
            marks.append(Span(blocks[first].start, blocks[last - 1].end, "hidden", how))
            end = last
    for number, low, high, how in found.hidden_parts:
        if how not in _SHOWN:
            start = blocks[number].start
            marks.append(Span(start + low, start + high, "hidden", how))
    return tuple(sorted(marks))


def evidence_of(head: Head) -> tuple[str, ...]:
    """What a head says of the kind of page: ``og:type``, JSON-LD types, microdata types and whether these are many."""
    found = [f"ld:{name}" for name in sorted(head.json_ld_types)]
    if head.og_type:
        found.append(f"og:{head.og_type}")
    for name, count in sorted(head.itemtypes.items()):
        found.append(f"item:{name}")
        if count >= MANY_ITEMS:
            found.append(f"items:{name}")
    return tuple(found)


def body_of(head: Head) -> str:
    """The text that JSON-LD gives as the article's, blanks single."""
    for item in head.json_ld:
        body = item.get("articleBody") or item.get("text")
        if isinstance(body, str) and len(body) >= MIN_BODY:
            return " ".join(unescape(body).split())
    return ""


def text_page(text: str, *, url: str | None = None) -> Page:
    """Cut plain text into blocks: its lines."""
    blocks = tuple(Block(match.start(), match.end()) for match in _LINE.finditer(text) if not match[0].isspace())
    return with_metadata(Page(text, blocks, "text", url=url), Head(), url)
