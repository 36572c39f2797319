"""The report as one HTML file: it loads nothing, runs nothing, and holds what pages say only as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.views.document import inline_hash, static, visible
from cleaner.views.report.audit import Failures, failures_of, samples_of, slowest_of
from cleaner.views.report.changes import changes_of
from cleaner.views.report.comparison import compared
from cleaner.views.report.figures import Figures
from cleaner.views.report.output import Output
from cleaner.views.report.samples import Samples
from cleaner.views.report.sections import charts_of, facts_of, removed_of, tiles_of

__all__ = ["report"]

SAMPLES = 8  # a rule: five minutes of reading


class _Reading(NamedTuple):
    """All that one pass over an output gives."""

    figures: Figures
    samples: Samples
    failures: Failures


def report(
    name: str,
    *,
    against: str | None = None,
    reasons: Mapping[str, str] | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    rules: Sequence[str] = (),
) -> str:
    """The report of an output folder, and what changed since the run `against`.

    reasons: the sentence of each rule, by its name. samples: how many a rule; seed: which ones. rules: those of one's own, as `--rules` names them. The same folders and arguments give the same bytes.
    Raises BatchError where a folder is no output, or a shard of it cannot be read.
    """
    output = Output(name, rules)
    earlier = Output(against, rules) if against is not None else None
    reading = _read(output)
    comparison = compared(earlier, output) if earlier else None
    style = static("view.css") + static("report.css")
    policy = (
        f"default-src 'none'; style-src {inline_hash(style)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    sections = dict(_sections(output, reading, reasons or {}, samples, seed))
    if earlier and comparison:
        sections = {"changes": ("Changes", "\n".join(changes_of(comparison, earlier, output))), **sections}
    links = "".join(f'<a href="#{key}">{title}</a>' for key, (title, _) in sections.items())
    body = "\n".join(f'<section id="{key}"><h2>{title}</h2>\n{inner}\n</section>' for key, (title, inner) in sections.items())
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Report of {visible(name)} – cleaner</title>\n'
        f'<style>{style}</style>\n</head>\n<body>\n<div class="report"><header><h1>Report of {visible(name)}</h1>{_head(output, reading)}'
        f'<nav aria-label="Sections">{links}</nav></header>\n<main>{body}</main></div>\n</body>\n</html>\n'
    )


def _read(output: Output) -> _Reading:
    reading = _Reading(Figures(), Samples(), Failures())
    reading.figures.skipped.update(output.skipped)
    for report in output.reports():
        reading.figures.add_chunk(report)
        drawn = False
        for file in output.samples(report):
            reading.samples.add_file(report.chunk, file)
            drawn = True
        for row in output.rows(report):
            reading.figures.add_row(row)
            if not drawn:
                reading.samples.add_row(report.chunk, row)
        reading.failures.add(output, report)
    return reading


def _head(output: Output, reading: _Reading) -> str:
    return "".join(facts_of(output, reading.figures)) + f'<div class="tiles">{"".join(tiles_of(reading.figures))}</div>'


def _sections(
    output: Output, reading: _Reading, reasons: Mapping[str, str], number: int, seed: int
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each section: its place, its title, its HTML."""
    figures = reading.figures
    yield "pages", ("Pages", f'<div class="cards flow">{"".join(charts_of(figures))}</div>')
    yield "rules", ("Removed, by rule", f'<div class="cards pair">{"".join(removed_of(figures, reasons))}</div>')
    drawn = "\n".join(samples_of(output, figures, reading.samples, reasons, number, seed))
    told = (
        f"<p>At most {number} a rule, drawn at random among the pages it touched, one a page (<code>--seed {seed}</code>; another seed shows others). "
        "The marked text is what the rule took away or put in, with what stood around it.</p>"
    )
    yield "samples", ("Samples", told + drawn if drawn else "<p>No rule did anything.</p>")
    yield "slowest", ("Slowest pages", slowest_of(output, figures))
    yield "failures", ("Failures", "\n".join(failures_of(output, figures, reading.failures)))
