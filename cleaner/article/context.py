"""What is known of a block beyond itself: what learned words say, its neighbours, its section, its containers, its page.

The words of classes and ids ("sidebar", "post") and the first words of blocks and headings ("Posted by", "Related") each have a value: how much
more often blocks with the word belong to the text than blocks without, as log-odds over the hosts of the development pages. Here the values of a
block's words are added up, over the three rows nearest to it and over all rows around it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.features import BLOCK_FEATURES, Features
from cleaner.article.measure import Elements, climbed

__all__ = ["CONTEXT_FEATURES", "PAGE_FEATURES", "Values", "all_features", "statistics"]

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

KINDS_COUNT = 7
STEPS = (-2, -1, 1, 2)  # neighbours whose measurements a block sees
WINDOWS = (3, 8)  # blocks on each side
SHARES = (0.5, 0.8)  # of the text that looks right, in the smallest container that holds as much
FAR = 50  # blocks since a heading; more says no more
_SEEN = [BLOCK_FEATURES.index(name) for name in ("tokens", "links", "stops", "link share", "begins upper", "begins lower")]
_LINK_SHARE, _GOOD = BLOCK_FEATURES.index("link share"), BLOCK_FEATURES.index("good")
SAID = (
    "own row",
    "near rows",
    "least near",
    "least around",
    "greatest around",
    "all around",
    "first words",
    "first word",
    "heading",
)
_NEAR, _LEAST, _FIRST = SAID.index("near rows"), SAID.index("least around"), SAID.index("first words")
CONTEXT_FEATURES: tuple[str, ...] = (
    *(f"said by {name}" for name in SAID),
    *(f"{name} at {step}" for step in STEPS for name in ("tokens", "links", "stops", "link share", "begins upper", "begins lower",
                                                         "near rows", "least around", "first words")),
    *(f"{name} within {width}" for width in WINDOWS for name in ("tokens", "link share", "good share", "least around", "near rows", "first words")),
    "blocks since heading", "section tokens", "section good", "section links", "section level", "sections before",
    *(f"{name} of {level}" for level in ("home", "parent", "third") for name in ("least around", "near rows")),
    *(f"{name} likely {share}" for share in SHARES for name in ("in", "before")),
)  # fmt: skip
# The whole page: its totals and the chances of its kinds. Means of the measurements over the page were no help (mix .901 either way): they let the
# trees know the pages they learned from.
PAGE_FEATURES = 6 + KINDS_COUNT


class Values(NamedTuple):
    """What words say. The last row of each is zero, for unknown words."""

    attributes: Doubles  # a word of attributes a row: for blocks in its row or the two below, for all blocks in it
    texts: Doubles  # a word of texts a row: at the beginning of a block, in the heading above


def all_features(features: Features, values: Values, chances: Doubles) -> Floats:
    """All measurements of a page, a feature a row: BLOCK_FEATURES, CONTEXT_FEATURES and those of the page, the same for each block."""
    blocks, tokens = features.blocks, features.tokens
    count = len(tokens)
    size = len(blocks)
    matrix = np.empty((size + len(CONTEXT_FEATURES) + PAGE_FEATURES, count), dtype=np.float32)
    matrix[:size] = blocks
    said = matrix[size : size + len(SAID)]
    headed = np.maximum.accumulate(np.where(features.headings > 0, np.arange(count), -1))
    _fill_said(said, features, values, headed)
    at = _fill_steps(matrix, size + len(SAID), np.concatenate((blocks[_SEEN], said[[_NEAR, _LEAST, _FIRST]])))
    links = np.minimum(blocks[_LINK_SHARE], 1) * tokens
    good = blocks[_GOOD] * tokens
    sums = np.zeros((6, count + 1))
    np.cumsum((tokens, links, good, said[_LEAST] * tokens, said[_NEAR] * tokens, said[_FIRST]), axis=1, out=sums[:, 1:])
    at = _fill_windows(matrix, at, sums)
    at = _fill_section(matrix, at, features.headings, headed, sums)
    at = _fill_containers(matrix, at, features, said, sums)
    matrix[at:] = np.concatenate((features.totals, np.log(chances + 1e-3)))[:, None]
    return matrix


def _fill_said(said: Floats, features: Features, values: Values, headed: Integers) -> None:
    """What the words of the rows around a block, of its beginning and of its heading say."""
    tree, rows = features.tree, features.rows
    near, around = _of_rows(tree, values)
    parents = tree.outer[rows]
    thirds = tree.outer[parents]
    nothing = len(tree.outer)
    parents = np.where(rows == 0, nothing, parents)
    thirds = np.where(parents % nothing == 0, nothing, thirds)
    said[0] = near[0, rows]
    said[1] = near[0, rows] + near[0, parents] + near[0, thirds]
    said[2] = np.minimum(np.minimum(near[1, rows], near[1, parents]), near[1, thirds])
    said[3:6] = around[rows].T
    words = features.texts.words
    first = values.texts[words]
    said[6] = first[:, :, 0].sum(axis=1)
    said[7] = first[:, 0, 0]
    heads = first[:, :, 1].sum(axis=1)
    said[8] = np.where(headed >= 0, heads[headed], 0)


def _of_rows(tree: Elements, values: Values) -> tuple[Doubles, Doubles]:
    """What a row's own words say (sum and least, a column a row and one of zeros), and those of it and all rows around it."""
    count = len(tree.outer)
    near = np.zeros((2, count + 1))
    own = np.zeros((count, 3))
    if len(tree.owners):
        worth = values.attributes[tree.words]
        begins = np.flatnonzero(np.diff(tree.owners, prepend=-1))
        some = tree.owners[begins]
        near[0] = np.bincount(tree.owners, weights=worth[:, 0], minlength=count + 1)
        near[1, some] = np.minimum.reduceat(worth[:, 0], begins)
        own[some, 0] = np.minimum(np.minimum.reduceat(worth[:, 1], begins), 0)
        own[some, 1] = np.maximum(np.maximum.reduceat(worth[:, 1], begins), 0)
        own[:, 2] = np.bincount(tree.owners, weights=worth[:, 1], minlength=count)
    return near, climbed(tree.outer, own)


