"""Which blocks are comments: those in containers whose class or id says so, when these are not most of the page."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from cleaner.page import Structure

__all__ = ["comment_blocks"]

MOST = 0.6  # of the page's tokens; containers that hold more are the page ("comments-page", "has-comments")
_COMMENT = re.compile(
    r"(?:class|id)\s*+=\s*+[\"']?[^\"'>]*?(?:comment(?!ary|ator)|disqus|respond\b|replies|pinglun)", re.IGNORECASE
)


def comment_blocks(structure: Structure, tokens: NDArray[np.float64]) -> NDArray[np.bool_]:
    """One truth value a block."""
    found = np.zeros(len(tokens), dtype=bool)
    sums = np.concatenate(((0.0,), np.cumsum(tokens)))
    for number in structure.opened:
        first, last = structure.firsts[number], structure.lasts[number]
        written = structure.attributes[number]
        if (
            first < last
            and written
            and not found[first]
            and sums[last] - sums[first] <= MOST * sums[-1]
            and _COMMENT.search(written[:300])
        ):
            found[first:last] = True
    return found
