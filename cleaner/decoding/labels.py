"""Labels: what a page or a header calls its encoding, and the Python codec that decodes what is meant by it.

The names and labels are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels): browsers
decided long ago that ``gb2312`` means GBK and ``iso-8859-1`` means windows-1252, because that is what pages meant. To these come
the misspellings that real pages have. Each name leads to the widest Python codec that decodes it.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["WINDOWS_SUPERSET", "codec_of", "header_labels", "whatwg_name"]

_LABELS = """
UTF-8: unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8
IBM866: 866 cp866 csibm866 ibm866
ISO-8859-2: csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
ISO-8859-3: csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
ISO-8859-4: csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
ISO-8859-5: csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
ISO-8859-6: arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127
ISO-8859-6: iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
ISO-8859-7: csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987
ISO-8859-7: sun_eu_greek
ISO-8859-8: csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988
ISO-8859-8: visual
ISO-8859-8-I: csiso88598i iso-8859-8-i logical
ISO-8859-10: csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6
ISO-8859-13: iso-8859-13 iso8859-13 iso885913
ISO-8859-14: iso-8859-14 iso8859-14 iso885914
ISO-8859-15: csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
ISO-8859-16: iso-8859-16
KOI8-R: cskoi8r koi koi8 koi8-r koi8_r
KOI8-U: koi8-ru koi8-u
macintosh: csmacintosh mac macintosh x-mac-roman
windows-874: dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874
windows-1250: cp1250 windows-1250 x-cp1250
windows-1251: cp1251 windows-1251 x-cp1251
windows-1252: ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1
windows-1252: iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252
windows-1253: cp1253 windows-1253 x-cp1253
windows-1254: cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254
windows-1255: cp1255 windows-1255 x-cp1255
windows-1256: cp1256 windows-1256 x-cp1256
windows-1257: cp1257 windows-1257 x-cp1257
windows-1258: cp1258 windows-1258 x-cp1258
x-mac-cyrillic: x-mac-cyrillic x-mac-ukrainian
GBK: chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk
gb18030: gb18030
Big5: big5 big5-hkscs cn-big5 csbig5 x-x-big5
EUC-JP: cseucpkdfmtjapanese euc-jp x-euc-jp
ISO-2022-JP: csiso2022jp iso-2022-jp
Shift_JIS: csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis
EUC-KR: cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949
replacement: csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement
UTF-16BE: unicodefffe utf-16be
UTF-16LE: csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le
x-user-defined: x-user-defined
"""
_NAMES = {label: name for name, _, labels in (row.partition(": ") for row in _LABELS.split("\n")) for label in labels.split()}

# The widest Python codec for each name of the standard. UTF-7 is missing on purpose: it smuggles markup past every filter.
_CODECS = {
    "UTF-8": "utf-8",
    "IBM866": "cp866",
    "ISO-8859-8-I": "iso8859-8",
    "KOI8-R": "koi8-r",
    "KOI8-U": "koi8-u",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "GBK": "gb18030",
    "gb18030": "gb18030",
    "Big5": "big5hkscs",
    "EUC-JP": "euc_jp",
    "ISO-2022-JP": "iso2022_jp_ext",
    "Shift_JIS": "cp932",
    "EUC-KR": "cp949",
    "UTF-16BE": "utf-16-be",
    "UTF-16LE": "utf-16-le",
    "x-user-defined": "cp1252",
}
_CODECS |= {
    name: name.lower().replace("iso-", "iso") for name in _NAMES.values() if name.startswith("ISO-8859") and name[-1] != "I"
}
_CODECS |= {name: name.replace("windows-", "cp") for name in _NAMES.values() if name.startswith("windows-12")}

# Not in the standard, but in pages, headers and exports. Compared without punctuation and case.
_MISSPELT = {
    "hzgb2312": "hz", "iso2022kr": "iso2022_kr", "hz": "hz",
    "utf8mb4": "utf-8", "uft8": "utf-8", "utf": "utf-8", "utf08": "utf-8", "unicodeutf8": "utf-8", "utf8bom": "utf-8", "utf8sig": "utf-8",
    "gb2312gbk": "gb18030", "gb231280": "gb18030", "gb": "gb18030", "gb3212": "gb18030", "gb2132": "gb18030", "cp936": "gb18030",
    "ms936": "gb18030", "windows936": "gb18030", "euccn": "gb18030", "xeuccn": "gb18030", "gbk2312": "gb18030", "gb2321": "gb18030",
    "big5eten": "big5hkscs", "cp950": "big5hkscs", "ms950": "big5hkscs", "windows950": "big5hkscs", "big": "big5hkscs", "bi5": "big5hkscs",
    "sjiswin": "cp932", "cp932": "cp932", "windows932": "cp932", "xmscp932": "cp932", "cp943": "cp932", "shiftj": "cp932", "jis": "iso2022_jp_ext",
    "eucjpwin": "euc_jp", "eucjpms": "euc_jp", "ujis": "euc_jp", "eucj": "euc_jp", "xeuc": "euc_jp",
    "uhc": "cp949", "cp949": "cp949", "ms949": "cp949", "ksc": "cp949", "ks": "cp949", "xwindows949": "cp949", "ksc56011": "cp949",
    "iso885911": "cp874", "tis": "cp874", "cp874": "cp874", "utf32": "utf-32", "utf32le": "utf-32-le", "utf32be": "utf-32-be",
}  # fmt: skip

_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_SQUEEZED = {_PUNCTUATION.sub("", label): name for label, name in _NAMES.items()}
_WINDOWS = re.compile(r"(?:xwin|win|windows|window|cp|ansi|mswin)(125[0-8])")
_ISO = re.compile(r"iso?8859([0-9]{1,2})[ei]?")

# What a page in an ISO code page is when it uses bytes 80–9F, which that code page leaves to control characters.
WINDOWS_SUPERSET = {
    "iso8859-1": "cp1252", "iso8859-2": "cp1250", "iso8859-7": "cp1253", "iso8859-8": "cp1255", "iso8859-9": "cp1254",
    "iso8859-13": "cp1257", "iso8859-15": "cp1252", "tis-620": "cp874", "iso8859-11": "cp874", "ascii": "cp1252",
    "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932",
}  # fmt: skip


def whatwg_name(label: str) -> str | None:
    """The encoding a label names, as the standard's "get an encoding" has it; None is its failure.

    >>> whatwg_name(" GB2312 "), whatwg_name("sjis-win")
    ('GBK', None)
    """
    return _NAMES.get(label.strip("\t\n\f\r ").lower())


@lru_cache(maxsize=1024)
def codec_of(label: str) -> str | None:
    """The Python codec for a label, also for one that is misspelt; None when it names no encoding (or UTF-7).

    >>> codec_of("win-1251"), codec_of("utf-8;"), codec_of("zh_CN"), codec_of("utf-7")
    ('cp1251', 'utf-8', None, None)
    """
    name = whatwg_name(label)
    if name in _CODECS:
        return _CODECS[name]
    squeezed = _PUNCTUATION.sub("", label.lower())
    name = _SQUEEZED.get(squeezed)
    if name in _CODECS:
        return _CODECS[name]
    if squeezed in _MISSPELT:
        return _MISSPELT[squeezed]
    if windows := _WINDOWS.fullmatch(squeezed):
        return f"cp{windows[1]}"
    if iso := _ISO.fullmatch(squeezed):
        return _CODECS.get(f"ISO-8859-{iso[1]}", "cp1252" if iso[1] == "1" else None)
    return None


_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?([^\s;,\"']++)", re.IGNORECASE)


def header_labels(header: str | None) -> tuple[str, ...]:
    """The labels in the charset of an HTTP header or in a whole Content-Type value, the likelier first.

    >>> header_labels("text/html; charset=GBK"), header_labels("utf-8"), header_labels("text/html")
    (('GBK',), ('utf-8',), ())
    """
    if not header:
        return ()
    found = _CHARSET.findall(header)
    first = header.partition(";")[0].strip(" \t\r\n\f\"',")
    if first and "/" not in first and "=" not in first:
        found.insert(0, first)
    return tuple(found)
