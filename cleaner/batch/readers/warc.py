"""WARC and WET: raw, or compressed a record a member (.gz, .zst), or as one stream; whole or damaged.

The idea: a record is found by where it *starts*. In a compressed file every member that unfolds to ``WARC/`` starts a record, so a chunk is a range of
bytes and needs no index: its reader looks for the first such member at or after `start` and goes on to the last that starts before `end`. The
same search finds the next sound record after damage, so flipped bytes cost the records they are in and no others. In a raw file the records'
lengths chain them, and where the chain breaks the next line that begins ``WARC/1.`` takes it up again.
Written here rather than taken from FastWARC because that stops at the first damage and gives no offsets to resume from (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from cleaner.batch.json_lines import printable
from cleaner.batch.readers.files import KEPT
from cleaner.batch.readers.http import http_body, is_text, parse_headers
from cleaner.batch.readers.streams import ERRORS, Codec, StreamDamage, Window, codec_of, inflated
from cleaner.batch.readers.tape import Tape
from cleaner.batch.values import BatchConfig, Chunk, Damaged, Item, Record, Skipped

__all__ = ["record_starts", "records_of", "whole_stream"]

MARK = b"WARC/"
MAX_HEAD = 1 << 16  # bytes of a record's own headers; real ones stay below 4 KB
HEAD_ROOM = 1 << 17  # what a page may have on top of its own bytes: record and HTTP headers
PROBE = 1 << 12  # compressed bytes that a candidate for a member's start is tried on
TYPES = {"response": "response", "resource": "resource", "conversion": "conversion"}


class Raw(NamedTuple):
    """A record as cut from the file: headers, at most `limit` bytes of its block, where it starts, and what is wrong with it."""

    headers: dict[str, str]
    block: bytes
    offset: int
    size: int = 0
    problem: str = ""


def records_of(chunk: Chunk, config: BatchConfig) -> Iterator[Item]:
    """An item for each record that starts in the chunk."""
    path = chunk.paths[0]
    source = chunk.name or printable(path)
    limit = config.max_page_bytes + HEAD_ROOM
    try:
        window = Window(path)
    except OSError as error:
        yield Damaged(f"cannot be read: {error.strerror or error}", source, 0, id=source)
        return
    with window:
        codec = codec_of(path, window)
        if codec is None:
            raws = _chain(Tape(window.blocks, chunk.start, partial(_look, window)), chunk.end, limit)
        elif chunk.note == "stream":
            raws = _chain(Tape(lambda position: _from(inflated(window, codec), position)), chunk.end, limit)
        else:
            raws = _members(window, codec, chunk, limit)
        for raw in raws:
            yield _item(raw, source, config.max_page_bytes)


def _look(window: Window, offset: int) -> bytes:
    """What stands behind a record; where the file ends inside the record there is no end, which "?" says."""
    return window.read(offset, 9) if offset <= window.size else b"?"


def _tape_of(payload: bytes, total: int) -> Tape:
    """The first of `total` bytes as a tape; what is behind those that were kept cannot be seen and counts as an end."""
    return Tape(
        lambda at: iter((payload[at:],)) if at < len(payload) else iter(()),
        0,
        lambda at: payload[at : at + 9] if at <= total else b"?",
    )


def _from(blocks: Iterator[bytes], position: int) -> Iterator[bytes]:
    """A stream from a position on."""
    for block in blocks:
        if position < len(block):
            yield block[position:] if position else block
        position = max(0, position - len(block))


def _chain(tape: Tape, end: int, limit: int) -> Iterator[Raw]:
    """The records of uncompressed bytes, each found by the length of the one before."""
    while True:
        try:
            tape.pass_blank_lines()
            if (end >= 0 and tape.position >= end) or not tape.peek(1):
                return
            yield _record(tape, limit)
        except StreamDamage as error:
            yield Raw({}, b"", tape.position, problem=f"{error}; what follows cannot be read")
            return


def _record(tape: Tape, limit: int) -> Raw:
    """The record at the tape's position; after it the tape stands at the end of the record, or at the next mark after damage."""
    offset = tape.position
    if tape.peek(5) != MARK:
        rest = tape.skip_until(MARK + b"1.", KEPT)
        return Raw({}, rest, offset, tape.position - offset, "no WARC record begins here")
    head = tape.peek(MAX_HEAD)
    end, width = head.find(b"\r\n\r\n"), 4
    if end < 0:
        end, width = head.find(b"\n\n"), 2
    headers = parse_headers(head[: max(end, 0)])
    length = headers.get("content-length", "")
    if end < 0 or not (length.isascii() and length.isdigit() and len(length) < 16):
        tape.take(1)
        rest = tape.skip_until(MARK + b"1.", limit)
        return Raw(headers, rest, offset, tape.position - offset, "the record's headers are damaged")
    tape.take(end + width)
    return _block(tape, headers, offset, int(length), limit)


