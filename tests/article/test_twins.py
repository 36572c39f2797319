"""The counting in C and in Python: the same tables, on every fixture and on garbage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.article import features, measure, model
from cleaner.article.context import all_features
from cleaner.article.kinds import kind_chances
from cleaner.article.measure import Vocabulary
from cleaner.decoding import decode
from cleaner.markup import html_page
from tests.cases import cases

_measure = pytest.importorskip("cleaner.article._measure", reason="the extension was not built: no compiler on this machine")

WORDS = ("post", "body", "related", "comment", "nav", "mainbody", "content")
FIRST = ("posted", "by", "3", "新闻", "related", "ςσ".replace("ς", "σ"), "iı")


@pytest.fixture
def in_python(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a function with the Python twins."""

    def run(function: Callable[..., Any], *args: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(measure, "_measure", None)
            return function(*args)

    return run


def equal(one: Any, other: Any) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("case", [case for case in cases() if case.page.suffix == ".html"], ids=lambda case: case.name)
def test_pages_are_judged_alike(case: Any, in_python: Callable[..., Any]) -> None:
    page = html_page(decode(case.page.read_bytes()).text)
    if page.structure is None or not page.blocks:
        return
    weights = model.model()

    def scores() -> tuple[Any, ...]:
        found = features.measured(page, page.structure, weights.attribute_words, weights.text_words)  # type: ignore[arg-type]
        chances = kind_chances(weights.kinds, found, (), None)
        return found.blocks, all_features(found, weights.values, chances), model.judged(weights, found, chances)

    assert equal(scores(), in_python(scores))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=12))
def test_texts_are_counted_alike(pieces: list[str]) -> None:
    pieces = [piece.replace("\n\n", " ") for piece in pieces if not any(0xD800 <= ord(char) < 0xE000 for char in piece)] or ["x"]
    ends = np.cumsum([len(piece) + 2 for piece in pieces])
    starts = np.concatenate(((0,), ends[:-1]))
    text, vocabulary = "\n\n".join(pieces), Vocabulary(sorted({*FIRST, *measure.first_words(pieces[0])}))
    in_c = measure.texts(text, starts, ends - 2, vocabulary), measure.copies(text, starts, ends - 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "_measure", None)
        assert equal(in_c[0], measure.texts(text, starts, ends - 2, vocabulary))
        assert np.array_equal(in_c[1], measure.copies(text, starts, ends - 2))


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(["post", "Body", "NAV", "mainBody", "-", "_", "é", "POSTbody", "x", '"']), max_size=12), st.data()
)
def test_containers_are_read_alike(words: list[str], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    parents = np.array([0] + [data.draw(st.integers(0, number - 1)) for number in range(1, count)])
    firsts, lasts = np.zeros(count, dtype=np.int64), np.full(count, 9)
    for number in range(1, count):
        firsts[number] = data.draw(st.integers(int(firsts[parents[number]]), 8))
        lasts[number] = data.draw(st.integers(int(firsts[number]) + 1, 9))
    attributes = ["".join(words[number:]) for number in range(count)]
    args = ((parents, firsts, lasts), ["div"] * count, attributes, {"div": 1}, Vocabulary(sorted(WORDS)))
    found = measure.elements(*args)
    values = np.random.default_rng(0).normal(size=(len(found.outer), 3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "_measure", None)
        other = measure.elements(*args)
        assert equal(found._replace(groups=found.rows), other._replace(groups=other.rows))
        assert len(set(zip(found.groups.tolist(), other.groups.tolist(), strict=True))) == len(set(other.groups.tolist()))
        around = measure.climbed(found.outer, values)
    assert np.array_equal(measure.climbed(found.outer, values), around)


@pytest.mark.skipif(measure._measure is None, reason="only the extension looks at what it is given")
def test_what_does_not_fit_is_refused() -> None:
    words = Vocabulary(["post"])
    with pytest.raises(ValueError, match="sorted"):
        measure.texts("abc", np.array([0, 0]), np.array([2, 3]), words)
    with pytest.raises(ValueError, match="document order"):
        tree = (np.array([0, 2, 0]), np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64))
        measure.elements(tree, ["div"] * 3, [""] * 3, {}, words)
    trees = model.model().forest
    with pytest.raises(ValueError, match="do not fit"):
        measure.leaves_of(trees, np.zeros((2, 3), dtype=np.float32))
