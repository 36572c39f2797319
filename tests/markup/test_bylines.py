"""Bylines in many languages are used up completely and give their fields; prose, captions and facts are not."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.lists import read
from cleaner.markup import html_page, lines
from cleaner.markup.bylines import MAX_LINE, byline_of, is_label
from cleaner.markup.glance import glance
from cleaner.markup.names import names_in

WHOLE = [
    ("2019-03-22 09:54:00  來源:鄉村干部報  ", {"published": "2019-03-22T09:54:00", "credit": "鄉村干部報"}),
    ("責編:車婧", {"editor": "車婧"}),
    ("（責任編輯：王小明）", {"editor": "王小明"}),
    (
        "发布时间：2024-03-05 10:00:00 来源：新华网 作者：张三 李四 字号：[ 大 中 小 ] 打印 浏览次数：1234",
        {"published": "2024-03-05T10:00:00", "credit": "新华网", "author": "张三 李四"},
    ),
    ("來源：中央社　作者：王大明　2024-03-05", {"credit": "中央社", "author": "王大明", "published": "2024-03-05"}),
    ("编辑：李四 校对：王五 审核：赵六", {"editor": "李四"}),
    ("2024-03-05 14:20 来源：光明网-《光明日报》", {"published": "2024-03-05T14:20:00", "credit": "光明网-《光明日报》"}),
    ("本报记者 张三 李四", {"author": "张三 李四"}),
    ("撰文｜张三 编辑｜李四", {"author": "张三", "editor": "李四"}),
    ("文/图 张三", {"author": "张三"}),
    ("文・山田太郎", {"author": "山田太郎"}),
    ("公開日：2024年3月5日 更新日：2024年3月6日", {"published": "2024-03-05", "modified": "2024-03-06"}),
    ("2024年3月5日 10:00 公開", {"published": "2024-03-05T10:00:00"}),
    (
        "홍길동 기자 입력 2024.03.05 10:00 수정 2024.03.05 11:00",
        {"author": "홍길동", "published": "2024-03-05T10:00:00", "modified": "2024-03-05T11:00:00"},
    ),
    ("By John Smith and Jane Doe | March 5, 2024", {"author": "John Smith and Jane Doe", "published": "2024-03-05"}),
    ("By JOHN SMITH, Staff Writer March 5, 2024 5 min read", {"author": "JOHN SMITH, Staff Writer", "published": "2024-03-05"}),
    ("Posted on March 5, 2024 by admin", {"published": "2024-03-05", "author": "admin"}),
    ("Updated 3:30 PM EST, Tue March 5, 2024", {"modified": "2024-03-05"}),
    ("Published: March 5, 2024 | Updated: March 6, 2024", {"published": "2024-03-05", "modified": "2024-03-06"}),
    ("Von Max Müller, 05.03.2024, 10:30 Uhr", {"author": "Max Müller", "published": "2024-03-05T10:30:00"}),
    ("Stand: 05.03.2024", {"modified": "2024-03-05"}),
    ("Par Jean-Pierre de La Tour, publié le 5 mars 2024", {"author": "Jean-Pierre de La Tour", "published": "2024-03-05"}),
    ("Por María López · 5 de marzo de 2024", {"author": "María López", "published": "2024-03-05"}),
    ("Автор: Иван Петров  5 марта 2024, 10:30", {"author": "Иван Петров", "published": "2024-03-05T10:30:00"}),
    ("Источник: ТАСС", {"credit": "ТАСС"}),
    ("Lena Ott, 5. März 2024", {"author": "Lena Ott", "published": "2024-03-05"}),
]
NOT_WHOLE = [
    "河北省委組織部供稿供圖",
    "本报记者 张三 摄",
    "图片来源：新华社",
    "By Monday the storm had passed",
    "Von Berlin nach Hamburg fährt der Zug in zwei Stunden",
    "The company was founded on March 5, 2024 by John Smith.",
    "New York, March 5, 2024",
    "来源于生活的艺术，最终还是要回到生活。",
    "记者在现场看到，救援仍在进行",
    "Source code is available",
    "3 Comments",
    "字号：大 中 小",
    "In 2024 they moved",
    "",
]


@pytest.mark.parametrize(("line", "fields"), WHOLE)
def test_bylines_are_used_up(line: str, fields: dict[str, str]) -> None:
    byline = byline_of(line, {"lena ott": "author"})
    assert {found.field: found.value for found in byline.fields if found.field != "note"} == fields
    assert byline.whole


@pytest.mark.parametrize("line", NOT_WHOLE)
def test_lines_that_say_anything_else_are_no_bylines(line: str) -> None:
    assert not byline_of(line).whole


def test_spans_of_fields_cover_label_and_value() -> None:
    line = "2019-03-22  來源:鄉村干部報"
    assert [line[found.start : found.end] for found in byline_of(line).fields] == ["2019-03-22", "來源:鄉村干部報"]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee and Bo Fox, Staff Writers", "Ann Lee, Bo Fox"),
        ("Ann Lee (Reuters)", "Ann Lee"),
        ("Colin Gray Colin Gray", "Colin Gray"),
        ("Emily Way Fact-checked by Bo Fox", "Emily Way"),
        ("Brian Stormont, CFP®", "Brian Stormont"),
        ("王小明（北京大学教授）", "王小明"),
        ("記者王大明", "王大明"),
    ],
)
def test_names_come_without_offices(value: str, names: str) -> None:
    assert names_in(value) == names


def test_labels_alone_are_known() -> None:
    assert is_label("By")
    assert is_label("作者：")
    assert not is_label("Bye")
    assert not is_label("")


@given(st.text(st.sampled_from(list("By作者:：来源编辑 2024-03-05JohnSmith,|/()（）İ。\u3000")), max_size=80))
def test_nothing_raises_and_fields_lie_in_the_line_in_order(line: str) -> None:
    fields = byline_of(line).fields
    assert all(0 <= found.start < found.end <= len(line) for found in fields)
    assert all(one.end <= other.start for one, other in pairwise(fields))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["来源", "来源:", "By ", "A ", "2024-", "5 ", "作者:a ", "(", "["])
def test_hostile_lines_are_bounded(piece: str) -> None:
    for _ in range(20):
        byline_of((piece * MAX_LINE)[:MAX_LINE])
    assert not byline_of(piece * 1_000_000).whole


@pytest.mark.parametrize("name", ["bylines", "months", "stopwords"])
def test_lists_are_sorted_unique_and_say_where_they_are_from(name: str) -> None:
    rows = read(f"metadata/{name}.tsv")
    assert list(rows) == sorted(set(rows))
    fields = {row.split("\t")[1] for row in rows} if name == "bylines" else set()
    assert fields <= {"author", "editor", "credit", "published", "modified", "note"}


@pytest.mark.parametrize(
    "line", ["2019-03-22 09:54 来源：鄉村干部報", "By Ann Lee, March 5, 2024", "The mill by the river, 2024", "2024 was dry"]
)
def test_reading_only_whole_lines_gives_the_same_verdict(line: str) -> None:
    read, only_whole = byline_of(line), byline_of(line, only_whole=True)
    assert only_whole.whole == read.whole
    assert not read.whole or only_whole == read


def test_every_word_that_opens_a_closing_line_passes_the_gate_of_first_letters() -> None:
    words = re.findall(r"[A-Za-zА-я]{3,}", lines._CLOSING.pattern)
    assert "Source" in words
    pages = [html_page(f"<p>{word}: Ann Lee</p>") for word in words]
    assert [page.text for page in pages if not glance(page).opened] == []
