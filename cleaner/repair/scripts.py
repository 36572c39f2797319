"""repair/script: Chinese text in the other script, where the caller asks for it.

Simplifying is nearly one to one, so a table does it; the few characters that stay traditional in some words (著 in 著名, 乾 in 乾隆) are told by their neighbours.
A mirror page was converted from simplified text character by character, so the same table takes it back exactly but for 著, into which the
kit turned every 着. Making text traditional is a matter of words: with the extra `opencc` OpenCC does it; without it, a table of OpenCC's characters and of those of its phrases
that the characters alone get wrong. Each changed run is one edit; in HTML only what is no tag is touched, and no script or style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cleaner.edits import Edit
from cleaner.options import Script
from cleaner.repair.draft import Draft, Finding
from cleaner.script import simplify, traditional

__all__ = ["ChineseScript"]

_HAN_RUN = re.compile("[\u3400-\u9fff]++")
_TEXT = re.compile(r"(?:^|>)([^<]++)")
_UNREAD = re.compile(r"<(script|style|textarea)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
# Traditional characters that simplified text keeps in some words; elsewhere the table's simplified form is right.
_KEPT = {
    "著": re.compile("(?<=[名原巨专編编译譯论論遗遺土执執昭显顯卓])著|著(?=[名作述者称稱录錄书書])"),
    "乾": re.compile("乾(?=[隆坤卦])|(?<=[康])乾"),
    "徵": re.compile("(?<=[宫宮])徵"),
}


@dataclass(frozen=True)
class ChineseScript:
    """Converts Chinese text to the script that was asked for; does nothing unless it was."""

    name: str = "repair/script"
    why: str = "The caller asked for the other Chinese script."

    def find(self, draft: Draft) -> Finding:
        if draft.script == "page":
            return Finding()
        convert = _converter(draft.script)
        edits: list[Edit] = []
        for start, end in _spans(draft):
            edits += self._changes(draft.text[start:end], start, convert, draft.script)
        return Finding(tuple(edits))

    def _changes(self, text: str, start: int, convert: Callable[[str], str], script: Script) -> Iterator[Edit]:
        converted = convert(text)
        if converted == text:
            return
        if len(converted) != len(text):  # OpenCC may change lengths: then run by run
            for match in _HAN_RUN.finditer(text):
                if (new := convert(match[0])) != match[0]:
                    yield Edit(start + match.start(), start + match.end(), new, self.name, f"made {script}")
            return
        place = 0
        while place < len(text):
            if text[place] == converted[place]:
                place += 1
                continue
            end = place + 1
            while end < len(text) and text[end] != converted[end]:
                end += 1
            yield Edit(start + place, start + end, converted[place:end], self.name, f"made {script}")
            place = end


def _spans(draft: Draft) -> Iterator[tuple[int, int]]:
    """Where there is text to convert."""
    if draft.kind == "text":
        yield 0, len(draft.text)
        return
    text, place = draft.text, 0
    for unread in _UNREAD.finditer(text):
        yield from ((m.start(1), m.end(1)) for m in _TEXT.finditer(text, place, unread.start()))
        place = unread.end() - 1
    yield from ((m.start(1), m.end(1)) for m in _TEXT.finditer(text, place))


@lru_cache(maxsize=2)
def _converter(script: Script) -> Callable[[str], str]:
    """OpenCC when the extra is installed and the target is traditional, else the tables."""
    if script == "simplified":
        return _simplified
    try:
        from opencc import OpenCC  # type: ignore[import-untyped]
    except ImportError:
        return traditional
    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert


def _simplified(text: str) -> str:
    result = simplify(text)
    for character, kept in _KEPT.items():
        if character in text:
            result = _restored(text, result, character, kept)
    return result


def _restored(text: str, result: str, character: str, kept: re.Pattern[str]) -> str:
    """`result` with the character as it was where it is kept, and simplified elsewhere."""
    keeps = {match.start() for match in kept.finditer(text)}
    plain = {"著": "着", "乾": "干", "徵": "征"}[character]
    pieces = list(result)
    for match in re.finditer(character, text):
        pieces[match.start()] = character if match.start() in keeps else plain
    return "".join(pieces)
