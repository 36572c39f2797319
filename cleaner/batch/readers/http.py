"""The HTTP response in a WARC record: status line, headers, body without its transfer and content codings.

Crawlers differ: some keep the bytes of the wire, some decode and leave the headers in place, some cut long bodies. Each coding is therefore taken off
only where the body really has it, and what can be read of a cut body is read, as a browser does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.batch.readers.streams import unpacked

__all__ = ["Body", "http_body", "is_text", "parse_headers"]

MAX_HEAD = 1 << 17  # bytes; real heads stay below 16 KB
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
# Types of text that are no pages.
NO_PAGES = frozenset(
    {"text/css", "text/javascript", "text/ecmascript", "text/calendar", "text/vcard", "text/x-component", "text/event-stream"}
)
PAGES = frozenset({"application/xhtml+xml", "application/xml", "application/vnd.wap.xhtml+xml", "application/html"})


class Body(NamedTuple):
    """A body with its codings taken off (up to the limit + 1 bytes), its Content-Type, and what is wrong with it."""

    data: bytes
    content_type: str | None
    problem: str = ""
    fatal: bool = False


def is_text(content_type: str | None) -> bool:
    """Whether a Content-Type can be a page of text; a missing one can."""
    if not content_type or not content_type.strip():
        return True
    name = content_type.partition(";")[0].partition(",")[0].strip().lower()
    return name in PAGES or (name.startswith("text/") and name not in NO_PAGES) or "/" not in name


def parse_headers(head: bytes) -> dict[str, str]:
    """Header lines as a dictionary with lower-case names; the first of equal names counts, folded lines are joined."""
    headers: dict[str, str] = {}
    last = ""
    for line in head.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t") and last:
            headers[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if colon:
            last = name.strip().lower()
            headers.setdefault(last, value.strip())
    return headers


def http_body(block: bytes, limit: int) -> Body:
    """The body of a `response` record's block. A block that does not begin with "HTTP/" is a body without headers."""
    if not block.startswith(b"HTTP/"):
        return Body(block, None)
    end = _HEAD_END.search(block, 0, MAX_HEAD)
    if end is None:
        return Body(block, None, "the HTTP headers have no end", fatal=True)
    headers = parse_headers(block[: end.start()])
    data, problem = block[end.end() :], ""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        data, problem = _unchunked(data)
    for coding in reversed(headers.get("content-encoding", "").split(",")):
        if coding.strip():
            unfolded, trouble = unpacked(data, coding, limit)
            if trouble and not unfolded and data:
                return Body(data, headers.get("content-type"), trouble, fatal=True)
            data, problem = unfolded, problem or trouble
    return Body(data, headers.get("content-type"), problem)


def _unchunked(data: bytes) -> tuple[bytes, str]:
    """A chunked body as one piece; a body that is not chunked (many crawlers join it) stays as it is."""
    pieces: list[bytes] = []
    position = 0
    while size := _CHUNK_SIZE.match(data, position):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(pieces), ""
        piece = data[size.end() : size.end() + length]
        position = size.end() + length
        if not pieces and position < len(data) and data[position : position + 1] not in (b"\r", b"\n"):
            return data, ""  # the number belongs to the page
        pieces.append(piece)
        if len(piece) < length:
            return b"".join(pieces), "the body is cut off"
        position += 2 if data[position : position + 2] == b"\r\n" else 1
    if not pieces:
        return data, ""
    return b"".join(pieces), "the chunked body is cut off" if position >= len(data) else "the chunked body is damaged"
