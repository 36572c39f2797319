"""navigation/*: what a site adds to every page goes, what an article says stays."""

from __future__ import annotations

import re

import pytest

from benchmarks.data import data_folder
from cleaner import Options, clean
from cleaner.edits import apply
from cleaner.markup import text_page
from cleaner.options import Options as PageOptions
from cleaner.rules import removals_of
from cleaner.rules.navigation import FAMILIES, Navigation

DATA = data_folder()

BODY = (
    "The council voted on Tuesday to keep the old bridge open for another year, after residents had asked for it in large numbers.",
    "Engineers will inspect the structure every month, and the town will publish their reports on its notice board.",
)
HAN_BODY = (
    "镇政府昨日召开会议,决定将老桥再保留一年,并由工程师每月检查一次桥体的安全状况,检查结果向全体村民公布。",
    "会议还讨论了今年秋收的安排,各村负责人汇报了粮食收购、道路维修和冬季供暖等方面的准备情况。",
)


def removed(*lines: str) -> dict[str, str]:
    """The lines that go from a page of text, with their rules."""
    page = text_page("\n".join(lines))
    return {page.text[edit.start : edit.end].strip(): edit.rule for edit in Navigation().find(page)}


# What stands alone after an article and goes; one row a family and language at least.
LINES = [
    ("navigation/app", "扫一扫,关注本报微信公众号"),
    ("navigation/app", "长按二维码关注我们"),
    ("navigation/app", "打开APP阅读全文"),
    ("navigation/app", "官方微博"),
    ("navigation/app", "官方微博".replace("博", "博")),
    ("navigation/app", "Download on the App Store"),
    ("navigation/breadcrumb", "当前位置:首页 > 新闻中心 > 正文"),
    ("navigation/breadcrumb", "首页>>地方新闻>>正文"),
    ("navigation/breadcrumb", "國內新聞>正文"),
    ("navigation/breadcrumb", "Home > News > Local"),
    ("navigation/breadcrumb", "You are here: Home / News"),
    ("navigation/comments", "Leave a Reply"),
    ("navigation/comments", "3 thoughts on “The old bridge”"),
    ("navigation/comments", "发表评论"),
    ("navigation/comments", "暫無評論"),
    ("navigation/consent", "We use cookies to improve your experience on our site. Read our policy to learn more."),
    ("navigation/consent", "Subscribe to our newsletter"),
    ("navigation/copyright", "© 2024 The Riverside Herald. All rights reserved."),
    ("navigation/copyright", "Copyright © 1997-2024 by www.example.com"),
    ("navigation/copyright", "版权所有 河边日报社"),
    ("navigation/copyright", "版權(quán)所有 河邊日報社"),
    ("navigation/copyright", "京ICP备12345678号-1"),
    ("navigation/counter", "点击数:1024"),
    ("navigation/counter", "阅读(356)"),
    ("navigation/counter", "5 min read"),
    ("navigation/disclaimer", "免责声明:本文仅代表作者个人观点,与本网无关。其原创性以及文中陈述文字和内容未经本站证实。"),
    ("navigation/disclaimer", "本文来自网络,转载请注明出处。"),
    ("navigation/login", "请登录后发表评论".replace("发表评论", "查看全文")),
    ("navigation/login", "Already a subscriber? Log in"),
    ("navigation/login", "请输入验证码"),
    ("navigation/menu", "返回頂部"),
    ("navigation/menu", "Skip to main content"),
    ("navigation/menu", "书迷正在阅读"),
    ("navigation/pager", "第1页 共3页"),
    ("navigation/pager", "上一页 1 2 3 4 下一页"),
    ("navigation/pager", "Page 2 of 7"),
    ("navigation/previous-next", "上一篇:秋收开始"),
    ("navigation/previous-next", "下一篇 没有了"),
    ("navigation/previous-next", "Next post: Harvest begins"),
    ("navigation/read-more", "点击阅读全文"),
    ("navigation/read-more", "Continue reading »"),
    ("navigation/related", "相關閱讀"),
    ("navigation/related", "Related articles"),
    ("navigation/share", "分享到:"),
    ("navigation/share", "Share on Facebook"),
    ("navigation/share", "FacebookTwitterMail"),
    ("navigation/source", "2022.01.20 16:31 来源：河边日报客户端"),
    ("navigation/source", "时间：2024.05.11 来源：河边日报 作者：张三 分享到："),
    ("navigation/source", "发布时间:2019-03-22 编辑:李四 浏览:120"),
    ("navigation/tags", "Tags: bridge, council"),
    ("navigation/tags", "标签:老桥 会议"),
    ("navigation/tools", "【字号:大 中 小】"),
    ("navigation/tools", "【打印本页】 【关闭窗口】"),
    ("navigation/tools", "Print this page"),
]


