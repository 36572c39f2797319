"""Copies of pages without some of their blocks are pages as the parse would have made them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.train.dropped import copies_of, without_blocks
from cleaner.article.features import measured
from cleaner.article.measure import Vocabulary
from cleaner.markup import html_page
from cleaner.page import Page

WORDS = Vocabulary(["nav", "main"]), Vocabulary([])
ITEMS = "".join(f"<li><a href=/{number}>Page {number}</a></li>" for number in range(4))
BODY = "".join(f"<p>Paragraph {number} says, at some length, what the others do not say.</p>" for number in range(6))
HTML = "<div class=main><h1>The title</h1>{body}</div>{nav}<footer><p>Last words</p></footer>"
NAV = f"<div class=nav><ul>{ITEMS}</ul></div>"


def page_of(html: str) -> Page:
    return html_page(html)


def test_a_page_without_a_container_is_the_page_that_never_had_it() -> None:
    page, bare = page_of(HTML.format(body=BODY, nav=NAV)), page_of(HTML.format(body=BODY, nav=""))
    kept = np.array(["Page" not in page.text[block.start : block.end] for block in page.blocks])
    cut = without_blocks(page, kept)
    assert (cut.text, cut.blocks) == (bare.text, bare.blocks)
    assert cut.structure is not None
    assert bare.structure is not None
    assert replace(cut.structure, source="") == replace(bare.structure, source="")


def test_copies_lose_whole_containers_and_the_gold_text_with_them() -> None:
    page = page_of(HTML.format(body=BODY, nav=NAV))
    assert page.structure is not None
    tokens = np.array([len(page.text[block.start : block.end].split()) for block in page.blocks], dtype=float)
    is_gold = np.array([page.text[block.start : block.end].startswith(("Para", "The")) for block in page.blocks])
    example = {
        "set": "own",
        "key": "a.example",
        "kind": "article",
        "page": page,
        "tokens": tokens,
        "shared": tokens * is_gold,
        "wanted": (tokens * is_gold).sum(),
        "features": measured(page, page.structure, *WORDS),
    }
    copies = list(copies_of(example, np.random.default_rng(1)))
    assert copies
    for copy in copies:
        texts = [copy["page"].text[block.start : block.end] for block in copy["page"].blocks]
        assert len(texts) < len(page.blocks)
        assert len(texts) == len(copy["tokens"]) == len(copy["shared"])
        assert copy["wanted"] == copy["shared"].sum() > 0
        assert sum(text.startswith("Page") for text in texts) in range(5)
    assert not list(copies_of({**example, "shared": tokens * 0, "wanted": 0}, np.random.default_rng(1)))


def test_a_page_that_has_lost_its_containers_is_refused() -> None:
    page = page_of(HTML.format(body=BODY, nav=""))
    with pytest.raises(ValueError, match="lost its containers"):
        without_blocks(replace(page, structure=None), np.ones(len(page.blocks), dtype=bool))
