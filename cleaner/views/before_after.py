"""A page before and after on one screen, and what was removed: the view of `cleaner demo`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from unicodedata import east_asian_width

import click

from cleaner.edits import family
from cleaner.result import Result
from cleaner.views.terminal import DIM, STYLES, summary_lines

__all__ = ["before_after", "one_line", "wrapped"]

WIDTH = 98  # columns; a terminal of 100 shows a line without breaking it
FIRST, LAST = 3, 2  # lines of the page shown before the middle and after it: the kit puts things there
PASSAGE = 3  # lines shown of the first damaged paragraph
PROSE = 60  # characters from which a line counts as a paragraph


def before_after(name: str, before: str, result: Result, *, colour: bool) -> str:
    """The page's head, its first paragraph and its end as they came; the same paragraph clean; a line a rule.

    before: the text of the page as nobody has cleaned it.
    """
    lines = [line.strip() for line in before.split("\n") if line.strip()]
    after = [line for line in result.text.split("\n") if line]
    worst = max(range(len(lines)), key=lambda at: _damage(lines[at]), default=0)
    same = _likest("".join(lines[worst : worst + 1]), after)
    parts = [_heading(f"BEFORE  {name}", colour), *_cut(lines[:FIRST], 1), "…", *_cut(lines[worst : worst + 1], PASSAGE)]
    parts += [
        "…",
        *_cut(lines[max(worst + 1, FIRST) :][-LAST:], 2),
        "",
        _heading("AFTER", colour),
        *_cut(after[: min(2, same)], 2),
    ]
    parts += ["…", *_cut(after[same : same + 1], PASSAGE), "…", *_cut(after[same + 1 :][-1:], 2), ""]
    summary = [piece for line in summary_lines(result, colour=False) for piece in _cut([line], 1)]
    return "\n".join([*parts, _heading("WHAT WAS DONE", colour), *(_painted(line) if colour else line for line in summary)])


def one_line(name: str, result: Result, *, colour: bool) -> str:
    """A page in one line: how much was kept, by which rules the rest went."""
    rules = ", ".join(dict.fromkeys(edit.rule for edit in (*result.repairs, *result.removals))) or "nothing to do"
    head = f"{name:<22}"
    line = next(wrapped(f"{len(result.text):>6,} of {len(result.page.text):>6,} characters kept  {rules}", WIDTH - len(head)))
    return (click.style(head, bold=True) if colour else head) + line


def _damage(line: str) -> int:
    """How many marks of damage a line shows that a reader would see; glosses first."""
    return line.count("(") + 5 * line.count("?") if len(line) >= PROSE else 0


def _likest(line: str, others: list[str]) -> int:
    """Which of the others shares most pairs of characters with a line."""
    pairs = set(pairwise(line))
    return max(range(len(others)), key=lambda at: len(pairs & set(pairwise(others[at]))), default=0)


def _painted(line: str) -> str:
    """A line of the summary in the colour of its rule's family."""
    name = line.split(" ", 1)[0]
    return click.style(name, **STYLES.get(family(name), DIM)) + line[len(name) :] if "/" in name else line  # type: ignore[arg-type]


def _heading(text: str, colour: bool) -> str:
    line = f"── {text} " + "─" * (WIDTH - len(text) - 4)
    return click.style(line, bold=True) if colour else line


def _cut(lines: Iterable[str], most: int) -> Iterator[str]:
    """Each line as at most so many lines of the screen, with a sign where something was cut."""
    for line in lines:
        pieces = list(islice(wrapped(line, WIDTH - 1), most + 1))
        yield from (piece + "…" if at == most - 1 and len(pieces) > most else piece for at, piece in enumerate(pieces[:most]))


def wrapped(line: str, width: int) -> Iterator[str]:
    """A line cut to a width in columns; a Chinese character takes two."""
    piece, used = "", 0
    for character in line:
        columns = 2 if east_asian_width(character) in "WF" else 1
        if used + columns > width:
            yield piece
            piece, used = "", 0
        piece += character
        used += columns
    if piece:
        yield piece
