"""Trains the trees that judge lines of text dumps (cleaner/rules/navigation_trees.py) on the development data.

    python -m benchmarks.train.navigation folds     two files beside this one, each trained on one half by benchmarks/split.py
    python -m benchmarks.train.navigation final     cleaner/lists/navigation/trees.npz, trained on all development pages

A line counts as the article's when it is a line of the gold text, or at least HELD of its tokens stand in the longest common subsequence of dump and gold
text; as the site's when hardly any do; else it is left out, as are copies of a gold line elsewhere on the page (a heading in a table of contents).
The page's own title counts as the article's. Each page comes as a whole dump, twice cut to its gold text with a few lines around it (as texts that somebody
extracted before), and as its gold text alone. Only lines that the rules would ask about are learned from. Deterministic on one machine.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from lxml import html
from numpy.typing import NDArray

from benchmarks.metrics import tokens_of
from benchmarks.navigation import Gold, Row, plain, rows
from cleaner.rules.navigation_context import Line, decided
from cleaner.rules.navigation_features import NAMES, matrix
from cleaner.rules.navigation_learned import asked, enough
from cleaner.rules.navigation_lines import LONGEST, hit_of
from cleaner.rules.navigation_phrases import phrases

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "cleaner" / "lists" / "navigation" / "trees.npz"
ARTICLE, SITE, UNKNOWN, TITLE = 0, 1, -1, 2
HELD, FREE = 0.8, 0.34  # shares of a line's tokens in the gold text from which it is the article's, up to which it is the site's
FEW, MANY = 3, 8  # tokens up to which a partial share says nothing, from which it says enough
AROUND = (0, 1, 2, 4, 8, 15)  # lines kept around the gold text of a cut dump
WEIGHTS = {"en": 1.0, "de": 4.0, "zh": 4.0, "other": 4.0}  # the development data are nine tenths English
TITLE_WEIGHT = 3.0
LINES_A_PAGE = 60  # from which a page's lines share their weight, so that a page of a thousand lines is no ten pages
DEPTH = 4
SETTINGS = {
    "objective": "binary", "max_depth": DEPTH, "num_leaves": 2**DEPTH, "learning_rate": 0.1, "min_data_in_leaf": 100, "lambda_l2": 5.0,
    "feature_fraction": 0.5, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
}  # fmt: skip
TREES = 200  # 120 trees of depth 4: recall .675; 300 of 31 leaves, which are no table any more: .726

Labels = NDArray[np.int64]


class Example(NamedTuple):
    values: NDArray[np.float32]
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]


def titles_of(markup: str) -> set[str]:
    """What a page calls itself: its headings of the first level and the parts of its title."""
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup))
    except (ValueError, html.etree.ParserError):
        return set()
    found = {plain("".join(node.itertext())) for node in root.iter("h1", "title")}
    for node in root.iter("title"):
        parts = re.split(r" [|\-–—:»·] |_|\||-", " ".join("".join(node.itertext()).split()))
        found |= {plain(part) for part in parts if len(plain(part)) >= (15 if part.isascii() else 6)}
    found |= {plain(str(value)) for value in root.xpath("//meta[@property='og:title']/@content")}
    return found - {""}


def shares_of(lines: Sequence[str], gold: str) -> tuple[NDArray[np.float64], list[int]]:
    """The share of each line's tokens in the longest common subsequence with the gold text, and how many tokens it has."""
    from rapidfuzz.distance import LCSseq

    tokens = [tokens_of(line) for line in lines]
    counts = [len(line) for line in tokens]
    owners = np.repeat(np.arange(len(lines)), counts)
    shared = np.zeros(len(lines))
    for step in LCSseq.opcodes([token for line in tokens for token in line], tokens_of(gold)):
        if step.tag == "equal":
            np.add.at(shared, owners[step.src_start : step.src_end], 1)
    return shared / np.maximum(counts, 1), counts


