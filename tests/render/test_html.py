"""HTML out: only known elements and attributes, no address that runs anything, and all of the text."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings

from cleaner import clean
from cleaner.edits import Edit, apply
from cleaner.markup import html_page
from cleaner.page import Page
from cleaner.render.addresses import safe_address
from cleaner.render.html import ELEMENTS, html_of
from tests.render.pages import kept_pages

ATTRIBUTES = {"a": {"href"}, "img": {"alt"}, "code": {"class"}}
CASES = [
    ("<h2>T</h2><p>a<br>b <b>c</b></p>", "<h2>T</h2>\n<p>a<br>\nb <strong>c</strong></p>"),
    ("<ul><li>a<ol><li>b</ol><li>c</ul>", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n<li>c</li>\n</ul>"),
    ("<pre><code class='language-py'>a\n  b &lt;</code></pre>", '<pre><code class="language-py">a\n  b &lt;</code></pre>'),
    (
        "<table><tr><th>a<th>b<tr><td><p>1<p>2<td>",
        "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1<br>\n2</td><td></td></tr>\n</table>",
    ),
    ("<blockquote><p>q</blockquote>", "<blockquote>\n<p>q</p>\n</blockquote>"),
    ("<dl><dt>t<dd>d</dl>", "<dl>\n<dt>t</dt>\n<dd>d</dd>\n</dl>"),
    (
        "<p>see <a href='/x?a=1&amp;b=2'>this <b>one</b></a></p>",
        '<p>see <a href="/x?a=1&amp;b=2">this <strong>one</strong></a></p>',
    ),
    ("<p>x<sup>2</sup> H<sub>2</sub>O</p>", "<p>x<sup>2</sup> H<sub>2</sub>O</p>"),
    ("<figure><img alt='A cat'><figcaption>Our cat</figcaption></figure>", '<p><img alt="A cat"></p>\n<p>Our cat</p>'),
    ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
    ("<p onclick=x()>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_structure_is_kept(source: str, expected: str) -> None:
    assert html_of(html_page(source), ()) == expected


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:x",
        "java\r\nscript:x",
        "\x00javascript:x",
        "&#x6A;avascript:x",
        "&amp;#106;avascript:x",
        "javascript&colon;x",
        "data:text/html;base64,x",
        "vbscript:x",
        "view-source:x",
        "blob:https://x",
        "file:///etc/passwd",
        "java\u200bscript:x",
        "",
        "x" * 3_000,
    ],
)
def test_addresses_that_could_run_something_are_dropped(address: str) -> None:
    assert safe_address(address) is None
    assert safe_address(address, "https://example.org/a/") is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("b?c=d#e", "https://example.org/a/b?c=d#e"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://x.example/ü", "https://x.example/ü"),
        ('x" onclick="y', "https://example.org/a/x%22%20onclick=%22y"),
        ("/path:with-colon", "https://example.org/path:with-colon"),
    ],
)
def test_addresses_that_lead_somewhere_stay(address: str, expected: str) -> None:
    assert safe_address(address, "https://example.org/a/") == expected


@settings(deadline=None)
@given(kept_pages())
def test_html_holds_only_known_elements_and_attributes(case: tuple[Page, tuple[Edit, ...]]) -> None:
    page, removals = case
    soup = BeautifulSoup(html_of(page, removals), "html.parser")
    for element in soup.find_all(True):
        assert element.name in ELEMENTS
        assert set(element.attrs) <= ATTRIBUTES.get(element.name, set())
        href = re.sub(r"[\x00-\x20]", "", str(element.get("href", "")))
        scheme = re.match(r"([^/?#]*?):", href)
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


@settings(deadline=None)
@given(kept_pages())
def test_html_holds_every_kept_token_in_order(case: tuple[Page, tuple[Edit, ...]]) -> None:
    page, removals = case
    soup = BeautifulSoup(re.sub(r"(</t[dh]>|<br>)", r" \1", html_of(page, removals)), "html.parser")
    kept = re.findall(r"\w+", apply(page.text, removals))
    assert re.findall(r"\w+", soup.get_text()) == kept


def test_links_and_images_are_optional() -> None:
    page = html_page("<p>a <a href=/x>b</a> <img alt=cat> c</p>")
    assert html_of(page, (), links=False, images=False) == "<p>a b c</p>"


@pytest.mark.parametrize(
    "source",
    [
        "<ul><li>a" * 3_000,
        "<blockquote>a" * 3_000,
        "<p>" + "<b>a</b> " * 30_000,
        "<a href=x>" + "<p>a <b>b</b></p>" * 10_000,
        "<table>" + "<tr><td>a<td>b" * 20_000,
        "<pre>" + "<div>a</div>" * 20_000,
    ],
)
@pytest.mark.timeout(20)
def test_hostile_nesting_is_written_in_linear_time(source: str) -> None:
    page = html_page(source)
    assert html_of(page, ())


def test_result_writes_html_of_what_was_kept() -> None:
    result = clean(b"<html><head><title>T</title></head><body><p>Some words of the page.</p></body></html>")
    assert BeautifulSoup(result.html, "html.parser").get_text() == result.text
