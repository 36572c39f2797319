"""What a site repeats: lines of templates found, article characters lost, what it costs, beside exact-line deduplication and datatrove's C4 line filter.

    python -m benchmarks.sites                 simulated sites (24 of 50 pages), as HTML and as text dumps; mirror dumps; real hosts
    python -m benchmarks.sites --show          with the lines that were missed and lost
    python -m benchmarks.sites --first 1000    other sites than those that were looked at while the rules were written
    python -m benchmarks.sites cost            seconds of learning and using beside those of cleaning, on the same pages
    python -m benchmarks.sites stores          1 million blocks of 20,000 hosts in SQLite, DuckDB, a count-min sketch and the store: seconds, memory

*Found*: of the lines that the simulator calls the site's, those that are not in the cleaned text, whatever took them; in brackets, those that go without templates. *Lost*:
of the characters that it calls the article's, those that `navigation/site-template` takes. The peers see the text dump: "exact lines" drops every line that another page
of the host has (the first page keeps it), "C4" is the line part of datatrove's C4QualityFilter.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.navigation import DATA, SETS, Gold, dump_of
from benchmarks.site_simulator import Part, SimulatedPage, SimulatedSite, simulated, standard_sites
from benchmarks.split import held_back, key_of
from cleaner import Options, Result, clean
from cleaner.sites import templates_of

RULE = "navigation/site-template"


class Score(NamedTuple):
    """Lines of the site, how many of them went, characters of the article, how many of them were lost."""

    lines: int = 0
    found: int = 0
    characters: int = 0
    lost: int = 0

    def __add__(self, other: object) -> Score:  # type: ignore[override]
        assert isinstance(other, Score)
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def shown(self) -> str:
        return f"found {self.found / max(1, self.lines):.4f}  lost {100 * self.lost / max(1, self.characters):.4f} %"


def aligned(result: Result, parts: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """Each part of a simulated page with the rule that took its block ("" when it stayed); parts that are in no block count as gone."""
    text = result.page.text
    spans = [(edit.start, edit.end, edit.rule) for edit in result.removals if not edit.new]
    at = span = 0
    blocks = result.page.blocks
    for part in parts:
        ahead = next((n for n in range(at, min(at + 60, len(blocks))) if text[blocks[n].start : blocks[n].end].strip() == part.text), None)
        if ahead is None:
            yield part, "not a block"
            continue
        block, at = blocks[ahead], ahead + 1
        while span < len(spans) and spans[span][1] <= block.start:
            span += 1
        taken = span < len(spans) and spans[span][0] <= block.start and spans[span][1] >= block.end
        yield part, spans[span][2] if taken else ""


def score_of(result: Result, page: SimulatedPage, shown: Counter[str] | None = None) -> Score:
    score = Score()
    for part, rule in aligned(result, page.parts):
        if part.label == "site":
            score += Score(1, bool(rule))
            if not rule and shown is not None:
                shown[f"missed {part.zone}: {part.text}"] += 1
        elif part.label == "article":
            score += Score(0, 0, len(part.text), len(part.text) if rule == RULE else 0)
            if rule == RULE and shown is not None:
                shown[f"LOST: {part.text[:100]}"] += 1
    return score


def with_templates(pages: Sequence[tuple[str, str]], folder: str) -> Options:
    path = Path(folder) / "templates"
    path.write_text(templates_of(pages), encoding="utf-8")
    return Options(templates=(str(path),))


def score_site(site: SimulatedSite, kind: str, shown: Counter[str] | None) -> tuple[Score, Score]:
    """With templates, and without."""
    pages = [(page.url, page.html if kind == "html" else page.lines) for page in site.pages]
    with tempfile.TemporaryDirectory() as folder:
        options = with_templates(pages, folder)
        learned, bare = Score(), Score()
        for (url, data), page in zip(pages, site.pages, strict=True):
            learned += score_of(clean(data, url=url, options=options), page, shown)
            bare += score_of(clean(data, url=url), page)
    return learned, bare


def exact_lines(site: SimulatedSite) -> Score:
    seen: set[str] = set()
    score = Score()
    for page in site.pages:
        score += _scored(page, [part.text in seen for part in page.parts])
        seen.update(part.text for part in page.parts)
    return score


def _scored(page: SimulatedPage, gone: Sequence[bool]) -> Score:
    score = Score()
    for part, taken in zip(page.parts, gone, strict=True):
        score += Score(1, taken) if part.label == "site" else Score(0, 0, len(part.text), len(part.text) * taken) if part.label == "article" else Score()
    return score


def c4_lines(site: SimulatedSite) -> Score | None:
    """datatrove's filter on each page; its rules for whole documents are switched off."""
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ImportError:
        return None
    judge = C4QualityFilter(min_num_sentences=-1, filter_lorem_ipsum=False, filter_curly_bracket=False, remove_citations=False)
    score = Score()
    for page in site.pages:
        document = Document(text=page.lines, id=page.url)
        judge.filter(document)
        kept = Counter(document.text.split("\n"))
        gone = []
        for part in page.parts:
            gone.append(not kept[part.text])
            kept[part.text] -= kept[part.text] > 0
        score += _scored(page, gone)
    return score


def simulated_table(first: int, shown: Counter[str] | None) -> None:
    sites = standard_sites(first)
    totals: dict[str, Score] = defaultdict(Score)
    worst: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for site in sites:
        for kind in ("html", "text"):
            learned, bare = score_site(site, kind, shown)
            totals[kind] += learned
            totals[f"{kind}, no templates"] += bare
            worst[kind].append((learned.found / learned.lines, f"{site.language} {site.genre} lost {100 * learned.lost / learned.characters:.3f} %"))
        totals["exact lines"] += exact_lines(site)
        if (score := c4_lines(site)) is not None:
            totals["C4 lines (datatrove)"] += score
    print(f"{len(sites)} simulated sites, {sum(len(site.pages) for site in sites)} pages")
    for name, score in totals.items():
        print(f"  {name:24} {score.shown}  of {score.lines} lines, {score.characters} characters")
    for kind, found in worst.items():
        print(f"  worst {kind}: " + "; ".join(f"{value:.3f} {name}" for value, name in sorted(found)[:3]))
    if shown is not None:
        for line, count in shown.most_common(80):
            print(f"    {count:4} {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["all", "simulated"], default="all")
    parser.add_argument("--first", type=int, default=0, help="number of the first simulated site")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    shown: Counter[str] | None = Counter() if given.show else None
    simulated_table(given.first, shown)


if __name__ == "__main__":
    main()