def _block(tape: Tape, headers: dict[str, str], offset: int, length: int, limit: int) -> Raw:
    start = tape.position
    if tape.look:
        if not _is_end(tape.look(start + length)):
            return _torn(tape, headers, offset, length, limit)
        block = tape.take(min(length, limit))
        if length > limit:
            tape.seek(start + length)
        if tape.position == start + length:
            return Raw(headers, block, offset, length)
        return _torn(tape, headers, offset, length, limit)  # the file ends inside the record
    block = tape.take(min(length, limit))
    passed = len(block) + (tape.skip(length - limit) if length > limit and len(block) == limit else 0)
    if passed == length and _is_end(tape.peek(9)):
        return Raw(headers, block, offset, length)
    if passed == len(block):
        tape.give_back(block)
    return _torn(tape, headers, offset, length, limit)


def _is_end(after: bytes) -> bool:
    """Whether a record can end where these bytes follow."""
    rest = after.lstrip(b"\r\n")
    return not rest.strip(b"\0") or rest.startswith(MARK[: len(rest)])


def _torn(tape: Tape, headers: dict[str, str], offset: int, length: int, limit: int) -> Raw:
    """A record whose length is wrong: all up to the next mark."""
    start = tape.position
    rest = tape.skip_until(MARK + b"1.", limit)
    found = bool(tape.peek(1))
    problem = (
        f"the record should have {length:,} bytes and has {tape.position - start:,}"
        if found
        else "the file ends inside this record"
    )
    return Raw(headers, rest, offset, tape.position - start, problem)


def _members(window: Window, codec: Codec, chunk: Chunk, limit: int) -> Iterator[Raw]:
    """The records of the compressed members that start in the chunk."""
    position = _next_member(window, codec, chunk.start) if chunk.start else 0
    end = window.size if chunk.end < 0 else min(chunk.end, window.size)
    if position == 0 and codec.name == "zstd" and window.read(0, 4)[1:] == b"\x2a\x4d\x18":
        position = 8 + int.from_bytes(window.read(4, 4), "little")
    while position < end:
        payload, after, total, problem = _member(window, codec, position, limit)
        if problem or not payload.lstrip(b"\r\n").startswith(MARK):
            if not problem and not payload.strip(b"\r\n\0"):  # an empty member: allowed, nothing in it
                position = after
                continue
            follower = _next_member(window, codec, position + 1)
            yield _damaged(payload, position, total, problem or "no WARC record in this member")
            position = follower
            continue
        for raw in _chain(_tape_of(payload, total), -1, limit):
            yield _in_member(raw, position, total, len(payload))
        position = after


def _in_member(raw: Raw, position: int, total: int, kept: int) -> Raw:
    """A record of a member, with its offset in the file. Where only part of a large member was kept its length counts, not the cut."""
    if raw.problem and total > kept:
        return raw._replace(offset=position, size=total, problem="")
    return raw._replace(offset=position)


def _damaged(payload: bytes, position: int, total: int, problem: str) -> Raw:
    """What could be unfolded of a damaged member, with the record's own headers where they are readable."""
    head, separator, _ = payload[:MAX_HEAD].partition(b"\r\n\r\n")
    if not (separator and head.startswith(MARK)):
        return Raw({}, payload, position, total, problem)
    return Raw(parse_headers(head), payload[len(head) + 4 :], position, total, problem)


