"""navigation/surroundings: a dump's menus and lists of headlines go by their looks and place; short lines of articles stay, whatever stands around."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.markup import text_page
from cleaner.rules.navigation import Navigation
from cleaner.rules.navigation_features import NAMES, matrix
from cleaner.rules.navigation_learned import asked
from cleaner.rules.navigation_trees import chances, shipped

TOP = """Skip to main content
Menu
Home
Riverside
Harbour life
Mill quarter
Schools
Ferry times
Letters
Gardens
Search
Sign in
Subscribe
The old bridge stays open for another year
By Ann Lee
12 March 2024""".split("\n")
PROSE = [
    "The council voted on Tuesday to keep the old bridge open for another year, after residents had asked for it in large numbers.",
    "Engineers will inspect the structure every month, and the town will publish their reports on its notice board by the ferry.",
    "The mayor said that nobody had expected so many letters, and that the town would have to look for the money in the spring.",
    "A new bridge would cost eleven million, twice what the town has put aside since the flood, and take four years to build.",
]
END = """Share on Facebook
Related articles
Mill reopens after repairs
Harvest begins early this year
Ferry stops for a week in May
Why the swans came back
More from Riverside
The baker who counts boats
Popular
Ten walks along the water
Newsletter
Privacy policy
Terms of use
Contact us
© 2024 The Riverside Herald. All rights reserved.""".split("\n")

HAN_TOP = """设为首页
加入收藏
网站首页
河边要闻
水乡故事
渡口人家
乡镇风采
热线留言
站内搜索
登录
注册
当前位置:首页 > 河边要闻 > 正文
老桥再留一年
2024-03-12 08:30 来源:河边日报""".split("\n")
HAN_PROSE = [
    "镇政府昨日召开会议,决定将老桥再保留一年,并由工程师每月检查一次桥体的安全状况,检查结果向全体村民公布。",
    "会议还讨论了今年秋收的安排,各村负责人汇报了粮食收购、道路维修和冬季供暖等方面的准备情况。",
    "镇长说,没有想到会收到这么多来信,建新桥的钱要等到明年春天才能想办法,眼下先把老桥看护好。",
    "据测算,新桥要花一千一百万元,是洪水之后镇里攒下的钱的两倍,而且至少要修四年才能通车。",
]
HAN_END = """分享到:
上一篇:秋收开始了
下一篇:渡口停航一周
相关阅读
磨坊修好重新开门
今年天鹅为什么回来得早
数船的面包师傅
热门推荐
沿河散步的十条路
关于我们
联系我们
版权所有 河边日报社
京ICP备12345678号-1""".split("\n")

CONTROLS = {
    "poem": ["The river goes", "and does not turn,", "the lamps are lit", "on boat and stern", "and nobody", "comes home"],
    "refrain": ["Row the boat, Anna,", "Row the boat home", "Row the boat, Anna,", "Row the boat home"],
    "recipe": ["200 g flour", "2 eggs", "1 pinch of salt", "250 ml milk", "butter for the pan"],
    "dialogue": ["“Is it open?”", "“It is.”", "“And tomorrow?”", "“Tomorrow as well”", "She laughed"],
    "code": ["import os", "def bridge(name):", "    return os.path.join('maps', name)", "print(bridge('old'))"],
    "dictionary": [
        "bridge n. a way over water",
        "ferry n. a boat that carries people across",
        "ford n. a shallow place",
        "weir n. a low dam",
    ],
    "table": ["Village | Boats | Year", "Riverside | 12 | 1990", "Millbank | 30 | 1994", "Fordham | 7 | 2001"],
    "list": ["• oak planks from the old mill", "• two hundred iron bolts", "• a rope of forty metres", "• paint"],
    "questions": ["Q: Is the bridge safe", "A: Yes, until the autumn", "Q: Who pays for it", "A: The county, mostly"],
    "sections": ["1. Before you start", "2. Fitting the rail", "2.1 Tools", "2.2 Marking the holes", "3. Painting"],
    "transcript": ["MAYOR: Order, please", "LEE: We wrote four hundred letters", "MAYOR: I read them", "LEE: All of them"],
    "counties": ["Ashford", "Braintree", "Colchester", "Dartford", "Epping", "Folkestone"],
}
HAN_CONTROLS = {
    "poem": ["河水向东流", "老桥不说话", "灯火照船尾", "谁在等归人"],
    "counties": ["平遥县", "丰都县", "青田县", "固始县", "石城县", "武冈市"],
    "recipe": ["面粉二百克", "鸡蛋两个", "盐少许", "牛奶半杯"],
    "table": ["村名 | 船只 | 年份", "河边村 | 12 | 1990", "磨坊村 | 30 | 1994"],
    "sections": ["一、总体要求", "二、主要任务", "(一)检查桥体", "(二)公布结果", "三、保障措施"],
    "dialogue": ["“桥还开吗”", "“开着呢”", "“明天呢”", "“明天也开”"],
    "names": ["张三 李四 王五", "赵六 钱七 孙八", "周九 吴十"],
}


def removed(lines: list[str]) -> dict[str, str]:
    page = text_page("\n".join(lines))
    return {page.text[edit.start : edit.end].strip(): edit.rule for edit in Navigation().find(page)}


def test_what_no_list_knows_goes_from_a_menu_and_from_under_the_article() -> None:
    gone = removed([*TOP, *PROSE, *END])
    assert {"Harbour life", "Mill quarter", "Ferry times"} <= set(gone)
    assert {"Why the swans came back", "The baker who counts boats", "Ten walks along the water"} <= set(gone)
    assert gone["Mill quarter"] in ("navigation/surroundings", "navigation/menu")
    assert not set(gone) & {"The old bridge stays open for another year", *PROSE}


def test_so_it_does_on_a_chinese_page() -> None:
    gone = removed([*HAN_TOP, *HAN_PROSE, *HAN_END])
    assert {"水乡故事", "渡口人家", "乡镇风采", "今年天鹅为什么回来得早", "沿河散步的十条路"} <= set(gone)
    assert not set(gone) & {"老桥再留一年", *HAN_PROSE}


@pytest.mark.parametrize("name", CONTROLS)
def test_short_lines_of_an_article_stay_in_a_dump(name: str) -> None:
    lines = CONTROLS[name]
    assert not set(removed([*TOP, *PROSE[:2], *lines, *PROSE[2:], *END])) & set(lines)


@pytest.mark.parametrize("name", HAN_CONTROLS)
def test_short_lines_of_a_chinese_article_stay_in_a_dump(name: str) -> None:
    lines = HAN_CONTROLS[name]
    assert not set(removed([*HAN_TOP, *HAN_PROSE[:2], *lines, *HAN_PROSE[2:], *HAN_END])) & set(lines)


@pytest.mark.parametrize(
    "lines", [*CONTROLS.values(), *HAN_CONTROLS.values()], ids=[*CONTROLS, *(f"han {name}" for name in HAN_CONTROLS)]
)
def test_without_a_sure_line_on_the_page_nothing_is_judged(lines: list[str]) -> None:
    assert removed(lines) == {}
    assert removed([*PROSE, *lines, *HAN_PROSE, *lines]) == {}


def test_a_signature_behind_a_notice_stays() -> None:
    signature = ["河边镇人民政府", "2024年3月12日"]
    assert not set(removed([*HAN_TOP, *HAN_PROSE, *signature, *HAN_END])) & set(signature)


def test_a_comment_without_its_full_stop_is_not_asked_about() -> None:
    assert not asked("我觉得这座桥还能用很多年,而且住在对岸的人每天都要过河上班,要是没有了桥,大家只能坐船,冬天怎么办呢,真不知道")
    assert asked("今年天鹅为什么回来得早?")
    assert not asked("It is open.")


def test_the_table_fits_the_measures() -> None:
    trees = shipped()
    assert trees.columns.max() < len(NAMES)
    values = matrix(["Home", "The old bridge"], [None, None])
    assert values.shape == (2, len(NAMES))
    assert np.all((chances(values) >= 0) & (chances(values) <= 1))
    assert chances(values[:0]).shape == (0,)


def test_what_is_judged_does_not_depend_on_how_many_lines_are_judged_at_once() -> None:
    values = matrix([*TOP, *PROSE, *END] * 200, [None] * 200 * len([*TOP, *PROSE, *END]))
    assert np.allclose(chances(values)[:50], chances(values[:50]))


COMMENTS = [
    "I read this to my mother, who was born by that river and has not seen it for forty years, and she asked me to read it again.",
    "What a fine poem, and how little it needs to say what it wants to say about the people who leave and those who stay.",
]
HAN_COMMENTS = [
    "我很喜欢这首诗,读到最后一句的时候,想起小时候在渡口等父亲回家的那些傍晚,眼泪就下来了。",
    "写得真好,尤其是折成小纸船那一段,让人想起很多已经忘记的事情,谢谢作者把它写下来。",
]
HAN_POEM = "河水向东流 老桥不说话 灯火照船尾 谁在等归人 秋风过渡口 雁影落沙洲 一夜听潮声 天明又远行 我把旧信笺 折成小纸船".split()


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([*TOP[:-3], "Ferry", *CONTROLS["poem"] * 2, *COMMENTS, *END], CONTROLS["poem"]),
        ([*HAN_TOP[:-2], "渡口", *HAN_POEM, *HAN_COMMENTS, *HAN_END], HAN_POEM),
        ([*HAN_TOP, *HAN_POEM, "分享到:", *HAN_COMMENTS, *HAN_END], HAN_POEM),
        ([*TOP[:-3], "Thin pancakes", "Ingredients", *CONTROLS["recipe"], "Method", *PROSE[:2], *END], CONTROLS["recipe"]),
        ([*TOP, *PROSE, *CONTROLS["counties"], *END], CONTROLS["counties"]),
        ([*HAN_TOP, *HAN_PROSE, *HAN_CONTROLS["counties"], *HAN_END], HAN_CONTROLS["counties"]),
        ([*HAN_TOP, *HAN_PROSE, "联系人:张三", "联系电话:0312-1234567", *HAN_END], ["联系人:张三", "联系电话:0312-1234567"]),
    ],
    ids=["poem", "han poem", "han poem before the bar", "recipe", "names", "han names", "contact"],
)
def test_short_lines_at_the_edge_of_an_article_stay(lines: list[str], kept: list[str]) -> None:
    assert not set(removed(lines)) & set(kept)
