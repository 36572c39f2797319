"""The gate: one pass over a page says which repairs could have anything to do.

Pages without damage are nearly all pages, so what they pay is what matters. The extension `_gate` passes over sixty-four ASCII characters at a time
and looks the others up in a table of 64 K flags; without it numpy looks every UTF-16 unit up (14 µs per 10,000 characters; a regular
expression with the same classes takes 60 µs and finds only one thing). The rules that are asked look for their places with the same table
(`search`), and a page with Chinese characters gets a second pass for what is written in several characters of ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from cleaner.compiled import compiled

__all__ = [
    "BARE",
    "CONTROL",
    "DOUBLED",
    "DOUBLED_GLOSS",
    "ENTITY",
    "EVERYTHING",
    "HAN",
    "LATIN_BYTES",
    "LATIN_RUN",
    "LINE_END",
    "LOST",
    "REFERENCE",
    "SIGNATURE",
    "SIGNATURES",
    "TONE",
    "UTF8_AS_LATIN",
    "UTF8_SEQUENCE",
    "Sign",
    "flags",
    "matches",
    "search",
]

_gate = compiled("cleaner.repair._gate")

CONTROL = 1  # control characters, noncharacters, directional overrides, lone surrogates
TONE = 2  # a vowel with a pinyin tone mark
SIGNATURE = 4  # characters that are common in UTF-8 read as GBK and nearly absent elsewhere
LOST = 8  # the characters of 锟斤拷, 烫烫烫, 屯屯屯 and of text that went through several rounds
HAN = 16
_LEAD = 32  # letters that stand for the first byte of a character in UTF-8 …
_BYTE = 64  # … and everything that stands for a byte above 7F
UTF8_AS_LATIN = 256  # a lead with its trails: UTF-8 read as Latin-1, windows-1252 or -1251
LATIN_RUN = 512  # four such characters in a row: GBK or Big5 read as Latin-1
REFERENCE = 1024  # a numeric reference to a control character; without the extension any that begins
DOUBLED = 2048  # on a page with Chinese characters: the same reading twice in brackets,
BARE = 4096  # what has the form of a numeric reference without its ampersand,
LINE_END = 8192  # and a line end written as x0dx0a

MIN_SIGNATURES = 3  # on a page; clean pages have one in 10,000 characters
EVERYTHING = 16383  # what to assume of a text that was not looked at

TONE_VOWELS = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
# The commonest characters of UTF-8 read as GBK that clean text hardly has: together 36 % of such text and 0.002 % of clean text.
SIGNATURES = "涓銆锛鐨殑浠紝鍙鍏鏈屽浜鍒鏂瀹鍦屾腑勫鐢浣閫鍚寮鏄傛夋灏澶鍔鏍傚湪勬杩鍥敤嶅竴缁屼瀛璁鎴琛枃嫨鍗佸璇囨鏃涔瀵鎵岃鏁搴瑕岀嗗彲嬪跺"
_ASCII_CONTROLS = tuple(map(chr, (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)))
_CONTROLS = (
    *map(ord, _ASCII_CONTROLS),
    *range(0x80, 0xA0),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xFDD0, 0xFDF0),
    0xFFFE,
    0xFFFF,
)
_SPECIALS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_TRAIL = f"[\x80-\xbf{_SPECIALS}]"


class Sign(NamedTuple):
    """A pattern, and the flags of its first characters, one of each byte: no other place need be tried. Without flags every place is."""

    pattern: re.Pattern[str]
    firsts: bytes = b""


UTF8_SEQUENCE = Sign(
    re.compile(  # the leads in one class, because a search for that is ten times as fast as one for alternatives
        f"[\xc2-\xf0РС](?:(?<=[\xc2-\xdfРС]){_TRAIL}|(?<=[\xe0-\xef]){_TRAIL}{{2}}|(?<=\xf0){_TRAIL}{{3}})"
    ),
    bytes((_LEAD, _BYTE)),
)
LATIN_BYTES = Sign(re.compile(f"[\x80-\xff{_SPECIALS}]{{4}}"), bytes((_BYTE,) * 4))
DOUBLED_GLOSS = re.compile(r"(\(([a-z]{1,6})\))\1++")
ENTITY = re.compile("#(?:x([0-9a-fA-F]{4})|([0-9]{4,5}));")


@lru_cache(maxsize=1)
def _table() -> bytes:
    table = bytearray(0x10000)
    table[0x4E00:0xA000] = bytes((HAN,)) * (0xA000 - 0x4E00)
    for flag, codes in (
        (CONTROL, _CONTROLS),
        (TONE, map(ord, TONE_VOWELS)),
        (SIGNATURE, map(ord, SIGNATURES)),
        (LOST, map(ord, "锟烫屯闂閹閺閻")),
        (_LEAD, (*range(0xC2, 0xF5), ord("Р"), ord("С"))),
        (_BYTE, (*range(0x80, 0x100), ord("Р"), ord("С"), *map(ord, _SPECIALS))),
    ):
        for code in codes:
            table[code] |= flag
    return bytes(table)


def flags(text: str) -> int:
    """The flags of everything that occurs in `text`."""
    seen, signatures, places = (_scanned if _gate is None else _gate.scan)(text, _table())
    if signatures < MIN_SIGNATURES:
        seen &= ~SIGNATURE
    if seen & HAN:
        seen |= (_ascii_signs if _gate is None else _gate.ascii_signs)(text)
    return seen | _latin(text, places) if places else seen


def search(sign: Sign, text: str, start: int = 0) -> re.Match[str] | None:
    """``sign.pattern.search(text, start)``, ten times as fast with the extension, which looks for places where it may match."""
    pattern, firsts = sign
    if _gate is None or not firsts:
        return pattern.search(text, start)
    table = _table()
    while (start := _gate.find(text, table, firsts, start)) >= 0:
        if match := pattern.match(text, start):
            return match
        start += 1
    return None


def _scanned(text: str, table: bytes) -> tuple[int, int, list[int]]:
    """What the extension `_gate` does: all flags, how many characters have SIGNATURE, and where a lead stands before a byte."""
    seen = REFERENCE if "&#" in text else 0
    if text.isascii():
        return seen | (CONTROL if any(character in text for character in _ASCII_CONTROLS) else 0), 0, []
    import numpy

    try:
        written = text.encode("utf-16-le")
    except UnicodeEncodeError:
        written = text.encode("utf-16-le", "replace")
        seen |= CONTROL
    units = numpy.frombuffer(written, numpy.uint16)
    kinds = numpy.frombuffer(table, numpy.uint8).take(units, mode="clip")
    seen |= int(numpy.bitwise_or.reduce(kinds))
    signatures = int(numpy.count_nonzero(kinds & SIGNATURE)) if seen & SIGNATURE else 0
    # Nearly always a letter with an accent stands before a plain one: a lead moved onto its follower finds the others.
    if not (seen & _LEAD and (beside := (kinds[:-1] << 1) & kinds[1:] & _BYTE).any()):
        return seen, signatures, []
    places = numpy.flatnonzero(beside)
    if len(units) != len(text):  # a character outside the basic plane is two units
        places -= numpy.cumsum((units & 0xFC00) == 0xD800)[places]
    return seen, signatures, places.tolist()


def matches(sign: Sign, text: str) -> Iterator[re.Match[str]]:
    """``sign.pattern.finditer(text)``, found as `search` does; no pattern may match nothing."""
    place = 0
    while match := search(sign, text, place):
        yield match
        place = match.end()


def _ascii_signs(text: str) -> int:
    """What the extension does, in Python."""
    seen = LINE_END if "x0dx0a" in text else 0
    if "#" in text and ENTITY.search(text):
        seen |= BARE
    return seen | (DOUBLED if ")(" in text and DOUBLED_GLOSS.search(text) else 0)


def _latin(text: str, places: Iterable[int]) -> int:
    """The flags of what stands at these places."""
    found = 0
    for place in places:
        if UTF8_SEQUENCE.pattern.match(text, place):
            found |= UTF8_AS_LATIN
        if LATIN_BYTES.pattern.match(text, place):
            found |= LATIN_RUN
        if found == UTF8_AS_LATIN | LATIN_RUN:
            break
    return found
