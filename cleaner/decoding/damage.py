"""Broken UTF-8: a page that is UTF-8 for the most part, with bytes in it that are not.

They are of three kinds. Damage: a byte cut or overwritten; it becomes U+FFFD and is counted. Accented letters of a Latin code page,
alone between ASCII letters. Runs in another encoding, which are judged together, since one footer has too little text to
be known by, and decoded one by one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.decoding.codec import text_in
from cleaner.decoding.evidence import LATIN, Label, bears, verdict
from cleaner.decoding.mixed import Span, may_hold_utf8, utf8_stretches
from cleaner.decoding.reading import FAMILY, MIN_EVERYDAY, everyday, reads_well
from cleaner.page import Run, Source

__all__ = ["broken"]

_RUN_END = re.compile("[<>\r\n]")
_BAD = re.compile("[\udc80-\udcff]")
_LATIN_RUN = re.compile("[\udc80-\udcff](?:[^<>\r\n\x80-\U0010ffff]*+[\udc80-\udcff])*+")  # and the ASCII between
_VALID = re.compile("[^\x00-\x7f\udc80-\udcff]++")
_ASCII = bytes(range(0x80))

MAX_LONG = 0.2  # of the bad bytes in runs of three and more; 0.05 and 0.5 decide the same on all pages
MIN_IN_PLACE = 0.8  # of the bad bytes that are letters where words have them; 0.95 loses 5 of 67 mixed pages, 0.6 gains none
TRUSTED = 500  # pieces of a page that are judged one by one; so many are no accident
JUDGED_BYTES = 200  # bad bytes that are looked at
MIN_LATIN_BYTES = 4  # in a page; three letters may be three bytes of damage; 2 and 8 decide the same on all pages
MIN_PIECE = 4  # bytes above 7F in a piece that is decoded on its own; 8 loses 3 of 122 own pages, 2 gains nothing
MAX_PIECE_UTF8 = 0.8  # share of valid UTF-8 in it; 0.5 loses 11 of 122 own pages, 0.95 gains nothing
JUDGED = 64  # characters of a piece that are judged


class Odd(NamedTuple):
    """A run that is not all UTF-8, in pieces: `sure` holds the stretches of sure UTF-8, `data` is the whole run."""

    data: bytes
    sure: list[Span]


def broken(data: bytes, how: str, labels: Sequence[Label]) -> Source:
    """Decode a page that is mostly UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    positions = [match.start() for match in islice(_BAD.finditer(text), JUDGED_BYTES)]
    if len(positions) >= MIN_LATIN_BYTES and _stand_alone(text, positions):
        label = verdict(
            _VALID.sub("", text).encode("utf-8", "surrogateescape"), [label for label in labels if label.codec in LATIN]
        )
        if label.codec in LATIN and (source := _latin(text, label.codec, how, positions)):
            return source
    parts = _parts(text)
    odd = b"\n".join(piece for part in parts if not isinstance(part, str) for piece in _odd_pieces(part))
    codec = verdict(odd, labels).codec if odd else "utf-8"
    if codec == "utf-8" or codec in LATIN:  # Latin code pages have been tried; what is left of them is damage
        return _damaged(data, text, how)
    return _in_parts(parts, codec, how, text.count("\ufffd"))


def _stand_alone(text: str, positions: list[int]) -> bool:
    """Do the bad bytes stand alone or in pairs, as accented letters do?"""
    long = sum(after - before == 2 for before, after in zip(positions, positions[2:], strict=False))
    return long <= MAX_LONG * len(positions)


def _damaged(data: bytes, text: str, how: str) -> Source:
    replaced = data.decode("utf-8", "replace")
    return Source(replaced, "utf-8", how, replaced.count("\ufffd") - text.count("\ufffd"))


def _latin(text: str, codec: str, how: str, positions: list[int]) -> Source | None:
    """Each bad byte is a letter of `codec`; None when the first ones do not fit into words."""
    table = {chr(0xDC00 + byte): text_in(bytes((byte,)), codec) for byte in range(0x80, 0x100)}
    if sum(_is_in_place(text[max(at - 1, 0) : at + 2], min(at, 1), table) for at in positions) < MIN_IN_PLACE * len(positions):
        return None
    apart = tuple(Run(*match.span(), codec) for match in _LATIN_RUN.finditer(text))
    decoded = _BAD.sub(lambda match: table[match[0]], text)
    return Source(decoded, "utf-8", how, decoded.count("\ufffd") - text.count("\ufffd"), apart)


