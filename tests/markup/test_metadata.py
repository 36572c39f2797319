"""Pages of our own in six languages give title, author, dates, site, language and address, however they declare them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.markup import html_page, text_page
from cleaner.options import Options
from cleaner.page import Metadata
from tests.markup.test_language import TEXTS

NO_EXTRACTION = Options(extractor="none")
BODY = {language: "".join(f"<p>{text} {text} ({i})</p>" for i in range(3)) for language, text in TEXTS.items()}
PAGES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "English, JSON-LD",
        "https://www.lakepost.example/2024/hut?utm=1",
        """<html lang="en-GB"><head><title>The hut by the lake | The Lake Post</title><link rel="canonical" href="/2024/hut">
        <meta name="description" content="How the hut was built &amp; lost.">
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"The hut by the lake",
        "datePublished":"2024-03-05T08:00:00+00:00","dateModified":"2024-03-06","author":[{"@id":"#ann"},{"@type":"Person","name":"Bo Fox"}],
        "publisher":{"@type":"Organization","name":"The Lake Post"}},{"@type":"Person","@id":"#ann","name":"Ann Lee"}]}</script></head>
        <body><h1>The hut by the lake</h1><p>By Ann Lee and Bo Fox, 5 March 2024</p>"""
        + BODY["en"],
        {
            "title": "The hut by the lake",
            "author": "Ann Lee, Bo Fox",
            "published": "2024-03-05T08:00:00+00:00",
            "modified": "2024-03-06",
            "site": "The Lake Post",
            "language": "en-GB",
            "url": "https://www.lakepost.example/2024/hut",
            "description": "How the hut was built & lost.",
        },
    ),
    (
        "German, byline",
        "https://bergzeitung.example/huette",
        """<html lang="de"><head><title>Die Hütte am See - Bergzeitung</title></head><body><nav>Start Politik</nav><h1>Die Hütte am See</h1>
        <p>Von Lena Ott</p><p>Veröffentlicht am 5. März 2024, 10:30 Uhr · Lesezeit: 4 Minuten</p>"""
        + BODY["de"],
        {
            "title": "Die Hütte am See",
            "author": "Lena Ott",
            "published": "2024-03-05T10:30:00",
            "site": "Bergzeitung",
            "language": "de",
            "url": "https://bergzeitung.example/huette",
        },
    ),
    (
        "Chinese, wrong label",
        "http://www.qingwan.example/content/2024-11/06/content_8.htm",
        """<html lang="en"><head><title>山间小屋的最后一夜_生活_青湾新闻网</title></head><body><h1>山间小屋的最后一夜</h1>
        <div>2024-11-06 07:15:00 来源：青湾日报 作者：孟书瑶 字号：大 中 小</div>"""
        + BODY["zh-Hans"]
        + "<p>（责任编辑：郑晓彤）</p><p>上一篇：无</p>",
        {
            "title": "山间小屋的最后一夜",
            "author": "孟书瑶",
            "credit": "青湾日报",
            "editor": "郑晓彤",
            "published": "2024-11-06T07:15:00",
            "site": "青湾新闻网",
            "language": "zh-Hans",
        },
    ),
    (
        "Taiwan, OpenGraph",
        "https://news.example.tw/1",
        """<html lang="zh-TW"><head><meta property="og:title" content="山間小屋的最後一夜 | 海島日報"><meta property="og:site_name" content="海島日報">
        <meta property="article:published_time" content="2024-11-06T07:15:00+08:00"><meta name="author" content="記者林小美">
        <meta property="og:url" content="https://news.example.tw/1"></head><body><h1>山間小屋的最後一夜</h1>"""
        + BODY["zh-Hant"],
        {
            "title": "山間小屋的最後一夜",
            "author": "林小美",
            "published": "2024-11-06T07:15:00+08:00",
            "site": "海島日報",
            "language": "zh-TW",
            "url": "https://news.example.tw/1",
        },
    ),
    (
        "Japanese, time element",
        "https://mizuumi.example/a",
        """<html lang="ja"><head><title>湖畔の小屋 - みずうみ新聞</title></head><body><h1>湖畔の小屋</h1>
        <div class="info"><time datetime="2024-03-05T09:00+09:00">3月5日</time><span class="author-name">山田太郎</span></div>"""
        + BODY["ja"],
        {
            "title": "湖畔の小屋",
            "author": "山田太郎",
            "published": "2024-03-05T09:00:00+09:00",
            "site": "みずうみ新聞",
            "language": "ja",
        },
    ),
    (
        "Russian, microdata",
        "https://ozero.example/a",
        """<html lang="ru"><head><title>Дом у озера — Озёрный вестник</title><meta property="og:site_name" content="Озёрный вестник"></head><body>
        <article itemscope itemtype="http://schema.org/Article"><h1 itemprop="headline">Дом у озера</h1><meta itemprop="datePublished"
        content="2024-03-05"><span itemprop="author">Иван Петров</span>"""
        + BODY["ru"],
        {"title": "Дом у озера", "author": "Иван Петров", "published": "2024-03-05", "site": "Озёрный вестник", "language": "ru"},
    ),
]


@pytest.mark.parametrize(("url", "html", "expected"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_ordinary_pages_give_their_metadata(url: str, html: str, expected: dict[str, Any]) -> None:
    found = html_page(html, url=url).metadata
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(("url", "html", "expected"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_title_and_bylines_are_not_in_the_text(url: str, html: str, expected: dict[str, Any]) -> None:
    text = clean(html.encode(), url=url).text
    assert expected["title"] not in text
    for sign in ("By Ann", "Von Lena", "Veröffentlicht", "来源", "责任编辑"):
        assert sign not in text


SEEDLIKE = """河岸小屋修繕完工
2019-03-22 09:54:00  來源:山村生活報

