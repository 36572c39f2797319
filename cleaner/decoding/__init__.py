"""Bytes become text: which encoding a page really has, whatever it says of itself.

Evidence is asked in the order of its strength, and each step may decide: byte order mark, zero bytes, plain ASCII, strict UTF-8,
labels that the bytes bear out, broken UTF-8, and last chardet on a condensed sample. Most pages are decided by a step that costs a
microsecond; a label alone decides nothing, since a fifth of the wrong ones decode without an error. `docs/encoding.md` has the
share of pages each step decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.decoding.alignment import aligned
from cleaner.decoding.binary import is_noise, signature
from cleaner.decoding.damage import broken
from cleaner.decoding.declaration import PRESCAN_BYTES, declared, xml_label
from cleaner.decoding.evidence import MAX_UNDECODABLE, Label, verdict
from cleaner.decoding.labels import codec_of, header_labels
from cleaner.decoding.mixed import Span, latin_sequences, looks_latin, may_hold_utf8, utf8_share, utf8_stretches
from cleaner.decoding.reading import reads_well
from cleaner.decoding.statistics import condensed
from cleaner.decoding.wide import reads_wide, wide_codec
from cleaner.page import Run, Source

__all__ = ["decode"]

NUL_BYTES = 512  # a UTF-16 or UTF-32 page has a NUL here: its markup or its first line end
NOISE_BYTES = 1024  # of valid UTF-8 that are looked at for noise
LATE_BYTES = 65_536  # how far labels are looked for when there is no <body>
# Share of valid UTF-8 among bytes above 7F that makes a page broken UTF-8: such pages 0.76 and more, Thai 0.45 at most.
MIN_UTF8 = 0.6
MIN_SAMPLE_UTF8 = 0.2  # the same of the sample, which is quicker to look at
_BODY = re.compile(rb"<body[\s>]", re.IGNORECASE)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_MARK_BYTES = frozenset(mark[:1] for mark, _ in _MARKS)


def decode(data: bytes, *, charset: str | None = None) -> Source:
    """Decode the bytes of a page.

    charset: what the HTTP header says, a label (``"gbk"``) or the whole Content-Type value.

    Never raises on any bytes. What cannot be decoded becomes U+FFFD and is counted; lone surrogates never come out.

    >>> decode("<p>村里的老码头修好了</p>".encode("gbk"), charset="utf-8").text
    '<p>村里的老码头修好了</p>'
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"decode() takes the bytes of a page, not {type(data).__name__}; a str is text already")
    data = bytes(data)
    for mark, codec in _MARKS if data[:1] in _MARK_BYTES else ():
        if data.startswith(mark):
            rest = data[len(mark) :]
            if codec == "utf-8":
                return _marked(rest, charset)
            if not rest or reads_wide(rest, codec):
                return _wide(rest, codec, "bom")
    if kind := signature(data):
        return _binary(kind)
    if b"\x00" in data[:NUL_BYTES] and (wide := wide_codec(data)):
        return _wide(data, wide, wide[:6])
    if data.isascii():
        return _ascii(data, charset)
    return _utf8(data, "utf-8") or _legacy(data, charset)