_TYPOGRAPHY = frozenset("€…‘’“”•–—\xa0«»°·")


def _is_in_place(around: str, at: int, table: Mapping[str, str]) -> bool:
    """Is the byte at `at` of `around` a letter where words have it: a small letter at a letter, a capital that begins a word?"""
    character, before, after = (table.get(one, one) for one in (around[at], around[:at], around[at + 1 :]))
    before_letter, after_letter = (one < "\u0250" and one.isalpha() for one in (before, after))
    if character.islower():
        return before_letter or after_letter
    if character.isupper():
        return (not before_letter and after_letter) or before.isupper()
    return character in _TYPOGRAPHY


def _parts(text: str) -> list[str | bytes | Odd]:
    """The page in parts: text that is decided, runs that are something else, and runs that hold both."""
    parts: list[str | bytes | Odd] = []
    low = 0
    while (bad := _BAD.search(text, low)) is not None:
        at = bad.start()
        start = max(low, text.rfind("\n", low, at) + 1, text.rfind(">", low, at) + 1)
        start = max(start, text.rfind("<", start, at) + 1, text.rfind("\r", start, at) + 1)
        after = _RUN_END.search(text, at)
        end = after.start() if after else len(text)
        parts.append(text[low:start])
        raw = text[start:end].encode("utf-8", "surrogateescape")
        stretches = utf8_stretches(raw) if may_hold_utf8(raw) else []
        if stretches:
            parts.append(Odd(raw, stretches))
        else:
            parts.append(raw if _is_odd(raw) else raw.decode("utf-8", "replace"))
        low = end
    parts.append(text[low:])
    return parts


def _pieces(run: Odd) -> list[bytes]:
    """What lies between the stretches of sure UTF-8, before the first and after the last."""
    edges = [0, *(edge for span in run.sure for edge in span), len(run.data)]
    return [run.data[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _odd_pieces(part: bytes | Odd) -> list[bytes]:
    return [part] if isinstance(part, bytes) else [piece for piece in _pieces(part) if _is_odd(piece)]


def _is_odd(piece: bytes) -> bool:
    high = len(piece.translate(None, _ASCII))
    if high < MIN_PIECE:
        return False
    return len(piece) - len(piece.decode("utf-8", "ignore").encode()) > (1 - MAX_PIECE_UTF8) * high


def _foreign(piece: bytes, codec: str, trusted: bool) -> str | None:
    """The text of `piece` if it reads as `codec`. After many that did it is enough that it decodes."""
    try:
        text = piece.decode(codec)
    except UnicodeDecodeError:
        return text_in(piece, codec) if bears(piece, codec) else None
    if codec == "cp932":
        text = text_in(piece, codec)
    if trusted:
        return text
    judged = text[:JUDGED]
    fits = everyday(judged, codec) >= MIN_EVERYDAY if codec in FAMILY else reads_well(judged, codec)
    return text if fits else None


def _in_parts(parts: Sequence[str | bytes | Odd], codec: str, how: str, own: int) -> Source:
    """Decode each odd piece that reads well as `codec` so, the others as damaged UTF-8. `own`: U+FFFD that the page brought."""
    pieces: list[str] = []
    apart: list[Run] = []
    length = 0

    def add(piece: bytes, odd: bool) -> None:
        nonlocal length
        text = _foreign(piece, codec, len(apart) > TRUSTED) if odd else None
        if text is None:
            text = piece.decode("utf-8", "replace")
        else:
            apart.append(Run(length, length + len(text), codec))
        pieces.append(text)
        length += len(text)

    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            length += len(part)
        elif isinstance(part, bytes):
            add(part, True)
        else:
            for piece, sure in _with_stretches(part):
                add(piece, _is_odd(piece))
                pieces.append(sure)
                length += len(sure)
    text = "".join(pieces)
    return Source(text, "utf-8", how, text.count("\ufffd") - own, tuple(apart))


def _with_stretches(run: Odd) -> list[tuple[bytes, str]]:
    """The pieces of a run, each with the text of the stretch after it."""
    return list(zip(_pieces(run), [*(run.data[start:end].decode("utf-8") for start, end in run.sure), ""], strict=True))
