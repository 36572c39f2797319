"""Pages of our own for the pipelines: ordinary ones and three that kill or hold up whoever cleans them."""

from __future__ import annotations

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


def expected_status(number: int) -> str:
    return STATUSES.get(number, "ok")
