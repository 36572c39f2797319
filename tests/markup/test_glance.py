"""One look at all blocks finds headings, prose and lines that may begin with a label; in C as in Python."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.decoding import decode
from cleaner.markup import html_page
from cleaner.markup.glance import glance, python_glance
from cleaner.page import Block, Page
from tests.cases import cases

_TAGS = st.sampled_from(["p", "h1", "h2", "h3", "h", "pre", "hr", "li", "ｈ1"])
_LINES = st.one_of(
    st.sampled_from(
        [
            "责任编辑：王",
            "Editor: Lee",
            "edge",
            "ИСТОЧНИК",
            "ис",
            "E",
            "[",
            "é",
            "\u0130st",
            "x" * 70,
            "y" * 70,
            "z" * 239,
            "w" * 241,
        ]
    ),
    st.text(min_size=1, max_size=300),
)


def page_of(lines: list[tuple[str, str, int, bool]]) -> Page:
    blocks: list[Block] = []
    start = 0
    for line, tag, linked, hidden in lines:
        blocks.append(Block(start, start + len(line), tag, 0, min(linked, len(line)), hidden=hidden))
        start += len(line) + 1
    return Page("\n".join(line for line, *_ in lines), tuple(blocks), "html")


def test_candidates_are_found_by_tag_length_and_first_letters() -> None:
    prose = "a long line of prose that says something about the weather in the valley"
    page = page_of(
        [
            ("Editor: Ann Lee", "p", 0, False),
            ("The title", "h1", 0, False),
            (prose, "p", 0, False),
            (prose + " and linked", "li", 60, False),
            (prose + " and hidden", "p", 0, True),
            (prose + " and code", "pre", 0, False),
            (prose + " and longer", "p", 0, False),
            ("A part", "h2", 0, False),
        ]
    )
    found = glance(page)
    assert (found.first, found.second, found.opened) == ([1], [7], [0])
    assert [page.text[start : start + size] for size, start in found.longest] == [prose + " and longer", prose]


@given(st.lists(st.tuples(_LINES, _TAGS, st.integers(0, 200), st.booleans()), max_size=20))
def test_both_ways_see_the_same(lines: list[tuple[str, str, int, bool]]) -> None:
    page = page_of(lines)
    assert glance(page) == python_glance(page.text, page.blocks)


def test_both_ways_see_the_same_in_fixtures() -> None:
    for case in cases():
        page = html_page(decode(case.page.read_bytes()).text)
        assert glance(page) == python_glance(page.text, page.blocks), case
