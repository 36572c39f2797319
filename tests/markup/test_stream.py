"""The tokenizer: what is text and what is a tag, and that no input takes it more than linear time."""

from __future__ import annotations

import time

import pytest

from cleaner.markup.stream import tokens


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("a<b>c</b>d", ["a", "c", "d"]),
        ("1 < 2 <3", ["1 < 2 <3"]),
        ("<p title='a>b'>x", ["", "x"]),
        ('<p title="a>b">x', ["", "x"]),
        ('<p class="a"">x', ["", "x"]),
        ("<p title=it's>x<p>y'", ["", "x", "y'"]),
        ("<script>if (a<b) '</p>'</script>x", ["", "x"]),
        ("<SCRIPT>a</ScRiPt >x", ["", "x"]),
        ("a<!-- <script> -->b<!---->c<!-->d", ["a", "b", "c", "d"]),
        ("a<!--b--!>c<!doctype html>d<?php e?>f", ["a", "c", "d", "f"]),
        ("a<svg><title>x</title></svg>b<svg/>c", ["a", "b", "c"]),
        ("a<select><option>x</select>b", ["a", "b"]),
        ("a<select>b", ["a", "b"]),
        ("a<scripts>b", ["a", "b"]),
        ("a<div", ["a", ""]),
        ("a</>b", ["a", "b"]),
    ],
)
def test_text_is_what_a_browser_takes_for_text(html: str, texts: list[str]) -> None:
    assert tokens(html)[0] == (texts if len(texts) == len(tokens(html)[0]) else [*texts, ""])


HOSTILE = {
    "less-than": "<" * 1_000_000,
    "open tags": "<a" * 500_000,
    "quotes": '<a b="' * 170_000,
    "equals": "<a =" * 250_000,
    "blanks": "<a =" + " " * 1_000_000,
    "comments": "<!--" * 250_000,
    "dashes": "<!--" + "-" * 1_000_000,
    "scripts": "<script>" * 125_000,
    "vectors": "<svg>" * 200_000,
    "templates": "<template><svg>" * 70_000,
    "attributes": "<p " + " a=b" * 250_000 + ">",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_made_to_backtrack_is_read_in_linear_time(name: str) -> None:
    start = time.process_time()
    tokens(HOSTILE[name])
    assert time.process_time() - start < 2.0  # takes 0.1; a pattern that is not linear takes minutes
