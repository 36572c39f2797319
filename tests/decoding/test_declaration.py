"""The prescan follows the HTML standard step by step: one case and more for each of its branches.

https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding, with "get an attribute",
"algorithm for extracting a character encoding from a meta element" and "get an XML encoding"; labels by
https://encoding.spec.whatwg.org/#concept-encoding-get. Expectations were written from the standard's text.
"""

from __future__ import annotations

import pytest

from cleaner.decoding.declaration import PRESCAN_BYTES, declared, prescan
from cleaner.decoding.labels import codec_of

PRAGMA = b'<meta http-equiv="content-type" content="text/html; charset=%s">'

CASES: list[tuple[str, bytes, str | None]] = [
    # before the loop: the UTF-16 XML declarations
    ("UTF-16LE XML declaration", b"<\x00?\x00x\x00m\x00", "UTF-16LE"),
    ("UTF-16BE XML declaration", b"\x00<\x00?\x00x\x00m", "UTF-16BE"),
    ("UTF-16LE XML declaration is case-sensitive", b"<\x00?\x00X\x00m\x00", None),
    ("UTF-16 XML declaration cut short", b"<\x00?\x00x", None),
    ("UTF-16 XML declaration wins over a meta", b'<\x00?\x00x\x00<meta charset="gbk">', "UTF-16LE"),
    # nothing declared
    ("no bytes", b"", None),
    ("no tag", b"plain text with charset=gbk in it", None),
    ("less-than alone", b"<", None),
    ("less-than before a space is no tag", b'< meta charset="gbk">', None),
    ("less-than before a digit is no tag", b'<1<meta charset="gbk">', "GBK"),
    # comments
    ("meta in a comment", b'<!-- <meta charset="gbk"> -->', None),
    ("meta after a comment", b'<!-- <meta charset="gbk"> --><meta charset="big5">', "Big5"),
    ("comment end shares the dashes of its start", b'<!--><meta charset="gbk">', "GBK"),
    ("comment of three dashes", b'<!---><meta charset="gbk">', "GBK"),
    ("comment with -- > is not closed", b'<!-- -- ><meta charset="gbk"> -->', None),
    ("comment never closed", b'<!-- <meta charset="gbk">', None),
    ("greater-than in a comment does not end it", b'<!-- > <meta charset="gbk"> --><meta charset="euc-kr">', "EUC-KR"),
    # what makes a meta
    ("meta with a space", b'<meta charset="gbk">', "GBK"),
    ("meta with a tab", b'<meta\tcharset="gbk">', "GBK"),
    ("meta with a line feed", b'<meta\ncharset="gbk">', "GBK"),
    ("meta with a form feed", b'<meta\x0ccharset="gbk">', "GBK"),
    ("meta with a carriage return", b'<meta\rcharset="gbk">', "GBK"),
    ("meta with a slash", b'<meta/charset="gbk">', "GBK"),
    ("meta in capitals", b'<META CHARSET="GBK">', "GBK"),
    ("meta in mixed case", b'<mEtA cHaRsEt="gBk">', "GBK"),
    ("metadata is another element", b'<metadata charset="gbk">', None),
    ("meta without attributes", b'<meta><meta charset="gbk">', "GBK"),
    ("meta closed at once by a slash", b"<meta/>", None),
    ("vertical tab does not part the name from the attributes", b'<meta\x0bcharset="gbk">', None),
    ("end tag of meta declares nothing", b'</meta charset="gbk">', None),
    # other tags: their attributes are stepped over
    ("meta in an attribute value", b'<a title="<meta charset=gbk>">', None),
    ("meta after an attribute value with greater-than", b"<a title='>'><meta charset=gbk>", "GBK"),
    ("charset of a script", b'<script charset="gbk"></script>', None),
    ("meta written by a script counts", b'<script>document.write("<meta charset=gbk>")</script>', "GBK"),
    ("quote left open eats the rest", b'<a title="><meta charset=gbk>', None),
    ("end tag with attributes", b'</p title="<meta charset=gbk>"><meta charset=big5>', "Big5"),
    ("tag name runs to a space or greater-than", b'<a<meta charset="gbk">', None),
    ("tag whose attribute is a less-than sign", b"<p <meta charset=gbk>", None),
    ("tag never closed", b"<p class=x", None),
    # declarations and processing instructions
    ("doctype is stepped over", b'<!DOCTYPE html><meta charset="gbk">', "GBK"),
    ("doctype ends at the first greater-than", b'<!DOCTYPE "><meta charset="gbk">', "GBK"),
    ("markup declaration hides a tag up to its end", b'<!x <meta charset="gbk">', None),
    ("processing instruction is stepped over", b'<?php echo 1 ?><meta charset="gbk">', "GBK"),
    ("processing instruction ends at the first greater-than", b'<?x "><meta charset="gbk">', "GBK"),
    ("end tag that is none", b'</ <meta charset="gbk"><meta charset="big5">', "Big5"),
    ("declaration never closed", b'<!DOCTYPE html "<meta charset=gbk"', None),
    # attributes
    ("value without quotes", b"<meta charset=gbk>", "GBK"),
    ("value without quotes before a space", b"<meta charset=gbk x>", "GBK"),
    ("value in single quotes", b"<meta charset='gbk'>", "GBK"),
    ("spaces around the equals sign", b'<meta charset \t=\n "gbk">', "GBK"),
    ("slash is part of a value without quotes", b"<meta charset=gbk/>", None),
    ("slash after a value in quotes", b'<meta charset="gbk"/>', "GBK"),
    ("no space between attributes", b'<meta name="x"charset="gbk">', "GBK"),
    ("attribute without a value", b'<meta async charset="gbk">', "GBK"),
    ("attribute without a value before a slash", b'<meta async/charset="gbk">', "GBK"),
    ("charset without a value", b"<meta charset>", None),
    ("charset with an equals sign and no value", b"<meta charset=>", None),
    ("charset with an empty value", b'<meta charset=""><meta charset="gbk">', "GBK"),
    ("equals sign begins a name", b'<meta =charset="gbk">', None),
    ("quote in a value without quotes", b'<meta charset=gb"k>', None),
    ("first of two attributes of one name counts", b'<meta charset="gbk" charset="big5">', "GBK"),
    ("first counts even if it names nothing", b'<meta charset="none" charset="big5">', None),
    ("attribute names are compared in lower case", b'<meta CHARSET="none" charset="big5">', None),
    ("quotes never closed", b'<meta charset="gbk>', None),
    ("value without quotes at the end of the bytes", b"<meta charset=gbk", None),
    ("meta not closed, bytes end after the value", b'<meta charset="gbk"', None),
    ("meta not closed, bytes end after a space", b'<meta charset="gbk" ', None),
    ("bytes above 7F in a name", b'<meta \xb4\xe5="x" charset="gbk">', "GBK"),
    # the pragma
    ("pragma before content", PRAGMA % b"gbk", "GBK"),
    ("content before pragma", b'<meta content="text/html; charset=gbk" http-equiv=content-type>', "GBK"),
    ("pragma in capitals", b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; CHARSET=GBK">', "GBK"),
    ("content without pragma", b'<meta content="text/html; charset=gbk">', None),
    ("content with another pragma", b'<meta http-equiv="refresh" content="5; url=?charset=gbk">', None),
    ("pragma with spaces is another", b'<meta http-equiv=" content-type" content="charset=gbk">', None),
    ("pragma without content", b'<meta http-equiv="content-type"><meta charset="gbk">', "GBK"),
    ("name is no pragma", b'<meta name="content-type" content="text/html; charset=gbk">', None),
    ("charset needs no pragma", b'<meta content="charset=big5" charset="gbk">', "GBK"),
    ("charset wins over content with a pragma", b'<meta http-equiv=content-type content="charset=big5" charset="gbk">', "GBK"),
    ("charset before content wins", b'<meta charset="gbk" http-equiv=content-type content="charset=big5">', "GBK"),
    ("charset that names nothing blocks content", b'<meta charset="none" http-equiv=content-type content="charset=big5">', None),
    ("charset that names nothing after content blocks it", b'<meta http-equiv=content-type content="charset=big5" charset=none>', None),
    ("content that names nothing", PRAGMA % b"none" + b'<meta charset="gbk">', "GBK"),
    # the encoding in a content attribute
    ("charset first in content", b'<meta http-equiv=content-type content="charset=gbk">', "GBK"),
    ("charset followed by a semicolon", PRAGMA % b"gbk; x", "GBK"),
    ("charset followed by a semicolon without space", PRAGMA % b"gbk;x", "GBK"),
    ("charset followed by a space", PRAGMA % b"gbk x", "GBK"),
    ("charset followed by a comma", PRAGMA % b"gbk,x", None),
    ("spaces around the equals sign in content", b'<meta http-equiv=content-type content="charset \t= \ngbk">', "GBK"),
    ("quotes in content", b"<meta http-equiv=content-type content='charset=\"gbk\"'>", "GBK"),
    ("single quotes in content", b"<meta http-equiv=content-type content=\"charset='gbk'\">", "GBK"),
    ("quotes in content keep what is inside", b"<meta http-equiv=content-type content='charset=\" gbk \"'>", "GBK"),
    ("semicolon in quotes in content", b"<meta http-equiv=content-type content='charset=\"gbk;\"'>", None),
    ("quote never closed in content", b"<meta http-equiv=content-type content='charset=\"gbk'>", None),
    ("quote inside the label in content", b"<meta http-equiv=content-type content='charset=gb\"k\"'>", None),
    ("charset without an equals sign, then with one", b'<meta http-equiv=content-type content="charset charset=gbk">', "GBK"),
    ("charset inside a word", b'<meta http-equiv=content-type content="xcharset=gbk">', "GBK"),
    ("charset twice in content: the first", PRAGMA % b"gbk; charset=big5", "GBK"),
    ("charset with nothing behind it", b'<meta http-equiv=content-type content="text/html; charset=">', None),
    ("content without charset", b'<meta http-equiv=content-type content="text/html"><meta charset=gbk>', "GBK"),
    # the labels
    ("label with spaces around it", b'<meta charset=" \t gbk \n">', "GBK"),
    ("label of a superset", b'<meta charset="gb2312">', "GBK"),
    ("latin1 is windows-1252", b'<meta charset="latin1">', "windows-1252"),
    ("label that names nothing, then one that does", b'<meta charset="none"><meta charset="gbk">', "GBK"),
    ("first of two metas", b'<meta charset="gbk"><meta charset="big5">', "GBK"),
    ("UTF-16LE becomes UTF-8", b'<meta charset="utf-16le">', "UTF-8"),
    ("UTF-16BE becomes UTF-8", b'<meta charset="utf-16be">', "UTF-8"),
    ("UTF-16 in content becomes UTF-8", PRAGMA % b"utf-16", "UTF-8"),
    ("x-user-defined becomes windows-1252", b'<meta charset="x-user-defined">', "windows-1252"),
    ("UTF-7 names nothing", b'<meta charset="utf-7">', None),
    ("UTF-32 names nothing", b'<meta charset="utf-32">', None),
    ("hz-gb-2312 is the replacement encoding", b'<meta charset="hz-gb-2312">', "replacement"),
    # the XML declaration, when no meta declares anything
    ("XML declaration", b'<?xml version="1.0" encoding="gbk"?><p>', "GBK"),
    ("XML declaration in single quotes", b"<?xml version='1.0' encoding='gbk'?><p>", "GBK"),
    ("meta wins over the XML declaration", b'<?xml version="1.0" encoding="gbk"?><meta charset="big5">', "Big5"),
    ("meta that names nothing leaves the XML declaration", b'<?xml encoding="gbk"?><meta charset="none">', "GBK"),
    ("XML declaration after a space", b' <?xml version="1.0" encoding="gbk"?>', None),
    ("XML declaration in capitals", b'<?XML version="1.0" encoding="gbk"?>', None),
    ("XML declaration never closed", b'<?xml version="1.0" encoding="gbk"', None),
    ("XML declaration without encoding", b'<?xml version="1.0"?><p encoding="gbk">', None),
    ("spaces around the equals sign of the XML declaration", b'<?xml encoding \x01=\t "gbk"?>', "GBK"),
    ("XML declaration without an equals sign", b'<?xml encoding "gbk"?>', None),
    ("XML declaration without quotes", b"<?xml encoding=gbk?>", None),
    ("XML declaration with quotes that do not match", b"<?xml encoding=\"gbk'?>", None),
    ("XML declaration with a space in its label", b'<?xml encoding="gbk "?>', None),
    ("XML declaration with an empty label", b'<?xml encoding=""?>', None),
    ("XML declaration of UTF-16 becomes UTF-8", b'<?xml encoding="utf-16"?>', "UTF-8"),
    ("XML declaration with a label that names nothing", b'<?xml encoding="none"?>', None),
    ("only the first encoding of the XML declaration", b'<?xml encoding="none" encoding="gbk"?>', None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_prescan_follows_the_standard(data: bytes, expected: str | None) -> None:
    assert prescan(data) == expected


def test_there_are_at_least_eighty_cases_and_no_two_are_the_same() -> None:
    assert len({data for _, data, _ in CASES}) == len(CASES) >= 80


def test_only_the_first_bytes_are_the_standards_business() -> None:
    page = b" " * (PRESCAN_BYTES - 10) + b'<meta charset="gbk">'
    assert prescan(page[:PRESCAN_BYTES]) is None


def test_declared_reads_on_behind_the_first_meta_and_knows_misspelt_labels() -> None:
    page = b'<meta charset="zh_CN"><meta charset="win-1251"><!-- <meta charset="big5"> --><meta charset="gbk">'
    assert list(declared(page, codec_of)) == ["win-1251", "gbk"]
