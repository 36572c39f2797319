"""Bytes become text: which encoding a page really has, whatever it says of itself.

Evidence is asked in the order of its strength, and each step may decide: byte order mark, zero bytes, plain ASCII, strict UTF-8,
labels that the bytes bear out, broken UTF-8, and last chardet on a condensed sample. Most pages are decided by a step that costs a
microsecond; a label alone decides nothing, since a fifth of the wrong ones decode without an error. `docs/encoding.md` has the
share of pages each step decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.decoding.binary import is_noise, signature
from cleaner.decoding.everyday import FAMILY, characters, reads_well
from cleaner.decoding.labels import WINDOWS_SUPERSET, codec_of, header_labels
from cleaner.decoding.mixed import may_hold_utf8, utf8_share, utf8_stretches
from cleaner.decoding.prescan import PRESCAN_BYTES, declared, xml_label
from cleaner.decoding.statistics import condensed, detected
from cleaner.page import Run, Source

__all__ = ["decode"]

NUL_BYTES = 512  # a UTF-16 or UTF-32 page has a NUL here: its markup or its first line end
LATE_BYTES = 65_536  # how far labels are looked for when there is no <body>
MIN_UTF8 = 0.5  # share of valid UTF-8 among bytes above 7F that makes a page broken UTF-8; legacy pages have 0.0 to 0.35
MAX_UNDECODABLE = 0.04  # share of bad characters that a label survives: stray bytes are below 0.005, wrong labels above 0.1
_C1 = re.compile(rb"[\x80-\x9f]")
_BODY = re.compile(rb"<body[\s>]", re.IGNORECASE)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip


class Label(NamedTuple):
    """Someone says that the page is in `codec`: "http", "meta" or "xml"."""

    how: str
    codec: str


def decode(data: bytes, *, charset: str | None = None) -> Source:
    """Decode the bytes of a page.

    charset: what the HTTP header says, a label (``"gbk"``) or the whole Content-Type value.

    Never raises on any bytes. What cannot be decoded becomes U+FFFD and is counted; lone surrogates never come out.

    >>> decode("<p>乡村</p>".encode("gbk"), charset="utf-8").text
    '<p>乡村</p>'
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"decode() takes the bytes of a page, not {type(data).__name__}; a str is text already")
    data = bytes(data)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if codec == "utf-8":
                return _marked_utf8(rest, charset)
            if _is_wide(rest, codec):
                return _wide(rest, codec, "bom")
    if kind := signature(data):
        return _binary(kind)
    if b"\x00" in data[:NUL_BYTES] and (wide := _wide_codec(data)):
        return _wide(data, wide, wide[:6])
    if data.isascii():
        return _ascii(data, charset)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) - error.start <= 3 and error.reason == "unexpected end of data" and not data[: error.start].isascii():
            return Source(data.decode("utf-8", "replace"), "utf-8", "utf-8", 1)
    else:
        return _binary("noise") if is_noise(data[:1024]) else Source(text, "utf-8", "utf-8")
    return _legacy(data, charset)


def _binary(kind: str) -> Source:
    return Source("", "unknown", f"binary/{kind}", binary=True)


def _marked_utf8(data: bytes, charset: str | None) -> Source:
    """A page with the byte order mark of UTF-8; some servers put it in front of pages that are something else."""
    try:
        return Source(data.decode("utf-8").lstrip("\ufeff"), "utf-8", "bom")
    except UnicodeDecodeError:
        if utf8_share(data) >= MIN_UTF8:
            return _broken_utf8(data, "bom", [])
    return _legacy(data, charset)


_PLAUSIBLE = re.compile(
    "[\t\n\r\x20-\x7e\u00a0-\u024f\u0370-\u06ff\u0e01-\u0e5b\u1e00-\u1eff\u2010-\u2044\u20ac\u3000-\u30ff\uff01-\uff60\uff65-\uff9f]"
)
_IDEOGRAPH = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")
_WIDE_SAMPLE = 4096
MIN_PLAUSIBLE = 0.7  # of UTF-16 read as what it is: 0.95 and more; with the bytes swapped, or text read as UTF-16: 0.0 to 0.3


