"""Titles lose the name of the site, whatever stands in the h1."""

from __future__ import annotations

import pytest

from cleaner.markup.head import Head
from cleaner.markup.keys import key_of
from cleaner.markup.sites import site_in_text, site_in_title
from cleaner.markup.titles import titles_of, without_site

TITLES = [
    # <title>, og:title, headings, og:site_name, host → title
    ("Hut at the lake | Mountain News", "", ["Hut at the lake"], "", "mountain-news.example", "Hut at the lake"),
    ("Hut at the lake - Mountain News", "Hut at the lake", ["Mountain News"], "Mountain News", "", "Hut at the lake"),
    ("Mountain News: Hut at the lake", "Hut at the lake", ["Mountain News", "Hut at the lake"], "", "", "Hut at the lake"),
    ("What is ownership? - The Oxide Book", "", ["The Oxide Book"], "", "", "What is ownership?"),
    ("Best huts of the Alps in 2026", "", ["The best huts of the Alps"], "", "", "The best huts of the Alps"),
    ("Hut | Walks | Lakes | Mountain News", "", [], "Mountain News", "", "Hut | Walks | Lakes"),
    ("六年举起一面绿旗_民生_青湾新闻网", "", [], "", "", "六年举起一面绿旗"),
    ("六年举起一面绿旗-青湾新闻网", "", ["六年举起一面绿旗"], "", "", "六年举起一面绿旗"),
    ("COVID-19: what we know", "", [], "", "", "COVID-19: what we know"),
    ("A – B – C", "", ["A – B – C"], "", "", "A – B – C"),
    ("", "", ["Only a heading"], "", "", "Only a heading"),
    ("", "", [], "", "", None),
]


@pytest.mark.parametrize(("full", "shared", "headings", "site", "host", "title"), TITLES)
def test_the_title_is_what_a_reader_calls_it(
    full: str, shared: str, headings: list[str], site: str, host: str, title: str | None
) -> None:
    metas = {"og:title": shared} if shared else {}
    found = titles_of(Head(title=full, metas=metas), headings, (site,) if site else (), host)
    assert found.best == title
    assert title is None or title in found.candidates


def test_all_that_is_offered_is_a_candidate() -> None:
    found = titles_of(Head(title="spam, more spam | Site", metas={"og:title": "True title"}), ["True title"], (), "")
    assert found.candidates == ("True title", "spam, more spam", "spam, more spam | Site")


def test_the_site_is_read_from_the_title_or_the_text() -> None:
    assert site_in_title("Hut | Walks | Mountain News", "Hut", "") == "Mountain News"
    assert site_in_title("Hut", "Hut", "") is None
    assert site_in_text("Welcome to Good On You. All rights reserved, goodonyou.eco", "goodonyou.eco") == "Good On You"
    assert site_in_text("nothing here", "goodonyou.eco") is None
    assert site_in_text("Anything", "a.b") is None


def test_keys_are_equal_for_two_spellings() -> None:
    assert key_of("「脱贫」 品牌") == key_of("“脫貧”品牌")
    assert key_of("Ann's  Hut!") == key_of("Ann’s hut")
    assert without_site("x", {"x"}, "x") == "x"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", [" | ", " - ", "a | ", "字-", "a: B", "— ", ">"])
def test_hostile_titles_take_linear_time(piece: str) -> None:
    titles_of(Head(title=piece * 50_000), [piece * 1_000] * 12, ("x",), "x.example")
