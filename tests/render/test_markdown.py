"""Markdown out: structure as CommonMark reads it, and the same words when it is rendered."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from markdown_it import MarkdownIt

from cleaner.edits import Edit, apply
from cleaner.markup import html_page, text_page
from cleaner.page import Page
from cleaner.render.markdown import markdown_of
from tests.render.pages import kept_pages

RENDER = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")

CASES = [
    ("<h1>T</h1><h3>U</h3><p>a<br>b</p>", "# T\n\n### U\n\na  \nb"),
    ("<ul><li>a<ol><li>b<li>c</ol><li>d</ul>", "- a\n  1. b\n  2. c\n- d"),
    ("<ol><li><p>a<p>b</ol>", "1. a\n\n   b"),
    ("<pre><code class='language-py'>a\n  b</code></pre>", "```py\na\n  b\n```"),
    ("<pre>```\nx</pre>", "````\n```\nx\n````"),
    ("<table><tr><th>a<th>b<tr><td>1|2<td></table>", "| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
    ("<table><tr><td>1<td>2</table>", "|  |  |\n| --- | --- |\n| 1 | 2 |"),
    ("<blockquote><p>q<p>r</blockquote>", "> q\n>\n> r"),
    ("<p>the <b>bold</b>, the <em>soft</em> and <code>a`b</code></p>", "the **bold**, the *soft* and ``a`b``"),
    ("<p><a href='https://x.example/a_(b)'>see</a></p>", "[see](https://x.example/a_%28b%29)"),
    ("<p><a href='javascript:x'>see</a></p>", "see"),
    ("<p>snake_case costs 3 * 4 &lt; 13 and 100%!</p>", "snake_case costs 3 \\* 4 < 13 and 100%!"),
    ("<p># no heading</p><p>1. no list</p><p>- nor this</p>", "\\# no heading\n\n1\\. no list\n\n\\- nor this"),
    ("<p>字<b>「粗」</b>字</p>", "字「粗」字"),
    ("<figure><img alt='A cat'></figure><p>x</p>", "![A cat]()\n\nx"),
    ("<table><tr><td><p>one cell lays out a page</table>", "one cell lays out a page"),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_structure_is_kept(source: str, expected: str) -> None:
    assert markdown_of(html_page(source), ()) == expected


@settings(deadline=None, max_examples=200)
@given(kept_pages())
def test_rendered_markdown_holds_every_kept_token_in_order(case: tuple[Page, tuple[Edit, ...]]) -> None:
    page, removals = case
    source = markdown_of(page, removals, images=False)
    rendered = BeautifulSoup(RENDER.render(source), "html.parser").get_text()
    assert re.findall(r"\w+", rendered) == re.findall(r"\w+", apply(page.text, removals))


@settings(deadline=None)
@given(kept_pages())
def test_rendered_markdown_links_run_nothing(case: tuple[Page, tuple[Edit, ...]]) -> None:
    soup = BeautifulSoup(RENDER.render(markdown_of(*case)), "html.parser")
    for link in soup.find_all("a"):
        assert not re.match(r"\s*(?:javascript|data|vbscript|file):", str(link["href"]), re.IGNORECASE)


def test_lines_of_plain_text_stay_lines_and_paragraphs_paragraphs() -> None:
    page = text_page("Roses\nare red\n\n* not a list\n    nor code")
    assert markdown_of(page, ()) == "Roses  \nare red\n\n\\* not a list  \nnor code"


def test_a_removed_item_leaves_no_marker() -> None:
    page = html_page("<ul><li>a</li><li>b</li></ul><p>c</p>")
    first = page.blocks[0]
    assert markdown_of(page, (Edit(first.start, first.end),)) == "- b\n\nc"


def test_links_and_images_are_optional() -> None:
    page = html_page("<p>a <a href=/x>b</a> <img alt=cat> c</p>", url="https://x.example/")
    assert markdown_of(page, ()) == "a [b](https://x.example/x)![cat]() c"
    assert markdown_of(page, (), links=False, images=False) == "a b c"
