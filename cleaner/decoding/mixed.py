"""Mixed pages: a page in one encoding with stretches in another.

A template in GBK with an article pasted in UTF-8, a UTF-8 page with a counter's GBK footer, hacked pages with a block of spam: they
decode to garbage in one encoding or the other. UTF-8 is the one encoding that can be recognised inside another, since its
characters have a shape: a few in a row that also give everyday characters are beyond doubt. So stretches of sure UTF-8 are
cut out first, the rest is judged on its own, and each part is decoded as what it is. The cuts need no tag or line end: a stretch begins and
ends with an everyday character, since at its ends the other encoding's bytes may look like UTF-8 by accident.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.decoding.reading import characters

__all__ = [
    "Span",
    "latin_sequences",
    "looks_latin",
    "may_hold_utf8",
    "utf8_share",
    "utf8_stretches",
]

Span = tuple[int, int]

_ASCII = bytes(range(0x80))
_CONTINUATION = bytes(range(0x80, 0xA1))  # continuation bytes that no EUC encoding and no Big5 uses
MIN_CONTINUATION = 2  # of them in a page before it is searched; three Chinese characters have three on average
_CHARACTER = (
    rb"(?:[\xc2-\xdf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])"
    rb"|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf])[\x80-\xbf]"
)
# What may be three characters and more of UTF-8: begins with one set of bytes, so that the search for it is quick.
_ROUGH = re.compile(rb"[\xc2-\xf4][\x80-\xbf]++(?:[\x20-\x3b\x3d\x3f-\x7e\t]*+[\xc2-\xf4][\x80-\xbf]++){2,}+")
_SEQUENCES = re.compile(_CHARACTER + rb"(?:[\x20-\x3b\x3d\x3f-\x7e\t]*+" + _CHARACTER + rb")++")
_ASCII_TO_NOTHING = dict.fromkeys(range(0x80))
_WIDE = re.compile("[\u0800-\U0010ffff]")
# Letters of two bytes that the languages of the world's pages are written in: no historic and no regional ones.
_LETTERS = frozenset(
    "ЁЂЄІЇЈЉЊЋЎЏёђєіїјљњћўџҐґ"
    + "".join(
        map(chr, [*range(0xC0, 0x180), *range(0x386, 0x3CF), *range(0x410, 0x450), *range(0x5D0, 0x5EB), *range(0x620, 0x64B)])
    )
    + "پچژکگی"
)
_TYPOGRAPHY = frozenset(map(chr, [*range(0xA0, 0xC0), *range(0x2010, 0x2045), 0x20AC, 0x2116, 0x2122]))

# Characters of three bytes in a row; 4 loses 3 of 122 own pages, 2 gains nothing, 340 legacy pages have none with any.
MIN_WIDE = 3
# Characters of two bytes, letters of one script; 6 loses 0.5 % of characters; 3,015 pages without UTF-8 have none with 3.
MIN_NARROW = 4
MIN_COMMON = 0.8  # share of everyday characters in a stretch; 0.65 sees UTF-8 in 1 of 340 legacy pages, 0.9 loses nothing


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


def utf8_stretches(data: bytes) -> list[Span]:
    """The stretches of `data` that are UTF-8 beyond doubt although the rest is not: sorted, disjoint, half-open byte offsets."""
    found: list[Span] = []
    for rough in _ROUGH.finditer(data):
        for match in _SEQUENCES.finditer(data, rough.start(), rough.end()):
            if match.end() - match.start() < 3 * MIN_WIDE:
                continue
            text = match[0].decode("utf-8")
            first, last = _core(text)
            if last > first and _is_sure(text[first:last]):
                start = match.start() + len(text[:first].encode("utf-8"))
                found.append((start, match.end() - len(text[last:].encode("utf-8"))))
    return found


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Everyday characters of all standards: what a stretch of UTF-8 consists of."""
    east = characters("gb") | characters("big5") | characters("jis") | characters("ks")
    return frozenset(c for c in east if c > "\u07ff") | frozenset(map(chr, range(0x0E01, 0x0E5C))) | _TYPOGRAPHY


def _core(text: str) -> Span:
    """`text` without what at its ends is no everyday character: there the other encoding's bytes may have looked like UTF-8."""
    if len(_WIDE.findall(text)) < MIN_WIDE:
        return 0, len(text)
    common = _common()
    first, last = 0, len(text)
    while first < last and not (text[first] > "\u07ff" and text[first] in common):
        first += 1
    while last > first and not (text[last - 1] > "\u07ff" and text[last - 1] in common):
        last -= 1
    return first, last


def _is_sure(text: str) -> bool:
    outside = text.translate(_ASCII_TO_NOTHING)
    known = sum(map(_common().__contains__, outside))
    if len(_WIDE.findall(outside)) >= max(MIN_WIDE, len(outside) / 2):
        return known >= MIN_COMMON * len(outside)
    letters = [character for character in outside if character in _LETTERS]
    if len(letters) < MIN_NARROW or len(letters) + known < MIN_COMMON * len(outside):
        return False
    pages = [ord(character) >> 8 for character in letters]  # 256 characters: about a script
    return pages.count(max(set(pages), key=pages.count)) >= MIN_COMMON * len(pages)


_LONG = re.compile(rb"[\x80-\xff]{3,}")
MAX_LONG = 0.2  # of the bytes above 7F in runs of three and more; 0.1 and 0.4 decide the same on all pages
SURELY_LONG = 0.7  # of the bytes above 7F: no page that looks Latin, whatever is UTF-8 in it
_LATIN_CHARACTER = re.compile(rb"[\xc2-\xc5\xe2](?:(?<!\xe2)[\x80-\xbf]|(?<=\xe2)(?:\x80[\x90-\xbf]|\x82\xac|\x84\xa2))")
_CAPITALS = frozenset([*range(0x41, 0x5B), *range(0xC0, 0xDF)])
_LATIN_LEADS = (b"\xc2", b"\xc3", b"\xc4", b"\xc5", b"\xe2\x80", b"\xe2\x82", b"\xe2\x84")
MIN_LATIN = 2  # sequences in a page; one may be an example in a text about encodings; 1 and 4 decide the same on all pages


def looks_latin(data: bytes) -> bool:
    """Do the bytes above 7F stand alone or in pairs, as accented letters do in any encoding?"""
    high = len(data.translate(None, _ASCII))
    long = sum(map(len, _LONG.findall(data)))
    if MAX_LONG * high < long < SURELY_LONG * high:  # two accents of UTF-8 side by side are four bytes
        long = sum(map(len, _LONG.findall(_LATIN_CHARACTER.sub(b"", data))))
    return long <= MAX_LONG * high


def latin_sequences(data: bytes) -> list[Span]:
    """Sequences in a page of a Latin code page that can only be UTF-8: "Ã" before a symbol, not after a capital."""
    if not any(lead in data for lead in _LATIN_LEADS):
        return []
    found = [match.span() for match in _LATIN_CHARACTER.finditer(data)]
    found = [span for span in found if not span[0] or data[span[0] - 1] not in _CAPITALS]
    return found if len(found) >= MIN_LATIN else []
