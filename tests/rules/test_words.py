"""Wanted words are found in one pass, by the extension and by the Python code alike."""

from __future__ import annotations

import random

import pytest

from cleaner.rules import words
from cleaner.rules.words import CALL, MARK, TELLING, between, found_in, groups_of, tells

PIECES = [
    "casino",
    "Casino",
    "CASİNO",
    " ",
    ", ",
    "casino's",
    "www.kadel.cn",
    "久久",
    "國產",
    "毛片",
    "카지노",
    "スロット",
    "สล็อต",
    "สล",
    "ส",
    "İ",
    "ı",
    "ß",
    "казино",
    "КАЗИНО",
    "a" * 39,
    "a" * 41,
    "\U0001f600",
    "\ud800",
    "\x00",
    "nhà cái",
    "nha\u0300",
    "'",
    "1xbet",
    "中",
    "ｃａｓｉｎｏ",
    "\n",
]


def random_texts() -> list[str]:
    chance = random.Random(6)
    return ["".join(chance.choices(PIECES, k=chance.randint(0, 60))) for _ in range(300)]


@pytest.mark.skipif(words._words is None, reason="without the extension there is one implementation")
def test_both_implementations_find_the_same() -> None:
    for text in random_texts():
        assert words._found(text) == found_in(text)


def test_places_and_flags() -> None:
    places, pairs = found_in("See www.kadel.cn or call 久久精品")
    assert [(place >> 8, place & (TELLING | MARK | CALL)) for place in places] == [
        (4, MARK),
        (14, MARK),
        (20, CALL),
        (25, TELLING),
    ]
    assert pairs == 3


@pytest.mark.parametrize(
    "line", ["Casino bonus", "KAZİNO, casino", "казино", "카지노사이트", "สล็อตเว็บตรง", "無碼在線", "スロット"]
)
def test_a_word_tells_in_any_script(line: str) -> None:
    assert tells(line)


@pytest.mark.parametrize("line", ["", "Home | News | About us", "村里修了三条路", "a" * 1_000])
def test_ordinary_lines_tell_nothing(line: str) -> None:
    assert not tells(line)


def test_between_counts_and_groups_need_neighbours() -> None:
    places = [1, 5, 9, 200, 205]
    assert between(places, 5, 200) == 2
    assert list(groups_of(places, 10, 3)) == [(1, 9)]
