"""A page judged: the kind it is of, and how likely each block belongs to the text.

The extension `_judge` does it in one call where it was built; else, and with ``CLEANER_PURE=1`` in the environment, the modules around this one do
the same with numpy. They agree but for the last bits of logarithms (tests/article/test_twins.py).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.context import all_features
from cleaner.article.extension import extension
from cleaner.article.features import BLOCK_FEATURES, measured
from cleaner.article.kinds import evidence_numbers, kind_chances
from cleaner.article.measure import leaves_of
from cleaner.article.model import Model
from cleaner.page import Page, Structure

__all__ = ["Judged", "Rows", "judged", "judged_in_c", "judged_in_python"]

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

_ROW = BLOCK_FEATURES.index("row")


class Rows(NamedTuple):
    """The rows of a page (chains of containers that hold the same blocks): first block and block after the last; known words and whose they are."""

    firsts: Integers
    lasts: Integers
    owners: Integers
    words: Integers


class Judged(NamedTuple):
    """What is decided on: one entry a block, or a kind in `chances`; `before` are the tokens before each block, and in all."""

    probabilities: Doubles
    chances: Doubles
    tokens: Doubles
    before: Doubles
    groups: Integers
    table_rows: NDArray[np.bool_]  # whether it is one
    tree: Rows


def judged(page: Page, structure: Structure, weights: Model) -> Judged:
    """Judge a page that has blocks."""
    return judged_in_c(page, structure, weights)[0] if extension else judged_in_python(page, structure, weights)[0]


def judged_in_c(page: Page, structure: Structure, weights: Model, matrix: bool = False) -> tuple[Judged, NDArray[np.float32] | None]:
    """What the extension says; with `matrix`, all features too, one a row."""
    arrays = (
        structure.parents,
        structure.firsts,
        structure.lasts,
        structure.tags,
        structure.attributes,
        structure.link_counts,
        structure.hidden,
    )
    evidence = evidence_numbers(weights.kinds, structure.evidence, page.url)
    head = structure.title, structure.description, structure.body
    found = extension.judged(weights.table, page.text, page.blocks, arrays, *head, evidence, matrix)
    probabilities, chances, before = (np.frombuffer(data) for data in found[:3])
    groups, *rows = (np.frombuffer(data, dtype=np.int64) for data in found[3:8])
    table_rows = np.frombuffer(found[8], dtype=np.bool_)
    features = np.frombuffer(found[9], dtype=np.float32).reshape(-1, len(groups)) if matrix else None
    return Judged(probabilities, chances, np.diff(before), before, groups, table_rows, Rows(*rows)), features


def judged_in_python(page: Page, structure: Structure, weights: Model) -> tuple[Judged, NDArray[np.float32]]:
    """What the extension does, with numpy; and all features, one a row."""
    found = measured(page, structure, weights.attribute_words, weights.text_words)
    chances = kind_chances(weights.kinds, found, structure.evidence, page.url)
    features = all_features(found, weights.values, chances)
    odds = leaves_of(weights.forest, features)
    probabilities = np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
    rows = Rows(found.tree.firsts, found.tree.lasts, found.tree.owners, found.tree.words)
    table_rows = found.blocks[_ROW] > 0
    return Judged(probabilities, chances, found.tokens, found.sums[0], found.groups, table_rows, rows), features
