"""Words of trades and goods that bought and hacked-in links advertise."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from cleaner.lists import read
from cleaner.rules.keywords import words_of
from cleaner.script import fold

__all__ = ["trade_words", "trades_in"]

_EAST = re.compile("[\u3400-\u9fff]")


@lru_cache(maxsize=1)
def trade_words() -> frozenset[bytes]:
    """The words of languages with blanks, as `words_of` gives them."""
    return frozenset(word.encode() for word, language in _rows() if language == "en")


@lru_cache(maxsize=1)
def _eastern() -> frozenset[str]:
    return frozenset(word for word, language in _rows() if language == "zh")


def _rows() -> list[list[str]]:
    return [row.split("\t") for row in read("trades.tsv")]


def trades_in(text: str) -> frozenset[bytes | str]:
    """The words of trades in a text."""
    found: frozenset[bytes | str] = trade_words().intersection(words_of(text))
    if _EAST.search(text):
        folded = fold(text)
        found |= _eastern().intersection(map("".join, pairwise(folded)))
    return found
