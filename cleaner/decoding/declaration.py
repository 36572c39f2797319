"""The prescan: which encoding the first bytes of a page declare, exactly as the HTML standard has it.

Steps follow https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding and the
algorithms it calls: "get an attribute", "extracting a character encoding from a meta element", "get an XML encoding".
A lenient regular expression finds declarations in comments, scripts and attribute values of other elements; these steps do
not. Only the way to a name differs from the standard's byte-by-byte prose: each loop of it is one search, so that hostile
input costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaner.decoding.labels import whatwg_name

__all__ = ["declared", "prescan", "xml_encoding"]

PRESCAN_BYTES = 1024  # what the standard reads before it decides

_SPACE = b"\t\n\f\r "
_META = re.compile(rb"<meta[\t\n\f\r /]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-zA-Z]")
_TAG_NAME_END = re.compile(rb"[\t\n\f\r >]")
_NOT_SPACE_OR_SLASH = re.compile(rb"[^\t\n\f\r /]")
_NOT_SPACE = re.compile(rb"[^\t\n\f\r ]")
_NAME_END = re.compile(rb"[\t\n\f\r />=]")
_VALUE_END = re.compile(rb"[\t\n\f\r >]")
_CHARSET = re.compile(r"charset[\t\n\f\r ]*+(=?)", re.IGNORECASE)

Resolve = Callable[[str], str | None]


class _OutOfBytes(Exception):
    """The position went beyond the last byte: the standard aborts the prescan."""


def prescan(data: bytes) -> str | None:
    """The WHATWG name of the encoding that `data` declares, or None. The caller cuts `data` to `PRESCAN_BYTES`.

    >>> prescan(b'<!-- <meta charset=big5> --><meta charset="gb2312">')
    'GBK'
    """
    if data.startswith(b"<\x00?\x00x\x00"):
        return "UTF-16LE"
    if data.startswith(b"\x00<\x00?\x00x"):
        return "UTF-16BE"
    for label in declared(data, whatwg_name):
        name = whatwg_name(label)
        if name in ("UTF-16BE", "UTF-16LE"):
            return "UTF-8"
        return "windows-1252" if name == "x-user-defined" else name
    return xml_encoding(data)


def declared(data: bytes, resolve: Resolve) -> Iterator[str]:
    """The labels that the meta elements in `data` declare, in their order, as far as `resolve` knows them.

    The standard stops at the first; who trusts no label reads on.
    """
    position = 0
    try:
        while True:
            position = _found(data.find(b"<", position))
            if data.startswith(b"<!--", position):
                position = _found(data.find(b"-->", position + 2)) + 2
            elif _META.match(data, position):
                label, position = _meta(data, position + 5, resolve)
                if label is not None:
                    yield label
            elif _TAG.match(data, position):
                position = _search(_TAG_NAME_END, data, position)
                attribute: tuple[bytes, bytes] | None = (b"", b"")
                while attribute is not None:
                    attribute, position = _attribute(data, position)
            elif data[position + 1 : position + 2] in (b"!", b"/", b"?"):
                position = _found(data.find(b">", position))
            position += 1
    except _OutOfBytes:
        return


def _meta(data: bytes, position: int, resolve: Resolve) -> tuple[str | None, int]:
    """The label a meta element declares (None if it declares none that `resolve` knows) and the position after its attributes."""
    seen: set[bytes] = set()
    got_pragma = False
    need_pragma: bool | None = None
    charset: str | None = None
    while True:
        attribute, position = _attribute(data, position)
        if attribute is None:
            break
        name, value = attribute
        if name in seen:
            continue
        seen.add(name)
        text = value.decode("latin-1")
        if name == b"http-equiv":
            got_pragma = got_pragma or text == "content-type"
        elif name == b"content":
            if charset is None and need_pragma is None and (label := _content_label(text)) is not None and resolve(label):
                charset, need_pragma = label, True
        elif name == b"charset":
            charset, need_pragma = text, False
    if need_pragma is None or (need_pragma and not got_pragma) or charset is None or not resolve(charset):
        return None, position
    return charset, position


def _attribute(data: bytes, position: int) -> tuple[tuple[bytes, bytes] | None, int]:
    """ "Get an attribute": its name and value in lower case, or None, and the position after it."""
    position = _search(_NOT_SPACE_OR_SLASH, data, position)
    if data[position] == 0x3E:
        return None, position
    start = position
    position = _search(_NAME_END, data, position + 1)  # the first byte of a name may be "="
    name = data[start:position].lower()
    position = _search(_NOT_SPACE, data, position)
    if data[position] != 0x3D:
        return (name, b""), position
    position = _search(_NOT_SPACE, data, position + 1)
    quote = data[position : position + 1]
    if quote in (b'"', b"'"):
        end = _found(data.find(quote, position + 1))
        return (name, data[position + 1 : end].lower()), end + 1
    end = _search(_VALUE_END, data, position)
    return (name, data[position:end].lower()), end


def _content_label(content: str) -> str | None:
    """ "Extracting a character encoding from a meta element": the label in a content attribute, not yet looked up."""
    position = 0
    while match := _CHARSET.search(content, position):
        position = match.end()
        if not match[1]:
            continue
        rest = content[position:].lstrip("\t\n\f\r ")
        if rest[:1] in ('"', "'") and rest:
            label, closing, _ = rest[1:].partition(rest[0])
            return label if closing else None
        return re.split(r"[\t\n\f\r ;]", rest, maxsplit=1)[0]
    return None


def xml_encoding(data: bytes) -> str | None:
    """ "Get an XML encoding": the WHATWG name that an XML declaration at the very start gives, or None."""
    label = xml_label(data)
    name = whatwg_name(label) if label is not None else None
    return "UTF-8" if name in ("UTF-16BE", "UTF-16LE") else name


_XML = re.compile(rb"[\x00-\x20]*+=[\x00-\x20]*+([\"'])")
_BLANK = re.compile(rb"[\x00-\x20]")


def xml_label(data: bytes) -> str | None:
    """The label in an XML declaration at the very start of `data`, not yet looked up."""
    if not data.startswith(b"<?xml"):
        return None
    end = data.find(b">")
    start = data.find(b"encoding", 0, max(end, 0))
    equals = _XML.match(data, start + 8) if end >= 0 and start >= 0 else None
    if equals is None:
        return None
    close = data.find(equals[1], equals.end(), end)
    label = data[equals.end() : close]
    return None if close < 0 or _BLANK.search(label) else label.decode("latin-1")


def _found(position: int) -> int:
    if position < 0:
        raise _OutOfBytes
    return position


def _search(pattern: re.Pattern[bytes], data: bytes, position: int) -> int:
    match = pattern.search(data, position)
    if match is None:
        raise _OutOfBytes
    return match.start()
