"""The section of the report that compares two runs."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.views.document import visible
from cleaner.views.report.charts import Bar, bars
from cleaner.views.report.comparison import Change, Comparison
from cleaner.views.report.output import Output
from cleaner.views.report.pieces import MOST, card, clipped, command, kind_of, rule_name, share, table, tile

__all__ = ["changes_of"]

LINE = 400  # characters of a line that went or came; what the two differ in is near its beginning or told by the rules


def changes_of(found: Comparison, before: Output, after: Output) -> Iterator[str]:
    """What differs between two runs: the sum, by rule, page by page."""
    pages = found.same + found.changed
    yield f'<p>Before: {_named(before)}. After: {_named(after)}. A page is the same page where source and offset are.</p><div class="tiles">'
    yield tile(f"{found.changed:,}", "pages changed", share(found.changed, pages))
    yield tile(f"{found.same:,}", "pages are the same", share(found.same, pages))
    yield tile(f"{found.characters[1] - found.characters[0]:+,}", "characters out", f"of {found.characters[0]:,} before")
    yield tile(f"{found.only_counts[0]:,} / {found.only_counts[1]:,}", "pages only before / only after")
    yield "</div>"
    if not pages:
        yield '<p class="warning">No page is in both outputs: they were made from other inputs, or from the same ones under other names.</p>'
    yield from _configuration(found)
    yield '<div class="cards">'
    yield from _cards(found)
    yield "</div>"
    for side, word in ((0, "before"), (1, "after")):
        if found.only[side]:
            names = "".join(f"<li><bdi>{clipped(name)}</bdi></li>" for name in found.only[side])
            more = (
                f" ({len(found.only[side])} of {found.only_counts[side]:,})"
                if found.only_counts[side] > len(found.only[side])
                else ""
            )
            yield f"<details><summary>Pages only {word}{more}</summary><ul>{names}</ul></details>"
    if found.changes:
        listed = (
            f"the {len(found.changes)} that changed most, of {found.changed:,}" if found.changed > len(found.changes) else "all"
        )
        yield f"<h3>Page by page <span class='count'>{listed}</span></h3>"
        yield from (_page(change, before, after) for change in found.changes)


def _named(output: Output) -> str:
    return f"<code>{visible(output.name)}</code> (cleaner {visible(str(output.config.get('cleaner', '?')))})"


def _configuration(found: Comparison) -> Iterator[str]:
    if found.configuration:
        lines = "".join(f"<li>{clipped(line)}</li>" for line in found.configuration[:40])
        yield f"<details><summary>{len(found.configuration)} differences of configuration</summary><ul>{lines}</ul></details>"


def _cards(found: Comparison) -> Iterator[str]:
    rules = [(rule, change) for rule, change in found.rules.items() if change.pages]
    rules.sort(key=lambda item: (-abs(item[1].after - item[1].before), -item[1].pages, item[0]))
    if rules:
        shown = [
            Bar(rule, abs(change.after - change.before), f"{change.after - change.before:+,}", kind_of(rule))
            for rule, change in rules[:MOST]
        ]
        rows = (
            [
                rule_name(rule),
                f"{change.before:,}",
                f"{change.after:,}",
                f"{change.after - change.before:+,}",
                f"{change.pages:,}",
            ]
            for rule, change in rules
        )
        figures = table(("rule", "before", "after", "difference", "pages"), rows)
        yield card("Removed characters that differ", bars("Difference of removed characters by rule", shown), figures, wide=True)
    if found.fields:
        shown = [Bar(name, number, f"{number:,}") for name, number in found.fields.most_common()]
        yield card("What differs, in pages", bars("Pages by what differs", shown))
    if found.statuses:
        moves = sorted(found.statuses.items(), key=lambda item: (-item[1], item[0]))
        yield card(
            "Status", table(("before", "after", "pages"), ([visible(a), visible(b), f"{n:,}"] for (a, b), n in moves), text=2)
        )


def _page(change: Change, before: Output, after: Output) -> str:
    rules = " ".join(f"{rule_name(rule)} {size:+,}" for rule, size in change.rules)
    size = f"{change.sizes[0]:,} → {change.sizes[1]:,} characters"
    lines = [f'<div class="line gone" dir="auto"><del>{visible(line[:LINE])}</del></div>' for line in change.gone]
    lines += [f'<div class="line came" dir="auto"><ins>{visible(line[:LINE])}</ins></div>' for line in change.came]
    said = f"<p>{', '.join(clipped(word) for word in change.said)}</p>" if change.said else ""
    return (
        f'<details class="change"><summary><bdi>{clipped(change.name)}</bdi> <span class="count">{size}</span> {rules}</summary>{said}{"".join(lines)}'
        f'<p class="note">before: {command(before.again(change.addresses[0]))}<br>after: {command(after.again(change.addresses[1]))}</p></details>'
    )