def _utf8(data: bytes, how: str) -> Source | None:
    """A page in valid UTF-8; its last character may be cut. None when it is not."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = len(data) - error.start <= 3 and error.reason == "unexpected end of data"
        if not cut or data[: error.start].isascii():
            return None
        return Source(data.decode("utf-8", "replace"), "utf-8", how, 1)
    return _binary("noise") if is_noise(data, NOISE_BYTES) else Source(text, "utf-8", how)


def _binary(kind: str) -> Source:
    return Source("", "unknown", f"binary/{kind}", binary=True)


def _marked(data: bytes, charset: str | None) -> Source:
    """A page with the byte order mark of UTF-8; some servers put it in front of pages that are something else."""
    while data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    source = _utf8(data, "bom")
    if source is None:
        source = broken(data, "bom", []) if utf8_share(data) >= MIN_UTF8 else _legacy(data, charset)
    return source


def _wide(data: bytes, codec: str, how: str) -> Source:
    text = data.decode(codec, "replace").lstrip("\ufeff")
    return Source(text, codec, how, text.count("\ufffd"))


def _ascii(data: bytes, charset: str | None) -> Source:
    """A page without a byte above 7F: ASCII, unless escape sequences switch to another character set."""
    if b"\x1b$" in data or b"\x1b(" in data:
        codec = "iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_ext"
        text = data.decode(codec, "replace")
        if not text.isascii() and "\x1b" not in text and text.count("\ufffd") <= MAX_UNDECODABLE * len(text):
            return Source(text, codec, "escape", text.count("\ufffd"))
    if b"~{" in data and any(label.codec == "hz" for label in _labels(data, charset)):
        text = data.decode("hz", "replace")
        if reads_well(text, "hz"):
            return Source(text, "hz", "escape", text.count("\ufffd"))
    return _binary("noise") if is_noise(data, NOISE_BYTES) else Source(data.decode("ascii"), "ascii", "ascii")


def _labels(data: bytes, charset: str | None) -> Iterator[Label]:
    """What header, meta elements and XML declaration say, the most trustworthy first."""
    seen: set[Label] = set()
    for how, said in _sayings(data, charset):
        codec = codec_of(said)
        if codec and (label := Label(how, codec)) not in seen:
            seen.add(label)
            yield label


def _sayings(data: bytes, charset: str | None) -> Iterator[tuple[str, str]]:
    first = data[:PRESCAN_BYTES]
    yield from (("http", label) for label in header_labels(charset))
    yield from (("meta", label) for label in declared(first, codec_of))
    if label := xml_label(first):
        yield "xml", label
    head = data[:LATE_BYTES]
    body = _BODY.search(head)
    yield from (("meta", label) for label in declared(head[: body.start()] if body else head, codec_of))


def _legacy(data: bytes, charset: str | None) -> Source:
    """A page that is neither ASCII nor valid UTF-8."""
    if is_noise(data):
        codec = wide_codec(data)
        return _wide(data, codec, codec[:6]) if codec else _binary("noise")
    labels = [
        label for label in dict.fromkeys(_labels(data, charset)) if not label.codec.startswith("utf-") and label.codec != "hz"
    ]
    sample = condensed(data)
    if utf8_share(sample) >= MIN_SAMPLE_UTF8 and utf8_share(data) >= MIN_UTF8:
        return broken(data, "broken utf-8", list(labels))
    latin = looks_latin(sample)
    stretches = latin_sequences(data) if latin else utf8_stretches(data) if may_hold_utf8(data) else []
    label = verdict(_without(data, stretches, b"" if latin else b"\n"), labels, None if stretches else sample)
    return _in_parts(data, label, stretches)


def _without(data: bytes, stretches: list[Span], filler: bytes) -> bytes:
    """`data` with `filler` in place of each stretch."""
    pieces: list[bytes] = []
    position = 0
    for start, end in stretches:
        pieces.append(data[position:start])
        position = end
    pieces.append(data[position:])
    return filler.join(pieces)


def _in_parts(data: bytes, label: Label, stretches: list[Span]) -> Source:
    """Decode `data` as `label` says, and the stretches as UTF-8."""
    pieces: list[str] = []
    apart: list[Run] = []
    position = length = replaced = 0
    for start, end in [*stretches, (len(data), len(data))]:
        text = aligned(data[position:start], label.codec)
        replaced += text.count("\ufffd")
        pieces.append(text)
        length += len(text)
        if end > start:
            text = data[start:end].decode("utf-8")
            pieces.append(text)
            apart.append(Run(length, length + len(text), "utf-8"))
            length += len(text)
        position = end
    return Source("".join(pieces), label.codec, label.how, replaced, tuple(apart))
