"""How likely a line of a text dump is the site's: small trees over the numbers of `navigation_features`, evaluated in numpy.

Lists know a menu's common words, not the names of a site's own sections, nor the headlines of its other articles. Beside known lines, far from prose, these are
recognised by their looks and their place; benchmarks/train/navigation.py learned how from the development pages. The table holds complete trees of one
depth, so that a page is judged in as many steps as a tree is deep, whatever it says.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.rules.navigation_features import NAMES

__all__ = ["TABLE", "Trees", "chances", "load", "shipped", "use"]

TABLE = "navigation/trees.npz"  # in cleaner/lists
ROWS = 4_096  # lines judged at once, so that memory does not grow with the page


class Trees(NamedTuple):
    """Complete binary trees: by tree and node the column and the threshold (greater goes right), by tree and leaf the value."""

    columns: NDArray[np.int16]
    thresholds: NDArray[np.float32]
    leaves: NDArray[np.float32]


_used: list[Trees] = []


def load(path: Path | None = None) -> Trees:
    """The shipped table, or one beside the training script."""
    with np.load(path or Path(str(files("cleaner.lists") / TABLE))) as stored:
        names = str(stored["names"]).split("\n")
        place = {name: number for number, name in enumerate(NAMES)}
        order = np.array([place[name] for name in names], dtype=np.int16)
        return Trees(order[stored["columns"]], stored["thresholds"].astype(np.float32), stored["leaves"].astype(np.float32))


@lru_cache(maxsize=1)
def shipped() -> Trees:
    return load()


def use(trees: Trees | None) -> None:
    """Judge with another table from now on (None: the shipped one); for benchmarks only."""
    _used[:] = [] if trees is None else [trees]


def chances(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """The chance of each row of `navigation_features.matrix`, in [0, 1]."""
    trees = _used[0] if _used else shipped()
    parts = [_logits(values[start : start + ROWS], trees) for start in range(0, len(values), ROWS)]
    logits = np.concatenate(parts) if parts else np.zeros(0)
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))


def _logits(values: NDArray[np.float32], trees: Trees) -> NDArray[np.float64]:
    """The sums of leaves; one step a level of the trees."""
    count, nodes = trees.columns.shape
    rows = np.arange(len(values))[:, None]
    numbers = np.arange(count)[None, :]
    place = np.zeros((len(values), count), dtype=np.intp)
    while place.size and int(place[0, 0]) < nodes:
        right = values[rows, trees.columns[numbers, place]] > trees.thresholds[numbers, place]
        place = 2 * place + 1 + right
    return np.asarray(trees.leaves[numbers, place - nodes].sum(axis=1, dtype=np.float64))
