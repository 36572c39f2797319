"""The judgement in C and in Python: the same measurements and probabilities, on every fixture and on garbage."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.article import judge, model
from cleaner.article.choice import CONSTANTS
from cleaner.article.context import CONTEXT_FEATURES, PAGE_FEATURES
from cleaner.article.extension import extension, table_of
from cleaner.article.features import BLOCK_FEATURES
from cleaner.article.judge import decided_in_c, decided_in_python, relabelled
from cleaner.article.kinds import SOFTER
from cleaner.decoding import decode
from cleaner.markup import html_page
from cleaner.page import Block, Page
from tests.cases import cases

pytestmark = pytest.mark.skipif(
    extension is None, reason="the extension was not built: no compiler on this machine, or CLEANER_PURE=1"
)

PIECES = (
    "<div class='post body'>", "</div>", "<ul id=nav>", "</ul>", "<li><a href=/a>", "</a></li>", "<p>", "</p>", "<h2>Stove door \u0130ssue</h2>",
    "<section class=CommentList>", "</section>", "<h3>\u039f\u03a3 \u03bf\u03c2</h3>", "<tr><td>", "Posted by Anna, 3. May 2021: the door of the stove. ",
    "\u65b0\u95fb\u4e2d\u5fc3\u3002", "| \u20ac 3 #1 \u00a9", "x" * 90, "One sentence more, and the next. " * 9, "<p hidden>", "\U0001f600", "\u0660\u0661 e\u0301\u0307",
    "<div class=entry-content>", "<div class='td-post-content x'>", "<div id = articleBody>", '<div class="post-body">', "<div itemprop=articleBody class='", "'>",
    "<header>", "</header>", "<figcaption>", "The door of the stove does not close any more since May.",
)  # fmt: skip
HEAD = (
    "<html><head><title>Stove door \u0130ssue \u039f\u03a3</title><meta name=description content='The door of the stove does not close any more since May.'>"
    '<script type="application/ld+json">{"@type": "Article", "articleBody": "The door of the stove does not close any more since May. One sentence more, and the next."}</script>'
    "</head><body>"
)


def expected_f1(scores: Any, tokens: Any, kept: Any) -> float:
    weight = np.maximum(tokens, 1e-9)
    return float(2 * (scores * weight)[kept].sum() / (weight[kept].sum() + (scores * weight).sum()))


def assert_alike(page: Page) -> None:
    """The numbers are equal but for the last bits of logarithms, what is counted to the last."""
    assert page.structure is not None
    weights = model.model()
    ours, one, in_c = decided_in_c(page, page.structure, weights, details=True)
    theirs, other, in_python = decided_in_python(page, page.structure, weights)
    assert one is not None
    assert in_c is not None
    assert in_c.shape == in_python.shape == (len(BLOCK_FEATURES) + len(CONTEXT_FEATURES) + PAGE_FEATURES, len(page.blocks))
    different = ~np.isclose(in_c, in_python, rtol=1e-6, atol=1e-6).all(axis=1)
    assert [(*BLOCK_FEATURES, *CONTEXT_FEATURES, *range(PAGE_FEATURES))[row] for row in np.flatnonzero(different)] == []
    for name in ("tokens", "before", "table_rows"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    for found, expected in zip(one.tree, other.tree, strict=True):
        assert np.array_equal(found, expected)
    assert len(set(zip(one.groups.tolist(), other.groups.tolist(), strict=True))) == len(set(other.groups.tolist()))
    assert np.allclose(one.chances, other.chances, atol=1e-9)
    assert np.allclose(one.probabilities, other.probabilities, atol=1e-9)
    assert np.allclose(ours.scores, theirs.scores, atol=1e-9)
    assert ours.confidence == pytest.approx(theirs.confidence, abs=1e-9)
    assert expected_f1(ours.scores, ours.tokens, ours.kept) == pytest.approx(
        theirs.confidence, abs=1e-9
    )  # equal scores may change places


@pytest.mark.parametrize("case", [case for case in cases() if case.page.suffix == ".html"], ids=lambda case: case.name)
def test_pages_are_judged_alike(case: Any) -> None:
    page = html_page(decode(case.page.read_bytes()).text, url="https://forum.example.org/t/stove-door/1234")
    if page.structure is not None and page.blocks:
        assert_alike(page)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=60), min_size=1, max_size=40))
def test_garbage_is_judged_alike(pieces: list[str]) -> None:
    page = html_page(HEAD + "".join(pieces).encode("utf-8", "replace").decode())
    if page.structure is not None and page.blocks:
        assert_alike(page)


def parts_of(page: Page) -> list[Any]:
    """The arguments of the extension for a page."""
    assert page.structure is not None
    names = ("parents", "firsts", "lasts", "tags", "attributes", "link_counts", "hidden")
    return [
        model.model().table,
        page.text,
        page.blocks,
        tuple(getattr(page.structure, name) for name in names),
        "",
        "",
        "",
        [],
        False,
    ]


def test_what_does_not_fit_is_refused() -> None:
    page = html_page("<div><p>One.</p><p>Two.</p></div>")
    parts = parts_of(page)
    assert len(extension.judged(*parts)[0]) == 16
    with pytest.raises(ValueError, match="for each block"):
        extension.relabelled(page.blocks, ["article"], b"")
    with pytest.raises(TypeError, match="eight"):
        extension.relabelled(((1, 2),), ["article"], bytes(8))
    for blocks in (page.blocks[::-1], (page.blocks[0]._replace(end=99),), (page.blocks[0]._replace(path=9),), ()):
        with pytest.raises(ValueError, match=r"sorted|length"):
            extension.judged(*parts[:2], blocks, *parts[3:])
    arrays = list(parts[3])
    arrays[0] = [len(arrays[3])] * len(arrays[3])
    with pytest.raises(ValueError, match="document order"):
        extension.judged(*parts[:3], tuple(arrays), *parts[4:])
    with pytest.raises(ValueError, match="evidence"):
        extension.judged(*parts[:7], [10**6], False)


def test_tables_that_do_not_fit_each_other_are_refused() -> None:
    weights = model.model()
    tables = [*weights.values, *weights.kinds[1:], *weights.forest, weights.factors, SOFTER, CONSTANTS]
    words = weights.attribute_words.words, weights.text_words.words
    assert table_of(*words, tables) is not None
    for place in set(range(len(tables))) - {2}:  # pieces of evidence may be as many as they are
        with pytest.raises(ValueError, match="do not fit"):
            table_of(*words, [*tables[:place], tables[place][:-1], *tables[place + 1 :]])


def test_roles_and_scores_are_given_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    page = html_page("<div><p>One.</p><p hidden>Two.</p></div>")
    given = page.blocks, ["article", "outside"], np.array([0.9, 0.25])
    made = relabelled(*given)  # type: ignore[arg-type]
    monkeypatch.setattr(judge, "extension", None)
    assert (
        made
        == relabelled(*given)
        == tuple(  # type: ignore[arg-type]
            block._replace(role=role, score=score)
            for block, role, score in zip(*given, strict=True)  # type: ignore[arg-type]
        )
    )
    assert type(made[0]) is Block