def labels_of(row: Row) -> Labels:
    """ARTICLE, SITE, TITLE or UNKNOWN for each line of a dump."""
    gold, titles = Gold(row.gold), titles_of(row.markup)
    shares, counts = shares_of(row.lines, row.gold)
    labels = np.full(len(row.lines), UNKNOWN)
    doubtful: list[int] = []
    for i, (line, share, count) in enumerate(zip(row.lines, shares.tolist(), counts, strict=True)):
        wanted = plain(line)
        if not wanted:
            continue
        if gold.has(line):
            labels[i] = ARTICLE if share >= 0.5 or count >= MANY else UNKNOWN
        elif wanted in titles:
            labels[i] = TITLE
        elif share <= FREE or (count <= FEW and share < 1):
            labels[i] = SITE
        elif share >= HELD and count >= MANY:
            labels[i] = ARTICLE
        else:
            doubtful.append(i)
    for i in doubtful:
        near = [label for label in labels[max(0, i - 3) : i + 4].tolist() if label in (ARTICLE, SITE)]
        if near and ARTICLE not in near:
            labels[i] = SITE
    return labels


def example_of(lines: Sequence[str], labels: Labels, group: str) -> Example | None:
    """The lines that the rules would ask about."""
    known = phrases()
    hits = [hit_of(line, known) if len(line) <= LONGEST else None for line in lines]
    if not lines or not enough(lines, hits):
        return None
    verdicts = decided([Line(*line) for line in zip(lines, hits, strict=True)])
    chosen = np.array([v is None and asked(line) for line, v in zip(lines, verdicts, strict=True)]) & (labels != UNKNOWN)
    count = int(chosen.sum())
    if not count:
        return None
    weights = np.full(count, WEIGHTS[group] * min(1.0, LINES_A_PAGE / count) ** 0.5)
    weights[labels[chosen] == TITLE] *= TITLE_WEIGHT
    return Example(matrix(lines, hits)[chosen], (labels[chosen] == SITE).astype(float), weights)


def examples_of(row: Row, chance: random.Random) -> Iterator[Example | None]:
    """A page as a dump, cut twice around its gold text, and as its gold text."""
    labels = labels_of(row)
    yield example_of(row.lines, labels, row.group)
    places = np.flatnonzero(labels == ARTICLE)
    for _ in range(2 if len(places) else 0):
        start = max(0, int(places[0]) - chance.choice(AROUND))
        end = int(places[-1]) + 1 + chance.choice(AROUND)
        yield example_of(row.lines[start:end], labels[start:end], row.group)
    gold = [line for line in row.gold.split("\n") if line.strip()]
    yield example_of(gold, np.full(len(gold), ARTICLE), row.group)


def trained(examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The table of `navigation_trees.load`."""
    import lightgbm

    values, labels, weights = (np.concatenate(part) for part in zip(*examples, strict=True))
    model = lightgbm.train(dict(SETTINGS), lightgbm.Dataset(values, labels, weight=weights), TREES)
    columns = np.zeros((TREES, 2**DEPTH - 1), dtype=np.int16)
    thresholds = np.full((TREES, 2**DEPTH - 1), np.inf, dtype=np.float32)
    leaves = np.zeros((TREES, 2**DEPTH), dtype=np.float32)
    for number, tree in enumerate(model.dump_model()["tree_info"]):
        _fill(tree["tree_structure"], 0, (columns[number], thresholds[number], leaves[number]))
    return {"columns": columns, "thresholds": thresholds, "leaves": leaves, "names": np.array("\n".join(NAMES))}


def _fill(node: dict[str, Any], place: int, into: tuple[NDArray[Any], NDArray[Any], NDArray[Any]]) -> None:
    """Write a tree as a complete one: a leaf above the last level stands at the end of its left branch."""
    columns, thresholds, leaves = into
    if "leaf_value" in node:
        while place < len(columns):
            place = 2 * place + 1
        leaves[place - len(columns)] = node["leaf_value"]
        return
    columns[place], thresholds[place] = node["split_feature"], node["threshold"]
    _fill(node["left_child"], 2 * place + 1, into)
    _fill(node["right_child"], 2 * place + 2, into)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("folds", "final"))
    args = parser.parse_args()
    chance = random.Random(1)
    halves: list[list[Example]] = []
    for held in (False, True):
        pages = (row for row in rows(held) if row.whole and row.lines)
        halves.append([example for row in pages for example in examples_of(row, chance) if example])
    jobs = [(TARGET, [*halves[0], *halves[1]])]
    if args.what == "folds":
        jobs = [(HERE / f"navigation-{number}.npz", half) for number, half in enumerate(halves)]
    for path, chosen in jobs:
        note = f"trained by benchmarks/train/navigation.py on {sum(len(e.labels) for e in chosen)} lines of development pages; Apache-2.0"
        np.savez_compressed(path, provenance=np.array(note), **trained(chosen))
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
