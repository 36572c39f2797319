"""The numbers of lines: equal keys give equal ones, and the extension gives those of the Python code for whatever stands in a line."""

from __future__ import annotations

import random
from array import array

import pytest

from cleaner.page import Block
from cleaner.rules import site_lines
from cleaner.rules.site_keys import LETTERS, SHARABLE, WIDE, WORDY, block_key, hash_of
from cleaner.rules.site_lines import columns_of, lines_of_blocks, python_columns, python_lines
from cleaner.rules.site_places import ARTICLE, HEADING, LINKED, ROW, SENTENCE, TITLE, places, python_places

needs_extension = pytest.mark.skipif(site_lines._site_lines is None, reason="without the extension there is one implementation")

# What either side reads in a place of its own.
PIECES = [
    *("0", "5", "12,5", "3rd", "10th", "4h", "7k", "2m ", "5km", "9ers", "1_", "²", "٣", "00", "0 0"),
    *("may", "May.", "march", "sept.", "uhr", "pm", "monday", "März", "MÄRZ", "декабря", "ma\u0308rz", "maybe"),
    *("0 seconds", "5 replies", "5 minutes ago", "1 reply", "3 likes", "0 shared", "2 views", "days"),
    *("年", "月", "日", "时", "分", "星期一", "星期天", "周六", "周天", "周", "上午", "下午", "月曜日", "土曜", "金"),
    *("鄉(xiāng)", "堅", "（jiān）", "(jian)", "(jianjia)", "(JIAN)", "親", "来", "的 ", "了 ", "字" * 120),
    *(" ", "  ", ".", ",", ":", "/", "(", ")", "-", "–", "|", " | ", "\t", "\n", "\x1f", "_", "\u3000", "\xa0", "\u200b"),
    *("’", "'", "”", "»", "[", "…", "。", "?", "!", ";", "：", "►", "…abcdefghijklmnop"),
    *("İ", "Σ", "ς", "é", "E\u0301", "ß", "ǅ", "Ａ", "９", "ﾊ", "\U0001f600", "\U00020000", "\ud800", "\x00"),
    *("abc", "X" * 60, "word " * 50, "Read more", "Comments ", "x" * 1490),
]


def blocks_of(texts: list[str], tag: str = "p", links: float = 0.0) -> tuple[str, tuple[Block, ...]]:
    """A text with a block for each of the texts."""
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(start, start + len(text), tag, 0, int(links * len(text))))
        start += len(text) + 1
    return "\n".join(texts), tuple(blocks)


def number(text: str) -> int:
    return lines_of_blocks(*blocks_of([text]), is_html=True).hashes[0]


def bits(text: str, tag: str = "p", *, links: float = 0.0, is_html: bool = True) -> int:
    return lines_of_blocks(*blocks_of([text], tag, links), is_html=is_html).bits[0]


@needs_extension
def test_both_implementations_give_the_same_for_characters_of_all_planes() -> None:
    text, blocks = blocks_of([f"a{chr(code)}b5{chr(code)}" for code in (*range(0x3100), *range(0x3100, 0x110000, 7))])
    assert lines_of_blocks(text, blocks, is_html=True) == python_lines(text, blocks, is_html=True)


@needs_extension
def test_both_implementations_write_blocks_down_alike() -> None:
    chance = random.Random(3)
    blocks = tuple(
        Block(start, start + 7, "p", chance.randrange(2**32), chance.randrange(9), role, chance.random() < 0.5)  # type: ignore[arg-type]
        for start, role in enumerate(chance.choices(("article", "comment", "outside"), k=500))
    )
    for count in (0, 1, 500):
        assert columns_of(blocks[:count]) == python_columns(blocks[:count])


