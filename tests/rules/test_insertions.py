"""spam/insertion: keywords pasted into words, adverts of any trade, linked money phrases, impossible punctuation; and what looks like these and stays."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.pipeline import clean

VILLAGE = (
    "老支书说，过去种一年地，还不够还债；如今家家有分红，年轻人也愿意回来了，日子越过越好。",
    "工作队进村之后，先修路，再引水，又请农学院的老师来讲课，把荒废的砖厂改成了仓库。",
    "仓库里堆满了刚收的小麥，合作社的会计把每一笔账都贴在墙上，谁家出了几个工，一看就明白。",
    "傍晚的时候，老人们坐在桥头聊天，孩子们在晒场上跑来跑去，浓厚的节日气氛从这一天就开始了。",
    "他说，路修好以后，小麥不用再挑到镇上去卖，收粮的车直接开到晒场边，浓厚的麦香飘得很远。",
)
VALLEY = (
    "The library opened its new reading room this spring, after two years of work on the old building.",
    "Visitors now find twice as many desks, and the children have a room of their own under the roof.",
    "The old stove stays where it was, for those who like to read beside it in winter, and it smokes less.",
    "The town paid for half of the work, the readers for the rest, and nobody was asked for more than they had.",
)


def removed(text: str, kind: str = "text") -> list[str]:
    result = clean(text, options=Options(kind=kind, select=("spam",)))  # type: ignore[arg-type]
    return [result.page.text[edit.start : edit.end] for edit in result.removals if edit.rule == "spam/insertion"]


def pasted(lines: tuple[str, ...], word: str, cuts: dict[int, int]) -> str:
    return "\n".join(line[: cuts[i]] + word + line[cuts[i] :] if i in cuts else line for i, line in enumerate(lines))


def test_a_keyword_pasted_into_words_goes() -> None:
    word = "海南五日游旅游攻略"
    cuts = {0: VILLAGE[0].index("债"), 2: VILLAGE[2].index("计"), 3: VILLAGE[3].index("厚")}
    assert removed(pasted(VILLAGE, word, cuts)) == [word] * 3


def test_a_keyword_pasted_between_words_goes() -> None:
    word = "mostbet casino login "
    cuts = {i: VALLEY[i].index(" ", 30) + 1 for i in (0, 1, 2, 3)}
    assert [piece.strip() for piece in removed(pasted(VALLEY, word, cuts))] == [word.strip()] * 4


def test_a_name_that_is_repeated_stays() -> None:
    name = "海南旅游培训中心公司"
    text = "\n".join(line[:9] + f"，{name}的人说，" + line[9:] for line in VILLAGE)
    assert removed(text) == []
    assert removed("\n".join(f"{line} We read with the Kelpie reading lamp service again." for line in VALLEY)) == []


@pytest.mark.parametrize(
    "advert",
    [
        "临江市化粪池清理、管道疏通，联系人李师傅13800000000。",
        "急用钱找我！临江市户口凭身份证即可下款，不看征信，电话：13800000000",
        "需要办理各类证件、印章的客户请加QQ：100200300，三天出证。",
    ],
)
def test_an_advert_of_any_trade_goes(advert: str) -> None:
    assert removed("\n".join([*VILLAGE[:2], advert, *VILLAGE[2:]])) == [advert]


@pytest.mark.parametrize(
    "advert",
    [
        "Dayton roofing experts: free estimates, licensed and insured. Phone +1 555 010 2233.",
        "Urgent payday loans at 2% interest, residents apply on WhatsApp +1 555 010 2233.",
    ],
)
def test_an_english_advert_goes(advert: str) -> None:
    assert removed("\n".join([*VALLEY[:2], advert, *VALLEY[2:]])) == [advert]


@pytest.mark.parametrize(
    "line",
    [
        "热线办公室的联系电话为0000-6234567，村民有疑问可以打这个电话。",
        "有事请找老支书，他的电话是13800000000。",
        "晒场边新开的小店由两位年轻人打理，订饭电话13800000000，送到桥头。",
    ],
)
def test_a_number_in_a_report_stays(line: str) -> None:
    assert removed("\n".join([*VILLAGE[:2], line, *VILLAGE[2:]])) == []


def test_a_page_of_notices_stays() -> None:
    notices = [
        "临江市专业搬家，随叫随到，价格公道，联系电话13800000001，本栏目由读者提供。",
        "临江市疏通下水道，上门服务，联系电话13800000002，本栏目由读者提供。",
        "临江市开锁换锁，公安备案，上门服务，联系电话13800000003，本栏目由读者提供。",
        "临江市家教一对一，免费试听，联系电话13800000004，本栏目由读者提供。",
    ]
    assert removed("\n".join([VILLAGE[0], *notices, VILLAGE[1]])) == []


def test_a_linked_money_phrase_goes_and_a_link_stays() -> None:
    def page(link: str) -> str:
        return f"<html><body><p>{VALLEY[0]}</p><p>{VALLEY[1][:30]} {link} {VALLEY[1][30:]}</p><p>{VALLEY[2]}</p></body></html>"

    assert removed(page('<a href="http://kalo88.top/12345.html">buy cialis online</a>'), "html") == ["buy cialis online"]
    assert removed(page('<a href="http://kalo.example/desks">desks of oak</a>'), "html") == []
    assert removed(page('<a href="/casino">casino</a>'), "html") == []


def test_impossible_commas_go_and_one_slip_stays() -> None:
    text = "集市上有白菜,、萝卜,、土豆,、芹菜，都比上周便宜，摊主说天气转暖以后还会再降。"
    assert removed(text) == [",", ",", ","]
    assert removed("集市上有白菜,、萝卜、土豆、芹菜，都比上周便宜，摊主说天气转暖以后还会再降。") == []


def test_stray_marks_go_and_questions_stay() -> None:
    stray = "老支?书说，过去种一年地，还不?够还债；如今家家有分红，年轻?人也愿意回来了，日子?越过越好，村?里修了路。"
    assert removed(stray) == ["?"] * 5
    asked = "去哪儿?去看电影。谁去?都去。怎么去?坐车去。几点走?八点走。为什么不早点?因为还没吃饭，大家都饿了。"
    assert removed(asked) == []