他們從小屋下來的時候，暴風雨已經過去了，湖還在霧裡，什麼也看不見，連對岸的燈也沒有了。他們從小屋下來的時候，暴風雨已經過去了。

修繕的經過

他們從小屋下來的時候，暴風雨已經過去了，湖還在霧裡，什麼也看不見，連對岸的燈也沒有了。

山村生活報供稿供圖

責編:王小婧
"""


def test_plain_text_gives_first_and_last_lines_as_metadata() -> None:
    result = clean(SEEDLIKE.encode())
    assert result.page.metadata == Metadata(
        title="河岸小屋修繕完工",
        published="2019-03-22T09:54:00",
        credit="山村生活報",
        editor="王小婧",
        language="zh-Hant",
        titles=("河岸小屋修繕完工",),
    )
    marks = [(mark.value, result.page.text[mark.start : mark.end]) for mark in result.page.marks if mark.kind == "metadata"]
    assert marks == [
        ("title", "河岸小屋修繕完工"),
        ("published", "2019-03-22 09:54:00"),
        ("credit", "來源:山村生活報"),
        ("editor", "責編:王小婧"),
    ]
    assert result.text.startswith("他們從小屋下來")
    assert result.text.endswith("山村生活報供稿供圖")


def test_plain_text_without_a_byline_keeps_its_first_line() -> None:
    result = clean("A short first line\n\nAnd a paragraph that follows it, as in a letter or a note that has no title at all.\n")
    assert result.title == "A short first line"
    assert result.text.startswith("A short first line")


def test_a_foreign_title_on_top_leaves_the_true_one_a_candidate() -> None:
    html = (
        "<html><head><title>快乐彩票_真人棋牌_体育投注</title></head><body><h1><a href=/>快乐彩票_真人棋牌_体育投注</a></h1><ul><li>首頁</li><li>要聞</li></ul>"
        f"<h2>河岸小屋修繕完工</h2><p>2019年3月22日 09:54 來源：山村生活報</p>{BODY['zh-Hant']}"
    )
    found = html_page(html).metadata
    assert "河岸小屋修繕完工" in found.titles
    assert (found.published, found.credit) == ("2019-03-22T09:54:00", "山村生活報")


@pytest.mark.parametrize(
    "html",
    [
        # a colophon of a book, a table of facts: "name: value" lines among others
        "<h1>新書介紹</h1>" + BODY["zh-Hant"] + "<p>書名：河岸</p><p>作者：王小明</p><p>定價：三百元</p><p>頁數：二百</p>",
        # the source of a figure between paragraphs
        "<h1>Rain</h1>" + BODY["en"] + "<p>Source: Weather Office</p>" + BODY["en"],
        # a photograph's credit
        "<h1>山間小屋</h1>" + BODY["zh-Hans"] + "<p>本报记者 张三 摄</p>" + BODY["zh-Hans"],
        # a list with a date at each entry
        "<h1>Journal</h1>" + "".join(f"<h2>Entry {i}</h2><p>{i} March 2024</p><p>{TEXTS['en']}</p>" for i in range(1, 9)),
        # a diary
        "<h1>Diary</h1>" + BODY["en"] + "<p>March 5, 2024</p>" + BODY["en"] + "<p>March 6, 2024</p>" + BODY["en"],
    ],
)
def test_lines_like_bylines_that_belong_to_the_text_stay(html: str) -> None:
    result = clean(html, options=NO_EXTRACTION)
    assert [edit for edit in result.removals if edit.rule == "navigation/byline"] == []


def test_a_label_and_its_value_in_two_blocks_are_one_byline() -> None:
    page = html_page(f"<h1>The hut</h1><div>By</div><div>Ann Lee</div>{BODY['en']}")
    assert page.metadata.author == "Ann Lee"
    assert [page.text[mark.start : mark.end] for mark in page.marks if mark.value == "author"] == ["By", "Ann Lee"]


def test_authors_that_name_nobody_are_none() -> None:
    for author in ("admin", "https://facebook.com/hut", "The Lake Post", "info@hut.example"):
        html = f'<meta property="og:site_name" content="The Lake Post"><meta name="author" content="{author}"><h1>The hut</h1>{BODY["en"]}'
        assert html_page(html).metadata.author is None


def test_a_canonical_address_of_the_front_page_is_not_believed() -> None:
    html = '<link rel="canonical" href="https://hut.example/"><h1>The hut</h1>'
    assert html_page(html, url="https://hut.example/a/b").metadata.url == "https://hut.example/a/b"
    assert html_page('<link rel="canonical" href="javascript:x">', url=None).metadata.url is None


@given(st.text(max_size=200), st.sampled_from(["", "x", "http://", "http://[", "https://a.example/b?c#d", "\x00"]))
def test_no_page_raises(text: str, url: str) -> None:
    html_page(text, url=url)
    html_page(
        f"<title>{text}</title><h1>{text}</h1><link rel=canonical href='{text}'><meta name=author content='{text}'>", url=url
    )
    text_page(text, url=url)


HOSTILE = {
    "headings": "<h1>a</h1>" * 60_000,
    "labels": "<p>By</p>" * 60_000,
    "dates": "<h1>a</h1>" + "<p>2024-03-05 by</p>" * 40_000,
    "sources": "<p>来源：</p>" * 60_000,
    "classes": "<h1>a</h1>" + "<b class=author>" * 50_000,
    "lines": "责编:王\n" * 100_000,
    "scripts": "ublished" * 120_000,
    "site": "<p>" + "g o o d " * 100_000,
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_linear_time(name: str) -> None:
    source = HOSTILE[name]
    if name == "lines":
        text_page(source)
    else:
        html_page(source, url="https://goodonyou.example/")


def test_a_second_opinion_fills_gaps_and_overrules_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaner.markup import second_opinion

    asked = []
    answer = {
        "title": "Theirs",
        "author": "By Cy Poe",
        "date": "2020-01-01",
        "sitename": "Their Site",
        "description": "d",
        "url": None,
    }
    monkeypatch.setattr(second_opinion, "_asked", lambda source, url: asked.append(url) or answer)
    html = f"<title>The hut</title><h1>The hut</h1><p>March 5, 2024</p>{BODY['en']}"
    result = clean(html, url="https://hut.example/a", options=Options(metadata="full"))
    assert (result.title, result.author, result.published, result.site) == ("The hut", "Cy Poe", "2024-03-05", "Their Site")
    clean(html)
    assert asked == ["https://hut.example/a"]


def test_trafilatura_is_asked_only_on_request_and_never_raises() -> None:
    code = "import sys; from cleaner import clean; clean('<h1>a</h1><p>b</p>'); assert 'trafilatura' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    result = clean(f"<h1>The hut</h1><p>Posted</p>{BODY['en']}\x00<table" + "<td>" * 50, options=Options(metadata="full"))
    assert result.title == "The hut"
