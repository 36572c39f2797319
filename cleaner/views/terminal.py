"""A cleaned page in the terminal: all of the page in its own order, what goes marked where it stood, each mark with its rule.

Kept text is plain, navigation and what lies outside the article dim, spam red, repairs green. Without colour (NO_COLOR, a pipe) the same
marks are brackets: ``[-removed-]`` and ``{+repaired+}``. Nothing here decides anything: all of it is read from the edits of the Result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

import click

from cleaner.edits import Edit, family
from cleaner.result import Result
from cleaner.views.marked import patches_of

__all__ = ["removal_lines", "repaired_spans", "shown", "summary_lines"]

STYLES: dict[str, dict[str, object]] = {"spam": {"fg": "red"}, "repair": {"fg": "green"}}
DIM: dict[str, object] = {"dim": True}
EXAMPLES = 2  # of a rule's repairs in the summary
EXCERPT = 24  # columns of a removal in the summary; what the rule saw follows on the same line
_BLANK_LINES = re.compile(r"\n\s*\n")


class Mark(NamedTuple):
    """A span of the page's text and how it is shown."""

    start: int
    end: int
    family: str
    label: str  # stands behind the span; "" for repairs


def repaired_spans(result: Result) -> tuple[tuple[int, int], ...]:
    """Where the repairs are in `page.text`: sorted, disjoint spans. A repair that only took something away marks the character before it."""
    patches = patches_of(result)
    return tuple(_joined((patch.start if patch.end > patch.start else max(patch.end - 1, 0), patch.end) for patch in patches))


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def shown(result: Result, *, colour: bool) -> str:
    """The page with its marks, then one line a rule."""
    text, position = result.page.text, 0
    pieces: list[str] = []
    for mark in _marks(result):
        pieces += (text[position : mark.start], _marked(text[mark.start : mark.end], mark, colour))
        position = mark.end
    pieces.append(text[position:])
    page = "".join(pieces).strip("\n")
    return "\n".join([*([page, ""] if page else []), *summary_lines(result, colour=colour)])


def _marks(result: Result) -> list[Mark]:
    """Removals, and the repairs that were not removed, sorted and disjoint."""
    marks = list(_grouped(result.removals, result.page.text))
    free = 0
    kept: list[Mark] = []
    removals = iter([*marks, Mark(len(result.page.text), len(result.page.text), "", "")])
    removal = next(removals)
    for start, end in repaired_spans(result):
        while removal.end <= start and removal.family:
            free, removal = removal.end, next(removals)
        if start >= free and end <= (removal.start if removal.family else end):
            kept.append(Mark(start, end, "repair", ""))
    return sorted(marks + kept)


def _grouped(removals: Iterable[Edit], text: str) -> Iterator[Mark]:
    """One mark for neighbours that go by the same rule with nothing kept between them."""
    current: Mark | None = None
    for edit in removals:
        seen = note_of(edit)
        mark = Mark(edit.start, edit.end, family(edit.rule), edit.rule + (f": {seen}" if seen else ""))
        if current is not None and mark.label == current.label and not text[current.end : mark.start].strip():
            current = current._replace(end=mark.end)
            continue
        if current is not None:
            yield current
        current = mark
    if current is not None:
        yield current


def note_of(edit: Edit) -> str:
    """What the rule saw, without the names of the rules that would have taken the span as well, and what its name says already."""
    seen = [part for part in edit.note.split("; ") if part and not part.startswith("also ")]
    told = "; ".join(seen)
    return told.removeprefix("outside").removeprefix(", ") if edit.rule == "article/outside" else told


def _marked(text: str, mark: Mark, colour: bool) -> str:
    repair = mark.family == "repair"
    text = text if repair else _BLANK_LINES.sub("\n", text)
    if not colour:
        return f"{{+{text}+}}" if repair else f"[-{text}-] ({mark.label})"
    style = STYLES.get(mark.family, DIM)
    lines = "\n".join(click.style(line, **style) if line else line for line in text.split("\n"))  # type: ignore[arg-type]
    return lines if repair else lines + click.style(f" ← {mark.label}", dim=True, italic=True)


def summary_lines(result: Result, *, colour: bool) -> list[str]:
    """What the page is, what was repaired, what was removed: a line a rule."""
    shares = f"{len(result.text):,} of {len(result.page.text):,} characters kept"
    kind = f"{result.status} · {result.page_type} · {result.encoding} · {shares}"
    lines = [click.style(kind, bold=True) if colour else kind]
    facts = (
        ("title", result.title),
        ("author", result.author),
        ("date", result.date),
        ("site", result.site),
        ("source", result.credit),
    )
    told = " · ".join(f"{name}: {value}" for name, value in facts if value)
    if told:
        lines.append(told)
    if result.mirror:
        mirror = result.mirror
        seen = f"mirror kit: level {mirror.level}, {mirror.glosses} glosses, {mirror.spots} places of broken bytes"
        lines.append(f"{seen}, {mirror.unresolved} of them left as they were" if mirror.unresolved else seen)
    lines += _repair_lines(result, colour)
    lines += removal_lines(result.removals, result.page.text, colour=colour)
    return lines


def _repair_lines(result: Result, colour: bool) -> Iterator[str]:
    counts = Counter(edit.rule for edit in result.repairs)
    for rule, count in counts.most_common():
        shown_examples = []
        for edit in [edit for edit in result.repairs if edit.rule == rule][:EXAMPLES]:
            old = _excerpt(result.source.text[edit.start : edit.end])
            shown_examples.append(f"{old} → {_excerpt(edit.new)}" if edit.new else f"{old} → nothing")
        yield _line("repair", rule, f"{count:>4} x         ", "; ".join(shown_examples), colour)


def removal_lines(removals: Sequence[Edit], text: str, *, colour: bool) -> list[str]:
    """One line a rule: how often, how many characters, the longest as an excerpt, and what it saw there."""
    by_rule: dict[str, list[Edit]] = {}
    for edit in removals:
        by_rule.setdefault(edit.rule, []).append(edit)
    lines = []
    for rule, edits in by_rule.items():
        longest = max(edits, key=lambda edit: edit.end - edit.start)
        size = sum(edit.end - edit.start for edit in edits)
        seen = _excerpt(text[longest.start : longest.end]) + (f" ({note_of(longest)})" if note_of(longest) else "")
        lines.append(_line(family(rule), rule, f"{len(edits):>4} x {size:>6,}  ", seen, colour))
    return lines


def _line(kind: str, rule: str, numbers: str, seen: str, colour: bool) -> str:
    name = f"{rule:<24}"
    style = STYLES.get(kind, DIM)
    return (click.style(name, **style) if colour else name) + numbers + seen  # type: ignore[arg-type]


def _excerpt(text: str) -> str:
    """The beginning of a text as one line of at most so many columns; a Chinese character takes two."""
    line = " ".join(text.split())
    used = 0
    for at, character in enumerate(line):
        used += 2 if east_asian_width(character) in "WF" else 1
        if used > EXCERPT:
            return line[:at] + "…"
    return line
