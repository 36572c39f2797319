"""Roles: the article is kept, what stands around it goes, and plain text is left alone."""

from __future__ import annotations

from cleaner import Options, clean

PROSE = "The river rose by two metres in the night, and the bridge below the mill was closed to all traffic before dawn."
PAGE = f"""<html><body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
<div class=article><h1>Flood</h1><p>{PROSE}</p><p>{PROSE[::-1]}</p><p>Nobody was hurt.</p></div>
<footer><p>Copyright 2026 Example Press. <a href=/terms>Terms</a></p></footer></body></html>"""


def test_the_article_is_kept_and_the_rest_is_reported() -> None:
    result = clean(PAGE)
    assert PROSE in result.text
    assert "Nobody was hurt." in result.text
    assert "Home" not in result.text
    assert "Copyright" not in result.text
    assert any("Copyright" in result.page.text[edit.start : edit.end] for edit in result.removals)


def test_extractor_none_keeps_all_blocks() -> None:
    assert "Copyright" in clean(PAGE, options=Options(extractor="none", select=("article",))).text


def test_plain_text_keeps_its_lines() -> None:
    assert clean("one\ntwo", options=Options(kind="text")).text == "one\ntwo"
