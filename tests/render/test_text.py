"""Plain text: whitespace is normalised, nothing else changes, and twice is once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.render.text import text_of

ODD_TEXT = st.text(st.sampled_from(list("ab  \t\n\n\n\r\x0b\x0c\x1c\x1e\x85\xa0\u3000\u2028\u200b字")), max_size=60)


@given(ODD_TEXT)
def test_twice_is_once(text: str) -> None:
    once = text_of(text)
    assert text_of(once) == once


@given(ODD_TEXT)
def test_only_whitespace_goes(text: str) -> None:
    assert "".join(text_of(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("  one \n\n\n\n  two\n", "one\n\ntwo"),
        ("\u3000\u3000一段\n\n\n二段\u3000", "一段\n\n二段"),
        ("def f():\n    pass", "def f():\n    pass"),
        ("a | b\nc | d", "a | b\nc | d"),
        (" \n\t\n", ""),
    ],
)
def test_blocks_are_parted_by_one_blank_line_and_code_keeps_its_lines(kept: str, expected: str) -> None:
    assert text_of(kept) == expected


def test_code_of_a_page_keeps_its_lines() -> None:
    page = b"<p>Words before the code that are long enough to be a paragraph.</p><pre>if x:\n    y()\n\nz()</pre><p>And some words after it.</p>"
    assert "if x:\n    y()\n\nz()" in clean(page).text
