"""The caller's own lists and rules: what they name goes, and nothing that merely mentions it."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from cleaner import Edit, Options, Result, clean
from cleaner.cli import status_of
from cleaner.rules import OWN_LISTS
from cleaner.rules.own_list import OwnList, own_lists

ROOT = Path(__file__).parents[2]
BODY = (
    "The council voted on Tuesday to keep the old bridge open for another year, the Riverside Herald reported.",
    "Engineers will inspect the structure every month, and the town will publish their reports on its notice board.",
)


def listed(folder: Path, *rows: str) -> Options:
    file = folder / "own.txt"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return Options(kind="text", lists=(str(file),))


def removed(options: Options, *lines: str) -> dict[str, str]:
    result = clean("\n".join(lines), options=options)
    return {result.page.text[edit.start : edit.end]: edit.rule for edit in result.removals}


def test_a_line_that_only_says_what_is_listed_goes_and_a_sentence_stays(tmp_path: Path) -> None:
    options = listed(tmp_path, "Riverside Herald", "Your town, your paper")
    assert removed(options, "RIVERSIDE HERALD", *BODY, "» Your town, your paper «") == {
        "RIVERSIDE HERALD": "navigation/own-list",
        "» Your town, your paper «": "navigation/own-list",
    }


def test_a_list_may_say_that_it_is_spam(tmp_path: Path) -> None:
    options = listed(tmp_path, "# family: spam", "# remarks are left out", "lucky seven palace", "golden reels")
    assert removed(options, *BODY, "Golden Reels | Lucky Seven Palace | golden reels") == {
        "Golden Reels | Lucky Seven Palace | golden reels": "spam/own-list"
    }
    assert clean("golden reels", options=options).status == "spam"


def test_a_row_of_names_stays_when_one_is_not_listed(tmp_path: Path) -> None:
    options = listed(tmp_path, "安塞县", "漠河县", "成都市")
    assert removed(options, BODY[0], "安塞县| 漠河县| 成都市|") == {"安塞县| 漠河县| 成都市|": "navigation/own-list"}
    assert removed(options, BODY[0], "安塞县| 漠河县| 延安市| 成都市|") == {}


def test_script_width_case_and_counts_do_not_matter(tmp_path: Path) -> None:
    options = listed(tmp_path, "乡村干部报", "App专区")
    lines = ("鄉村干部報", "【鄉村干部報】", "ＡＰＰ专区", "APP专区 (12)")
    assert set(removed(options, BODY[0], *lines)) == set(lines)


@pytest.mark.parametrize(
    ("row", "goes", "stays"),
    [
        ("Sponsored by*", "Sponsored by the Mill Café", "It was sponsored by the Mill Café"),
        ("*for subscribers", "Only for subscribers", "For subscribers and others"),
        ("*riverside.example*", "Find it at www.riverside.example today", "Riverside is an example"),
    ],
)
def test_a_star_stands_for_any_text(tmp_path: Path, row: str, goes: str, stays: str) -> None:
    assert removed(listed(tmp_path, row), BODY[0], stays, goes, BODY[1]) == {goes: "navigation/own-list"}


def test_html_blocks_go_as_well(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text("Our sponsor: the mill\n", encoding="utf-8")
    page = (
        "<html><body><article>"
        + "".join(f"<p>{line}</p>" for line in (*BODY, "Our sponsor: the mill", *BODY))
        + "</article></body></html>"
    )
    assert "sponsor" in clean(page).text
    assert "sponsor" not in clean(page, options=Options(lists=(str(file),))).text


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    options = listed(tmp_path, "Riverside Herald")
    assert "Herald Plus" in clean(f"Herald Plus\n{BODY[1]}", options=options).text
    options = listed(tmp_path, "Riverside Herald", "Herald Plus")
    assert "Herald Plus" not in clean(f"Herald Plus\n{BODY[1]}", options=options).text


def test_a_missing_file_an_unknown_family_and_a_wrong_encoding_say_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        clean("x", options=Options(lists=(str(tmp_path / "none.txt"),)))
    with pytest.raises(ValueError, match="navigation and spam"):
        clean("x", options=listed(tmp_path, "# family: adverts", "x"))
    (tmp_path / "own.txt").write_bytes("Käse".encode("latin-1"))
    with pytest.raises(ValueError, match="UTF-8"):
        clean("x", options=Options(lists=(str(tmp_path / "own.txt"),)))


def test_lists_can_be_ignored_by_name(tmp_path: Path) -> None:
    options = listed(tmp_path, "Riverside Herald")
    ignoring = Options(kind="text", lists=options.lists, ignore=("navigation/own-list",))
    assert removed(ignoring, "Riverside Herald", *BODY) == {}


def test_the_rule_pickles_and_has_a_name_for_each_family(tmp_path: Path) -> None:
    rule = own_lists(listed(tmp_path, "a phrase", "*inside*").lists)[0]
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert [rule.name for rule in OWN_LISTS] == ["navigation/own-list", "spam/own-list"]
    assert isinstance(OWN_LISTS[0], OwnList)


def test_the_command_line_takes_a_list(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "page.txt").write_text("\n".join(("Riverside Herald", *BODY)), encoding="utf-8")
    lists = listed(tmp_path, "Riverside Herald").lists
    assert status_of([str(tmp_path / "page.txt"), "--list", lists[0]]) == 0
    assert capfdbinary.readouterr().out.decode().startswith("The council voted")
    assert status_of([str(tmp_path / "page.txt"), "--list", lists[0], "--ignore", "navigation/own-list"]) == 0
    assert capfdbinary.readouterr().out.decode().startswith("Riverside Herald")
    listed(tmp_path, "# family: adverts")
    assert status_of([str(tmp_path / "page.txt"), "--list", lists[0]]) == 2
    assert b"navigation and spam" in capfdbinary.readouterr().err


def test_a_megabyte_of_separators_and_near_hits_comes_out(tmp_path: Path) -> None:
    options = listed(tmp_path, "a b", "*needle*", "x*", "*y")
    assert clean("a b|" * 250_000, options=options).text == ""
    assert clean("needl " * 170_000, options=options).text.startswith("needl needl")


def test_the_rule_of_the_documentation_works() -> None:
    text = (ROOT / "docs" / "navigation.md").read_text(encoding="utf-8")
    code = next(code for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "def find" in code)
    space: dict[str, object] = {}
    exec(compile(code, "docs/navigation.md", "exec"), space)
    assert len([line for line in code.split("\n") if line.strip()]) <= 14
    result = space["result"]
    assert isinstance(result, Result)
    assert result.text == "The old bridge stays open."
    assert [type(edit) for edit in result.removals] == [Edit]
    assert result.removals[0].rule == "own/phone-line"


def test_the_list_of_the_documentation_works(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "navigation.md").read_text(encoding="utf-8")
    rows = next(rows for rows in re.findall(r"```[^\n]*\n(# .*?)```", text, re.DOTALL) if "# family:" in rows)
    options = listed(tmp_path, *rows.split("\n"))
    assert set(removed(options, "Riverside Herald", *BODY, "Sponsored by the Mill Café", "Herald Plus | Riverside Herald")) == {
        "Riverside Herald",
        "Sponsored by the Mill Café",
        "Herald Plus | Riverside Herald",
    }
