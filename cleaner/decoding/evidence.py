"""The verdict on bytes that are neither ASCII nor UTF-8: the label that they bear out, else what chardet says.

A label is evidence, not proof. It is believed when the bytes decode and read like text of the languages written in that
encoding, and when a few of them are damaged; it is not believed because nothing better is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.decoding.codec import text_in
from cleaner.decoding.mixed import looks_latin
from cleaner.decoding.reading import FAMILY, everyday, reads_well
from cleaner.decoding.statistics import LATIN, condensed, detected, widened

__all__ = ["LATIN", "Label", "bears", "verdict"]

MAX_UNDECODABLE = 0.04  # share of bad characters that a reading survives: damaged pages 0.006 at most, half of the wrong readings 0.085 and more
MIN_SAMPLE = 120  # bytes in which a double-byte reading shows without label or chardet: 60 characters, as `reads_well` wants
CUT_BYTES = 3  # a last character may lack its end
_DOUBLE_BYTE = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")


class Label(NamedTuple):
    """Someone says that the page is in `codec`: "http", "meta", "xml", "chardet"."""

    how: str
    codec: str


def verdict(data: bytes, labels: Iterable[Label], sample: bytes | None = None) -> Label:
    """The one of `labels` that `data` bears out, else the answer of chardet, else a fallback. `sample`: `condensed(data)`, if known."""
    sample = condensed(data) if sample is None else sample
    said: list[Label] = []
    for label in labels:
        how, codec = label
        said.append(label)
        wide = widened(codec, data)
        if (wide not in FAMILY or _decodes(data, wide)) and reads_well(text_in(sample, wide), wide):
            return Label(how, wide)
    for how, codec in said:
        if codec in FAMILY and bears(sample, codec):
            return Label(how, codec)
    found = detected(sample, data)
    if found is not None and _likely(sample, found):
        return Label("chardet", found)
    if len(sample) > MIN_SAMPLE and (readings := [codec for codec in _DOUBLE_BYTE if bears(sample, codec)]):
        return Label("reading", max(readings, key=lambda codec: everyday(text_in(sample, codec), codec)))
    if found not in LATIN and looks_latin(sample):
        return next((label for label in said if label.codec in LATIN), Label("reading", "cp1252"))
    return Label("chardet", found) if found else Label("fallback", said[0].codec if said else "cp1252")


def _likely(sample: bytes, codec: str) -> bool:
    """Is chardet's answer one that the sample bears out? One bad byte can lead it to a wrong one."""
    return bears(sample, codec) if codec in FAMILY else reads_well(text_in(sample, codec), codec)


def bears(sample: bytes, codec: str) -> bool:
    """Does `sample` decode as `codec`, but for a few bad bytes, and read like text?"""
    text = text_in(sample, codec)
    return text.count("\ufffd") <= MAX_UNDECODABLE * len(text) and reads_well(text, codec)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return len(data) - error.start <= CUT_BYTES
    return True
