"""The interval algebra: settle, apply, compose and offsets, against naive models."""

from __future__ import annotations

import itertools
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import Edit, OffsetMap, apply, compose, settle

FAMILIES = ["spam/a", "navigation/b", "article/c"]


def disjoint(length: int, cuts: list[int], news: list[str]) -> tuple[Edit, ...]:
    points = sorted({cut % (length + 1) for cut in cuts})
    return tuple(Edit(start, end, new, "r") for start, end, new in zip(points[::2], points[1::2], news, strict=False))


@given(
    st.text("abc", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(FAMILIES)), max_size=8),
)
def test_settled_removals_are_disjoint_sorted_and_cover_every_claim(text: str, claims: list[tuple[int, int, str]]) -> None:
    edits = [Edit(min(a, b, len(text)), min(max(a, b), len(text)), "", rule) for a, b, rule in claims]
    settled = settle(edits)
    assert all(x.end <= y.start for x, y in itertools.pairwise(settled))
    claimed = {i for e in edits for i in range(e.start, e.end)}
    assert {i for e in settled for i in range(e.start, e.end)} == claimed
    for e in settled:
        for i in range(e.start, e.end):
            best = min(FAMILIES.index(c.rule) for c in edits if c.start <= i < c.end)
            assert FAMILIES.index(e.rule) == best
    assert apply(text, settled) == "".join(c for i, c in enumerate(text) if i not in claimed)


@given(st.lists(st.integers(0, 40), max_size=10), st.lists(st.text("XY", max_size=3), min_size=5, max_size=5), st.randoms())
def test_edits_that_do_not_overlap_are_settled_as_they_are(cuts: list[int], news: list[str], random: Random) -> None:
    edits = disjoint(40, cuts, news)
    assert settle(random.sample(edits, len(edits))) == edits


@given(
    st.text("abcdef", max_size=20),
    st.lists(st.integers(0, 40), max_size=10),
    st.lists(st.text("XY", max_size=3), min_size=5, max_size=5),
    st.lists(st.integers(0, 40), max_size=10),
    st.lists(st.text("PQ", max_size=3), min_size=5, max_size=5),
)
def test_composed_edits_do_what_both_did(text: str, cuts1: list[int], new1: list[str], cuts2: list[int], new2: list[str]) -> None:
    first = disjoint(len(text), cuts1, new1)
    between = apply(text, first)
    second = disjoint(len(between), cuts2, new2)
    both = compose(first, second)
    assert apply(text, both) == apply(between, second)


def test_the_loser_of_a_span_is_named_in_the_note_of_the_winner() -> None:
    assert settle([Edit(0, 4, "", "article/outside"), Edit(0, 4, "", "spam/place-list", "seen")]) == (
        Edit(0, 4, "", "spam/place-list", "seen; also article/outside"),
    )


@given(st.text("abcdef", max_size=20), st.lists(st.integers(0, 40), max_size=10))
def test_offsets_of_kept_characters_map_there_and_back(text: str, cuts: list[int]) -> None:
    edits = disjoint(len(text), cuts, ["", "", "", "", ""])
    after = apply(text, edits)
    offsets = OffsetMap(edits)
    for i, character in enumerate(after):
        assert text[offsets.back(i)] == character
        assert offsets.forward(offsets.back(i)) == i
