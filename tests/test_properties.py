"""Properties that hold for every input, looked for with random ones."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cleaner import Options, clean
from cleaner.edits import apply
from tests.cases import Case, cases, cleaned, met_unless_known

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
CHINESE = "的發(fā)業(yè)縣市?！，。、”“|  \n安塞县| 成都市| €"
TAGS = ["<p>", "</p>", "<div class='nav'>", "</div>", "<a href='/x'>", "</a>", "<table>", "<tr>", "<td>", "<script>", "</script>"]
TAGS += [
    "<!--",
    "-->",
    "<h1>",
    "</h1>",
    "<br/>",
    "<li>",
    "<ul>",
    "<pre>",
    "<title>",
    "<meta charset=gbk>",
    "<svg>",
    "&#0;",
    "&amp",
    "<",
    "\0",
]
html = some.lists(some.one_of(some.sampled_from(TAGS), some.text(max_size=20), some.text(CHINESE, max_size=30)), max_size=40).map(
    "".join
)
plain = some.lists(some.one_of(some.text(max_size=30), some.text(CHINESE, max_size=60)), max_size=12).map("\n".join)


@QUICK
@given(some.binary(max_size=3000))
def test_random_bytes_never_raise(data: bytes) -> None:
    result = clean(data)
    assert apply(result.page.text, result.removals) == result.kept


def test_no_nul_and_no_lone_surrogate_leaves() -> None:
    for text in ("one\0two", "one\ud800two", "<p>one\0two \udfff three</p>"):
        assert [character for character in clean(text).text if character == "\0" or 0xD800 <= ord(character) < 0xE000] == []


GARBAGE = {
    "open brackets": "<" * 100_000,
    "open elements": "<div>" * 20_000,
    "nested links": "<a href=x>" * 10_000,
    "quotes in tags": "<p title='" * 10_000,
    "comments": "<!--" * 20_000,
    "entities": "&#x" * 30_000,
    "question marks": "?" * 100_000,
    "brackets": "(a)" * 30_000,
    "glosses": "發(fā)" * 15_000,
    "broken bytes": "數?shù)" * 15_000,
    "places": "天镇县| 安塞县| " * 5_000,
    "short lines": "a\n" * 30_000,
    "keywords": "彩票_棋牌_" * 10_000,
    "mojibake": "Ã¤Â¶" * 20_000,
    "blanks": " \n\t\u3000" * 20_000,
    "mojibake with line ends": "Ã©數#x3002;\x80x0dx0a " * 8_000,
    "GBK with controls": "鎴戜滑鐨勭綉绔\x01#xff1a;" * 4_000,
    "controls": "\x00\x1b\u200b\u202e\ufeff" * 15_000,
    "surrogates": "\ud800x" * 20_000,
    "table": "<table>" + "<tr><td>1<td>2" * 8_000,
}


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_in_quantity_is_answered(name: str, kind: Literal["html", "text"]) -> None:
    result = clean(GARBAGE[name], options=Options(kind=kind))
    assert apply(result.page.text, result.removals) == result.kept
    result.text.encode("utf-8")


@QUICK
@given(html)
def test_random_html_never_raises_and_is_deterministic(page: str) -> None:
    result = clean(page, options=Options(kind="html"))
    assert clean(page, options=Options(kind="html")) == result
    assert result.to_dict()["text"] == result.text
    assert isinstance(result.markdown, str)
    assert isinstance(result.html, str)


@QUICK
@given(plain)
def test_random_text_never_raises_and_replays(text: str) -> None:
    result = clean(text, options=Options(kind="text"))
    assert apply(result.source.text, result.repairs) == result.page.text
    assert apply(result.page.text, result.removals) == result.kept


@QUICK
@given(plain)
def test_cleaning_random_clean_text_again_changes_nothing(text: str) -> None:
    once = clean(text, options=Options(kind="text")).text
    assert clean(once, options=Options(kind="text")).text == once


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_cleaning_the_clean_text_again_changes_nothing(case: Case) -> None:
    def check() -> None:
        text = cleaned(case).text
        assert clean(text, options=Options(kind="text")).text == text

    met_unless_known(case, "again", check)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_expected_text_is_clean_already(case: Case) -> None:
    assert clean(case.expected, options=Options(kind="text")).text == case.expected


@pytest.mark.parametrize("garbage", [b"a\n" * 600_000, b"<p>a" * 2_100_000, b"x" * 20_000_001], ids=["lines", "tags", "bytes"])
def test_a_page_of_too_many_pieces_is_too_large_at_once(garbage: bytes) -> None:
    assert (clean(garbage).status, clean(garbage).text) == ("too-large", "")
