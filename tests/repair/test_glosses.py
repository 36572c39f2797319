"""Glosses of the kit go, glosses of an author stay."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.repair import repaired
from cleaner.repair.kit import evidence_of

KNOWN = "鄉(xiāng)村發(fā)展,鄉(xiāng)村產(chǎn)業(yè)發(fā)展的基礎(chǔ)。"


def text_of(text: str) -> str:
    return repaired(text, kind="text", options=Options()).text


def test_the_kits_glosses_go() -> None:
    assert text_of(KNOWN) == "鄉村發展,鄉村產業發展的基礎。"
    assert text_of(KNOWN.replace("(", "（").replace(")", "）")) == "鄉村發展,鄉村產業發展的基礎。"


def test_a_gloss_that_contradicts_the_level_stays() -> None:
    # 聽 is far above the level that bare 過 國 來 對 show
    text = f"{KNOWN}過國來對說實個動,過國來對說實個動。聽(tīng),聆也。"
    assert text_of(text).endswith("聽(tīng),聆也。")


def test_a_table_not_seen_before_is_told_by_density_and_consistency() -> None:
    line = "鳥(niǎo)兒在樹(shù)上唱歌,魚(yú)兒在塘裡遊,馬(mǎ)兒在草地上跑,貓(māo)在門前睡,飛(fēi)來一隻鳥(niǎo),龍(lóng)在天上。"
    assert "(" not in text_of(line * 3)


@pytest.mark.parametrize(
    "text",
    [
        "春(chūn)眠(mián)不(bù)覺(jué)曉(xiǎo),處(chù)處(chù)聞(wén)啼(tí)鳥(niǎo)。夜(yè)來(lái)風(fēng)雨(yǔ)聲(shēng)。" * 3,
        "饕餮(tāo tiè)、夷懌(yì)、堅(jiān)。",
        "學習(xuéxí) 中國(Zhōngguó) 電腦（diànnǎo）",
        "f(x)(y) 與 (a)(a) 海(hai)(hai)",
    ],
)
def test_genuine_glosses_stay(text: str) -> None:
    assert text_of(text) == text


def test_doubled_glosses_without_tones_go() -> None:
    assert text_of("海(hai)(hai)南省(sheng)(sheng)的天氣很好。") == "海南省的天氣很好。"


def test_the_verdict_gives_level_and_count() -> None:
    mirror = repaired(KNOWN, kind="text", options=Options()).mirror
    assert mirror is not None
    assert (mirror.level, mirror.glosses) == (21, 7)
    assert evidence_of("沒有任何注音的文字。") is None
