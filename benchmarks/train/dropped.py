"""Copies of the pages that are learned from, with some of their containers left out.

The idea: the trees see a few hundred sites, and learn by heart what stands beside the article on each of them. A page without its sidebar, or with half of its
article, is as likely a page, and where a block stands on it is different. Only containers that are all article or none of it are left out.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.page import Block, Page

__all__ = ["copies_of", "without_blocks"]

COPIES = 2  # of a page; 4: nothing more
LEAST, MOST = 0.1, 0.4  # share of the blocks that go, drawn for each copy; .7: forums - .010
OUTSIDE, INSIDE = 0.05, 0.5  # share of a container's text in the gold under which it is no part of the article, over which it is one
PIECE = 0.2  # share of the blocks of the page that a part of the article may have to go
FEWEST = 6  # blocks of a page that is copied

Example = dict[str, Any]
Mask = NDArray[np.bool_]
GAP = "\n\n"


def copies_of(example: Example, generator: np.random.Generator) -> Iterator[Example]:
    """Copies of a page whose gold text is known, each with its own choice of containers; measured anew, with the chances of the page."""
    if "shared" not in example or len(example["tokens"]) < FEWEST:
        return
    for _ in range(COPIES):
        kept = _without_some(example, generator)
        if not kept.all() and kept.sum() >= FEWEST // 2 and example["shared"][kept].sum() >= 1:
            yield {
                "set": example["set"],
                "key": example["key"],
                "kind": example["kind"],
                "page": without_blocks(example["page"], kept),
                "tokens": example["tokens"][kept],
                "shared": example["shared"][kept],
                "wanted": max(example["wanted"] - example["shared"][~kept].sum(), 1),
            }


def _without_some(example: Example, generator: np.random.Generator) -> Mask:
    """Which blocks stay: containers go in random order until enough blocks have gone."""
    tree = example["features"].tree
    tokens, shared = (np.concatenate(((0,), np.cumsum(example[name]))) for name in ("tokens", "shared"))
    count = len(example["tokens"])
    kept = np.ones(count, dtype=bool)
    goal = generator.uniform(LEAST, MOST) * count
    for row in generator.permutation(np.arange(1, len(tree.firsts))):
        first, last = tree.firsts[row], tree.lasts[row]
        share = (shared[last] - shared[first]) / max(tokens[last] - tokens[first], 1)
        size = last - first
        if size <= MOST * count and (share < OUTSIDE or (share > INSIDE and size < PIECE * count)):
            kept[first:last] = False
        if count - kept.sum() >= goal:
            break
    return kept


def without_blocks(page: Page, kept: Mask) -> Page:
    """A page as it would be without some of its blocks, and without the containers that hold nothing then."""
    structure = page.structure
    if structure is None:
        raise ValueError("the page has lost its containers; copy it before the article stage")
    before = np.concatenate(((0,), np.cumsum(kept)))
    firsts, lasts = before[np.asarray(structure.firsts)], before[np.asarray(structure.lasts)]
    filled = firsts < lasts
    filled[0] = True
    containers = np.flatnonzero(filled)
    numbers = np.cumsum(filled) - 1
    texts, blocks, start = [], [], 0
    for number in np.flatnonzero(kept):
        block = page.blocks[number]
        text = page.text[block.start : block.end]
        texts.append(text)
        blocks.append(Block(*block)._replace(start=start, end=start + len(text), path=int(numbers[block.path])))
        start += len(text) + len(GAP)
    smaller = replace(
        structure,
        parents=array("q", numbers[np.asarray(structure.parents)[containers]].tolist()),
        firsts=array("q", firsts[containers].tolist()),
        lasts=array("q", lasts[containers].tolist()),
        tags=[structure.tags[number] for number in containers],
        attributes=[structure.attributes[number] for number in containers],
        link_counts=array("q", np.asarray(structure.link_counts)[kept].tolist()),
        hidden=[how for how, keep in zip(structure.hidden, kept, strict=True) if keep],
    )
    return replace(page, text=GAP.join(texts), blocks=tuple(blocks), structure=smaller)
