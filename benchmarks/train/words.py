"""What words say of blocks: how much more often blocks with a word belong to the text, as log-odds over hosts.

Every host counts once for a word, with the share of the text near the word that is in the gold, so that no large site decides; few hosts count less
(ALPHA hosts of the mean are added). For the pages that the trees learn from, a host's own pages are left out of the sums, which would tell
the answer otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from cleaner.article.context import Values

__all__ = ["WordCounts", "counted"]

ALPHA = 3.0  # hosts
PRIOR = 0.35  # share of a page's text that is in the gold, about
FEWEST = 4  # hosts that are left when one is left out
EDGE = 0.02

Example = dict[str, Any]


class WordCounts:
    """Sums of shares and numbers of hosts, of four uses of words: near and around (attributes), first and heading (texts)."""

    def __init__(self, attributes: int, texts: int) -> None:
        self.shares = [np.zeros(attributes), np.zeros(attributes), np.zeros(texts), np.zeros(texts)]
        self.hosts = [np.zeros(len(shares)) for shares in self.shares]
        self.own: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}

    def add(self, key: str, weights: list[np.ndarray], right: list[np.ndarray]) -> None:
        """Count a host: the weight of the text at each word, and how much of it is right."""
        found = []
        for use in range(4):
            some = np.flatnonzero(weights[use] > 0)
            shares = right[use][some] / weights[use][some]
            self.shares[use][some] += shares
            self.hosts[use][some] += 1
            found.append((some, shares))
        self.own[key] = found

    def values(self, without: str | None = None) -> Values:
        """The values of all words; `without` a host."""
        columns = []
        for use in range(4):
            shares, hosts = self.shares[use], self.hosts[use]
            if without in self.own:
                shares, hosts = shares.copy(), hosts.copy()
                some, own = self.own[without][use]
                shares[some] -= own
                hosts[some] -= 1
            chance = np.clip((shares + ALPHA * PRIOR) / (hosts + ALPHA), EDGE, 1 - EDGE)
            odds = np.log(chance / (1 - chance)) - np.log(PRIOR / (1 - PRIOR))
            columns.append(np.append(np.where(hosts >= FEWEST, odds, 0), 0))
        return Values(np.stack(columns[:2], 1), np.stack(columns[2:], 1))


def counted(examples: list[Example], attributes: int, texts: int) -> WordCounts:
    """Count the words of all pages with gold text, host by host."""
    result = WordCounts(attributes, texts)
    hosts: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if "shared" in example:
            hosts[example["key"]].append(example)
    sizes = (attributes, attributes, texts, texts)
    for key, pages in hosts.items():
        weights, right = [np.zeros(size) for size in sizes], [np.zeros(size) for size in sizes]
        for example in pages:
            weight = np.sqrt(example["tokens"])
            share = np.clip(example["shared"] / np.maximum(example["tokens"], 1), 0, 1)
            for sums, value in ((weights, weight), (right, weight * share)):
                _add_page(sums, value, example["features"])
        result.add(key, weights, right)
    return result


def _add_page(sums: list[np.ndarray], weight: np.ndarray, features: Any) -> None:
    tree, rows = features.tree, features.rows
    count = len(tree.outer)
    parents = tree.outer[rows]
    near = np.bincount(rows, weight, count)
    near += np.bincount(parents[rows > 0], weight[rows > 0], count)
    third = parents > 0
    near += np.bincount(tree.outer[parents][third], weight[third], count)
    total = np.concatenate(((0,), np.cumsum(weight)))
    around = total[tree.lasts] - total[tree.firsts]
    for use, of_rows in ((0, near), (1, around)):
        sums[use] += np.bincount(tree.words, of_rows[tree.owners], len(sums[use]))
    numbers = np.arange(len(weight))
    headed = np.maximum.accumulate(np.where(features.headings > 0, numbers, -1))
    words = features.texts.words
    for use, found, heavy in ((2, words, weight), (3, words[headed[headed >= 0]], weight[headed >= 0])):
        known = found >= 0
        sums[use] += np.bincount(found[known], np.broadcast_to(heavy[:, None], found.shape)[known], len(sums[use]))
