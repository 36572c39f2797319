"""Codecs as pages need them: Python's, with what browsers read and Python does not.

Shift_JIS: Python gives private characters for bytes that stand for nothing; they are damage. EUC-JP: Python refuses the
circled numbers and the like that NEC and IBM added (①, ㈱, 髙), which every browser reads; Python has them in cp932, where they stand
at the same row and cell.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

__all__ = ["text_in"]

_HIGH = re.compile(rb"[\x80-\xff]{0,64}+")
_NOTHING = re.compile("[\uf8f0-\uf8f3]")
_ADDED_ROWS = frozenset([0xAD, *range(0xF9, 0xFD)])  # first bytes of the rows 13 and 89 to 92
_HANDLER = "cleaner.decoding.codec"


def text_in(data: bytes, codec: str) -> str:
    """`data` read as `codec`; what stands for nothing becomes U+FFFD.

    >>> text_in(b"\\xad\\xa1 \\xff", "euc_jp")
    '① \\ufffd'
    """
    if codec == "euc_jp":
        return data.decode(codec, _handler())
    text = data.decode(codec, "replace")
    return _NOTHING.sub("\ufffd", text) if codec == "cp932" else text


@lru_cache(maxsize=1)
def _handler() -> str:
    codecs.register_error(_HANDLER, _added)
    return _HANDLER


def _added(error: UnicodeError) -> tuple[str, int]:
    """The character of an added row, which is found by its row and cell in cp932; else U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2 and pair[0] in _ADDED_ROWS and pair[1] > 0xA0 and _is_aligned(error.object, error.start):
        row, cell = pair[0] - 0xA0, pair[1] - 0xA0
        lead = (row + 1) // 2 + (0x80 if row <= 62 else 0xC0)
        trail = cell + 0x9E if row % 2 == 0 else cell + 0x3F + (cell > 0x3F)
        text = bytes((lead, trail)).decode("cp932", "ignore")
        if len(text) == 1:
            return text, error.start + 2
    return "\ufffd", error.end


def _is_aligned(data: bytes, start: int) -> bool:
    """Do whole pairs follow? After a stray byte they do not."""
    match = _HIGH.match(data, start)
    return match is not None and (match.end() - start) % 2 == 0
