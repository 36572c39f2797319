"""Small inputs for the batch tests. Imports nothing of what it tests: WARC records are written by hand, as the standard says."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import zstandard

__all__ = ["page", "read_dead", "read_rows", "warc_record", "write_folder", "write_jsonl", "write_warc"]


def page(number: int, words: int = 40) -> str:
    """A page of its own for each number."""
    chance = random.Random(number)
    body = " ".join("".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(words))
    return f"<html><head><title>Title {number}</title></head><body><p>Page {number}: {body}.</p><p>第{number}页的正文在这里。</p></body></html>\n"


def warc_record(
    number: int, body: bytes | None = None, kind: str = "response", head: str = "Content-Type: text/html; charset=utf-8"
) -> bytes:
    """One WARC record with its two empty lines at the end."""
    data = page(number).encode() if body is None else body
    block = f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + data if kind == "response" else data
    content = "application/http; msgtype=response" if kind == "response" else "text/plain"
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:08d}>\r\nWARC-Target-URI: http://site.example/{number}\r\n"
        f"WARC-Date: 2026-11-01T00:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def write_warc(path: Path, records: list[bytes]) -> list[int]:
    """Write records as the suffix says (a member each when compressed); where each begins."""
    starts, data = [], b""
    for record in records:
        starts.append(len(data))
        if path.suffix == ".gz":
            data += gzip.compress(record, mtime=0)
        elif path.suffix == ".zst":
            data += zstandard.ZstdCompressor().compress(record)
        else:
            data += record
    path.write_bytes(data)
    return starts


def write_folder(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"page-{number:04d}.html").write_text(page(number), encoding="utf-8")
    return folder


def write_jsonl(path: Path, count: int, field: str = "html") -> Path:
    lines = b"".join(
        json.dumps({"id": f"doc-{n}", "url": f"http://site.example/{n}", field: page(n)}).encode() + b"\n" for n in range(count)
    )
    if path.suffix == ".gz":
        lines = gzip.compress(lines)
    elif path.suffix == ".zst":
        lines = zstandard.ZstdCompressor().compress(lines)
    path.write_bytes(lines)
    return path


def read_rows(out: Path) -> list[dict]:
    """All rows of the JSONL shards of an output folder, in order."""
    rows = []
    for shard in sorted(out.glob("shard-*.jsonl*")):
        data = shard.read_bytes()
        if shard.suffix == ".zst":
            data = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
        elif shard.suffix == ".gz":
            data = gzip.decompress(data)
        rows += [json.loads(line) for line in data.splitlines()]
    return rows


def read_dead(out: Path) -> list[dict]:
    letters = []
    for path in sorted((out / "dead").glob("*.zst")):
        data = zstandard.ZstdDecompressor().stream_reader(path.read_bytes(), read_across_frames=True).read()
        letters += [json.loads(line) for line in data.splitlines()]
    return letters
