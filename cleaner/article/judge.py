"""A page judged: the kind it is of, and how likely each block belongs to the text.

The extension `_judge` does it in one call where it was built; else, and with ``CLEANER_PURE=1`` in the environment, the modules around this one do
the same with numpy. They agree but for the last bits of logarithms (tests/article/test_twins.py).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.choice import chosen, demoted, smoothed
from cleaner.article.containers import contained
from cleaner.article.context import all_features
from cleaner.article.extension import extension
from cleaner.article.features import BLOCK_FEATURES, measured
from cleaner.article.kinds import evidence_numbers, kind_chances, softened
from cleaner.article.measure import leaves_of
from cleaner.article.model import Model
from cleaner.page import Block, Page, Role, Structure, blocks_of

__all__ = ["Decided", "Judged", "Rows", "decided", "decided_in_c", "decided_in_python", "judged_in_python", "relabelled"]

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

_ROW, _TITLE = BLOCK_FEATURES.index("row"), BLOCK_FEATURES.index("is title")


class Rows(NamedTuple):
    """The rows of a page (chains of containers that hold the same blocks): first block and block after the last; known words and whose they are;
    and which rows are named as the text of an article or of a post, the outermost of those inside each other."""

    firsts: Integers
    lasts: Integers
    owners: Integers
    words: Integers
    named: Integers
    posts: Integers


class Judged(NamedTuple):
    """What is decided on: one entry a block, or a kind in `chances`; `before` are the tokens before each block, and in all."""

    probabilities: Doubles
    chances: Doubles
    tokens: Doubles
    before: Doubles
    groups: Integers
    table_rows: NDArray[np.bool_]  # whether it is one
    tree: Rows
    title: int  # the block that is most like the page's title; -1 where none is


class Decided(NamedTuple):
    """Of each block its score, whether it is kept, its tokens; the expected F1; the chances of the kinds of page."""

    scores: Doubles
    kept: NDArray[np.bool_]
    confidence: float
    chances: Doubles
    tokens: Doubles


def decided(page: Page, structure: Structure, weights: Model) -> Decided:
    """Judge a page that has blocks, and choose among them."""
    return decided_in_c(page, structure, weights)[0] if extension else decided_in_python(page, structure, weights)[0]


def decided_in_c(
    page: Page, structure: Structure, weights: Model, details: bool = False
) -> tuple[Decided, Judged | None, NDArray[np.float32] | None]:
    """What the extension says; with `details`, what it saw on the way and all features, one a row."""
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
    found = extension.judged(weights.table, page.text, page.blocks, arrays, *head, evidence, details)
    scores, kept, confidence, chances, tokens, more = found
    found = Decided(
        np.frombuffer(scores), np.frombuffer(kept, dtype=np.bool_), confidence, np.frombuffer(chances), np.frombuffer(tokens)
    )
    if more is None:
        return found, None, None
    groups, *rows = (np.frombuffer(data, dtype=np.int64) for data in more[2:9])
    seen = Judged(
        np.frombuffer(more[0]),
        found.chances,
        found.tokens,
        np.frombuffer(more[1]),
        groups,
        np.frombuffer(more[9], dtype=np.bool_),
        Rows(*rows),
        more[11],
    )
    return found, seen, np.frombuffer(more[10], dtype=np.float32).reshape(-1, len(groups))


def decided_in_python(page: Page, structure: Structure, weights: Model) -> tuple[Decided, Judged, NDArray[np.float32]]:
    """What the extension does, with numpy: what is decided, what was seen on the way, all features."""
    judged, features = judged_in_python(page, structure, weights)
    scores = softened(demoted(judged, weights.factors), judged.chances)
    scores = contained(smoothed(scores, judged), judged)
    return Decided(scores, *chosen(scores, judged.tokens), judged.chances, judged.tokens), judged, features


def judged_in_python(page: Page, structure: Structure, weights: Model) -> tuple[Judged, NDArray[np.float32]]:
    """The kind of page and the probability of each block; and all features, one a row."""
    found = measured(page, structure, weights.attribute_words, weights.text_words)
    chances = kind_chances(weights.kinds, found, structure.evidence, page.url)
    features = all_features(found, weights.values, chances)
    odds = leaves_of(weights.forest, features)
    probabilities = np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
    tree = found.tree
    rows = Rows(tree.firsts, tree.lasts, tree.owners, tree.words, tree.named, tree.posts)
    table_rows, titles = found.blocks[_ROW] > 0, np.flatnonzero(found.blocks[_TITLE] > 0)
    title = int(titles[0]) if len(titles) else -1
    return Judged(probabilities, chances, found.tokens, found.sums[0], found.groups, table_rows, rows, title), features


def relabelled(blocks: tuple[Block, ...], roles: list[Role], scores: Doubles) -> tuple[Block, ...]:
    """The blocks with other roles and scores."""
    if extension:
        made: tuple[Block, ...] = extension.relabelled(blocks, roles, scores)
        return made
    starts, ends, tags, paths, links, _, hidden, _ = zip(*blocks, strict=True)
    return blocks_of(zip(starts, ends, tags, paths, links, roles, hidden, scores.tolist(), strict=True))