@pytest.mark.parametrize(("rule", "line"), LINES, ids=[line[:30] for _, line in LINES])
def test_a_line_of_boilerplate_goes(rule: str, line: str) -> None:
    body = HAN_BODY if re.search("[\u4e00-\u9fff]", line) else BODY
    assert removed(*body, line) == {line: rule}


# Lines of articles that look like it.
CONTROLS = [
    "河北省委组织部供稿供图",
    "新华社记者 张三 摄",
    "图为村民拿到分红,喜上眉梢。",
    "基层探索",
    "隆化县西道村——",
    "“三联三增” 催生“草莓公社”",
    "扫描二维码即可报名参加培训,名额有限。",
    "他拿起手机扫了扫二维码,屏幕上跳出一行字。",
    "打印机要先联网,再按“打印”键。",
    "首页上写着他的名字。",
    "来源地审查的程序如下:",
    "来源：河边统计站",
    "时间:周三下午",
    "记者:您为什么留下来?",
    "作者:张三",
    "文化 艺术 时尚 旅游 教育 财经",
    "本文由三部分组成,先说桥,再说船,最后说人。",
    "未经授权访问计算机系统的人,最高可判三年。",
    "主办单位:河边镇人民政府",
    "互联网版权所有者的许可必须事先取得。",
    "新闻发布会的时间、地点和人员名单",
    "评论家李四:这部作品写得好",
    "下一站,天安门东",
    "上一次见到他,是在十年前的冬天。",
    "标签打印机 | 2 台 | 1600 元",
    "Print the form, sign it and send it to the office.",
    "Share your plate with a neighbour, and you will never eat alone.",
    "Next, add the flour and stir until smooth.",
    "Home",
    "Search",
    "Comments",
    "3",
    "Q: Can I print my ticket at the station?",
    "print(x)",
    "SELECT name FROM pages",
    "Photo: Jane Doe / Riverside Herald",
    "Photo © Jane Doe",
    "Image credit: NASA/JPL-Caltech",
    "Copyright law in a fragmented world",
    "All rights belong to those who claim them, he said, and nobody laughed.",
    "“Read more,” she said. “Write less.”",
    "The cookies should be golden brown.",
    "We used cookies as bait.",
    "Services:",
    "C#",
    "Home advantage",
    "Settings > Privacy > Cookies",
    "a > b",
    "Previous work on the subject",
    "Contact with the enemy",
    "Related work",
    "Tag der Arbeit",
    "News from nowhere",
    "1 | Riverside | 12 | 30",
]


@pytest.mark.parametrize("line", CONTROLS, ids=[line[:30] for line in CONTROLS])
def test_a_line_of_the_article_stays(line: str) -> None:
    body = HAN_BODY if re.search("[\u4e00-\u9fff]", line) else BODY
    assert removed(body[0], line, body[1]) == {}
    assert removed(body[0], body[1], line) == {}


def test_weak_words_go_in_company() -> None:
    menu = ["Home", "News", "Sports", "Weather", "Riverside Live", "Contact us", "Skip to main content"]
    assert set(removed(*menu, "The old bridge stays", *BODY)) == set(menu)


def test_a_list_of_the_same_words_in_the_article_stays() -> None:
    assert removed(BODY[0], "News", "Sports", "Weather", BODY[1]) == {}


@pytest.mark.parametrize(
    "line",
    [
        "Skincare Open submenu",
        "Menü Reise aufklappen",
        "Instagram Opens in a new tab",
        "► November (4)",
        "« Nov",
        "Leave a ReplyCancel reply",
        "Privacy PolicyTerms of Service",
        "By creating an account, you agree to our terms.",
        "You can unsubscribe at any time.",
        "Adjust your cookie settings",
        "Kon\xadtakt\xadfor\xadmu\xadlar",
        "12 Comments",
        "返回南方网首页",
        "（编辑：小何）返回河边，查看更多",
        "返回河边网，查看更多",
        "责任编辑：",
        "查看全部66条评论",
        "34 条评论",
        "新手上路, 积分 16, 距离下一级还需 34 积分",
        "未经河边日报社授权,请勿转载或建立镜像",
        "关于我们 | 网站公告 | 我们的桥 | 联系方式 | 友情链接",
        "首页 上一页 1 下一页 尾页",
        "第1页（共2页）",
        "打印 | 关闭",
        "點(diǎn)贊 收藏 分享",
        "赞(12)",
        "顶 0 踩 0",
        "0人已赞",
        "共有0人参与 0条评论",
        "发表于 2021-3-4 10:20:30 | 只看该作者",
        "一审：张三 二审：李四 三审：王五",
        "【纠错】 【责任编辑:李四】",
        "关注河边发布微信公众号",
        "本网站已支持IPv6访问",
        "建议使用1024×768分辨率 IE7.0以上浏览器",
        "更多>>",
        "特别提醒：如果我们使用了您的图片，请作者与本站联系索取稿酬。",
    ],
)
def test_forms_that_carry_names_and_numbers_go(line: str) -> None:
    assert set(removed(*(HAN_BODY if re.search("[\u4e00-\u9fff]", line) else BODY), line)) == {line}