def _member(window: Window, codec: Codec, position: int, limit: int) -> tuple[bytes, int, int, str]:
    """A member unfolded: at most `limit` bytes (and a block), where it ends, the bytes it has in all, and what is wrong."""
    decoder = codec.decoder()
    pieces: list[bytes] = []
    total = kept = 0
    try:
        while not decoder.eof:
            data = window.read(position, 1 << 16)
            if not data:
                return b"".join(pieces), position, total, f"the {codec.name} data is cut off"
            position += len(data)
            for block in decoder.blocks(data):
                total += len(block)
                if kept <= limit:
                    pieces.append(block)
                    kept += len(block)
    except ERRORS as error:
        return b"".join(pieces), position, total, f"the {codec.name} data is damaged: {error}"
    return b"".join(pieces), position - decoder.unused, total, ""


def _next_member(window: Window, codec: Codec, position: int) -> int:
    """The first member at or after `position` that unfolds to a WARC record; the file's size when there is none."""
    while (position := window.find(codec.magic, position)) >= 0:
        try:
            head = next(codec.decoder().blocks(window.read(position, PROBE)), b"")
        except ERRORS:
            head = b""
        if head.startswith(MARK):
            return position
        position += 1
    return window.size


def whole_stream(window: Window, codec: Codec) -> bool:
    """Whether the first member holds more than one record: then the file is one stream and cannot be cut."""
    payload, after, total, problem = _member(window, codec, 0, 1 << 20)
    if problem or total > len(payload):
        return not problem and after >= window.size
    raws = list(_chain(_tape_of(payload, total), -1, 1 << 20))
    return len(raws) > 1


def record_starts(window: Window) -> Iterator[int]:
    """Where the records of a raw file start: only their headers are read."""
    position = 0
    while position < window.size:
        yield position
        head = window.read(position, MAX_HEAD)
        end = head.find(b"\r\n\r\n")
        length = parse_headers(head[: max(end, 0)]).get("content-length", "")
        follower = position + end + 8 + int(length) if end >= 0 and length.isascii() and length.isdigit() else -1
        if follower == window.size:
            return
        if follower < 0 or window.read(follower, 5) != MARK:
            follower = window.find(b"\n" + MARK + b"1.", position + 1) + 1
            if follower == 0:
                return
        position = follower


def _item(raw: Raw, source: str, limit: int) -> Item:
    """A record as a row in, a damaged row, or a skipped one."""
    headers = raw.headers
    kind = headers.get("warc-type", "").lower()
    name = headers.get("warc-record-id", "").strip("<>") or f"{source}:{raw.offset}"
    url = headers.get("warc-target-uri", "").strip("<> ") or None
    if raw.problem:
        return Damaged(raw.problem, source, raw.offset, raw.block[:limit], id=name, url=url, size=raw.size)
    if kind not in TYPES:
        return Skipped(f"record type {kind[:40] or 'missing'}")
    content_type = headers.get("content-type")
    outer = content_type if kind != "response" else headers.get("warc-identified-payload-type")
    record = Record(raw.block, name, source, raw.offset, url, content_type, "auto")
    if kind == "response":
        body = http_body(raw.block, limit)
        if not is_text(body.content_type or outer):
            return Skipped(_type_name(body.content_type or outer))
        record = record._replace(data=body.data, charset=body.content_type, note=body.problem)
        if body.fatal:
            return Damaged(body.problem, source, raw.offset, body.data[:limit], id=name, url=url, charset=body.content_type)
    elif not is_text(content_type):
        return Skipped(_type_name(content_type))
    if len(record.data) > limit or raw.size > limit + HEAD_ROOM:
        data = bytes(record.data[:KEPT]) if isinstance(record.data, bytes) else b""
        return Damaged(f"more than {limit:,} bytes", source, raw.offset, data, "too-large", name, url, record.charset, raw.size)
    plain = (record.charset or "").lower().startswith("text/plain")
    return record._replace(kind="text") if plain or kind == "conversion" else record


def _type_name(content_type: str | None) -> str:
    return f"type {(content_type or '').partition(';')[0].strip().lower()[:60]}"
