"""What a site repeats: lines of templates found, article characters lost, what it costs, beside exact-line deduplication and datatrove's C4 line filter.

    python -m benchmarks.sites                 simulated sites (24 of 50 pages), as HTML and as text dumps; mirror dumps; real hosts
    python -m benchmarks.sites --show          with the lines that were missed and lost
    python -m benchmarks.sites --first 1000    other sites than those that were looked at while the rules were written
    python -m benchmarks.sites cost            seconds of learning and using beside those of cleaning, on the same pages
    python -m benchmarks.site_stores           1 million blocks of 20,000 hosts in SQLite, DuckDB, a count-min sketch and the store: seconds, memory

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
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.navigation import DATA, SETS, Gold, dump_of, plain
from benchmarks.site_simulator import Part, SimulatedPage, SimulatedSite, simulated, standard_sites
from cleaner import Options, Result, clean
from cleaner.sites import templates_of

RULE = "navigation/site-template"
TURNS = 7  # of each command when its cost is measured


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
        ahead = next(
            (n for n in range(at, min(at + 60, len(blocks))) if text[blocks[n].start : blocks[n].end].strip() == part.text), None
        )
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
        score += (
            Score(1, taken)
            if part.label == "site"
            else Score(0, 0, len(part.text), len(part.text) * taken)
            if part.label == "article"
            else Score()
        )
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
            worst[kind].append(
                (
                    learned.found / learned.lines,
                    f"{site.language} {site.genre} lost {100 * learned.lost / learned.characters:.3f} %",
                )
            )
        totals["exact lines"] += exact_lines(site)
        if (score := c4_lines(site)) is not None:
            totals["C4 lines (datatrove)"] += score
    print(f"{len(sites)} simulated sites, {sum(len(site.pages) for site in sites)} pages")
    for name, score in totals.items():
        print(f"  {name:24} {score.shown}  of {score.lines} lines, {score.characters} characters")
    for kind, found in worst.items():
        print(f"  worst {kind}: " + "; ".join(f"{value:.3f} {name}" for value, name in sorted(found)[:3]))


def mirror_table(first: int, shown: Counter[str] | None) -> None:
    """Text dumps of Chinese sites as the mirror kit leaves them: converted, glossed, with broken bytes, a line of keywords on top and place names below."""
    import random

    from tests.mirror_model import converted, damaged, glosses

    places = [
        line.split("\t")[1]
        for line in (DATA / "places" / "divisions.tsv").read_text(encoding="utf-8").splitlines()[1:]
        if line.count("\t")
    ]
    table = glosses()[:160]
    chance = random.Random(first)
    total, uneven = Score(), 0
    for number in range(8):
        site = simulated(first + 500 + number, "zh", ("news", "manual")[number % 2])
        pages = []
        for page in site.pages:
            listed = "| ".join(chance.sample(places, 60)) + "|"
            # an article's paragraphs lose the "<" of their end tag where the bytes before it are damaged, as in the kit's pages
            lines = [
                damaged(converted(part.text + "</p>" * (part.label == "article")), table).removesuffix("</p>")
                for part in page.parts
            ]
            pages.append((page.url, "\n".join((*lines, listed))))
        with tempfile.TemporaryDirectory() as folder:
            options = with_templates(pages, folder)
            for (url, data), page in zip(pages, site.pages, strict=True):
                result = clean(data, url=url, options=options)
                if len(result.page.blocks) != len(page.parts) + 1:
                    uneven += 1
                    continue
                total += _by_number(result, page, shown)
    print(
        f"8 simulated mirror sites as text dumps\n  {'text':24} {total.shown}  of {total.lines} lines, {total.characters} characters; {uneven} pages whose lines could not be told apart"
    )


def _by_number(result: Result, page: SimulatedPage, shown: Counter[str] | None) -> Score:
    """As `score_of`, where lines are known by their number, because their text is damaged."""
    score = Score()
    spans = [edit for edit in result.removals if not edit.new]
    for block, part in zip(result.page.blocks, page.parts, strict=False):
        rule = next((edit.rule for edit in spans if edit.start <= block.start and edit.end >= block.end), "")
        if part.label == "site":
            score += Score(1, bool(rule))
            if not rule and shown is not None:
                shown[f"mirror, missed {part.zone}: {part.text}"] += 1
        elif part.label == "article":
            score += Score(0, 0, len(part.text), len(part.text) * (rule == RULE))
    return score


def real_table(shown: Counter[str] | None) -> None:
    """Hosts and domains of the development data with at least 5 pages. The site's lines are those that stand, letter for letter, on four fifths of the pages of
    the group or more and in no gold text; what must stay are the gold texts. Not held back: the thresholds for sites of few pages were raised after a look
    at these groups, and what counts as a site's line was changed from half of the pages to four fifths."""
    from cleaner.rules.site_address import address_of

    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in SETS:
        with gzip.open(DATA / "extraction" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                if row.get("gold") and (address := address_of(row["url"])):
                    groups[address.domain].append(row)
    print("real hosts: domains with at least 5 pages")
    totals: dict[str, Score] = defaultdict(Score)
    for domain, rows in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(rows) >= 5:
            for kind in ("html", "text"):
                score = _real_group(rows, kind, shown)
                totals[kind] += score
                print(
                    f"  {domain:24} {len(rows):3} pages  {kind}  {score.shown}  of {score.lines} lines, {score.characters} characters"
                )
    for kind, score in totals.items():
        print(f"  all, {kind:19} {score.shown}  of {score.lines} lines, {score.characters} characters")


def _real_group(rows: list[dict[str, Any]], kind: str, shown: Counter[str] | None) -> Score:
    markup = [
        base64.b64decode(row["html_b64"]).decode(row["encoding"] if row["encoding"] else "utf-8", "replace") for row in rows
    ]
    dumps = [dump_of(page) for page in markup]
    golds = [Gold(row["gold"]) for row in rows]
    on = Counter(line for lines in dumps for line in set(lines))
    repeated = {
        line
        for line, count in on.items()
        if count >= 0.8 * len(rows) and len(line) > 2 and not any(gold.has(line) for gold in golds)
    }
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        data = markup if kind == "html" else ["\n".join(lines) for lines in dumps]
        options = with_templates([(row["url"], page) for row, page in zip(rows, data, strict=True)], folder)
        for row, page, lines, gold in zip(rows, data, dumps, golds, strict=True):
            result = clean(
                page, url=row["url"], options=Options(kind="html" if kind == "html" else "text", templates=options.templates)
            )
            kept = set(result.text.split("\n"))
            for line in lines:
                if line in repeated:
                    score += Score(1, line not in kept)
                    if line in kept and shown is not None:
                        shown[f"real {kind}, missed: {line[:80]}"] += 1
            lost = _lost_lines(result, row["gold"], gold)
            score += Score(0, 0, len(row["gold"]), sum(map(len, lost)))
            if shown is not None:
                shown.update(f"real {kind}, LOST: {text[:80]}" for text in lost)
    return score


def _lost_lines(result: Result, text: str, gold: Gold) -> list[str]:
    """The lines that the templates took and a gold text has, without those that stand in the cleaned text as often as in the gold text: a product of the menu that the
    article names as well is there still."""
    wanted, left = Counter(map(plain, text.split("\n"))), Counter(map(plain, result.text.split("\n")))
    lost: list[str] = []
    for edit in result.removals:
        line = result.page.text[edit.start : edit.end]
        if edit.rule == RULE and gold.has(line) and left[plain(line)] < max(1, wanted[plain(line)]):
            left[plain(line)] += 1
            lost.append(line)
    return lost


def cost_pages(count: int, kind: str) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages: development pages dealt out to sites, 25 each, or simulated sites of 50."""
    if kind == "development":
        from benchmarks.batch import pages

        for number, (_, data) in enumerate(pages(count)):
            yield f"https://site{number % (count // 25)}.example/{number}", data
        return
    sites = (site for first in range(0, count, 1000) for site in standard_sites(first))
    for page in islice((page for site in sites for page in site.pages), count):
        yield page.url, page.html.encode()


def cost_table(count: int, kind: str) -> None:
    """CPU seconds of the commands on the same WARC, one worker; each several times in turn. The machine may be shared, and another load changes what a second is worth,
    so a command is compared with the `run` of the same turn, and the median of these ratios counts."""
    from benchmarks.batch import as_installed, record

    as_installed()

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with open(root / "crawl.warc", "wb") as file:
            for number, (url, data) in enumerate(cost_pages(count, kind)):
                file.write(record(number, url, data))
        crawl, templates = str(root / "crawl.warc"), str(root / "templates")
        commands = {
            "run": ["run", crawl, "-o", str(root / "run")],
            "run --learn-sites": ["run", crawl, "-o", str(root / "at-once"), "--learn-sites"],
            "learn": ["learn", crawl, "-o", templates],
            "run --templates": ["run", crawl, "-o", str(root / "after"), "--templates", templates],
        }
        taken: dict[str, list[float]] = defaultdict(list)
        for _ in range(TURNS):
            for name, words in commands.items():
                command = [sys.executable, "-m", "cleaner", *words, "--jobs", "1", "--quiet", "--force", "--page-timeout", "60"]
                taken[name].append(cpu_of(command))
        print(f"{count} {kind} pages, CPU seconds of all processes, {TURNS} turns")
        for name, seconds in taken.items():
            more = sorted(100 * (one / other - 1) for one, other in zip(seconds, taken["run"], strict=True))
            print(
                f"  {name:20} least {min(seconds):6.2f} s  {100 * (min(seconds) / min(taken['run']) - 1):+5.1f} % of the least run; "
                f"in turn {median(more):+5.1f} % ({more[0]:+.1f} to {more[-1]:+.1f})"
            )


def cpu_of(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = subprocess.run(command, check=False).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert code in (0, 1), f"{command}: exit code {code}"
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["all", "simulated", "mirror", "real", "cost"], default="all")
    parser.add_argument("--first", type=int, default=0, help="number of the first simulated site")
    parser.add_argument("--pages", type=int, default=1000, help="pages that cost is measured on")
    parser.add_argument("--kind", choices=["development", "simulated"], default="development", help="of these pages")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    shown: Counter[str] | None = Counter() if given.show else None
    if given.what in ("all", "simulated"):
        simulated_table(given.first, shown)
    if given.what in ("all", "mirror"):
        mirror_table(given.first, shown)
    if given.what in ("all", "real"):
        real_table(shown)
    if given.what == "cost":
        cost_table(given.pages, given.kind)
    for line, count in (shown or Counter()).most_common(120):
        print(f"    {count:4} {line}")


if __name__ == "__main__":
    main()
