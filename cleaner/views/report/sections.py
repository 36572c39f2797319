"""The sections of the report that count: how the run went, what was removed, what the pages are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from cleaner.batch.values import DEAD
from cleaner.views.document import visible
from cleaner.views.report.charts import Bar, bars, columns, line
from cleaner.views.report.figures import BINS, Figures
from cleaner.views.report.output import Output
from cleaner.views.report.pieces import MOST, card, clipped, counted, kind_of, ranked, rule_name, share, table, tile
from cleaner.views.report.throughput import Throughput, throughput_of

__all__ = ["charts_of", "facts_of", "removed_of", "tiles_of"]

HOWS = {  # what decided an encoding, in words; other names stand as they are
    "bom": "byte order mark",
    "utf-8": "valid UTF-8",
    "http": "HTTP header",
    "meta": "meta element",
    "xml": "XML declaration",
    "str": "came as text",
    "none": "no text",
    "": "not recorded by this run",
}
LEVELS = (
    "How many entries of the kit's table of substitutions a page uses; 0: only damage, or glosses that the table does not have."
)


def tiles_of(figures: Figures) -> Iterator[str]:
    """The run in eight figures."""
    pages = figures.rows + figures.dead
    removed = sum(figures.removed.values())
    whole = removed + figures.characters_out
    yield tile(f"{pages:,}", "pages in", f"{figures.bytes_in / 1e6:,.1f} MB")
    yield tile(f"{figures.rows:,}", "rows out", share(figures.rows, pages))
    yield tile(f"{figures.dead:,}", "dead letters", share(figures.dead, pages))
    yield tile(_large(figures.characters_out), "characters out", f"{figures.characters_out / max(figures.rows, 1):,.0f} a page")
    yield tile(share(removed, whole), "of the text removed", f"{removed:,} characters")
    yield tile(f"{figures.infected:,}", "infected pages", share(figures.infected, figures.rows))
    yield tile(f"{figures.seconds / max(figures.rows, 1) * 1e3:,.0f} ms", "a page", "of one worker")
    timed = throughput_of(figures.spans)
    if timed:
        yield tile(
            f"{sum(span.pages for span in figures.spans) / timed.worked:,.0f}", "pages a second", f"for {_time(timed.worked)}"
        )


def facts_of(output: Output, figures: Figures) -> Iterator[str]:
    """What ran, when, with what; and whether it is finished."""
    if output.chunks < 0:
        yield f"<p>Read from standard input; {figures.chunks:,} chunks are done.</p>"
    elif figures.chunks < output.chunks:
        left = f"{output.chunks - figures.chunks:,} of {output.chunks:,} chunks are not done"
        yield f'<p class="warning">This run is not finished: {left}. The same <code>cleaner run</code> goes on where it stopped.</p>'
    if not figures.rows + figures.dead:
        yield '<p class="warning">No page is in this output.</p>'
    elif not figures.rows:
        yield '<p class="warning">No page could be cleaned: every one is a dead letter.</p>'
    config = output.config
    facts = [("cleaner", str(config.get("cleaner", ""))), ("format", str(config.get("format", "")))]
    facts += [("input", ", ".join(output.inputs[:4]) + (" …" if len(output.inputs) > 4 else ""))]
    if figures.spans:
        began, ended = min(span.began for span in figures.spans), max(span.ended for span in figures.spans)
        facts += [("began", _day(began)), ("ended", _day(ended))]
    told = "".join(f"<div><dt>{name}</dt><dd>{clipped(value)}</dd></div>" for name, value in facts if value)
    yield f"<dl>{told}</dl>"
    if figures.skipped:
        said = ", ".join(f"{clipped(name)} {number:,}" for name, number in ranked(figures.skipped)[:8])
        yield f"<p>Not pages, and skipped: {said}.</p>"
    if figures.notes:
        said = "; ".join(f"{clipped(name)} ({number:,})" for name, number in ranked(figures.notes)[:8])
        yield f"<p>Noted: {said}.</p>"


def removed_of(figures: Figures, reasons: Mapping[str, str]) -> Iterator[str]:
    """Removed characters by rule: a chart, and every rule with its reason and the way to its samples."""
    rules = ranked(figures.removed)
    if not rules:
        yield "<p>Nothing was removed.</p>"
        return
    shown = [Bar(rule, number, f"{number:,}", kind_of(rule)) for rule, number in rules[: 2 * MOST]]
    yield card("Removed characters", bars("Removed characters by rule", shown))
    rows = [
        [
            f'<a href="#rule-{number}">{rule_name(rule)}</a>'
            + (f'<p class="why">{visible(reasons[rule])}</p>' if rule in reasons else ""),
            f"{characters:,}",
            f"{figures.touched[rule]:,}",
            share(figures.touched[rule], figures.rows),
        ]
        for number, (rule, characters) in enumerate(rules)
    ]
    yield card("Every rule", table(("rule", "characters", "pages", "of the rows"), rows))


def charts_of(figures: Figures) -> Iterator[str]:
    """Cards with charts; those without anything to show are left out."""
    dead = dict.fromkeys(DEAD, "spam")
    yield counted("Pages by status", figures.statuses, what="status", nothing="none", kinds=dead)
    yield counted("Page types", figures.types, what="type", nothing="unknown")
    yield counted("Languages", figures.languages, what="language", nothing="unknown")
    yield counted("Encodings", figures.encodings, what="encoding", nothing="unknown")
    yield _hows(figures)
    levels = Counter({f"level {level}": number for level, number in figures.mirrors.items()})
    yield counted("Mirror levels", levels, what="level", nothing="").replace("</h3>", f'</h3><p class="why">{LEVELS}</p>', 1)
    yield _hosts(figures)
    yield _confidence(figures)
    yield _pace(throughput_of(figures.spans), figures)


def _hows(figures: Figures) -> str:
    hows: Counter[str] = Counter()
    for (how, _), number in figures.hows.items():
        hows[HOWS.get(how, how)] += number
    pairs = sorted(figures.hows.items(), key=lambda item: (-item[1], item[0]))
    cells = (
        [clipped(HOWS.get(how, how)), clipped(encoding or "unknown"), f"{number:,}"] for (how, encoding), number in pairs[:40]
    )
    both = f"<details><summary>By encoding</summary>{table(('evidence', 'encoding', 'pages'), cells, text=2)}</details>"
    return counted("What decided the encoding", hows, what="evidence", nothing="", more=both)


def _hosts(figures: Figures) -> str:
    bad = [(name, host) for name, host in figures.hosts.items() if host.infected and name]
    if not bad:
        return ""
    bad.sort(key=lambda item: (-item[1].infected, -item[1].characters, item[0]))
    shown = [Bar(name, host.infected, f"{host.infected:,} of {host.pages:,}", "spam") for name, host in bad[:MOST]]
    rows = (
        [clipped(name), f"{host.infected:,}", f"{host.pages:,}", share(host.infected, host.pages), f"{host.characters:,}"]
        for name, host in bad[:100]
    )
    heads = ("host", "infected", "pages", "share", "characters of spam")
    why = '<p class="why">Pages with spam or traces of the mirror kit, of all pages of the host.</p>'
    folded = f"<details><summary>Figures of {min(len(bad), 100)} of {len(bad):,} infected hosts</summary>{table(heads, rows)}</details>"
    nameless = figures.hosts[""].infected if "" in figures.hosts else 0
    more = f"<p>{nameless:,} infected pages have no address.</p>" if nameless else ""
    return card("Hosts most infected", why, bars("Hosts most infected", shown), more, folded)


def _confidence(figures: Figures) -> str:
    if not figures.rows:
        return ""
    values = [
        (f"{at / BINS:.2f}", float(number), f"{at / BINS:.2f} to {(at + 1) / BINS:.2f}: {number:,} pages")
        for at, number in enumerate(figures.confidence)
    ]
    rows = (
        [f"{name} to {float(name) + 1 / BINS:.2f}", f"{number:,.0f}", share(number, figures.rows)] for name, number, _ in values
    )
    folded = f"<details><summary>Figures</summary>{table(('confidence', 'pages', 'share'), rows)}</details>"
    why = '<p class="why">How sure the article stage is; pages by confidence.</p>'
    return card("Confidence", why, columns("Pages by confidence", values, named=4), folded)


def _pace(timed: Throughput | None, figures: Figures) -> str:
    if timed is None:
        return card("Throughput", "<p>This output does not say when its chunks were done.</p>") if figures.rows else ""
    pages = sum(span.pages for span in figures.spans)
    said = f"{pages:,} pages in {_time(timed.worked)}: {pages / timed.worked:,.1f} a second."
    if timed.pauses:
        said += f" {timed.pauses:,} pause{'s' if timed.pauses > 1 else ''} of {_time(timed.paused)} together are left out."
    if not timed.points:
        return card("Throughput", f"<p>{said} Too few chunks for a line.</p>")
    unit, size = ("minutes", 60.0) if timed.worked >= 300 else ("seconds", 1.0)
    why = f'<p class="why">Pages a second, over {unit} of work.</p>'
    chart = line("Pages a second over time", [(at / size, pace) for at, pace in timed.points])
    return card("Throughput", why, chart, f"<p>{said}</p>")


def _large(number: int) -> str:
    return f"{number / 1e6:,.1f} M" if number >= 10_000_000 else f"{number:,}"


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
