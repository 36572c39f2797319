"""spam/place-list: the kit's lists go in every form, genuine lists stay."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.page import Block, Page, Span
from cleaner.pipeline import clean
from cleaner.rules.place_list import PlaceList
from cleaner.rules.place_order import order_of
from cleaner.rules.places import runs_of

NAMES = (
    "洪洞县 文登市 安福县 邹城市 定襄县 宜州市 遂溪县 西乌珠穆沁旗 蓬莱市 大理市 泸水县 嘉善县 丰城市 图们市 盘县 长汀县 会理县 敦煌市 句容市 弥渡县 "
    "巩义市 大名县 恩施市 上虞市 赤壁市 灵宝市"
).split()
BODY = (
    "黨的基層組織是黨的全部工作和戰鬥力的基礎。去年以來,全鄉圍繞鄉村振興開展工作,村民收入穩步提高。\n"
    "工作隊進村之後,先修路,再引水,把荒廢的磚廠改成了合作社的倉庫,又請農學院的老師來講課。\n"
    "老支書說,過去種一年地,還不夠還債;如今家家有分紅,年輕人也願意回來了。"
)
SIMPLE = (
    "去年以来,全乡围绕乡村振兴开展工作,村民收入稳步提高,基层组织的战斗力明显增强。\n"
    "工作队进村之后,先修路,再引水,把荒废的砖厂改成了合作社的仓库,又请农学院的老师来讲课。\n"
    "老支书说,过去种一年地,还不够还债;如今家家有分红,年轻人也愿意回来了。"
)


def removed(text: str) -> str:
    result = clean(text, options=Options(kind="text", select=("spam/place-list",)))
    return "".join(result.page.text[edit.start : edit.end] for edit in result.removals)


@pytest.mark.parametrize("separator", ["| ", "|", " ", ",", "、", "，", "\n", " | ", "_", "/", "·", " - ", "\t", "；", ""])
@pytest.mark.parametrize("body", [BODY, SIMPLE])
def test_a_random_list_at_the_end_goes_whatever_separates_it(separator: str, body: str) -> None:
    spam = separator.join(NAMES)
    assert removed(f"{body}\n{spam}").strip(" |\n") == spam.strip()


def test_a_list_on_top_goes() -> None:
    spam = "| ".join(NAMES) + "|"
    assert removed(f"{spam}\n{SIMPLE}") == spam


def test_a_list_in_the_middle_goes_when_the_text_does_not_mention_it() -> None:
    first, *rest = SIMPLE.split("\n")
    spam = "| ".join(NAMES) + "|"
    assert removed("\n".join([first, spam, *rest, *rest, *rest])) == spam


def test_both_parts_of_a_list_cut_in_two_go() -> None:
    first, *rest = BODY.split("\n")
    one, two = "| ".join(NAMES[:8]), "| ".join(NAMES[8:])
    assert removed("\n".join([first, one, *rest, two])) == one + two


def test_a_label_goes_with_its_list() -> None:
    spam = "热门城市:" + " ".join(NAMES)
    assert removed(f"{SIMPLE}\n{spam}") == spam


def test_glossed_and_traditional_names_are_known() -> None:
    spam = "洪洞縣(xiàn)| 文登市| 安福縣(xiàn)| 鄒城市| 定襄縣(xiàn)| 宜州市| 遂溪縣(xiàn)| 西烏珠穆沁旗| 蓬萊市| 大理市| 瀘水縣(xiàn)| 嘉善縣(xiàn)| 豐城市| 圖們市"
    assert removed(f"{SIMPLE}\n{spam}") == spam


@pytest.mark.parametrize("between, within", [("|\u200b", ""), ("\u200b", ""), ("| ", "\u200c"), ("|", "\u00ad"), ("\ufeff|\u2060", "\u200d")])
def test_signs_that_nobody_sees_do_not_hide_a_list(between: str, within: str) -> None:
    spam = between.join(f"{name[0]}{within}{name[1:]}" for name in NAMES)
    assert removed(f"{SIMPLE}\n{spam}").strip(between) == spam


def test_signs_that_nobody_sees_do_not_make_a_genuine_list_spam() -> None:
    spam = "\u200b、".join(NAMES)
    assert removed(f"{SIMPLE}\n获奖的有以下县市:\n{spam}") == ""


def test_a_few_damaged_names_do_not_save_a_list() -> None:
    names = NAMES.copy()
    names[4], names[15] = "定?县", "长\ufffd县"
    spam = "| ".join(names)
    assert removed(f"{BODY}\n{spam}") == spam


def test_japanese_municipalities() -> None:
    body = (
        "このたび新しい研究棟が完成し、春から学生の受け入れを始めます。設備の詳しい案内は後日お知らせします。見学を希望される方は事務局までご連絡ください。"
        * 2
    )
    spam = "函館市|三原市|小諸市|魚津市|日田市|御坊市|古河市|出水市|倉吉市|大野市|二戸市|須崎市|湯沢市|鹿島市|伊賀市|三木市"
    assert removed(f"{body}\n{spam}") == spam


def test_counties_of_the_united_states() -> None:
    body = "The library opens its new reading room this spring, after two years of work on the old building. " * 3
    spam = (
        "Tangipahoa Parish | Maricopa County | Accomack County | Ziebach County | Chemung County | Kalkaska County | Hinsdale County | Okaloosa County | "
        "Beaufort County | Zavala County | Sheboygan County | Wicomico County | Yamhill County | Tuscarawas County"
    )
    assert removed(f"{body}\n{spam}").startswith("Tangipahoa Parish | Maricopa")


CONTROLS = {
    "introduced": f"{SIMPLE}\n第二批试点单位名单如下:\n{'、'.join(NAMES)}",
    "sentence": f"{SIMPLE}\n调研组先后到过{'、'.join(NAMES)}等地,行程四千公里。",
    "ranks": SIMPLE + "\n" + "\n".join(f"{i}. {name}" for i, name in enumerate(NAMES, 1)),
    "one province": f"{SIMPLE}\n石家庄市 辛集市 晋州市 新乐市 正定县 行唐县 灵寿县 高邑县 深泽县 赞皇县 无极县 平山县 元氏县 赵县",
    "national, by code": f"{SIMPLE}\n密云县 蓟县 正定县 平山县 左权县 武乡县 清水河县 喀喇沁旗 康平县 清原县 榆树市 梅河口市 五常市 兰西县 高淳县 丰县 桐庐县 文成县 太和县 金寨县",
    "big cities": f"{SIMPLE}\n北京市 上海市 广州市 深圳市 成都市 杭州市 南京市 武汉市 西安市 重庆市 天津市 苏州市 长沙市 郑州市 青岛市 沈阳市",
    "table": SIMPLE + "\n" + "\n".join(f"{a} | {b} | {c}" for a, b, c in zip(NAMES[::3], NAMES[1::3], NAMES[2::3], strict=False)),
    "few": f"{SIMPLE}\n{' '.join(NAMES[:5])}",
    "list alone": "\n".join(NAMES),
    "districts stuck together": "上海: 黄浦区 卢湾区徐汇区 长宁区 静安区普陀区 闸北区 虹口区 杨浦区",
}


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS.keys())
def test_a_genuine_list_stays(text: str) -> None:
    assert removed(text) == ""


def test_links_to_strange_hosts_speak_against_a_short_list() -> None:
    lines = [*SIMPLE.split("\n"), *NAMES[:9], "尾注在此。"]
    text = "\n\n".join(lines)
    blocks, spans, position = [], [], 0
    for line in lines:
        blocks.append(Block(position, position + len(line)))
        if line in NAMES:
            spans.append(Span(position, position + len(line), "link", f"https://x{position}.example/{position}.html"))
        position += len(line) + 2
    page = Page(text, tuple(blocks), "html", tuple(spans), url="https://news.example/a")
    [edit] = PlaceList().find(page)
    assert text[edit.start : edit.end] == "\n\n".join(NAMES[:9])


def test_order_of_a_sorted_run_is_seen() -> None:
    [run] = runs_of(" ".join(sorted(NAMES)))
    assert order_of(run).neighbours < 0.25
    [run] = runs_of(CONTROLS["national, by code"])
    assert order_of(run).code > 4


def test_sixty_thousand_repetitions_end_soon() -> None:
    assert removed("安塞县| " * 60_000) == ""
