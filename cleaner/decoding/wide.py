"""UTF-16 and UTF-32: found by reading, not by counting zeros.

A page in UTF-16 has a NUL beside every ASCII character; Chinese text alone has hardly any, and bytes that look like noise. Read
with the right width and order nearly all characters are ones that people write; read wrongly they fall all over Unicode.
"""

from __future__ import annotations

import re

from cleaner.decoding.reading import characters

__all__ = ["reads_wide", "wide_codec"]

_PLAUSIBLE = re.compile(
    "[\t\n\r\x20-\x7e\u00a0-\u024f\u0370-\u06ff\u0e01-\u0e5b\u1e00-\u1eff\u2010-\u2044\u20ac\u3000-\u30ff\uff01-\uff60\uff65-\uff9f]"
)
_IDEOGRAPH = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")
_CODECS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
SAMPLE_BYTES = 4096
MIN_PLAUSIBLE = 0.7  # of UTF-16 read as what it is: 0.95 and more; with the bytes swapped, or text read as UTF-16: 0.0 to 0.3


def reads_wide(data: bytes, codec: str) -> bool:
    """Does `data` read as text in this UTF-16 or UTF-32?"""
    width = 4 if "32" in codec else 2
    text = data[: min(SAMPLE_BYTES, len(data) // width * width)].decode(codec, "replace")
    if not text:
        return False
    common = characters("gb") | characters("big5") | characters("jis") | characters("ks")
    plausible = len(_PLAUSIBLE.findall(text)) + sum(map(common.__contains__, _IDEOGRAPH.findall(text)))
    return plausible >= MIN_PLAUSIBLE * len(text)


def wide_codec(data: bytes) -> str | None:
    """The UTF-32 or UTF-16 that `data` without a byte order mark reads as; None when it reads as none."""
    return next((codec for codec in _CODECS if reads_wide(data, codec)), None)
