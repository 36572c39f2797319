"""Pages of our own for the pipelines: ordinary ones and three that kill or hold up whoever cleans them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.faults.poison import C_LOOP, MEMORY, SEGFAULT

POISONED = {7: SEGFAULT, 19: C_LOOP, 23: MEMORY}
STATUSES = {7: "crash", 19: "timeout", 23: "error"}
COUNT = 30


def page(number: int) -> str:
    """An article on a page with a menu, in a language that its number decides."""
    poison = f"<p>{POISONED[number]}</p>" if number in POISONED else ""
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Home", "News", "Contact"))
    paragraphs = "".join(
        f"<p>Paragraph {part} of story {number}: the ferry left the harbour at dawn, crossed the sound, and came back before the wind turned.</p>"
        for part in range(5)
    )
    return f"<html><head><title>Story {number}</title></head><body><nav><ul>{menu}</ul></nav><main><h1>Story {number}</h1>{paragraphs}{poison}</main></body></html>"


def rows(count: int = COUNT) -> list[dict[str, str]]:
    """As records with id, url and html."""
    return [{"id": f"page-{number}", "url": f"https://example.org/{number}", "html": page(number)} for number in range(count)]


def write_lines(path: Path, count: int = COUNT) -> Path:
    """As a file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(count)), encoding="utf-8")
    return path


def warc_of(path: Path) -> Path:
    """A WARC file with a GB18030 page that has three bad bytes in the middle of it."""
    bodies = [page(number).encode() for number in range(5)]
    chinese = "".join(f"<p>第{n}段：渡船在天亮时离开港口，穿过海峡，赶在风向改变之前回来。</p>" for n in range(6)).encode(
        "gb18030"
    )
    bodies.append(
        b"<html><head><meta charset=gb2312><title>x</title></head><body><main>"
        + chinese[:200]
        + b"\xff\xff\xff"
        + chinese[200:]
        + b"</main></body></html>"
    )
    data = b""
    for number, body in enumerate(bodies):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
            f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        data += gzip.compress(head.encode() + http + b"\r\n\r\n")
    path.write_bytes(data)
    return path


def expected_status(number: int) -> str:
    return STATUSES.get(number, "ok")


WORDS = "anchor bell cable deck engine ferry gangway hawser island jetty keel lantern".split()  # a key folds numbers
NOTICE = "Harbour letters are read out on Fridays at the quay"


def dumps_with_templates(folder: Path, count: int = 12) -> tuple[list[dict[str, str]], str]:
    """Text dumps of a site whose pages all end in NOTICE, and the file of templates learned from them."""
    from cleaner.sites import templates_of

    texts = []
    for number in range(count):
        story = [f"Story of the {WORDS[number]}: the {WORDS[number - part]} left at dawn, and nobody saw it go." for part in range(4)]
        texts.append("\n".join(["The Quay Gazette", "Harbour desk", *story, NOTICE, "How we work"]))
    rows = [
        {"id": f"page-{number}", "url": f"https://example.org/{number}", "text": text} for number, text in enumerate(texts)
    ]
    path = folder / "templates"
    path.write_text(templates_of((row["url"], row["text"]) for row in rows), encoding="utf-8")
    return rows, str(path)