@pytest.mark.parametrize(
    "line",
    [
        "On the menu",
        "Navigation by the stars",
        "November",
        "A cookie of note",
        "Enables cookie- and session-based messages",
        "By streamlining what you buy and what you accept into your house you save time.",
        "I agree with the mayor",
        "Unsubscribed readers came back",
        "iPhone and YouTube",
        "McDonald MacDonald",
        "返回家乡的路",
        "返回现场，查看更多的证据",
        "责任编辑是谁",
        "积分规则",
        "赞成 12 票",
        "支持 12 反对 3",
        "关注老人的微信群",
        "共有三人参与评论",
        "发表于上世纪的一篇旧文",
        "联系电话:0312-1234567",
        "审核:由三人小组完成",
        "+8",
        "0",
    ],
)
def test_near_misses_of_these_forms_stay(line: str) -> None:
    body = HAN_BODY if re.search("[\u4e00-\u9fff]", line) else BODY
    assert removed(body[0], line, body[1]) == {}
    assert removed(body[0], body[1], line) == {}


def test_weak_words_outside_the_body_go_near_boilerplate_only() -> None:
    assert "Search" in removed(*BODY, "The mill", "Search", "The ferry", "Share on Facebook")
    assert "Search" not in removed(*BODY, "Search", *["The mill"] * 5, "Share on Facebook")


def test_buttons_under_every_post_go() -> None:
    lines = [line for post in (*BODY, *BODY) for line in (post, "Reply")]
    assert set(removed(*lines)) == {"Reply"}


def test_headlines_under_related_articles_go_but_not_the_prose_after() -> None:
    lines = [*BODY, "Related articles", "Harvest begins early this year", "Mill reopens after repairs"]
    assert removed(*lines)["Mill reopens after repairs"] == "navigation/related"
    assert "Harvest begins early this year" not in removed(*lines, BODY[0])


def test_the_name_above_a_channel_goes() -> None:
    box = ["1", "鄉村干部報網", "微信公眾號", "鄉村干部報網", "官方微博"]
    assert removed("河北鑄就黨旗紅品牌", *box, *HAN_BODY) == {
        "1": "navigation/pager",
        "鄉村干部報網": "navigation/site-box",
        "微信公眾號": "navigation/app",
        "官方微博": "navigation/app",
    }


@pytest.mark.data
@pytest.mark.skipif(not DATA.exists(), reason="no development data")
def test_of_the_seed_the_boxes_go_and_nothing_of_the_article() -> None:
    glosses = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
    lines = glosses.sub("", (DATA / "seed.txt").read_text(encoding="utf-8")).split("\n")
    assert removed(*lines).keys() == {"1", "鄉村干部報網", "微信公眾號", "官方微博"}


def test_cleaning_again_changes_nothing() -> None:
    text = "\n".join(
        [
            "Home",
            "News",
            "Sport",
            "Contact us",
            "Log in",
            "The old bridge",
            *BODY,
            "Share",
            "Print",
            "Related articles",
            "Mill reopens",
        ]
    )
    once = clean(text, options=Options(kind="text")).text
    assert clean(once, options=Options(kind="text")).text == once


def test_families_can_be_chosen() -> None:
    page = text_page("\n".join([*BODY, "Share on Facebook", "Print this page"]))
    ignoring = removals_of(page, PageOptions(ignore=("navigation/share",)))
    assert [edit.rule for edit in ignoring] == ["navigation/tools"]
    selecting = removals_of(page, PageOptions(select=("navigation/share",)))
    assert [edit.rule for edit in selecting] == ["navigation/share"]
    assert "Print this page" in apply(page.text, selecting)


def test_every_family_has_a_case() -> None:
    shown = {rule.partition("/")[2] for rule, _ in LINES} | {"site-box", "surroundings"}
    assert shown == set(FAMILIES)