@needs_extension
@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ((Block(0, 2**32),), OverflowError),
        ((Block(-1, 2),), OverflowError),
        ((Block(0, 2, role=""),), TypeError),  # type: ignore[arg-type]
        (((0, 1, "p"),), TypeError),
        ([Block(0, 1)], TypeError),
    ],
)
def test_what_are_no_blocks_is_wrong_use(blocks: tuple[Block, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        columns_of(blocks)


@needs_extension
@pytest.mark.parametrize("seed", range(60))
def test_both_implementations_say_alike_where_blocks_stand(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.choice((0, 1, 2, 5, 12, 60, 300))
    share = chance.choice((0.0, 0.2, 0.5, 0.9, 1.0))
    sizes = array("I", (chance.choice((0, 1, 7, 33, 99, 1_000_003, 2**32 - 1)) for _ in range(count)))
    bits = array(
        "H", (chance.choice((0, SENTENCE, LINKED, SENTENCE | LINKED, ROW, TITLE | ARTICLE, 0xFFFF)) for _ in range(count))
    )
    repeated = [chance.random() < share for _ in range(count)]
    for edge in (0.0, 0.1, 0.25, 1 / 3, 0.35, 1.0):
        assert places(sizes, bits, repeated, edge) == python_places(sizes, bits, repeated, edge)


@needs_extension
def test_columns_of_different_lengths_are_wrong_use() -> None:
    with pytest.raises(ValueError, match="length"):
        places(array("I", (1, 2)), array("H", (1, 2)), [True], 0.25)


@needs_extension
@pytest.mark.parametrize("seed", range(8))
def test_both_implementations_give_the_same_for_lines_made_of_pieces(seed: int) -> None:
    chance = random.Random(seed)
    texts = ["".join(chance.choices(PIECES, k=chance.choice((1, 2, 3, 5, 8, 13, 40)))) for _ in range(400)]
    for tag, links, is_html in (("p", 0.0, True), ("tr", 0.4, True), ("h2", 0.5, False), ("p", 1.0, False)):
        text, blocks = blocks_of(texts, tag, links)
        assert lines_of_blocks(text, blocks, is_html=is_html) == python_lines(text, blocks, is_html=is_html)


@needs_extension
def test_the_extension_refuses_blocks_that_are_not_of_the_text() -> None:
    for block in (Block(0, 9), Block(3, 2), Block(-1, 2)):
        with pytest.raises(ValueError, match="blocks of this text"):
            lines_of_blocks("text", (block,), is_html=True)
    with pytest.raises(TypeError):
        lines_of_blocks("text", ((0, 1),), is_html=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Last updated: 3 May 2024, 10:30", "LAST UPDATED:  17 September 2025, 9:05"),
        ("更新於2019年12月31日", "更新于2024年9月6日 14:35"),
        ("鄉(xiāng)下的消息", "乡下的消息"),
        ("【返回頂部】 ↑", "返回顶部"),
        ("12 comments", "1 comment"),
    ],
)
def test_what_a_site_says_again_in_another_form_has_one_number(one: str, other: str) -> None:
    assert number(one) == number(other)


def test_other_words_have_another_number() -> None:
    texts = [
        "harbour desk",
        "harbour desks",
        "desk harbour",
        "ab",
        "ba",
        "a" * 299,
        "a" * 300,
        "a" * 301,
        "a" * 1499,
        "long " * 200,
    ]
    assert len({number(text) for text in texts}) == len(texts)


def test_the_number_of_a_line_is_that_of_its_key_which_is_its_own_key() -> None:
    for text in ("Harbour desk", "word " * 100, "鄉親們來到橋頭" * 40):
        assert number(text) == hash_of(block_key(text)) == number(block_key(text))


def test_what_cannot_be_a_template_has_no_number() -> None:
    assert number("a" * 1501) == number("►►") == number("") == 0


def test_bits_say_what_a_line_is() -> None:
    assert bits("Nobody knew who had paid for it.") & (SENTENCE | TITLE) == SENTENCE
    assert bits("Parameters") & (SENTENCE | TITLE) == TITLE
    assert bits("谁也不知道是谁付的钱。") & SENTENCE
    assert bits("Home", links=0.5) & LINKED
    assert not bits("Home", links=0.25) & LINKED
    assert bits("Parameters", "h2") & HEADING
    assert bits("a", "tr") & ROW
    assert bits("a | b | c", is_html=False) & ROW
    assert not bits("a | b | c") & ROW
    assert bits("a") & ARTICLE
    assert bits("消息") & WIDE
    assert bits("12:30") & (LETTERS | WORDY) == 0
    assert bits("Wind") & (LETTERS | WORDY | SHARABLE) == LETTERS | WORDY
    assert bits("Golden reels palace pays") & SHARABLE


def test_time_is_linear_in_hostile_lines() -> None:
    text = "0 may " * 300_000 + "(" * 300_000 + "0." * 300_000
    blocks = tuple(Block(start, start + 1500) for start in range(0, len(text) - 1500, 1500))
    assert len(lines_of_blocks(text, blocks, is_html=True).hashes) == len(blocks)
