"""spam/keyword-head and spam/keyword-list: keyword lines go, titles, indexes and reports stay."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.page import Metadata, Page
from cleaner.pipeline import clean
from cleaner.rules.keyword_head import clean_title
from cleaner.rules.keywords import phrases_of, score_of
from cleaner.rules.words import tells

ZH = (
    "本报讯 全乡去年修好了三条通村公路,村民出行方便多了。记者在现场看到,新栽的果树已经成活,合作社的仓库里堆满了刚收的小麦。\n"
    "乡农技站的技术员每周进村一次,教大家剪枝和施肥。今年雨水好,预计亩产比去年高出一成。"
)
TW = (
    "本報訊 全鄉去年修好了三條通村公路,村民出行方便多了。記者在現場看到,新栽的果樹已經成活,合作社的倉庫裡堆滿了剛收的小麥。\n"
    "鄉農技站的技術員每週進村一次,教大家剪枝和施肥。今年雨水好,預計畝產比去年高出一成。"
)
EN = (
    "The library opened its new reading room this spring, after two years of work on the old building.\n"
    "Visitors now find twice as many desks, and the children have a room of their own."
)
HEADS = [
    (ZH, "国产精品一区二区三区_亚洲欧美日韩在线观看_久久精品无码av_人妻熟女中文字幕_在线不卡"),
    (TW, "开云体育官网入口-开云app下载-开云体育登录注册-棋牌娱乐平台-彩票投注网址"),
    (TW, "星河体育官网|星河体育app下载|星河体育登录入口|星河体育手机版|最新网址"),
    (ZH, "新澳门资料大全,六合彩开奖结果,天下彩免费资料,管家婆一码中特,香港马会内部资料"),
    (ZH, "代开发票-增值税发票-发票代开公司-开发票联系电话-正规发票"),
    (EN, "slot gacor | situs slot online | judi bola terpercaya | rtp slot hari ini | link alternatif slot88"),
    (EN, "buy viagra online - cheap cialis - generic levitra - online pharmacy without prescription"),
    (EN, "bahis siteleri | deneme bonusu veren siteler | casino siteleri | güncel giriş"),
    (EN, "казино онлайн | игровые автоматы играть бесплатно | вулкан казино официальный сайт | фриспины"),
    (EN, "スーパーコピー 時計 | ブランドコピー 財布 激安 | ロレックスコピー 通販 | N級品 送料無料"),
]
CONTROL_HEADS = [
    (ZH, "全乡修好三条公路_要闻_河北乡村网_河北新闻"),
    (ZH, "国产剧 | 欧美剧 | 日韩剧 | 动漫 | 综艺 | 纪录片"),
    (ZH, "首页 | 体育 | 娱乐 | 财经 | 游戏 | 视频"),
    (
        "警方捣毁一个网络赌博团伙,查获用于投注和开奖的服务器。涉案的棋牌平台以彩票名义吸引玩家,百家乐流水上亿元。",
        "赌博_棋牌_彩票_投注_百家乐",
    ),
    (
        "The state legalised online casino games. Poker and sports betting brought in more taxes than slots last year.",
        "casino | poker | sports betting | slots | taxes",
    ),
    (EN, "Home | News | Events | Catalogue | Opening hours"),
    (EN, "Aspirin, ibuprofen, paracetamol, naproxen, codeine"),
    (ZH, "什么?!”他大声说,“你把彩票都投注到那家棋牌平台上了?”"),
]


def removed(text: str, *rules: str) -> str:
    result = clean(text, options=Options(kind="text", select=rules or ("spam",)))
    return "\n".join(result.page.text[edit.start : edit.end] for edit in result.removals)


@pytest.mark.parametrize(("body", "head"), HEADS)
def test_a_head_goes_and_nothing_else(body: str, head: str) -> None:
    assert removed(f"{head}\n{body}", "spam/keyword-head") == head


@pytest.mark.parametrize(("body", "head"), CONTROL_HEADS)
def test_a_genuine_first_line_stays(body: str, head: str) -> None:
    assert removed(f"{head}\n{body}") == ""


def test_the_litter_around_a_head_goes_with_it() -> None:
    head = HEADS[0][1]
    assert removed(f'<tr id="yyy80"></tr>\n{head}\n?\n{ZH}', "spam/keyword-head") == f'<tr id="yyy80"></tr>\n{head}\n?'
    assert removed(f"?\n{ZH}") == ""


@pytest.mark.parametrize(("body", "line"), HEADS)
def test_a_list_goes_from_the_end_and_from_the_middle(body: str, line: str) -> None:
    first, *rest = body.split("\n")
    last = f"{body}\n{line}"
    middle = "\n".join([first, *[EN if body is EN else ZH] * 3, line, *rest])
    assert removed(last, "spam/keyword-list") == line
    assert removed(middle, "spam/keyword-list") == line


def test_a_row_of_short_lines_goes() -> None:
    lines = ["casino online", "slot gacor", "judi bola", "poker online", "agen togel", "sbobet login"]
    assert removed(f"{EN}\n" + "\n".join(lines), "spam/keyword-list") == "\n".join(lines)


PLACES = "洪洞县 文登市 安福县 邹城市 定襄县 宜州市 遂溪县 大理市 泸水县 嘉善县 丰城市 长汀县 会理县 敦煌市".split()


@pytest.mark.parametrize("word", ["棋牌", "私家侦探", "办证"])
@pytest.mark.parametrize("separator", ["| ", " ", "、", "_", "\n"])
def test_one_word_behind_many_places_goes(word: str, separator: str) -> None:
    line = separator.join(f"{place}{word}" for place in PLACES)
    assert removed(f"{ZH}\n{line}", "spam/keyword-list") == line


def test_one_word_in_many_phrases_stays_where_the_page_is_about_it() -> None:
    line = "| ".join(f"{place}棋牌" for place in PLACES)
    assert removed(f"{ZH}\n各县的棋牌室上月起接受检查,已有四十家棋牌室停业整改,其余的要在年底以前补办手续。\n{line}") == ""
    assert removed(f"棋牌室名录\n{line}") == ""  # the page has no prose to judge by
    assert (
        removed(
            f"{EN}\n"
            + " | ".join(f"{kind} tables" for kind in "oak pine beech ash elm maple walnut cherry birch larch cedar teak".split())
        )
        == ""
    )


@pytest.mark.parametrize(("body", "line"), CONTROL_HEADS)
def test_a_genuine_list_stays(body: str, line: str) -> None:
    assert removed(f"{body}\n{line}") == ""


def page_of(title: str | None, body: str = ZH) -> Page:
    return clean(body, options=Options(kind="text", select=("spam",))).page.__class__(
        body, clean(body, options=Options(kind="text", select=("spam",))).page.blocks, "text", metadata=Metadata(title=title)
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (HEADS[0][1], None),
        ("国产精品一区二区_亚洲无码在线_久久精品_人妻熟女-全乡修好三条公路", "全乡修好三条公路"),
        ("全乡修好三条公路_要闻_河北乡村网", "全乡修好三条公路_要闻_河北乡村网"),
        ("", ""),
        (None, None),
    ],
)
def test_titles_are_cleaned(title: str | None, expected: str | None) -> None:
    assert clean_title(title, page_of(title)) == expected


def test_scores_count_phrases() -> None:
    score = score_of(phrases_of("slot gacor | situs slot | about us"))
    assert (score.phrases, score.with_strong, score.strong) == (3, 2, ("slot gacor", "situs slot"))
    assert not tells("Home | News | About us")


SHOP = "【送料無料】最新作ブランドバッグ激安セール開催中！スーパーコピー時計、財布、バッグを格安で販売、コピー品代引き可能！"


def test_a_shop_in_another_alphabet_goes_though_it_speaks_in_sentences() -> None:
    body = (
        f"{EN}\nThe old stove stays where it was, for those who like to read beside it in winter, and the roof no longer leaks."
    )
    assert removed(f"{body}\n{SHOP}") == SHOP
    assert removed(f"{body}\n彼は「スーパーコピーは買わない」と言って、図書館の前で笑った。") == ""
    assert removed(f"{body}\n" + "\n".join(["図書館の前で笑った。財布もバッグも要らない。"] * 4) + f"\n{SHOP}") in ("", SHOP)


def test_a_line_without_separators_is_read_by_words() -> None:
    head = "SLOT GACOR situs slot online terpercaya gampang maxwin judi hari ini"
    assert removed(f"{head}\n{EN}", "spam/keyword-head") == head
    assert removed(f"The library opened its reading room for new visitors today\n{EN}") == ""
