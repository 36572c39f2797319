"""Mixed pages: a page in one encoding with stretches in another.

A template in GBK with an article pasted in UTF-8, a UTF-8 page with a counter's GBK footer, hacked pages with a block of spam: they
decode to garbage in one encoding or the other. UTF-8 is the one encoding that can be recognised inside another, since its
characters have a shape: a few in a row that also give everyday characters are beyond doubt. So stretches of sure UTF-8 are
cut out first, the rest is judged on its own, and each part is decoded as what it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.decoding.everyday import characters

__all__ = ["may_hold_utf8", "utf8_share", "utf8_stretches"]

_ASCII = bytes(range(0x80))
_CONTINUATION = bytes(range(0x80, 0xA1))  # continuation bytes that no EUC encoding and no Big5 uses
MIN_CONTINUATION = 2  # of them in a page before it is searched; two Chinese characters have two on average
_TWO = rb"[\xc2-\xdf][\x80-\xbf]"
_THREE = rb"(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]"
_FOUR = rb"(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}"
_SEQUENCES = re.compile(
    rb"(?:"
    + _THREE
    + rb"|"
    + _TWO
    + rb"|"
    + _FOUR
    + rb")++(?:[\x20-\x3b\x3d\x3f-\x7e\t]++(?:"
    + _THREE
    + rb"|"
    + _TWO
    + rb"|"
    + _FOUR
    + rb")++)*+"
)
_GAP = re.compile(r"[\x00-\x7f]")

MIN_WIDE = (
    3  # characters of three bytes in a row; GBK text has two by accident in every tenth page, three of everyday ones in none
)
MIN_NARROW = 6  # characters of two bytes in a row that are letters of one script
MIN_COMMON = 0.8  # share of everyday characters in a stretch; accidental ones 0.3, true ones 0.95 and more


def utf8_share(data: bytes) -> float:
    """The share of the bytes above 7F in `data` that stand in valid UTF-8 sequences."""
    high = len(data.translate(None, _ASCII))
    if not high:
        return 1.0
    valid = len(data.decode("utf-8", "ignore").encode("utf-8"))
    return 1.0 - (len(data) - valid) / high


def may_hold_utf8(data: bytes) -> bool:
    """Are there enough bytes 80–A0 for a stretch of UTF-8? A quick no for pages in EUC, Big5 and most single-byte encodings."""
    return len(data) - len(data.translate(None, _CONTINUATION)) >= MIN_CONTINUATION


def utf8_stretches(data: bytes) -> list[tuple[int, int]]:
    """The stretches of `data` that are UTF-8 beyond doubt although the rest is not: sorted, disjoint, half-open byte offsets."""
    found: list[tuple[int, int]] = []
    for match in _SEQUENCES.finditer(data):
        if match.end() - match.start() < 3 * MIN_WIDE:
            continue
        text = match[0].decode("utf-8")
        first, last = _core(text)
        if last > first and _is_sure(text[first:last]):
            start = match.start() + len(text[:first].encode("utf-8"))
            end = match.end() - len(text[last:].encode("utf-8"))
            found.append((start, end))
    return found


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    every = characters("gb") | characters("big5") | characters("jis") | characters("ks")
    return every | {chr(code) for code in range(0x0E01, 0x0E5C)} | {chr(code) for code in range(0x2010, 0x2040)}


def _core(text: str) -> tuple[int, int]:
    """`text` without characters at its ends that are no everyday ones: there the other encoding's bytes looked like UTF-8."""
    common = _common()
    wide = sum(character > "\u07ff" for character in text)
    if wide < MIN_WIDE:
        return 0, len(text)
    first, last = 0, len(text)
    while first < last and not (text[first] > "\u07ff" and text[first] in common):
        first += 1
    while last > first and not (text[last - 1] > "\u07ff" and text[last - 1] in common):
        last -= 1
    return first, last


def _is_sure(text: str) -> bool:
    outside = _GAP.sub("", text)
    common = _common()
    wide = [character for character in outside if character > "\u07ff"]
    if len(wide) >= MIN_WIDE and 2 * len(wide) >= len(outside):
        return sum(character in common for character in outside) >= MIN_COMMON * len(outside)
    if len(outside) < MIN_NARROW:
        return False
    blocks = [ord(character) >> 8 for character in outside]
    return all(character.isalpha() or character in common for character in outside) and max(
        map(blocks.count, set(blocks))
    ) >= MIN_COMMON * len(blocks)
