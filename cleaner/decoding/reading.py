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

MIN_EVERYDAY = 0.7  # true readings 0.95 and more (texts of rare characters 0.63), half of the wrong ones that decode 0.52 at most


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
_FREQUENT = re.compile(
    "[的一是不了在有人这這中大来來上国國个個到说說们們为為子和你地出也时時年以要就生会會可用县縣市区區省州镇鎮乡鄉村路街号號]"
)
MIN_FREQUENT = 0.03  # of Chinese: true readings 0.074 and more, 99 % of the wrong ones 0.021 at most
MIN_LETTERS = 60  # fewer characters are too few to miss kana or frequent characters in
MAX_KANA = 0.15  # of a Chinese text: true readings 0.00, Japanese 0.45 and more
MIN_KANA = 0.15  # of a Japanese text: true readings 0.45 and more, wrong ones 0.13 at most
MIN_HANGUL = 0.7  # of a Korean text: true readings 0.98 and more, 95 % of the wrong ones 0.57 at most


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
    return len(_KANA.findall(text)) <= MAX_KANA * count and len(_FREQUENT.findall(text)) >= MIN_FREQUENT * count


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
# The letters that make up about half of any text in the script's languages.
_COMMON_LETTERS = {
    "cyrillic": re.compile("[аеинотсрвілАЕИНОТ]"),
    "greek": re.compile("[αοιετσνςηρυάόίέΑΟΙΕΤΣΝ]"),
    "hebrew": re.compile("[יוהלארתבמ]"),
    "arabic": re.compile("[اليمونرتهدی]"),
    "thai": re.compile("[ารนกเงอมยลวดทสตะิี่้ัคบ]"),
}
_GRAFTED = re.compile(
    "[A-Za-z][\u0370-\u06ff\u0e01-\u0e5b]|[\u0370-\u06ff\u0e01-\u0e5b][A-Za-z]"
)  # letters of other scripts inside Latin words
_CAPITAL = re.compile("[А-ЯЁ]")
_SYMBOL_IN_WORD = re.compile("[A-Za-z][\x80-\xbf×÷ˇ˘˙˛˝¸¨´–—‚ƒ„…†‡ˆ‰‹‘’“”•˜™›¢-¿\ufffd](?=[a-z])")
_DOUBTFUL = re.compile("[õûðþýÐÞÝ]")  # what ő ű ğ ş ı look like in windows-1252; Icelandic and Estonian have them, too
_LONG_HIGH = re.compile("[^\x00-\x7f]{4,}")
# Letters of the script among characters beyond ASCII: true readings 0.99 and more, half of the wrong ones 0.83 at most.
MIN_SCRIPT = 0.9
MAX_GRAFTED = 0.3  # to the runs of letters of a script: true readings 0.03 at most, Latin text 1 and more
MIN_COMMON_LETTERS = 0.45  # of the letters of a script: true readings 0.52 and more, half of the wrong ones 0.28 at most
MIN_SPACES = 0.05  # to characters beyond ASCII: true readings 0.098 and more, Chinese as KOI8 0.02 at most
MAX_CAPITALS = 0.3  # of Cyrillic letters: true readings 0.09 at most, half of the wrong ones 0.35 and more (KOI8 as 1251: 0.9)
# Of characters beyond ASCII: windows-1252 0.03 at most, Hungarian about 0.12, Baltic 0.3 and Turkish 0.4 and more.
MAX_DOUBTFUL = 0.06
MAX_LONG = 0.3  # accented characters in runs of four and more: true readings 0.07 at most, half of the wrong ones 0.85 and more
MAX_SYMBOLS = 0.05  # symbols inside words, of characters beyond ASCII: true readings 0.00, Polish as windows-1252 0.3


def _words_are_whole(text: str, codec: str) -> bool:
    count = _beyond_ascii(text)
    if not count:
        return True
    script = _SCRIPTS.get(codec)
    if script is None:
        long = sum(map(len, _LONG_HIGH.findall(text)))
        symbols = len(_SYMBOL_IN_WORD.findall(text.replace("’", "").replace("´", "")))
        if codec == "cp1252" and len(_DOUBTFUL.findall(text)) > MAX_DOUBTFUL * count:
            return False
        return long <= MAX_LONG * count and symbols <= MAX_SYMBOLS * count
    words = _LETTERS[script].findall(text)
    letters = sum(map(len, words))
    if len(_GRAFTED.findall(text)) > MAX_GRAFTED * len(words):
        return False
    if letters < MIN_SCRIPT * count or (count >= MIN_LETTERS and script != "thai" and text.count(" ") < MIN_SPACES * count):
        return False
    if count >= MIN_LETTERS and len(_COMMON_LETTERS[script].findall(text)) < MIN_COMMON_LETTERS * letters:
        return False
    return script != "cyrillic" or len(_CAPITAL.findall(text)) <= MAX_CAPITALS * letters
