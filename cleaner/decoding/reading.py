"""Everyday characters: does this reading of the bytes look like text?

Every double-byte standard put the characters people use into one block and the rare ones into another. Text read in its own
encoding consists of the first block (95 % and more); read in another's it falls all over the table. So one set per standard
and a share of 70 % validates a label, without statistics. Single-byte readings have no rare block, but words: a reading
is refused when symbols stand inside its words or capitals follow small letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["MIN_EVERYDAY", "everyday", "reads_well"]

MIN_EVERYDAY = 0.7  # true readings 0.86 and more, Big5 read as GBK 0.35 to 0.62


def _square(codec: str, first: range, second: range) -> set[str]:
    pairs = (bytes((lead, trail)) for lead in first for trail in second)
    return {character for pair in pairs for character in pair.decode(codec, "ignore") if character > "\x7f"}


_HIGH = range(0xA1, 0xFF)


@lru_cache(maxsize=16)
def characters(family: str) -> frozenset[str]:
    """The everyday characters of a double-byte standard: "gb", "big5", "jis" or "ks"."""
    if family == "gb":
        return frozenset(_square("gb2312", range(0xA1, 0xD8), _HIGH) | set("€—·"))
    if family == "big5":
        trails = [*range(0x40, 0x7F), *_HIGH]
        return frozenset(set().union(*(_square("big5", range(0xA1, 0xC7), range(t, t + 1)) for t in trails)))
    if family == "jis":
        return frozenset(
            _square("euc_jp", range(0xA1, 0xD0), _HIGH) | _square("cp932", range(0x87, 0x88), range(0x40, 0x9D)) | set("～－―∥")
        )
    return frozenset(_square("euc_kr", range(0xA1, 0xC9), _HIGH))


FAMILY = {
    "gb18030": "gb", "hz": "gb", "big5hkscs": "big5", "cp932": "jis", "euc_jp": "jis", "iso2022_jp_ext": "jis", "cp949": "ks", "iso2022_kr": "ks",
}  # fmt: skip
_KANA = re.compile("[\u3041-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_FREQUENT = re.compile("[的一是不了在有人这中大来上国个到说们为子和你地出也时年以要就生会可用县市区省州镇乡村路街号]")
MIN_FREQUENT = 0.02  # of Chinese: pages 0.05 to 0.2; Korean read as GB 0.006, Japanese 0.01
MIN_LETTERS = 60  # fewer characters are too few to miss kana or frequent characters in
MAX_KANA = 0.15  # of a Chinese text; Japanese has 0.3 and more
MIN_KANA = 0.05  # of a Japanese text; Chinese read as Japanese has 0.001
MIN_HANGUL = 0.5  # of a Korean text, against punctuation and Hanja; Chinese read as Korean 0.45


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def everyday(text: str, codec: str) -> float:
    """The share of everyday characters among those of `text` that are not ASCII; 1.0 when all are."""
    count = _beyond_ascii(text)
    return sum(map(characters(FAMILY[codec]).__contains__, text)) / count if count else 1.0


def reads_well(text: str, codec: str) -> bool:
    """Does `text`, decoded as `codec` says, look like text of the languages that are written in it?"""
    family = FAMILY.get(codec)
    if family is None:
        return _words_are_whole(text, codec)
    if everyday(text, codec) < MIN_EVERYDAY:
        return False
    count = _beyond_ascii(text)
    if count < MIN_LETTERS:
        return True
    if family == "jis":
        return len(_KANA.findall(text)) >= MIN_KANA * count
    if family == "ks":
        return len(_HANGUL.findall(text)) >= MIN_HANGUL * count
    return len(_KANA.findall(text)) <= MAX_KANA * count and (
        family == "big5" or len(_FREQUENT.findall(text)) >= MIN_FREQUENT * count
    )


_SCRIPTS = {
    "cp1251": "cyrillic", "koi8-r": "cyrillic", "koi8-u": "cyrillic", "iso8859-5": "cyrillic", "cp866": "cyrillic", "mac-cyrillic": "cyrillic",
    "cp1253": "greek", "iso8859-7": "greek", "cp1255": "hebrew", "iso8859-8": "hebrew", "cp1256": "arabic", "iso8859-6": "arabic", "cp874": "thai",
}  # fmt: skip
_LETTERS = {
    "cyrillic": re.compile("[А-Яа-яЁёІіЇїЄєҐґЎўЂђЉљЊњЋћЏџЈјЅѕ]++"),
    "greek": re.compile("[Ά-ώ]++"),
    "hebrew": re.compile("[\u05b0-\u05ea]++"),
    "arabic": re.compile("[\u060c-\u06d3\u200c\u200d]++"),
    "thai": re.compile("[\u0e01-\u0e5b]++"),
}
_CAPITAL = re.compile("[А-ЯЁ]")
_SYMBOL_IN_WORD = re.compile("[A-Za-z][\x80-\xbf×÷ˇ˘˙˛˝¸¨´–—‚ƒ„…†‡ˆ‰‹‘’“”•˜™›¢-¿\ufffd](?=[a-z])")
_LONG_HIGH = re.compile("[^\x00-\x7f]{4,}")
MIN_SCRIPT = 0.7  # letters of the script among characters that are not ASCII: true readings 0.85 and more
MIN_SPACES = 0.04  # of the letters of a script that parts words: true readings 0.1 and more, Chinese read as KOI8 0.00 to 0.02
MAX_CAPITALS = 0.4  # of Cyrillic letters: true readings 0.02 to 0.15, KOI8 and windows-1251 read as each other 0.8 and more
MAX_LONG = 0.3  # accented characters in runs of four and more: Western languages 0.00 to 0.02, anything else 0.6 to 1
MAX_SYMBOLS = 0.1  # symbols inside words, of characters that are not ASCII: true readings 0.00 to 0.02, Polish read as 1252 0.3


def _words_are_whole(text: str, codec: str) -> bool:
    count = _beyond_ascii(text)
    if not count:
        return True
    script = _SCRIPTS.get(codec)
    if script is None:
        long = sum(map(len, _LONG_HIGH.findall(text)))
        symbols = len(_SYMBOL_IN_WORD.findall(text.replace("’", "").replace("´", "")))
        return long <= MAX_LONG * count and symbols <= MAX_SYMBOLS * count
    letters = sum(map(len, _LETTERS[script].findall(text)))
    if letters < MIN_SCRIPT * count or (count >= MIN_LETTERS and script != "thai" and text.count(" ") < MIN_SPACES * count):
        return False
    return script != "cyrillic" or len(_CAPITAL.findall(text)) <= MAX_CAPITALS * letters
