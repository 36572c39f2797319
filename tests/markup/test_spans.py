"""Spans: where links, cells, code, lists, quotes and images stand in a page's text."""

from __future__ import annotations

import pickle

import pytest

from cleaner.markup import html_page


def spans(html: str) -> list[tuple[str, str, str]]:
    page = html_page(html)
    return [(span.kind, page.text[span.start : span.end], span.value) for span in page.spans if span.kind not in ("table", "row")]


def rows(html: str) -> list[tuple[str, str]]:
    page = html_page(html)
    return [(page.text[span.start : span.end], span.value) for span in page.spans if span.kind == "row"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>see <a href='/x?a=1&amp;b=2'>this  one</a>.</p>", [("link", "this one", "/x?a=1&b=2")]),
        ("<a href=x><h3>a</h3><p>b</p></a>", [("link", "a\n\nb", "x")]),
        ("<p><a href=x>a<a href=y>b</a></p>", [("link", "a", "x"), ("link", "b", "y")]),
        ("<p>a <b>b</b><em>c</em></p>", [("strong", "b", ""), ("emphasis", "c", "")]),
        ("<ul><li>a<ol><li>b</ol></ul>", [("list", "a\n\nb", "ul"), ("list", "b", "ul ol")]),
        ("<table><tr><th>a<td>b c</table>", [("cell", "a", "head"), ("cell", "b c", "")]),
        ("<table><tr><td><p>a</p></td><td>|</td></table>", [("cell", "a", ""), ("cell", "|", "")]),
        ("<blockquote><p>a<p>b</blockquote>", [("quote", "a\n\nb", "")]),
        ("<pre class='language-py'>a\n b</pre>", [("code", "a\n b", "py")]),
        ("<p>run <code>ls</code></p>", [("code", "ls", "")]),
        ("<p>a<img alt='A cat'>b</p>", [("image", "", "A cat")]),
        ("<p>a<span style='display:none'>b</span>c</p>", [("hidden", "b", "display:none")]),
        ("<p>a</p><div hidden>b</div>", [("hidden", "b", "hidden")]),
    ],
)
def test_spans_cover_the_text_of_their_element(html: str, expected: list[tuple[str, str, str]]) -> None:
    assert spans(html) == expected


def test_spans_pickle_as_a_tuple_and_structure_is_not_needed() -> None:
    page = html_page("<p>see <a href=x>this</a></p>")
    copied = pickle.loads(pickle.dumps(page))
    assert isinstance(copied.spans, tuple)
    assert copied.spans == tuple(page.spans)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<table><tr><th>a</th><td><p>b</p><p>c</p></td></tr></table>", [("a\n\nb\n\nc", "hd")]),
        ("<table><tr><td>a<td><tr><td><td>b", [("a", "d-"), ("b", "-d")]),
        ("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", [("b | c", "dd")]),
        ("<table><tr><td></td></tr></table>", []),
    ],
)
def test_rows_name_their_cells_and_rows_that_hold_tables_are_none(html: str, expected: list[tuple[str, str]]) -> None:
    assert rows(html) == expected
