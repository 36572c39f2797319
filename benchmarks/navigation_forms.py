"""Lines of sites by the form of the text: whole dumps, dumps cut around the article, dumps of mirror pages, clean texts.

    python -m benchmarks.navigation_forms           held-back half, trees trained on the other
    python -m benchmarks.navigation_forms --tune    the other half

A *dump* is as in benchmarks.navigation; *cut* is the same from a few lines above the first line of the gold text to a few below the last, as extraction
leaves it; *mirror* are the dumps of Chinese pages as the mirror kit would give them, in traditional characters with glosses; *clean* is the gold text alone.
A line's label is that of benchmarks.train.navigation: the article's, the site's, or neither; a title counts as the article's. *Recall* is
over all lines of the site, also teasers, comments and names, most of which no rule asks about; *names* is over the short ones without a sentence's end.
Beside precision stand the pages that hold half of the false lines: lists, shops and price tables, whose short lines are what they are about.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.navigation import Row, rows
from benchmarks.train.navigation import AROUND, ARTICLE, SITE, TITLE, Labels, labels_of
from cleaner import Options, clean
from cleaner.rules.navigation_features import ends_sentence
from cleaner.rules.navigation_trees import load, use
from tests.mirror_model import converted, glossed, glosses

TRAIN = Path(__file__).parent / "train"
FORMS = ("dump", "cut", "mirror", "clean")
OPTIONS = Options(kind="text")
SHORT = 80  # characters of a line that counts as a name or headline


class Sample(NamedTuple):
    form: str
    lines: Sequence[str]
    labels: Labels


class Score(NamedTuple):
    """Counts of one form and group."""

    counts: Counter[str]
    false_pages: Counter[str]


def samples_of(row: Row, chance: random.Random) -> Iterator[Sample]:
    labels = labels_of(row)
    yield Sample("dump", row.lines, labels)
    places = np.flatnonzero(labels == ARTICLE)
    if len(places):
        start = max(0, int(places[0]) - chance.choice(AROUND))
        end = int(places[-1]) + 1 + chance.choice(AROUND)
        yield Sample("cut", row.lines[start:end], labels[start:end])
    if row.group == "zh":
        table = glosses()
        yield Sample("mirror", [glossed(converted(line), table) for line in row.lines], labels)
    gold = [line for line in row.gold.split("\n") if line.strip()]
    yield Sample("clean", gold, np.full(len(gold), ARTICLE))


def taken_of(lines: Sequence[str]) -> list[bool] | None:
    """For each line whether navigation/* takes it; None where repair changed the number of lines."""
    result = clean("\n".join(lines), options=OPTIONS)
    gone = {edit.start for edit in result.removals if edit.rule.startswith("navigation/")}
    taken: list[bool] = []
    position = 0
    for line in result.page.text.split("\n"):
        taken.append(any(place in gone for place in {position, position + len(line) - len(line.lstrip())}))
        position += len(line) + 1
    return taken if len(taken) == len(lines) else None


def score(sample: Sample, taken: Sequence[bool], page: str, into: Score) -> None:
    counts = into.counts
    for line, label, gone in zip(sample.lines, sample.labels.tolist(), taken, strict=True):
        if label == SITE:
            name = len(line) <= SHORT and not ends_sentence(line)
            counts.update({"site": 1, "found": gone, "names": name, "names found": name and gone})
        elif label in (ARTICLE, TITLE):
            counts.update({"characters": len(line), "lost": len(line) * gone, "false": gone})
            into.false_pages[page] += gone


def show(name: str, found: Score) -> None:
    counts, taken = found.counts, found.counts["found"] + found.counts["false"]
    half, pages = 0, 0
    for _, false in found.false_pages.most_common():
        if half * 2 >= counts["false"]:
            break
        half, pages = half + false, pages + 1
    print(
        f"  {name:<14} P {counts['found'] / max(taken, 1):.4f} ({counts['false']} false, half of them on {pages} pages)"
        f"  R {counts['found'] / max(counts['site'], 1):.3f}  names {counts['names found'] / max(counts['names'], 1):.3f}"
        f" of {counts['names']}  lost {100 * counts['lost'] / max(counts['characters'], 1):.3f} % of the article's characters"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tune", action="store_true", help="the half that the lists were grown on")
    given = parser.parse_args()
    use(load(TRAIN / f"navigation-{int(given.tune)}.npz"))
    chance = random.Random(7)
    scores: dict[tuple[str, str], Score] = {}
    for row in rows(held=not given.tune):
        if not row.whole or not row.lines:
            continue
        for sample in samples_of(row, chance):
            if (taken := taken_of(sample.lines)) is not None:
                for group in ("all", row.group):
                    score(sample, taken, row.id, scores.setdefault((sample.form, group), Score(Counter(), Counter())))
    for form in FORMS:
        for group in ("all", "en", "zh", "de", "other"):
            if (form, group) in scores:
                show(f"{form} {group}", scores[form, group])


if __name__ == "__main__":
    main()
