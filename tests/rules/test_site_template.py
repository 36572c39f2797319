"""navigation/site-template: a page it cleans, and the pages it must leave alone."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cleaner import Options, Result, clean
from cleaner.rules.site_keys import block_key
from cleaner.rules.site_template import site_templates

FILE = """# templates, written by hand
site: example.org\t50 pages
50\ttop\t*\tthe quay gazette
48\ttop\t*\tharbour desk
47\tend\t*\tlast updated 0
47\tany\t*\tsign up for our friday letter and read the week's stories over breakfast
45\tend\t*\thow we repair boats
50\tend\t*\t© 0 the quay gazette

shared: candidates for review
312\t*\t*\tgolden reels palace pays every night
"""
STORY = (
    "The ferry was repaired near the quay last autumn, and nobody knew who had paid for the new engine.",
    "It took forty days until the harbour master opened the winter timetable at the market.",
    "Two hundred lamps were counted on the island before the floods, and a hundred after them.",
)
URL = "https://www.example.org/2/41.html"


def options(folder: Path, text: str = FILE, **more: object) -> Options:
    file = folder / "templates"
    file.write_text(text, encoding="utf-8")
    return Options(templates=(str(file),), **more)  # type: ignore[arg-type]


def notes(result: Result) -> dict[str, tuple[str, str]]:
    return {
        result.page.text[e.start : e.end]: (e.rule, e.note) for e in result.removals if "template" in e.rule or "shared" in e.rule
    }


def test_lines_of_the_site_go_and_the_note_says_on_how_many_pages(tmp_path: Path) -> None:
    page = "\n".join(["THE QUAY GAZETTE", "Harbour Desk", *STORY, "Last updated 3 May 2024, 10:30", "© 2026 The Quay Gazette"])
    result = clean(page, url=URL, options=options(tmp_path))
    assert result.text.split("\n") == list(STORY)
    assert notes(result)["Harbour Desk"] == ("navigation/site-template", "on 48 of 50 pages of example.org")


def test_other_sites_are_left_alone(tmp_path: Path) -> None:
    page = "\n".join(["The Quay Gazette", *STORY])
    assert notes(clean(page, url="https://example.com/1", options=options(tmp_path))) == {}
    assert notes(clean(page, url="https://notexample.org/1", options=options(tmp_path))) == {}


def test_a_file_of_one_site_serves_a_page_that_has_no_address(tmp_path: Path) -> None:
    assert set(notes(clean("\n".join(["The Quay Gazette", *STORY]), options=options(tmp_path)))) == {"The Quay Gazette"}
    two = FILE.replace("shared:", "site: example.com\t9 pages\n9\ttop\t*\tx y z\n\nshared:")
    assert notes(clean("\n".join(["The Quay Gazette", *STORY]), options=options(tmp_path, two))) == {}


def test_subdomains_without_rows_of_their_own_take_the_rows_of_the_domain(tmp_path: Path) -> None:
    page, url = "\n".join(["The Quay Gazette", *STORY]), "https://letters.example.org/1"
    assert notes(clean(page, url=url, options=options(tmp_path))) == {}
    found = notes(clean(page, url=url, options=options(tmp_path, FILE.replace("site: example", "site: *.example"))))
    assert set(found) == {"The Quay Gazette"}


def test_the_title_of_an_article_stays_where_it_is_the_title(tmp_path: Path) -> None:
    page = "\n".join(
        ["The Quay Gazette", "How we repair boats", "3 May 2024", *STORY, "How we repair boats", "© 2026 The Quay Gazette"]
    )
    result = clean(page, url=URL, options=options(tmp_path, select=("navigation/site-template",)))
    assert [e.start for e in result.removals if e.rule == "navigation/site-template"] == [
        0,
        page.rindex("How we"),
        page.rindex("©"),
    ]
    markup = f"<html><head><title>How we repair boats</title></head><body><h1>How we repair boats</h1>{''.join(f'<p>{s}</p>' for s in STORY)}</body></html>"
    assert notes(clean(markup, url=URL, options=options(tmp_path, ignore=("article/title",)))) == {}


def test_a_line_in_the_middle_of_the_text_stays_when_the_site_has_it_at_the_edge(tmp_path: Path) -> None:
    page = "\n".join([STORY[0], STORY[1], "Harbour desk", STORY[2], STORY[0].replace("ferry", "barge")])
    assert notes(clean(page, url=URL, options=options(tmp_path))) == {}


def test_a_sentence_that_holds_a_line_of_the_site_stays(tmp_path: Path) -> None:
    page = "\n".join(["The Quay Gazette reported on Tuesday that the harbour desk is closed.", *STORY])
    assert notes(clean(page, url=URL, options=options(tmp_path))) == {}


def test_a_page_that_is_nothing_but_template_is_not_emptied(tmp_path: Path) -> None:
    page = "The Quay Gazette\nHarbour desk\nLast updated 3 May 2024\n© 2026 The Quay Gazette"
    assert notes(clean(page, url=URL, options=options(tmp_path))) == {}


def test_shared_blocks_go_only_when_asked(tmp_path: Path) -> None:
    page = "\n".join([*STORY, "Golden Reels Palace pays every night!"])
    assert notes(clean(page, options=options(tmp_path))) == {}
    found = notes(clean(page, options=options(tmp_path, shared_blocks=True)))
    assert found == {"Golden Reels Palace pays every night!": ("spam/shared-block", "on 312 unrelated sites")}


def test_select_and_ignore_know_the_rule(tmp_path: Path) -> None:
    page = "\n".join(["The Quay Gazette", *STORY])
    assert notes(clean(page, url=URL, options=options(tmp_path, ignore=("navigation/site-template",)))) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Last updated 12 March 2024, 08:30", "Last updated 3. May 2023"),
        ("1 comment", "1,204 comments"),
        ("更新于2024年9月6日 14:35", "更新於2019年12月31日"),
        ("鄉(xiāng)村干部報(bào)網", "乡村干部报网"),
        ("© 1998–2026 The Quay Gazette", "© 2001 The  Quay Gazette"),
        ("Samstag, 4. Januar 2025", "Montag, 12. Oktober 2026"),
        ("5 minutes ago", "1 minute ago"),
        ("ＡＰＰ专区", "APP专区"),
    ],
)
def test_dates_numbers_script_width_and_glosses_do_not_matter(one: str, other: str) -> None:
    assert block_key(one) == block_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Chapter one", "Chapter two"), ("May I come in?", "March home"), ("a" * 400 + "b", "a" * 400 + "c")]
)
def test_different_lines_have_different_keys(one: str, other: str) -> None:
    assert block_key(one) != block_key(other)


@pytest.mark.parametrize(
    "text", ["Posted on 3 May 2024", "x" * 5000, "12 | 13", "…。，", "第12页", "乡村 " * 200, "9", " 0 comments "]
)
def test_a_key_is_its_own_key(text: str) -> None:
    assert block_key(block_key(text)) == block_key(text)
    assert len(block_key(text)) <= 330


def test_the_rules_pickle(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    assert clean("\n".join(["The Quay Gazette", *STORY]), url=URL, options=pickle.loads(pickle.dumps(chosen))).text.split(
        "\n"
    ) == list(STORY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("site: example.org\nnonsense\n", "line 2"),
        ("12\ttop\t*\ta line before any site\n", "line 1"),
        ("site: a.example\n3\tleft\t*\tx\n", "left"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        clean("x", options=options(tmp_path, text))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        clean("x", options=Options(templates=(str(tmp_path / "none"),)))


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    assert "Harbour desk" not in clean("\n".join(["Harbour desk", *STORY]), url=URL, options=chosen).text
    options(tmp_path, FILE.replace("48\ttop\t*\tharbour desk\n", ""))
    assert "Harbour desk" in clean("\n".join(["Harbour desk", *STORY]), url=URL, options=chosen).text


def test_a_megabyte_of_lines_comes_out(tmp_path: Path) -> None:
    page = "\n".join(["The Quay Gazette", "0 " * 100] * 20_000)
    assert clean(page, url=URL, options=options(tmp_path)).status in ("ok", "empty")
    assert site_templates(options(tmp_path).templates)
