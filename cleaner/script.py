"""Chinese scripts: one-to-one folding of traditional to simplified characters.

One character becomes one character, so offsets in the folded text are offsets in the original: rules match on the folded shadow
and edit the original.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cleaner.lists import read

__all__ = ["by_longest_match", "fold", "folded", "simplified_characters", "simplify", "traditional", "traditional_characters"]


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    return {ord(row[0]): row[2] for row in read("traditional_simplified.tsv")}


@lru_cache(maxsize=1)
def folded() -> dict[int, str]:
    """What `fold` replaces, by code point."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
    return table | _simplified()


@lru_cache(maxsize=1)
def traditional_characters() -> frozenset[str]:
    """The characters that differ from their simplified form."""
    return frozenset(map(chr, _simplified()))


@lru_cache(maxsize=1)
def simplified_characters() -> frozenset[str]:
    """The characters that are the simplified form of another."""
    return frozenset(_simplified().values())


def simplify(text: str) -> str:
    """Traditional characters replaced by their simplified forms, one to one; the length stays.

    >>> simplify("來源:鄉村幹部報")
    '来源:乡村干部报'
    """
    return text.translate(_simplified())


def fold(text: str) -> str:
    """As `simplify`, with full-width forms and blanks made half-width as well; the length stays."""
    return text if text.isascii() else text.translate(folded())


@lru_cache(maxsize=1)
def _traditional() -> tuple[dict[str, str], dict[str, int]]:
    """Simplified characters and phrases with their traditional forms, and by first character the length of the longest phrase."""
    rows = (line.partition("\t") for line in read("simplified_traditional.tsv"))
    table = {simplified: new for simplified, _, new in rows}
    longest: dict[str, int] = {}
    for simplified in table:
        longest[simplified[0]] = max(longest.get(simplified[0], 1), len(simplified))
    return table, longest


def traditional(text: str) -> str:
    """Simplified characters replaced by their traditional forms, by the longest phrase that a table of OpenCC's knows.

    >>> traditional("皇后后来理发，发现里程碑")
    '皇后後來理髮，發現里程碑'
    """
    return by_longest_match(text, *_traditional())


def by_longest_match(text: str, table: Mapping[str, str], longest: Mapping[str, int]) -> str:
    """Text with what a table knows replaced, the longest entry first. longest: by first character, the length of the longest entry."""
    out: list[str] = []
    place = 0
    while place < len(text):
        for length in range(longest.get(text[place], 1), 0, -1):
            part = text[place : place + length]
            if part in table or length == 1:
                out.append(table.get(part, part))
                place += length
                break
    return "".join(out)
