"""A page before and after on one screen, and what was removed: the view of `cleaner demo`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from unicodedata import east_asian_width

import click

from cleaner.result import Result
from cleaner.views.terminal import summary_lines

__all__ = ["before_after", "one_line", "wrapped"]

WIDTH = 96  # columns; a terminal of 100 shows a line without breaking it
HEAD, TAIL = 9, 3  # lines of the page shown before: its head and its end, where the kit puts things
AFTER = 10  # lines of the text shown after


def before_after(name: str, result: Result, *, colour: bool) -> str:
    """Head and end of the page as it came, the head of the text that came out, a line a rule."""
    page = [line for line in result.source.text.split("\n") if line.strip()]
    before = list(islice((piece for line in page for piece in wrapped(line.strip())), HEAD))
    last = list(wrapped(page[-1].strip()))[:TAIL] if page else []
    after = list(islice((piece for line in result.text.split("\n") if line for piece in wrapped(line)), AFTER))
    parts = [_heading(f"BEFORE  {name}", colour), *before, "…", *last, ""]
    parts += [_heading("AFTER", colour), *after, "…", "", _heading("WHAT WAS DONE", colour)]
    return "\n".join([*parts, *summary_lines(result, colour=colour)])


def one_line(name: str, result: Result, *, colour: bool) -> str:
    """A page in one line: how much was kept, by which rules the rest went."""
    rules = ", ".join(dict.fromkeys(edit.rule for edit in (*result.repairs, *result.removals))) or "nothing to do"
    head = f"{name:<20}"
    kept = f"{len(result.text):>6,} of {len(result.page.text):>6,} characters kept  "
    return (click.style(head, bold=True) if colour else head) + kept + rules


def _heading(text: str, colour: bool) -> str:
    line = f"── {text} " + "─" * (WIDTH - len(text) - 4)
    return click.style(line, bold=True) if colour else line


def wrapped(line: str) -> Iterator[str]:
    """A line cut to the width of the screen; a Chinese character takes two columns."""
    piece, used = "", 0
    for character in line:
        columns = 2 if east_asian_width(character) in "WF" else 1
        if used + columns > WIDTH:
            yield piece
            piece, used = "", 0
        piece += character
        used += columns
    if piece:
        yield piece
