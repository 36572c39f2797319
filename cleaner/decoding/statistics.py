"""Statistics: chardet, asked last and about a condensed sample.

chardet 7 knows clean text better than anything else measured, costs ten times the rest of `decode`, and is misled by markup and
by single bad bytes. So it gets what carries the evidence and nothing else: runs of text that begin at a byte above 7F, from all
over the page, about 768 bytes, and may answer only what pages are written in.
"""

from __future__ import annotations

import re

from cleaner.decoding.labels import WINDOWS_SUPERSET

__all__ = ["LATIN", "condensed", "detected", "widened"]

SAMPLE_BYTES = 768  # 256 to 16,384 give the same on the tuned half; pages up to twice this are taken whole
BEFORE = 40  # bytes of a run that are taken before its first byte above 7F
SEGMENTS = 8  # equal parts of the page that the sample is taken from
SKIPPED = 4096  # bytes of ASCII passed over at once
_RUN = re.compile(rb"[\x80-\xff][^<>\r\n\x00]*+")
_HIGH = bytes(range(0x80, 0x100))
_C1 = bytes(range(0x80, 0xA0))
_LOW = re.compile(rb"[\x00-\x2f]")  # no double-byte character ends with these

# The encodings of the WHATWG standard that pages without a label are written in, as chardet names them.
CANDIDATES = (
    "utf-8", "gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949", "euc_kr", "cp874", "tis-620", "cp1250", "cp1251", "cp1252",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8-r", "koi8-u", "cp866", "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-6",
    "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-13", "iso8859-15",
)  # fmt: skip
_OURS = {"euc_jis_2004": "euc_jp", "euc_kr": "cp949", "tis-620": "cp874", "iso8859-1": "cp1252"}
# Code pages of languages that are written in Latin letters with a few accents.
LATIN = frozenset(
    {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859-1", "iso8859-2", "iso8859-9", "iso8859-13", "iso8859-15"}
)


def condensed(data: bytes) -> bytes:
    """About `SAMPLE_BYTES` of the runs of text in `data` that have bytes above 7F, evenly spread, one per line.

    >>> condensed(b'<p class="x">caf\\xe9 noir</p>\\n<p>no</p><p>\\xe0 la')
    b'caf\\xe9 noir\\n\\xe0 la'
    """
    if len(data) <= 2 * SAMPLE_BYTES:
        ends = [0, *(match.end() for match in _RUN.finditer(data))]
        return b"\n".join(
            data[_begin(data, low, match.start()) : match.end()] for low, match in zip(ends, _RUN.finditer(data), strict=False)
        )
    pieces: list[bytes] = []
    total = position = 0
    step = len(data) // SEGMENTS + 1
    for segment in range(1, SEGMENTS + 1):
        budget = SAMPLE_BYTES * segment // SEGMENTS
        end = step * segment
        position = _skipped(data, position)
        while total < budget and position < end and (match := _RUN.search(data, position)) is not None:
            start = _begin(data, position, match.start())
            position = match.end()
            piece = _cut(data[start:position], max(budget - total, SAMPLE_BYTES // SEGMENTS))
            pieces.append(piece)
            total += len(piece) + 1
        if position < end:
            aligned = _LOW.search(data, min(end, len(data)))
            position = aligned.start() if aligned else len(data)
    return b"\n".join(pieces)


def _skipped(data: bytes, position: int) -> int:
    """`position`, moved over ASCII in large steps."""
    while position < len(data) and data[position : position + SKIPPED].isascii():
        position += SKIPPED
    return position


def _begin(data: bytes, low: int, at: int) -> int:
    """Where the text before the byte at `at` begins: the letters before the first accent of a run are evidence as well."""
    low = max(low, at - BEFORE)
    return max(low, data.rfind(b">", low, at) + 1, data.rfind(b"\n", low, at) + 1, data.rfind(b"\r", low, at) + 1)


def _cut(run: bytes, limit: int) -> bytes:
    """The first `limit` bytes of `run`, without half a double-byte character at their end.

    Since the last byte below 80, which ends a character, the bytes come in pairs.
    """
    piece = run[:limit]
    odd = len(run) > limit and (len(piece) - len(piece.rstrip(_HIGH))) % 2
    return piece[:-1] if odd else piece


def detected(sample: bytes, whole: bytes) -> str | None:
    """The Python codec that chardet names for `sample`, widened to what `whole` needs; None when it has no answer."""
    import chardet

    # a NUL in the sample makes chardet answer "binary"
    answer = chardet.detect(sample.replace(b"\x00", b" "), include_encodings=CANDIDATES, compat_names=False)
    name = answer["encoding"]
    if name is None:
        return None
    codec = widened(_OURS.get(name, name), whole)
    same = codec in LATIN and whole.decode(codec, "replace") == whole.decode("cp1252", "replace")
    return "cp1252" if same else codec


def widened(codec: str, data: bytes) -> str:
    """`codec`, or the Windows code page in its place when `data` has bytes that only that one uses."""
    if codec in WINDOWS_SUPERSET and len(data.translate(None, _C1)) < len(data):
        return WINDOWS_SUPERSET[codec]
    return codec
