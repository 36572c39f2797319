"""The parse in C and the parse in Python: the same result, on pages and on garbage, and the same idea of what a tag is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.decoding import decode
from cleaner.markup import blocks, html_page, marks, parsing, spans, stream
from cleaner.markup.parsing import Parsed
from tests.cases import cases

_scan = pytest.importorskip("cleaner.markup._scan", reason="the extension was not built: no compiler on this machine")

# Pieces that the two must read alike, strung together at random: tags of every kind, marks of attributes, entities, hiding, blanks.
HEADS = [
    "<head>",
    "</head>",
    "<body>",
    "<meta name=a content=b>",
    "<META content='c>d' name=d />",
    "<title>",
    "</title>",
    "<title lang=x>a <b> c</TITLE >",
    "<link rel=canonical href=/x>",
    "<link rel=icon>",
    "<base href=y>",
    "<html lang=de>",
    "<noscript>",
    "</noscript>",
    '<script type="application/ld+json">{"@type": "Article"}</script >',
    "<script type=application/ld+json x='>'>",
    "<h1>",
    "<h1 class=a",
    "<p itemtype='https://schema.org/Person'>",
    "<p x itemtype = http://www.schema.org/A_b-c>",
    '<p itemtype="a far longer address/schema.org/No">',
    "<p a='itemtype=\"' ITEMTYPE=schema.org/Yes itemtype=schema.org/No>",
    "<meta content='a &amp; b \u00a0 c' property=' \u00c4b ' name=x>",
    "<meta name=x content='",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "text",
]
STYLES = [
    "display",
    "visibility",
    "font-size",
    "left",
    "color",
    "background-color",
    "clip",
    "height",
    " ",
    ":",
    ";",
    "none",
    "hidden",
    "0",
    "1px",
    "-9px",
    ".5",
    "- 3",
    "/*",
    "rgba(",
    "sr-only",
    "Screen",
    "style=",
    "a11y-",
    "VISUALLY-hidden",
    "\u00a0",
    "é",
    "_",
    "=",
]
PIECES = [
    *(f"<{name}>" for name in sorted({name for name in stream.TAGS if name})),
    *(
        "<",
        ">",
        "</",
        "</>",
        "<!",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<?php ",
        '<a b="',
        "'",
        '"',
        "=",
        "/>",
        "<p/",
        "<svg/>",
        "</div",
        "<DIV>",
    ),
    *(
        "<script>",
        "</script>",
        "<SCRIPT src='a>b'>",
        "<style>",
        "</style >",
        "<select>",
        "</select>",
        "<svg>",
        "</svg>",
        "<template><p>",
    ),
    *(
        "<title>",
        "</title>",
        "<textarea ",
        "<math>",
        "</math",
        "<iframe src=x>",
        "<noembed>",
        "<xmp>",
        "<noframes>",
        "<tr\u017f>",
        "<\u212a>",
    ),
    *(
        "&amp;",
        "&nbsp;",
        "&#160;",
        "&#xA0;",
        "&#1;",
        "&lt",
        "&copy",
        "&notit;",
        "&#x110000;",
        "&",
        "&;",
        "&#",
        "&amp;lt;",
        "&#38;#60;",
    ),
    *(
        ' style="display:none">',
        '<span style="display:none">',
        "<span hidden>",
        "<b style='left:-999px'>",
        "<i class=sr-only>",
        "<div hidden>",
    ),
    *(
        "a",
        "b c",
        "word ",
        "\n",
        "\t",
        "\u3000\u3000",
        "\xa0\xa0",
        "\x85",
        "\x1c",
        "中文，",
        "\U0001f600",
        "x" * 301,
        "y" * 201,
        " | ",
        "\x00",
    ),
]


def test_both_know_the_same_tags() -> None:
    kinds = _scan.names()
    names = {name for name in stream.TAGS if name}
    assert {name: stream.TAGS[name].kind for name in names} == {
        name: kinds.get(name.removeprefix("/"), (stream.INLINE, stream.INLINE))[name[0] == "/"] for name in names
    }


def twins(html: str) -> tuple[Parsed, Parsed]:
    return parsing.parsed(html), blocks.parse(html)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_fixture_is_parsed_alike(case) -> None:  # type: ignore[no-untyped-def]
    fast, slow = twins(decode(case.page.read_bytes()).text)
    assert fast == slow


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_garbage_is_parsed_alike(html: str) -> None:
    fast, slow = twins(html)
    assert fast == slow


@pytest.mark.parametrize("seed", range(40))
def test_long_garbage_is_parsed_alike(seed: int) -> None:
    chance = random.Random(seed)
    fast, slow = twins("".join(chance.choices(PIECES, k=3_000)))
    assert fast == slow


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(STYLES), max_size=12).map("".join))
def test_the_same_elements_may_hide(attributes: str) -> None:
    fast, slow = twins(f"<div style={attributes!r}>a</div><b {attributes}>b</b><p {attributes}>c")
    assert fast == slow


LINKS = [
    *PIECES,
    *(
        "<a href=x>",
        "<A HREF='y &amp; z'>",
        '<a data-href="no" href = "/p">',
        "</a>",
        "<td>c",
        "<a href>",
        "<a href=''>",
        "word | word",
    ),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(LINKS), max_size=60).map("".join))
def test_the_same_links_are_found(html: str) -> None:
    page = html_page(html)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "scan", None)
        slow = html_page(html).links
    assert page.links == slow
    assert page.links == tuple(span for span in page.spans if span.kind == "link")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(HEADS), max_size=30).map("".join))
def test_heads_are_read_alike(html: str) -> None:
    fast, slow = twins(html)
    assert fast.declared == slow.declared


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "<time", "Author", "ITEMPROP", "by", "line", "date", " ", "x" * 590, "é", "\u212a", "\U0001f600"]
        ),
        max_size=40,
    )
)
def test_hinted_tags_are_found_alike(pieces: list[str]) -> None:
    window = "".join(pieces)
    in_c = marks._hinted(window, {"author", "published"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "scan", None)
        assert in_c == marks._hinted(window, {"author", "published"})


def test_hints_that_are_no_words_are_refused() -> None:
    for hints in (("é",), ("aé",), ("",), ("x",), ("x" * 33,), ("xy",) * 33):
        with pytest.raises(ValueError, match="hints are"):
            _scan.hinted("<x>", hints)
