"""Signs put between the letters of words: zero-width characters, stray question marks, letters of another script that look the same.

They make a copied text look different to machines and the same to readers. No writer puts them there: nothing invisible has a meaning between two Chinese
characters, and a question mark inside a word that the page writes without it elsewhere asks nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.survey import Survey

__all__ = ["Signs"]

RULE = "spam/insertion"

_HAN = "\u3400-\u9fff"
# Joiners, marks of direction and soft hyphens mean something in Persian, Hebrew, emoji and hyphenated words, but nothing between two Chinese characters.
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])[{_INVISIBLE}]++(?=[{_HAN}])")
_STRAY_MARK = re.compile(f"(?<=[{_HAN}])\\?(?=[{_HAN}])")
_IMPOSSIBLE = re.compile(f"(?<=[{_HAN}]),(?=、)")
_ADJACENT = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_HALF_COMMA = re.compile(f"(?<=[{_HAN}]),(?=[{_HAN}])")
_QUESTION = re.compile("[吗嗎呢么麼谁誰哪几幾何岂豈否吧]|什么|什麼|怎|多少|是不是|有没有|有沒有|难道|難道")
BEFORE_MARK = 16  # characters in front of a question mark where a question has its word
_ASKING = frozenset("吗嗎呢么麼吧啊呀哪谁誰何否")  # before a question mark that asks
_COMMON_INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060\u00ad\u200e\u200f"

# Cyrillic letters that look like Latin ones, both ways.
_LATIN_OF = dict(zip("аеорсухіјѕԁԛһАВЕКМНОРСТХІЈЅ", "aeopcyxijsdqhABEKMHOPCTXIJS", strict=True))
_CYRILLIC_OF = {latin: cyrillic for cyrillic, latin in _LATIN_OF.items() if cyrillic in "аеорсухАВЕКМНОРСТХ"}
_MIXED = re.compile(
    r"[A-Za-z]{2,}[\u0400-\u04ff]+[A-Za-z]|[A-Za-z][\u0400-\u04ff]+[A-Za-z]{2,}|[\u0400-\u04ff]{2,}[A-Za-z]+[\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]+[\u0400-\u04ff]{2,}|^[\u0400-\u04ff][A-Za-z]{3,}"
)
LONGEST_WORD = 40
_LETTERS = re.compile(r"[A-Za-z\u0400-\u04ff]++")


@dataclass(frozen=True)
class Signs:
    """Removes invisible characters and stray question marks between Chinese characters, and puts look-alike letters right.

    Leaves alone: joiners and soft hyphens in every other script, question marks that ask, words that mix scripts for a reason (a name, a formula).
    """

    invisible: int = 2  # between Chinese characters on one page; 1,325 wanted texts have none
    marks: int = 3  # stray question marks on a page, each between characters that stand together elsewhere on it
    marks_alone: int = 5  # the same where the page's own punctuation is full-width and nothing asks
    asking: float = 0.2  # share of the question marks with a word that asks before them, or at the end of a line
    commas: int = 3  # before an enumeration comma; one is a slip of the keyboard
    half_width: float = 0.1  # share of half-width commas; writers who use them mix them with anything
    words: int = 3  # words with look-alike letters; one can be a slip of the keyboard

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        text = page.text
        if text.isascii():
            return
        chinese = survey.eastern and ("的" in text or "。" in text or "、" in text)
        if chinese and any(sign in text for sign in _COMMON_INVISIBLE):
            found = list(_BETWEEN_HAN.finditer(text))
            if len(found) >= self.invisible:
                yield from (
                    Edit(match.start(), match.end(), "", RULE, "invisible, between Chinese characters") for match in found
                )
        if chinese and "?" in text and page.mirror is None:
            yield from self._stray(text)
        if chinese and ",、" in text:
            yield from self._impossible(text)
        if ("а" in text or "о" in text) and _ADJACENT.search(text):  # Cyrillic
            yield from self._look_alikes(text)

    def _stray(self, text: str) -> Iterator[Edit]:
        """Question marks between characters that the page writes together elsewhere."""
        if text.count("?") < self.marks:
            return
        found = [at for at in _places(text, "?") if _STRAY_MARK.match(text, at) and text[at - 1] not in _ASKING]
        if not self.marks <= len(found) <= 2_000:
            return
        pairs = Counter(text[i : i + 2] for i in range(len(text) - 1)) if len(found) > 40 else None
        sure = [at for at in found if _together(text, text[at - 1] + text[at + 1], pairs)]
        if self._nobody_asks(text, found):
            yield from (Edit(at, at + 1, "", RULE, "a question mark where nothing is asked") for at in found)
        elif len(sure) >= self.marks and len(sure) >= 0.5 * len(found):
            yield from (
                Edit(at, at + 1, "", RULE, f"in {text[at - 1]}{text[at + 1]}, which the page writes without it") for at in sure
            )

    def _nobody_asks(self, text: str, found: list[int]) -> bool:
        """Whether the page writes its punctuation full-width, and half-width question marks stand in the midst of statements only."""
        if len(found) < self.marks_alone or self._is_half_width(text):
            return False
        asked = (
            sum(1 for at in found if _QUESTION.search(text, max(0, at - BEFORE_MARK), at)) + text.count("?\n") + text.count("?”")
        )
        return asked <= self.asking * len(found)

    def _is_half_width(self, text: str) -> bool:
        return len(_HALF_COMMA.findall(text)) > self.half_width * text.count("，")

    def _impossible(self, text: str) -> Iterator[Edit]:
        """Half-width commas right before enumeration commas, in a text whose own commas are full-width."""
        found = [match.start() for match in _IMPOSSIBLE.finditer(text)]
        if len(found) >= self.commas and not self._is_half_width(text):
            yield from (Edit(at, at + 1, "", RULE, "a comma before an enumeration comma") for at in found)

    def _look_alikes(self, text: str) -> Iterator[Edit]:
        """Words of one script with single letters of the other that look the same."""
        edits: list[Edit] = []
        words = 0
        for match in _LETTERS.finditer(text):
            word = match[0]
            if not 4 <= len(word) <= LONGEST_WORD or word.isascii() or not _MIXED.search(word):
                continue
            latin = sum(1 for letter in word if letter < "\u0400")
            table = _LATIN_OF if latin * 2 > len(word) else _CYRILLIC_OF
            strangers = [i for i, letter in enumerate(word) if (letter >= "\u0400") == (table is _LATIN_OF)]
            if len(strangers) * 2 >= len(word) or any(word[i] not in table for i in strangers):
                continue
            words += 1
            start = match.start()
            edits += [
                Edit(start + i, start + i + 1, table[word[i]], RULE, f"looks like {table[word[i]]!r}, in {word}")
                for i in strangers
            ]
        if words >= self.words:
            yield from edits


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _together(text: str, pair: str, pairs: Counter[str] | None) -> bool:
    return pairs[pair] >= 2 if pairs is not None else text.count(pair) >= 2
