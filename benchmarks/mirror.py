"""How well the mirror kit's damage is undone, beside ftfy and a blind regular expression.

`python -m benchmarks.mirror [--tuned]` damages the clean Chinese gold texts of the development data with the forward model (tests/mirror_model.py) and prints,
for the half that nothing was tuned on: damaged lines restored exactly, character errors left, undamaged lines changed, clean lines changed, and what it costs.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks.data import data_file
from benchmarks.split import held_back, key_of
from cleaner.options import Options
from cleaner.page import Kind
from cleaner.repair import repaired
from tests.mirror_model import STOPS, Entry, converted, damaged, glossed, glosses

EXTRACTION = ("magichtml-article", "magichtml-forum", "zh-wced")
MIN_HAN = 5  # shorter lines say nothing
ROUNDS = 20  # of timing
PAGE = 10_000
LINES = 40  # lines of a made page
BLIND = re.compile(r"\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")
_HAN = re.compile("[\u4e00-\u9fff]")


class Text(NamedTuple):
    """A clean Chinese text of the development data."""

    key: str
    lines: tuple[str, ...]
    traditional: bool


class Score(NamedTuple):
    """What came of a set of damaged pages."""

    pages: int = 0
    damaged: int = 0  # lines
    exact: int = 0
    errors_before: int = 0
    errors_after: int = 0
    undamaged: int = 0
    wrong: int = 0  # undamaged lines that came out wrong
    glosses: int = 0
    glosses_left: int = 0
    seconds: float = 0.0

    def plus(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(data_file(name), "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def texts() -> Iterator[Text]:
    """The Chinese gold texts, with the key by which they are split."""
    for name in EXTRACTION:
        for row in rows(f"extraction/{name}.jsonl.gz"):
            if row["lang"] == "zh":
                yield from _text(key_of(row), row["gold"])
    for row in rows("encoding/cases.jsonl.gz"):
        if row["lang"].startswith("zh"):
            yield from _text(key_of(row), row["text"])


def _text(key: str, text: str) -> Iterator[Text]:
    lines = tuple(clean for line in text.splitlines() if len(_HAN.findall(clean := _in_gbk(line.strip()))) >= MIN_HAN)
    if lines:
        joined = "".join(lines)
        yield Text(
            key,
            lines,
            sum(map(joined.count, "這個們來說會過國時對學發後還")) > sum(map(joined.count, "这个们来说会过国时对学发后还")),
        )


def _in_gbk(text: str) -> str:
    return text.encode("gbk", "ignore").decode("gbk")


def pages(half: bool) -> Iterator[tuple[str, ...]]:
    """The lines of made pages: texts of one half in simplified script, short ones put together."""
    seen: set[str] = set()
    page: list[str] = []
    for text in texts():
        if text.traditional or held_back(text.key) != half:
            continue
        page += [line for line in text.lines if line not in seen and "<" not in line]
        seen.update(text.lines)
        while len(page) >= LINES:
            yield tuple(page[:LINES])
            del page[:LINES]
    if page:
        yield tuple(page)


def distance(first: str, second: str) -> int:
    """Characters to put in, take out or replace."""
    while first and second and first[0] == second[0]:
        first, second = first[1:], second[1:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        left = i
        above = row[0]
        row[0] = i
        for j, b in enumerate(second, 1):
            left = min(left + 1, row[j] + 1, above + (a != b))
            above, row[j] = row[j], left
    return row[-1]


Repairer = Callable[[str, Kind], str]


def ours(text: str, kind: Kind) -> str:
    return repaired(text, kind=kind, options=Options()).text


def ftfy_repair(text: str, kind: Kind) -> str:
    import ftfy

    return ftfy.fix_text(text)


def blind(text: str, kind: Kind) -> str:
    return BLIND.sub("", text)


class Page(NamedTuple):
    """A damaged page: its text, the lines it had, the lines as they show the damage."""

    text: str
    originals: tuple[str, ...]
    shown: tuple[str, ...]


def page_of(
    lines: tuple[str, ...], table: tuple[Entry, ...], kind: Kind, stops: tuple[str, ...] = STOPS, fold: bool = False
) -> Page:
    """Lines as the kit leaves them: the HTML source, or the text that a scraper took from it."""
    originals = tuple(converted(line) for line in lines)
    source = damaged("".join(f"<p>{line}</p>\n" for line in originals), table, stops=stops)
    if kind == "text":
        source = "".join(line.removeprefix("<p>").removesuffix("</p>") + "\n" for line in source.split("\n")[:-1])
        if fold:
            widths = {ord(a): b for a, b in zip("，！？；：（）", ",!?;:()", strict=True)}
            source = source.translate(widths)
            originals = tuple(line.translate(widths) for line in originals)
    return Page(source, originals, tuple(source.split("\n")[:-1]))


def score_of(
    page: Page, table: tuple[Entry, ...], kind: Kind, repairer: Repairer, report: Callable[[str, str, str], None] | None = None
) -> Score:
    start = time.process_time()
    repaired_text = repairer(page.text, kind)
    seconds = time.process_time() - start
    after = repaired_text.split("\n")[:-1]
    score = Score(pages=1, seconds=seconds)
    if len(after) != len(page.originals):
        after += [""] * (len(page.originals) - len(after))
    for original, shown, line in zip(page.originals, page.shown, after, strict=False):
        wanted = f"<p>{original}</p>" if kind == "html" else original
        harmless = f"<p>{glossed(original, table)}</p>" if kind == "html" else glossed(original, table)
        count = len(BLIND.findall(shown))
        left = len(BLIND.findall(line))
        if shown == harmless:
            wrong = line != wanted
            score = score.plus(Score(undamaged=1, wrong=wrong, glosses=count, glosses_left=left))
        else:
            wrong = line != wanted
            before = distance(BLIND.sub("", shown), wanted)
            score = score.plus(Score(0, 1, not wrong, before, distance(line, wanted) if wrong else 0, 0, 0, count, left))
        if wrong and report:
            report(shown, line, wanted)
    return score


def main() -> None:
    half = "--tuned" not in sys.argv
    table = glosses()
    made = list(pages(half))
    print(f"{len(made)} pages, {sum(map(len, made))} lines, {'held back' if half else 'tuned on'}")
    for kind, stops, fold in (("html", STOPS, False), ("text", STOPS, False), ("text", STOPS, True)):
        for name, repairer in (("cleaner", ours), ("ftfy", ftfy_repair), ("blind", blind)):
            total = Score()
            for lines in made:
                total = total.plus(score_of(page_of(lines, table, kind, stops, fold), table, kind, repairer))
            print(
                f"{kind:5}{'folded' if fold else '':7}{name:8} damaged {total.damaged} exact {total.exact / total.damaged:.3f}"
                f" errors {total.errors_before} -> {total.errors_after} ({1 - total.errors_after / total.errors_before:+.3f})"
                f" undamaged {total.undamaged} wrong {total.wrong} glosses {total.glosses} left {total.glosses_left} {total.seconds / total.pages * 1e3:.1f} ms a page"
            )
    report_clean(half)


def report_clean(half: bool) -> None:
    """Lines that nobody damaged, alone and as part of an infected page, and what a clean page pays."""
    lines = [line for text in texts() if held_back(text.key) == half for line in text.lines]
    alone = sum(1 for line in lines if repaired(line, kind="text", options=Options()).edits)
    originals = [converted(line) for line in lines]
    infected = "鄉(xiāng)村發(fā)展，產(chǎn)業(yè)發(fā)展的基礎(chǔ)。\n" + "\n".join(originals)
    after = repaired(infected, kind="text", options=Options()).text.split("\n")[1:]
    beside = sum(1 for a, b in zip(originals, after, strict=True) if a != b)
    print(f"clean lines {len(lines)}: changed alone {alone}, on an infected page {beside}")
    text = "\n".join(originals)
    costs = sorted(cost_of(text[at : at + PAGE]) for at in range(0, len(text) - PAGE, PAGE))
    print(
        f"{len(costs)} clean pages of {PAGE} characters: median {costs[len(costs) // 2]:.0f} µs, 90 % below {costs[len(costs) * 9 // 10]:.0f} µs"
    )


def cost_of(page: str) -> float:
    """What a page pays for all repairs, in µs."""
    start = time.process_time()
    for _ in range(ROUNDS):
        repaired(page, kind="html", options=Options())
    return (time.process_time() - start) / ROUNDS * 1e6


if __name__ == "__main__":
    main()
