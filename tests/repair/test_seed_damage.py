"""The two damages of the seed and the strings that the facts give, restored."""

from __future__ import annotations

import pytest

from cleaner.edits import apply
from cleaner.options import Options
from cleaner.page import Kind
from cleaner.repair import repaired

# A page that shows the kit: three tabled characters, glossed wherever they stand.
PAGE = "鄉(xiāng)村發(fā)展,鄉(xiāng)村產(chǎn)業(yè)發(fā)展的基礎(chǔ)。\n"


def restored(text: str, kind: Kind = "text") -> str:
    result = repaired(PAGE + text, kind=kind, options=Options())
    assert apply(PAGE + text, result.edits) == result.text
    return result.text.partition("\n")[2]


@pytest.mark.parametrize(
    ("damaged", "original"),
    [
        ("三是土地租金按照小麥?zhǔn)袌?chǎng)價(jià)格確定,每畝地", "三是土地租金按照小麥市場價格確定,每畝地"),
        ("服輸?shù)娜舜丝叹巩?dāng)場(chǎng)失語(yǔ)。", "服輸的人此刻竟當場失語。"),
        ("黨組織的戰(zhàn)斗堡壘作用?!?/p>", "黨組織的戰斗堡壘作用。”"),
        ("到了今天?，F在的人們", "到了今天。現在的人們"),
    ],
)
def test_damage_is_undone(damaged: str, original: str) -> None:
    assert restored(damaged) == original


def test_a_swallowed_tag_comes_back_in_html() -> None:
    assert restored("<p>戰(zhàn)斗堡壘作用?！?/p>\n<p>下一段</p>", "html") == "<p>戰斗堡壘作用。”</p>\n<p>下一段</p>"


@pytest.mark.parametrize(
    "text",
    [
        "古人有饕餮(tāo tiè)之名,也有夷懌(yì)之號。",
        "“什么?!”他喊道。“真的嗎?”她問。",
    ],
)
def test_what_is_not_the_kits_stays_on_an_infected_page(text: str) -> None:
    assert restored(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "春(chūn)眠(mián)不(bù)覺(jué)曉(xiǎo),處(chù)處(chù)聞(wén)啼(tí)鳥(niǎo)。",
        "饕餮(tāo tiè)是傳說中的一種兇惡的野獸。堅(jiān),剛也。",
        "“什么?!”他喊道。",
    ],
)
def test_a_page_without_the_kit_stays(text: str) -> None:
    assert repaired(text, kind="text", options=Options()).edits == ()


def test_control_characters_go_each_run_as_an_edit() -> None:
    result = repaired("a\x00\x01b\x92c\u202ed\x0be&#0;f&#x202e;&#146; ok\ud800", kind="html", options=Options())
    assert result.text == "ab’cd\nef’ ok"
    assert {edit.rule for edit in result.edits} == {"repair/control"}
    assert len(result.edits) == 8


def test_ignored_rules_do_not_run() -> None:
    assert repaired(PAGE, kind="text", options=Options(ignore=("repair/glossed-pinyin",))).text == PAGE
    assert repaired(PAGE, kind="text", options=Options(ignore=("repair",))).text == PAGE
