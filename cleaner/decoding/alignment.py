"""Alignment: double-byte text in which a byte was lost or added.

From there to the next ASCII character every pair is torn: half a sentence of wrong characters, none of them undecodable. But torn
pairs give rare characters and whole pairs give everyday ones, so the best way to read a damaged run is the one with the
most everyday characters and the fewest bytes given up: a shortest path through the run, linear in its length.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.decoding.codec import text_in
from cleaner.decoding.reading import FAMILY, characters

__all__ = ["aligned"]

_RUN = re.compile(rb"[^<>\r\n]*+[<>\r\n]?")
MAX_BYTES = 200_000  # of damaged runs that are searched; a page with more is no page with a few bytes lost
EVERYDAY = 1.0  # what an everyday character is worth
RARE = -1.0  # a rare one; -2 to 0 differ by 0.003 % of the characters of 40 damaged pages
GIVEN_UP = -3.0  # a byte that is given up; -2 to -5 differ by as little, without all this 0.4 % are lost


def aligned(data: bytes, codec: str) -> str:
    """`data` read as `codec`, with the damaged runs read in the best way; as `text_in` when nothing is damaged."""
    text = text_in(data, codec)
    if codec not in FAMILY or "\ufffd" not in text:
        return text
    pieces: list[str] = []
    left = MAX_BYTES
    for match in _RUN.finditer(data):
        run = match[0]
        piece = text_in(run, codec)
        if "\ufffd" in piece and left >= len(run):
            left -= len(run)
            piece = _best(run, codec)
        pieces.append(piece)
    return "".join(pieces)


@lru_cache(maxsize=32_768)
def _character(code: bytes, codec: str) -> str:
    text = text_in(code, codec)
    return text if len(text) == 1 and text != "\ufffd" else ""


def _best(run: bytes, codec: str) -> str:
    """The reading of a run with the highest worth, found from its end."""
    known = characters(FAMILY[codec])
    size = len(run)
    worth = [0.0] * (size + 5)
    read: list[str] = [""] * size
    width = [1] * size
    for at in range(size - 1, -1, -1):
        byte = run[at]
        if byte < 0x80:
            worth[at], read[at] = worth[at + 1], chr(byte)
            continue
        worth[at], read[at] = worth[at + 1] + GIVEN_UP, "\ufffd"
        for length in (1, 2, 3, 4) if codec in ("gb18030", "euc_jp") else (1, 2):
            if at + length > size or (length > 2 and not _may_be_long(run, at, length)):
                break
            character = _character(run[at : at + length], codec)
            value = worth[at + length] + (EVERYDAY if character in known else RARE)
            if character and value > worth[at]:
                worth[at], read[at], width[at] = value, character, length
    pieces: list[str] = []
    at = 0
    while at < size:
        pieces.append(read[at])
        at += width[at]
    return "".join(pieces)


def _may_be_long(run: bytes, at: int, length: int) -> bool:
    """Three bytes begin with 8F in EUC-JP, four have a digit second in GB18030."""
    return run[at] == 0x8F or (0x30 <= run[at + 1] <= 0x39)