def _fill_steps(matrix: Floats, at: int, seen: Floats) -> int:
    """Measurements of the blocks a few steps before and after, zero beyond the page."""
    size, count = seen.shape
    padded = np.zeros((size, count + 4), dtype=np.float32)
    padded[:, 2:-2] = seen
    for step in STEPS:
        matrix[at : at + size] = padded[:, 2 + step : 2 + step + count]
        at += size
    return at


def _fill_windows(matrix: Floats, at: int, sums: Doubles) -> int:
    """Means over the blocks on both sides."""
    count = sums.shape[1] - 1
    numbers = np.arange(count)
    for width in WINDOWS:
        low, high = np.maximum(numbers - width, 0), np.minimum(numbers + width + 1, count)
        inside = sums[:, high] - sums[:, low]
        matrix[at] = np.log1p(inside[0])
        matrix[at + 1 : at + 5] = inside[1:5] / np.maximum(inside[0], 1)
        matrix[at + 5] = inside[5] / (high - low)
        at += 6
    return at


def _fill_section(matrix: Floats, at: int, headings: Integers, headed: Integers, sums: Doubles) -> int:
    """The section a block is in: from the heading before it to the next."""
    count = len(headings)
    numbers = np.arange(count)
    is_heading = headings > 0
    after = np.append(np.where(is_heading, numbers, count), count)[::-1]
    end = np.minimum.accumulate(after)[::-1][1:]
    begin = np.maximum(headed, 0)
    inside = sums[:3, end] - sums[:3, begin]
    some = np.maximum(inside[0], 1)
    matrix[at] = np.minimum(numbers - headed, FAR)
    matrix[at + 1] = np.log1p(inside[0])
    matrix[at + 2] = inside[2] / some
    matrix[at + 3] = inside[1] / some
    matrix[at + 4] = headings[begin] * (headed >= 0)
    matrix[at + 5] = np.cumsum(is_heading) / max(is_heading.sum(), 1)
    return at + 6


def _fill_containers(matrix: Floats, at: int, features: Features, said: Floats, sums: Doubles) -> int:
    """What words say of all that is in the containers of a block, and which containers hold most of the text that looks right."""
    tree, rows, tokens = features.tree, features.rows, features.tokens
    inside = sums[:, tree.lasts] - sums[:, tree.firsts]
    means = inside[3:5] / np.maximum(inside[0], 1)
    parents = tree.outer[rows]
    for level in (rows, parents, tree.outer[parents]):
        matrix[at : at + 2] = means[:, level]
        at += 2
    odds = np.clip(said[_LEAST].astype(np.float64) + said[_NEAR], -30, 30)
    likely = np.zeros(len(tokens) + 1)
    np.cumsum(tokens / (1 + np.exp(-odds)) * (features.blocks[_LINK_SHARE] < 0.5), out=likely[1:])
    held, blocks = likely[tree.lasts] - likely[tree.firsts], tree.lasts - tree.firsts
    matrix[at : at + 2 * len(SHARES)] = 0
    for share in SHARES:
        sizes = np.where(held >= share * likely[-1], blocks, np.inf)
        best = len(sizes) - 1 - int(np.argmin(sizes[::-1]))
        matrix[at, tree.firsts[best] : tree.lasts[best]] = 1
        matrix[at + 1, : tree.firsts[best]] = 1
        at += 2
    return at


def statistics(features: Features) -> Doubles:
    """Means and spreads of the blocks' measurements over the page, plain and weighted by tokens, for the kind of page."""
    rows = features.blocks.astype(np.float64)
    weight = features.tokens / max(features.tokens.sum(), 1)
    return np.concatenate((rows.mean(axis=1), rows.std(axis=1), rows @ weight, features.totals))
