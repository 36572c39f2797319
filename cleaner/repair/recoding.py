"""Text that was decoded with the wrong encoding, taken back to its bytes and decoded again.

UTF-8 read as GBK loses bytes (two bytes that make no pair become one `?` or U+FFFD, and a trailing byte may swallow what follows), so it is read back
character by character: where one byte of a character is missing, the language model chooses among the 64 that are left if it can, and otherwise the character is
lost and becomes U+FFFD. GBK and Big5 read as Latin-1 keep all bytes; what has to be proved there is that the result is Chinese.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.repair.gate import SIGNATURES
from cleaner.repair.language import Language
from cleaner.script import simplify

__all__ = ["Recoded", "from_gbk", "from_latin", "is_chinese", "signature_share"]

MIN_CHOICE = 1.5  # logarithm of how much likelier the first choice for a character with a lost byte must be than the second
MIN_EVERYDAY = 0.8  # share of everyday characters among the Chinese ones of a result; true ones > 0.9, false ones < 0.6
MIN_LIKELY = -8.0  # mean logarithm of a result's characters; Chinese text -5.2, two-byte noise -11
MAX_LOST = 0.4  # share of a run's characters that may be lost
_SIGNS = re.compile(f"[{SIGNATURES}]")
_HAN = re.compile("[\u3400-\u9fff]++")


class Recoded(NamedTuple):
    text: str
    lost: int  # characters that could not be restored


def signature_share(text: str) -> float:
    """How much of the Chinese text is characters that UTF-8 read as GBK has in abundance; 0 when fewer than two are."""
    if text.isascii():
        return 0.0
    signs = len(_SIGNS.findall(text))
    return signs / sum(map(len, _HAN.findall(text))) if signs > 1 else 0.0


def _bytes_of(text: str) -> list[int] | None:
    """The bytes of a text that was read as GBK, -1 for what was lost; None when something in it is not of GBK."""
    found: list[int] = []
    for character in text:
        if character in "?\ufffd":
            found.append(-1)
            continue
        if character == "€":
            found.append(0x80)
            continue
        try:
            encoded = character.encode("gb18030")
        except UnicodeEncodeError:
            return None
        if len(encoded) > 2:
            return None
        found += encoded
    return found


def from_gbk(text: str, language: Language, following: str = "") -> Recoded | None:
    """A run of UTF-8 that was read as GBK, with the character that follows it; None when it is none."""
    codes = _bytes_of(text)
    if codes is None:
        return None
    out: list[str] = []
    lost = place = 0
    while place < len(codes):
        code = codes[place]
        length = 1 if code < 0x80 else 2 if 0xC2 <= code < 0xE0 else 3 if 0xE0 <= code < 0xF0 else 4 if 0xF0 <= code < 0xF5 else 0
        if code < 0:
            out.append("?")
            place += 1
            continue
        part = codes[place : place + max(length, 1)]
        whole = [c for c in part[1:] if 0x80 <= c < 0xC0]
        if length and len(whole) == len(part) - 1 and len(part) == length:
            decoded = bytes(part).decode("utf-8", "ignore")
            lost += not decoded
            out.append(decoded or "\ufffd")
            place += length
            continue
        chosen, used = _chosen(part, "".join(out[-2:]), following if place + 3 >= len(codes) else "", language)
        lost += not chosen
        out.append(chosen or "\ufffd")
        place += used
    return _judged(Recoded("".join(out), lost))


def _chosen(part: list[int], context: str, following: str, language: Language) -> tuple[str, int]:
    """The character whose bytes begin `part`, some of them lost (-1), as far as the context tells it, and how many places it takes."""
    known = 1
    while known < len(part) and 0x80 <= part[known] < 0xC0:
        known += 1
    gap = known < len(part) and part[known] < 0
    if len(part) == 3 and known == 1 and gap and 0x80 <= part[2] < 0xC0:
        candidates = [bytes((part[0], middle, part[2])) for middle in range(0x80, 0xC0)]
        used = 3
    elif part[0] >= 0xE0 and known == 2:
        candidates = [bytes((part[0], part[1], last)) for last in range(0x80, 0xC0)]
        used = 2 + gap
    else:
        return "", known + gap
    found = [character for candidate in candidates if (character := candidate.decode("utf-8", "ignore"))]
    ranked = sorted(((language.score(context, character + following), character) for character in found), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MIN_CHOICE):
        return "", used
    return ranked[0][1], used


def _judged(result: Recoded) -> Recoded | None:
    if result.lost > MAX_LOST * max(len(result.text), 1):
        return None
    return result if _everyday(result.text) else None


def _everyday(text: str) -> bool:
    """Whether the Chinese characters of a result are everyday ones (GB 2312 level 1, in either script), and there are no others that speak against it."""
    han = [c for c in simplify(text) if "\u3400" <= c <= "\u9fff"]
    if not han:
        return False
    return sum(1 for c in han if c.encode("gb2312", "ignore")[:1] in _LEVEL_1) >= MIN_EVERYDAY * len(han)


_LEVEL_1 = frozenset(bytes((lead,)) for lead in range(0xB0, 0xD8))


def is_chinese(text: str, language: Language) -> bool:
    """Whether a result is Chinese text beyond doubt: everyday characters in a likely order."""
    if not _everyday(text):
        return False
    total = sum(language.score(text[max(0, i - 2) : i], text[i]) for i in range(len(text)) if text[i] > "\x7f")
    return total >= MIN_LIKELY * max(1, sum(1 for c in text if c > "\x7f"))


def from_latin(text: str, language: Language) -> Recoded | None:
    """A line of GBK or Big5 that was read as Latin-1 or windows-1252; None when it is none."""
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252") if character > "\x9f" else character.encode("latin-1")
        except UnicodeEncodeError:
            return None
    for encoding in ("gb18030", "big5hkscs"):
        try:
            decoded = bytes(raw).decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_chinese(decoded, language):
            return Recoded(decoded, 0)
    return None
