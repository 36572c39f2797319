"""Lines decoded with the wrong encoding come back; lines that only look odd stay."""

from __future__ import annotations

import pytest

from cleaner.edits import apply
from cleaner.options import Options
from cleaner.page import Kind
from cleaner.repair import Repaired, repaired

CHINESE = "我们的生活很好，你呢？今天天气不错。中文测试"


def run(text: str, kind: Kind = "text") -> Repaired:
    result = repaired(text, kind=kind, options=Options())
    assert apply(text, result.edits) == result.text
    return result


@pytest.mark.parametrize(
    ("read_as", "text"),
    [
        (("utf-8", "gbk"), CHINESE),
        (("utf-8", "gb18030"), CHINESE),
        (("utf-8", "latin-1"), CHINESE),
        (("gbk", "latin-1"), CHINESE),
        (("gbk", "cp1252"), CHINESE),
        (("big5", "latin-1"), "我們的生活很好，今天天氣不錯。"),
        (("utf-8", "cp1252"), "Größe, café, naïve"),
        (("utf-8", "cp1251"), "Привет, мир"),
    ],
)
def test_a_wrong_line_is_read_again_and_its_neighbours_stay(read_as: tuple[str, str], text: str) -> None:
    wrong = text.encode(read_as[0]).decode(read_as[1], "replace")
    result = run(f"第一行没有问题。\n{wrong}\nA plain line.")
    assert result.text == f"第一行没有问题。\n{text}\nA plain line."
    assert {edit.rule for edit in result.edits} == {"repair/mojibake"}


def test_a_tag_that_was_swallowed_comes_back() -> None:
    assert run("<p>浠婂ぉ澶╂皵涓嶉敊銆?/p>", "html").text == "<p>今天天气不错。</p>"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("他说#xff1a;好", "他说：好"),
        ("他说：“好#8221;。", "他说：“好”。"),
        ("第一行x0dx0a第二行", "第一行\n第二行"),
        ("Â\x80x0dx0a", "€\n"),  # both in one stretch of text
        ("CafÃ©：x0dx0a好#xff1a;Ã©#x3002;", "Café：\n好：é。"),
    ],
)
def test_lost_entities_and_line_ends_come_back(broken: str, right: str) -> None:
    assert run(broken).text == right


@pytest.mark.parametrize("text", ["锟斤拷锟斤拷", "烫烫烫烫烫", "闂傚倸鍊搁崐鎼佸磹"])
def test_what_is_lost_is_marked_and_stays(text: str) -> None:
    result = run(f"前面的字，{text}后面的字。")
    assert result.text == f"前面的字，{text}后面的字。"
    assert [edit.note.split(":")[0] for edit in result.edits][:1] == ["lost"]


@pytest.mark.parametrize(
    "text",
    [
        "Crème brûlée à la “carte” — déjà vu; ÇÖĞÜŞ, créée, ÅÄÖ, ÉÈÊË",
        "ELŐFIZETŐ ÉS ÜGYFÉL; ÄÖÜ ÁÉÍÓÚÑ",
        "说说“锛”字：锛是木工工具。",
        "顏色是 #ff1a2b; 連結 /a#8221; 和 &#8221; 以及 \\x0d\\x0a",
        "Ελληνικά και Русский «Я» — Рёбра; С°",
        "他两眼一瞪：“烫！”屯兵边境。",
    ],
)
def test_clean_lines_stay(text: str) -> None:
    assert run(text).edits == ()
