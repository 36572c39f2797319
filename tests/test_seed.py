"""The seed: one real page of the mirror family, as scraped text and as the HTML it may have come from.

What should come out is made here from the page itself, by hand: glosses cut out, the two damaged places written as they were, everything
between the site's lines and the editor's line kept. No list and no code of cleaner takes part in that.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner import Options, Result, clean
from tests.markup_kit import read_seed, wrapped

pytestmark = pytest.mark.data

GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
# Damaged places and what stood there, read by a person.
DAMAGED = {"作用?!?/p>": "作用。”", "小麥?zhǔn)袌?chǎng)價": "小麥市場價"}
# Tests that cannot hold yet, with the diagnosis. Strict: what holds must leave.
KNOWN_FAILURES: dict[str, str] = {}


@pytest.fixture(autouse=True)
def known_failure(request: pytest.FixtureRequest) -> None:
    if request.node.name in KNOWN_FAILURES:
        request.applymarker(pytest.mark.xfail(strict=True, reason=KNOWN_FAILURES[request.node.name]))


def healed(text: str) -> str:
    for damaged, right in DAMAGED.items():
        text = text.replace(damaged, right)
    return GLOSS.sub("", text)


@pytest.fixture(scope="module")
def seed(data: Path) -> str:
    return (data / "seed.txt").read_text(encoding="utf-8")


@pytest.fixture(params=["text", "html"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def result(way: str, seed: str) -> Result:
    return clean(seed.encode() if way == "text" else wrapped(seed))


def test_no_county_name_of_the_list_is_left(result: Result, seed: str) -> None:
    assert [name for name in read_seed(seed).places if name in result.text] == []


def test_no_gloss_is_left(result: Result) -> None:
    assert GLOSS.findall(result.text) == []


def test_site_lines_and_pager_are_gone(result: Result) -> None:
    assert [line for line in result.text.split("\n") if re.search("報網|微信|微博|^1$", line)] == []


def test_damaged_places_are_restored(result: Result) -> None:
    assert [right for right in DAMAGED.values() if right not in result.text] == []
    assert "/p>" not in result.text


def test_metadata_are_taken_from_the_text(result: Result) -> None:
    actual = (result.title, result.published, result.credit, result.editor)
    assert actual == ("河北鑄就“脫貧攻堅黨旗紅”品牌", "2019-03-22T09:54:00", "鄉村干部報", "車婧")
    assert [line for line in result.text.split("\n") if re.match("河北鑄就|2019-|來源|責編", line)] == []


def test_text_is_the_article_and_nothing_else(result: Result, seed: str) -> None:
    article = "\n\n".join(healed(paragraph) for paragraph in read_seed(seed).paragraphs)
    assert result.text == article


def test_report_names_the_families(result: Result) -> None:
    assert {"spam/place-list"} <= {edit.rule for edit in result.removals}
    assert result.repairs
    assert result.mirror is not None
    assert result.mirror.glosses > 500
    assert result.status == "ok"


def test_wrong_label_is_seen_through(seed: str) -> None:
    assert clean(wrapped(seed)).encoding == "gb18030"


def test_script_can_be_folded_back(seed: str) -> None:
    text = clean(seed, options=Options(script="simplified")).text
    assert "河北省委组织部供稿供图" in text
    assert [character for character in "黨貧攻堅戰鬥壘農場鄉業幫" if character in text and character not in "攻斗"] == []
    assert len(text.split("\n\n")) == len(clean(seed).text.split("\n\n"))


def test_cleaning_again_changes_nothing(seed: str) -> None:
    text = clean(seed).text
    assert clean(text, options=Options(kind="text")).text == text


def test_ways_in_give_one_article(seed: str) -> None:
    assert clean(wrapped(seed)).text == clean(seed.encode()).text
