"""What kind of page it is, and what follows from that for the cut.

A linear model over what the head declares, the words of the address, and the means and spreads of the blocks' measurements. A listing, a shop
or a company's page has many pieces that are each a little likely, and its content is most of them; so the probabilities of its blocks are made
softer before the cut. A thread has few that stand out against signatures and side lists.
Trained by benchmarks/train/kinds.py.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaner.article.features import Features

__all__ = ["KINDS", "Kinds", "address_words", "kind_chances", "load", "softened", "statistics", "use"]

Doubles = NDArray[np.float64]

KINDS = ("article", "documentation", "service", "forum", "listing", "product", "collection")
# How much of the log-odds is taken away when a page is surely of a kind, and what is added. Cross-fitted over both halves of the development
# pages: listings .684 -> .72, services .844 -> .85, forums (magic-html) .770 -> .78; articles move less than .001.
SOFTER = np.array((0.0, 0.45, 0.65, 0.0, 0.7, 0.65, 0.65))
RAISED = np.array((0.0, 0.3, 0.0, -0.5, 0.0, 0.0, 0.0))
WEIGHTS = Path(__file__).with_name("kinds.npz")
CLIP = 4.0
_WORD = re.compile(r"[a-z]{2,}")


class Kinds(NamedTuple):
    """The model: names of words and declarations, means and scales of statistics, weights and bias (one column a kind)."""

    names: dict[str, int]
    mean: Doubles
    scale: Doubles
    weight: Doubles
    bias: Doubles


def load(path: Path) -> Kinds:
    """Read the model as the training script writes it."""
    with np.load(path) as stored:
        names = {name: number for number, name in enumerate(str(stored["names"]).split())}
        mean, scale, weight, bias = (stored[name].astype(np.float64) for name in ("mean", "scale", "weight", "bias"))
    return Kinds(names, mean, scale, weight, bias)


@cache
def _shipped() -> Kinds:
    return load(WEIGHTS)


_chosen: list[Kinds] = []


def use(model: Kinds | None) -> None:
    """Judge with another model from now on, for benchmarks that hold pages back; None goes back to the one shipped."""
    _chosen[:] = [] if model is None else [model]


def address_words(url: str | None) -> set[str]:
    """What an address says: the words of its path, the first label of its host, how deep it is, and the shape of its end.

    >>> sorted(address_words("https://forum.example.org/t/stove-door/1234"))
    ['#depth3', '#id', 'door', 'host:forum', 'stove']
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return set()
    path = parts.path.lower()
    words = set(_WORD.findall(path))
    words.update(f"host:{word}" for word in _WORD.findall(host.partition(".")[0]))
    pieces = [piece for piece in path.split("/") if piece]
    words.add(f"#depth{min(len(pieces), 5)}")
    if re.search(r"/(?:19|20)\d\d/", path):
        words.add("#date")
    if re.search(r"\d{4,}", path):
        words.add("#id")
    if not pieces:
        words.add("#root")
    elif pieces[-1].count("-") >= 4:
        words.add("#slug")
    if parts.query:
        words.add("#query")
    return words


def statistics(features: Features) -> Doubles:
    """Means and spreads of the blocks' measurements, plain and weighted by tokens."""
    rows = features.blocks.T
    weight = features.tokens / max(features.tokens.sum(), 1)
    return np.concatenate((rows.mean(axis=1), rows.std(axis=1), rows @ weight, features.totals))


def kind_chances(features: Features, evidence: tuple[str, ...], url: str | None) -> Doubles:
    """The probability of each of KINDS."""
    model = _chosen[0] if _chosen else _shipped()
    values = np.zeros(len(model.weight))
    values[len(model.names) :] = np.clip((statistics(features) - model.mean) * model.scale, -CLIP, CLIP)
    for name in (*evidence, *address_words(url)):
        if (number := model.names.get(name)) is not None:
            values[number] = 1
    scores = values @ model.weight + model.bias
    chances = np.exp(scores - scores.max())
    return np.asarray(chances / chances.sum())


def softened(probabilities: Doubles, chances: Doubles) -> Doubles:
    """Probabilities of blocks made softer by the kind of page."""
    odds = np.log((probabilities + 1e-6) / (1 - probabilities + 1e-6))
    return np.asarray(1 / (1 + np.exp(-(odds * (1 - SOFTER @ chances) + RAISED @ chances))))
