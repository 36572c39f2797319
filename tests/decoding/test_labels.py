"""Labels lead to the codec that decodes what pages mean by them."""

from __future__ import annotations

import codecs

import pytest

from cleaner.decoding.labels import codec_of, header_labels, whatwg_name


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("gb2312", "gb18030"), ("GBK", "gb18030"), ("x-gbk", "gb18030"), ("gb_2312-80", "gb18030"), ("cp936", "gb18030"),
        ("big5", "big5hkscs"), ("big5-eten", "big5hkscs"), ("cp950", "big5hkscs"), ("shift_jis", "cp932"), ("sjis-win", "cp932"),
        ("x-sjis", "cp932"), ("euc-kr", "cp949"), ("ks_c_5601-1987", "cp949"), ("uhc", "cp949"), ("euc-jp", "euc_jp"), ("eucJP-ms", "euc_jp"),
        ("iso-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("latin1", "cp1252"), ("iso-8859-9", "cp1254"), ("tis-620", "cp874"),
        ("win-1251", "cp1251"), ("windows1250", "cp1250"), ("CP-1251", "cp1251"), ("iso8859_2", "iso8859-2"), ("iso-8859-8-i", "iso8859-8"),
        ("utf8", "utf-8"), ("utf-8;", "utf-8"), ("uft-8", "utf-8"), ("utf8mb4", "utf-8"), ("koi8-r", "koi8-r"), ("koi8-ru", "koi8-u"),
    ],
)  # fmt: skip
def test_label_leads_to_the_widest_codec(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    "label", ["", "none", "zh_CN", "utf-7", "x-utf-7", "unicode-1-1-utf-7", "text/html", "8859", "base64", "rot13", "idna"]
)
def test_what_names_no_encoding_leads_to_none(label: str) -> None:
    assert codec_of(label) is None


def test_every_label_of_the_standard_leads_to_a_codec_that_python_has() -> None:
    from cleaner.decoding import labels

    for label, name in labels._NAMES.items():
        codec = codec_of(label)
        assert name == "replacement" or codecs.lookup(codec or "none"), label


def test_labels_are_those_of_the_standard() -> None:
    standard = pytest.importorskip("webencodings.labels").LABELS  # a copy of the standard's table
    assert {label: (whatwg_name(label) or "").lower() for label in standard} == {
        label: {"hz-gb-2312": "replacement", "iso-2022-kr": "replacement"}.get(name, name) for label, name in standard.items()
    }


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        (None, ()), ("", ()), ("gbk", ("gbk",)), ("text/html", ()), ("text/html; charset=gbk", ("gbk",)),
        ("text/html;charset='GBK'", ("GBK",)), ("utf-8; charset=gbk", ("utf-8", "gbk")), ("charset=gbk", ("gbk",)),
    ],
)  # fmt: skip
def test_header_may_be_a_label_or_a_whole_content_type(header: str | None, labels: tuple[str, ...]) -> None:
    assert header_labels(header) == labels
