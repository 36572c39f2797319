"""Pieces of HTML that every section of the report is made of. Whatever comes from a page goes through `visible`."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cleaner.edits import family
from cleaner.views.document import FAMILIES, OTHER, visible
from cleaner.views.report.charts import Bar, bars

__all__ = ["MOST", "card", "code", "command", "counted", "kind_of", "ranked", "rule_name", "share", "table", "tile"]

MOST = 12  # bars of a chart; the rest is one bar, and all of them stand in the table below, as far as ROWS
ROWS = 200  # of a table
LONGEST = 160  # characters of a name; addresses of pages can have thousands


def kind_of(rule: str) -> str:
    """The class that colours a rule."""
    return FAMILIES.get(family(rule), OTHER)[0]


def rule_name(rule: str) -> str:
    return f'<span class="name {kind_of(rule)}">{visible(rule)}</span>'


def share(part: float, whole: float) -> str:
    """A part in per cent; more than nothing is never 0, less than all never 100.

    >>> [share(*parts) for parts in ((0, 9), (1, 90_000), (1, 3), (89_999, 90_000), (9, 9), (0, 0))]
    ['0 %', '< 0.1 %', '33.3 %', '> 99.9 %', '100 %', '0 %']
    """
    if not part or not whole:
        return "0 %"
    if part == whole:
        return "100 %"
    value = 100 * part / whole
    return "< 0.1 %" if value < 0.1 else "> 99.9 %" if value > 99.9 else f"{value:.1f} %"


def code(text: str) -> str:
    return f"<code>{visible(text)}</code>"


def command(words: Sequence[str]) -> str:
    """A command to copy. The words are ours and the caller's own, never a page's."""
    return code(shlex.join(words))


def clipped(text: str) -> str:
    """A name from a page, escaped and of bounded length."""
    return visible(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def tile(value: str, label: str, more: str = "") -> str:
    """A figure in large type."""
    small = f'<span class="more">{visible(more)}</span>' if more else ""
    return f'<div class="tile"><b>{visible(value)}</b> <span>{visible(label)}</span>{small}</div>'


def card(title: str, *parts: str, wide: bool = False) -> str:
    """A titled box; parts that are empty are left out."""
    return f'<section class="card{" wide" if wide else ""}"><h3>{visible(title)}</h3>{"".join(parts)}</section>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, text: int = 1) -> str:
    """A table of cells that are HTML already; the first `text` columns are words, the others figures."""
    head = "".join(f'<th scope="col"{"" if at < text else " class=n"}>{visible(name)}</th>' for at, name in enumerate(heads))
    body = "".join(f"<tr>{''.join(_cell(cell, at, heads[at], text) for at, cell in enumerate(row))}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(html: str, at: int, head: str, text: int) -> str:
    """A cell; on a phone, where columns have no room, it says itself what it is."""
    return f"<td>{html}</td>" if at < text else f'<td class="n" data-head="{visible(head)}">{html}</td>'


def ranked(counter: Mapping[str, int]) -> list[tuple[str, int]]:
    """The largest first; equal ones by name."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def counted(
    title: str, counter: Counter[str], *, what: str, nothing: str, more: str = "", kinds: Mapping[str, str] | None = None
) -> str:
    """A card with a chart and, folded, a table of what was counted. `more` stands below; `kinds`: classes of bars by name."""
    rows = [(name or nothing, number) for name, number in ranked(counter) if number]
    if not rows:
        return ""
    total = sum(number for _, number in rows)
    shown = [_bar(row, total, kinds or {}) for row in rows[:MOST]]
    rest = rows[MOST:]
    if len(rest) == 1:
        shown.append(_bar(rest[0], total, kinds or {}))
    elif rest:
        number = sum(number for _, number in rest)
        shown.append(Bar(f"{len(rest):,} others", number, f"{number:,} · {share(number, total)}", "rest"))
    cells = ([clipped(name), f"{number:,}", share(number, total)] for name, number in rows[:ROWS])
    left = f"<p>{len(rows) - ROWS:,} more are not listed.</p>" if len(rows) > ROWS else ""
    folded = f"<details><summary>Figures</summary>{table((what, 'pages', 'share'), cells)}{left}</details>"
    return card(title, bars(title, shown), folded, more)


def _bar(row: tuple[str, int], total: int, kinds: Mapping[str, str]) -> Bar:
    return Bar(row[0], row[1], f"{row[1]:,} · {share(row[1], total)}", kinds.get(row[0], "plain"))
