"""The sections of the report that point at pages: samples of each rule, slow pages, failures, each with the command that shows the page again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.batch.address import address_of
from cleaner.batch.values import MAX_PAGE_BYTES, MEMORY, PAGE_TIMEOUT, ShardReport
from cleaner.edits import family
from cleaner.views.document import FAMILIES, OTHER, visible
from cleaner.views.report.figures import Figures
from cleaner.views.report.output import Output
from cleaner.views.report.pieces import clipped, command, kind_of, ranked, rule_name, table
from cleaner.views.report.samples import Sample, Samples

__all__ = ["Failures", "failures_of", "samples_of", "slowest_of"]

_SPACE = re.compile(r"\s{2,}+|\n")
A_STATUS = 10  # failures named of each status
LOOKED_AT = 2_000  # dead letters read; each may have 27 MB


@dataclass
class Failures:
    """A few dead letters of each status, as the chunks come."""

    named: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    read: int = 0

    def add(self, output: Output, report: ShardReport) -> None:
        """Take from a chunk what is not there often enough yet."""
        full = all(len(self.named.get(status, ())) >= A_STATUS for status in report.statuses if report.dead)
        if not report.dead or self.read >= LOOKED_AT or (full and self.named):
            return
        for letter in output.letters(report):
            self.read += 1
            letters = self.named[str(letter["status"])]
            if len(letters) < A_STATUS:
                letters.append({**letter, "address": address_of(report.chunk, letter["source"], letter["offset"])})
            if self.read >= LOOKED_AT:
                return


def samples_of(
    output: Output, figures: Figures, samples: Samples, reasons: Mapping[str, str], number: int, seed: int
) -> Iterator[str]:
    """For each rule some of its edits where they stood: the removals by size, then the repairs."""
    removals = [rule for rule, _ in ranked(figures.removed)]
    others = [rule for rule in samples.rules() if rule not in figures.removed]
    for place, rule in enumerate((*removals, *others)):
        chosen = samples.chosen(rule, number, seed)
        size = (
            f"{figures.removed[rule]:,} characters on {figures.touched[rule]:,} pages" if rule in figures.removed else "repairs"
        )
        why = f'<p class="why">{visible(reasons[rule])}</p>' if rule in reasons else ""
        inner = (
            "".join(_item(output, sample) for sample in chosen)
            or f"<li>{'This output has no sample of it.' if number else 'None were asked for.'}</li>"
        )
        yield (
            f'<details class="rule {kind_of(rule)}"><summary>{rule_name(rule)} <span class="count">{size}</span></summary>'
            f'<div id="rule-{place}">{why}<ol class="samples">{inner}</ol></div></details>'
        )


def _item(output: Output, sample: Sample) -> str:
    facts = [f"{sample.characters:,} characters"] + ([visible(sample.note)] if sample.note else [])
    facts += [f"score {sample.score:.2f}"] if sample.score is not None else []
    return (
        f'<li>{_passage(sample)}<p class="note"><bdi>{clipped(sample.name)}</bdi> · {" · ".join(facts)}<br>'
        f"{command(output.again(sample.address))}</p></li>"
    )


def _passage(sample: Sample) -> str:
    """The edit where it stood; empty lines are left out, and white space at its ends is not marked."""
    if sample.old is None:
        return '<p class="note">This output does not hold what was removed; the command below shows it.</p>'
    before, old, after = (_SPACE.sub(_fewer, part) for part in (sample.before, sample.old, sample.after))
    inner = old.strip() or old
    lead, tail = old[: old.find(inner)], old[old.find(inner) + len(inner) :]
    look = FAMILIES.get(family(sample.rule), OTHER)
    if sample.new or look[0] == "repair":
        put = f"<ins>{visible(sample.new)}</ins>" if sample.new else ""
        mark = f'<span class="m repair"><del>{visible(inner)}</del>{put}</span>'
    else:
        mark = f'<del class="m {look[0]}" data-letter="{look[1]}">{visible(inner)}</del>'
    start, end = ("…" if sample.before else ""), ("…" if sample.after else "")
    return f'<div class="passage" dir="auto">{start}{visible(before)}{lead}{mark}{tail}{visible(after)}{end}</div>'


def _fewer(space: re.Match[str]) -> str:
    return "\n" if "\n" in space[0] else " "


def slowest_of(output: Output, figures: Figures) -> str:
    """The slowest pages among the rows."""
    if not figures.slowest:
        return "<p>No page was timed.</p>"
    rows = (
        [
            f"<bdi>{clipped(slow.source)}</bdi>{_at(slow.offset)}<br>{command(output.again(slow.address))}",
            f"{slow.seconds:.2f}",
        ]
        for slow in figures.slowest
    )
    return table(("page", "seconds"), rows)


def failures_of(output: Output, figures: Figures, failures: Failures) -> Iterator[str]:
    """Dead letters: how many of which kind, and some of each status with the command that tries it again, with more of what it lacked."""
    if not figures.dead:
        yield "<p>None: every page became a row.</p>"
        return
    errors = ([clipped(name), f"{number:,}"] for name, number in ranked(figures.errors)[:30])
    yield table(("error", "pages"), errors)
    yield f"<p>All of them again, with more of what they lacked: {command(output.retry(*_more_for_all(output.config, failures)))}</p>"
    for status, letters in sorted(failures.named.items()):
        rows = (
            [
                f"<bdi>{clipped(str(letter['source']))}</bdi>{_at(letter['offset'])}"
                f'<p class="error">{clipped(str(letter["error"]).partition(chr(10))[0])}</p>'
                + command(output.again(letter["address"], *_more(output.config, status, int(letter["bytes"])))),
                f"{letter['bytes']:,}",
            ]
            for letter in letters
        )
        yield f"<h3>{visible(status)} <span class='count'>{figures.statuses[status]:,}</span></h3>{table(('page', 'bytes'), rows)}"


def _more(config: Mapping[str, Any], status: str, size: int) -> tuple[str, ...]:
    """The limit that a page of this status needs higher."""
    if status == "timeout":
        return _time(config)
    if status == "too-large":
        return ("--max-page-bytes", str(max(size + 1, 2 * int(config.get("max_page_bytes", MAX_PAGE_BYTES)))))
    return ("--memory", str(2 * int(config.get("memory", MEMORY)))) if status == "error" else ()


def _more_for_all(config: Mapping[str, Any], failures: Failures) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for status, letters in sorted(failures.named.items()):
        if more := _more(config, status, max(int(letter["bytes"]) for letter in letters)):
            words[more[0]] = more[1]
    return tuple(word for flag, value in words.items() for word in (flag, value))


def _time(config: Mapping[str, Any]) -> tuple[str, str]:
    return ("--page-timeout", f"{6 * float(config.get('page_timeout', PAGE_TIMEOUT)):g}")


def _at(offset: int) -> str:
    return f' <span class="count">at {offset:,}</span>' if offset else ""
