"""Blocks: where a page's text is cut, and which element and container a block belongs to."""

from __future__ import annotations

import pytest

from cleaner.markup import html_page, text_page


def blocks(html: str) -> list[tuple[str, str]]:
    page = html_page(html)
    return [(block.tag, page.text[block.start : block.end]) for block in page.blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", [("p", "a"), ("p", "b")]),
        ("<p>a <b>b</b>c\n d</p>", [("p", "a bc d")]),
        ("<div>a<p>b</p>c</div>", [("div", "a"), ("p", "b"), ("div", "c")]),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", [("li", "a"), ("li", "b"), ("li", "c"), ("li", "d")]),
        ("<dl><dt>a<dd>b<dt>c</dl>", [("dt", "a"), ("dd", "b"), ("dt", "c")]),
        ("<h1>a<h2>b</h2>", [("h1", "a"), ("h2", "b")]),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", [("tr", "a | b"), ("td", "c"), ("body", "d")]),
        ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", [("tr", "a | b")]),
        ("<p>a<br>b<br><br>c</p>", [("p", "a\nb"), ("p", "c")]),
        ("<td>　　a<br>　　b</td>", [("body", "a"), ("body", "b")]),
        ("<pre>a\n  b\n\n<i>c</i></pre>", [("pre", "a\n  b\n\nc")]),
        ("<p>&lt;b&gt; &amp;nbsp;</p>", [("p", "<b> &nbsp;")]),
        ("a</div></p>b", [("body", "a"), ("body", "b")]),
        ("<DIV>a<P>b</DIV>", [("div", "a"), ("p", "b")]),
        ("<p><a href=x>a</a> <a href=y>b</a></p>", [("p", "a b")]),
        ("<main>a</main><aside>b</aside>", [("main", "a"), ("aside", "b")]),
    ],
)
def test_text_is_cut_where_a_reader_sees_it_cut(html: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(html) == expected


def test_the_cells_of_a_layout_table_are_blocks_of_their_own() -> None:
    long = "word " * 100
    assert blocks(f"<table><tr><td>menu</td><td>{long}</td></tr></table>") == [("td", "menu"), ("td", long.strip())]


def test_link_text_is_counted_also_when_the_link_spans_blocks() -> None:
    page = html_page("<p>see <a href=x>this</a> now</p><a href=y><h3>Title</h3><p>Lead</p></a><p>end</p>")
    assert [block.link_chars for block in page.blocks] == [4, 5, 4, 0]


def test_hidden_blocks_stay_in_the_text_and_are_marked() -> None:
    page = html_page('<p>a</p><div style="display:none"><p>b</p></div><p>c</p>')
    assert [block.hidden for block in page.blocks] == [False, True, False]


def test_offsets_are_those_of_the_text() -> None:
    page = html_page("<p>one</p><p>two</p>")
    assert page.text == "one\n\ntwo"
    assert [(block.start, block.end) for block in page.blocks] == [(0, 3), (5, 8)]


def test_a_cell_protects_what_is_open_around_it() -> None:
    page = html_page("<div><table><tr><td></div>a</td></tr></table><p>b</p></div>")
    inner, after = page.blocks
    assert page.structure is not None
    parents = page.structure.parents
    assert parents[after.path] == parents[parents[parents[inner.path]]] or parents[after.path] != -1


def test_lines_of_a_text_are_its_blocks() -> None:
    page = text_page("one\n\n  two\n")
    assert [(block.start, block.end) for block in page.blocks] == [(0, 3), (5, 10)]


def test_nothing_is_too_deep() -> None:
    assert blocks("<div>" * 50_000 + "x" + "</p>" * 50_000) == [("div", "x")]


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href=/>Salt &amp; pepper &mdash; caf&eacute;</a></p>",
        "<p><a href=/>One\n      two\n      three</a></p>",
        "<p>first<br><a href=/>next    page &amp;</a><br><br><a href=/>last    page</a></p>",
        "<table><tr><td><a href=/>a    b</a><td><a href=/>c &amp; d</a></table>",
    ],
)
def test_a_block_has_no_more_link_text_than_text(html: str) -> None:
    assert [block for block in html_page(html).blocks if block.link_chars > block.end - block.start] == []