def _is_wide(data: bytes, codec: str) -> bool:
    """Does `data` read as text in UTF-16 or UTF-32?"""
    width = 4 if "32" in codec else 2
    text = data[: min(_WIDE_SAMPLE, len(data) // width * width)].decode(codec, "replace")
    if not text:
        return not data
    common = characters("gb") | characters("big5") | characters("jis") | characters("ks")
    count = len(_PLAUSIBLE.findall(text)) + sum(map(common.__contains__, _IDEOGRAPH.findall(text)))
    return count >= MIN_PLAUSIBLE * len(text)


def _wide_codec(data: bytes) -> str | None:
    return next((codec for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be") if _is_wide(data, codec)), None)


def _wide(data: bytes, codec: str, how: str) -> Source:
    text = data.decode(codec, "replace").lstrip("\ufeff")
    return Source(text, codec, how, text.count("\ufffd"))


def _ascii(data: bytes, charset: str | None) -> Source:
    """A page without a byte above 7F: ASCII, unless escape sequences switch to another character set."""
    text = data.decode("ascii")
    if "\x1b$" in text or "\x1b(" in text:
        codec = "iso2022_kr" if text.startswith("\x1b$)C") or "\n\x1b$)C" in text else "iso2022_jp_ext"
        read = data.decode(codec, "replace")
        if "\x1b" not in read and read.count("\ufffd") <= MAX_UNDECODABLE * len(read):
            return Source(read, codec, "escape", read.count("\ufffd"))
    if "~{" in text and any(label.codec == "hz" for label in _labels(data, charset)):
        read = data.decode("hz", "replace")
        if reads_well(read, "hz"):
            return Source(read, "hz", "escape", read.count("\ufffd"))
    return _binary("noise") if is_noise(data[:1024]) else Source(text, "ascii", "ascii")


def _labels(data: bytes, charset: str | None) -> Iterator[Label]:
    """What header, meta elements and XML declaration say, the most trustworthy first."""
    for label in header_labels(charset):
        if codec := codec_of(label):
            yield Label("http", codec)
    first = data[:PRESCAN_BYTES]
    for label in declared(first, codec_of):
        if codec := codec_of(label):
            yield Label("meta", codec)
    if (label_ := xml_label(first)) and (codec := codec_of(label_)):
        yield Label("xml", codec)
    head = data[:LATE_BYTES]
    body = _BODY.search(head)
    for label in declared(head[: body.start()] if body else head, codec_of):
        if codec := codec_of(label):
            yield Label("meta", codec)


def _legacy(data: bytes, charset: str | None) -> Source:
    """A page that is neither ASCII nor valid UTF-8."""
    if is_noise(data):
        codec = next((codec for codec in ("utf-16-le", "utf-16-be") if _is_wide(data, codec)), None)
        return _wide(data, codec, "utf-16") if codec else _binary("noise")
    labels = list(
        dict.fromkeys(label for label in _labels(data, charset) if not label.codec.startswith("utf-") and label.codec != "hz")
    )
    if utf8_share(data) >= MIN_UTF8:
        return _broken_utf8(data, "broken utf-8", labels)
    stretches = utf8_stretches(data) if may_hold_utf8(data) else []
    rest = _without(data, stretches)
    label = _decided(rest, labels)
    return _in_parts(data, label, [(start, end, "utf-8") for start, end in stretches])


def _without(data: bytes, stretches: list[tuple[int, int]]) -> bytes:
    if not stretches:
        return data
    pieces: list[bytes] = []
    position = 0
    for start, end in stretches:
        pieces.append(data[position:start])
        position = end
    pieces.append(data[position:])
    return b"\n".join(pieces)


def _decided(data: bytes, labels: list[Label]) -> Label:
    """The label that the bytes bear out, else what chardet says."""
    sample = condensed(data)
    for how, codec in labels:
        widened = WINDOWS_SUPERSET.get(codec, codec) if _C1.search(data) else codec
        if codec in FAMILY and not _decodes(data, codec):
            continue
        if reads_well(sample.decode(widened, "replace"), widened):
            return Label(how, widened)
    for how, codec in labels:
        if codec in FAMILY and _bears(sample, codec):
            return Label(how, codec)
    codec_found = detected(sample, data)
    if codec_found not in FAMILY and len(sample) > 40:
        for codec in ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"):
            if _bears(sample, codec):
                return Label("chardet", codec)
    if codec_found:
        return Label("chardet", codec_found)
    return Label("fallback", labels[0].codec if labels else "cp1252")


def _bears(sample: bytes, codec: str) -> bool:
    text = sample.decode(codec, "replace")
    return text.count("\ufffd") < MAX_UNDECODABLE * len(text) and reads_well(text, codec)


def _decodes(data: bytes, codec: str) -> bool:
    """Does `data` decode strictly, but for a last character that was cut?"""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return len(data) - error.start <= 3
    return True


def _in_parts(data: bytes, label: Label, stretches: list[tuple[int, int, str]]) -> Source:
    """Decode `data` as `label` says, and each of the stretches as what it is."""
    pieces: list[str] = []
    apart: list[Run] = []
    position = length = replaced = 0
    for start, end, codec in [*stretches, (len(data), len(data), "")]:
        text = data[position:start].decode(label.codec, "replace")
        replaced += text.count("\ufffd")
        pieces.append(text)
        length += len(text)
        if end > start:
            text = data[start:end].decode(codec, "replace")
            pieces.append(text)
            apart.append(Run(length, length + len(text), codec))
            length += len(text)
        position = end
    return Source("".join(pieces), label.codec, label.how, replaced, tuple(apart))


_RUN = re.compile(rb"[\x80-\xff][^<>\r\n]*+")
MIN_RUN = 0.8  # share of valid UTF-8 in a run of broken UTF-8; runs in another encoding have 0.0 to 0.4
MIN_RUN_BYTES = 6  # bytes above 7F in a run that is decoded on its own


def _broken_utf8(data: bytes, how: str, labels: list[Label]) -> Source:
    """A page that is mostly UTF-8: runs that are something else are decoded as that, bad bytes are replaced."""
    odd = [match.span() for match in _RUN.finditer(data) if utf8_share(match[0]) < MIN_RUN and not match[0].isascii()]
    odd = [(start, end) for start, end in odd if sum(byte > 0x7F for byte in data[start:end]) >= MIN_RUN_BYTES]
    stretches: list[tuple[int, int, str]] = []
    if odd:
        label = _decided(b"\n".join(data[start:end] for start, end in odd), labels)
        if label.how != "fallback":
            stretches = [(start, end, label.codec) for start, end in odd if _bears(data[start:end], label.codec)]
    source = _in_parts(data, Label(how, "utf-8"), stretches)
    return source
