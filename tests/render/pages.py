"""Random pages for the property tests of the renderers: nested elements, odd text, bad addresses, removals."""

from __future__ import annotations

import re
from html import escape

from hypothesis import strategies as st

from cleaner.edits import Edit
from cleaner.markup import html_page
from cleaner.page import Page

TEXTS = st.lists(
    st.sampled_from(
        "word|two words|snake_case|_x_|*x*|**|`|``` |#|# x|## y ##|- x|+ x|1. x|12) y|> q|=|===|---|~~~|~~x~~|a | b|:--|:-|[x](y)|![i](j)|[r]: u|<b>|</p>"
        "|<script>alert(1)</script>|&amp;|&#60;|&lt;|\\|\\*|x\\|字。|「字」|…|!|a\u00a0b|http://x.y/z_1|tab\there|{x}|$1|%|^|'|\"".split(
            "|"
        )
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
ADDRESSES = st.sampled_from(
    [
        "/a",
        "b.html?x=1&y=(2)",
        "https://example.org/ü b",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "&amp;#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "java\u200bscript:alert(1)",
        'x" onclick="alert(1)',
        "x> <script>",
        "mailto:a@b.c",
        "file:///etc/passwd",
    ]
)


def _element(name: str, attributes: str = "") -> st.SearchStrategy[str]:
    return TEXTS.map(lambda text: f"<{name}{attributes}>{escape(text)}</{name}>")


INLINE = st.one_of(
    TEXTS.map(escape),
    *[_element(name) for name in ("b", "em", "code", "sup", "sub")],
    st.tuples(ADDRESSES, TEXTS).map(lambda pair: f"<a href=\"{escape(pair[0])}\" onclick='x()'>{escape(pair[1])}</a>"),
    TEXTS.map(lambda text: f'<img alt="{escape(text)}" src="x" onerror="alert(1)">'),
    st.just("<br>"),
    TEXTS.map(lambda text: f"<b>{escape(text)}<i>{escape(text)}</b></i>"),
)
LINES = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
GLUED = st.lists(INLINE, min_size=1, max_size=4).map("".join)
LEAVES = st.one_of(
    *[
        LINES.map(lambda line, name=name: f"<{name}>{line}</{name}>")
        for name in ("p", "h1", "h2", "h6", "div", "dt", "dd", "figcaption")
    ],
    GLUED.map(lambda line: f"<p>{line}</p>"),
    TEXTS.map(lambda text: f"<pre class=language-x>{escape(text)}\n  {escape(text)}</pre>"),
    st.lists(st.lists(st.one_of(LINES, LINES.map(lambda line: f"<p>{line}</p>"), st.just("")), max_size=3), max_size=3).map(
        lambda rows: (
            "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
        )
    ),
)
BODIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: "<ol>" + "".join(f"<li>{item}" for item in items) + "</ol>"),
        st.lists(inner, min_size=1, max_size=2).map(lambda items: "<blockquote>" + "".join(items) + "</blockquote>"),
    ),
    max_leaves=8,
)


@st.composite
def kept_pages(draw: st.DrawFn) -> tuple[Page, tuple[Edit, ...]]:
    """A page and removals of some of its blocks, and of a part of one."""
    page = html_page(draw(BODIES))
    edits = [Edit(block.start, block.end, "", "test/block") for block in page.blocks if draw(st.integers(0, 5)) == 0]
    taken = {edit.start for edit in edits}
    rest = [block for block in page.blocks if block.start not in taken and block.end - block.start > 3]
    if rest and draw(st.booleans()):
        block = draw(st.sampled_from(rest))
        words = [match.span() for match in re.finditer(r"\S+", page.text[block.start : block.end])]
        start, end = draw(st.sampled_from(words))
        edits.append(Edit(block.start + start, block.start + end, "", "test/part"))
    return page, tuple(sorted(edits))
