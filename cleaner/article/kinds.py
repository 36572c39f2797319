"""What kind of page it is, and how that changes the cut.

The kind is told by a linear model on what the head declares, the words of the address, the words of classes and ids, the first words of blocks,
and the means and spreads of all measurements of blocks. It is one of the measurements that the trees see; and where it is wanted, the
probabilities of blocks are made softer, so that the cut of highest expected F1 keeps many pieces that are each a little likely (cards of a
listing, parts of a service page).
Trained by benchmarks/train/article.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaner.article.context import statistics
from cleaner.article.features import Features

__all__ = ["CLIP", "KINDS", "SOFTER", "Kinds", "address_words", "evidence_numbers", "kind_chances", "softened"]

Doubles = NDArray[np.float64]

KINDS = ("article", "documentation", "service", "forum", "listing", "product", "collection")
# How much of the log-odds is taken away when a page is surely of a kind. Cross-fitted over both halves of the development pages: two fifths as much:
# mix -.004, listings -.025; four fifths: listings -.003. Lowering all blocks of forums besides, by half a logit: Chinese forums -.012.
SOFTER = np.array((0.0, 0.4, 0.55, 0.0, 0.6, 0.55, 0.55))
CLIP = 4.0
_WORD = re.compile(r"[a-z]{2,}")
_YEAR = re.compile(r"/(?:19|20)\d\d/")
_NUMBER = re.compile(r"\d{4,}")


class Kinds(NamedTuple):
    """The model. All weights have a column a kind; a row for what is unknown ends the first three."""

    numbers: dict[str, int]  # of declarations and words of the address
    evidence: Doubles
    attributes: Doubles
    texts: Doubles
    statistics: Doubles
    mean: Doubles
    scale: Doubles
    bias: Doubles


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
    if _YEAR.search(path):
        words.add("#date")
    if _NUMBER.search(path):
        words.add("#id")
    if not pieces:
        words.add("#root")
    elif pieces[-1].count("-") >= 4:
        words.add("#slug")
    if parts.query:
        words.add("#query")
    return words


def evidence_numbers(kinds: Kinds, evidence: tuple[str, ...], url: str | None) -> list[int]:
    """The numbers of what head, markup and address say, sorted; what the model does not know is left out."""
    get = kinds.numbers.get
    return sorted({number for name in (*evidence, *address_words(url)) if (number := get(name, -1)) >= 0})


def kind_chances(kinds: Kinds, features: Features, evidence: tuple[str, ...], url: str | None) -> Doubles:
    """The probability of each of KINDS."""
    said = np.array(evidence_numbers(kinds, evidence, url), dtype=np.int64)
    scores = kinds.evidence[said].sum(axis=0)
    scores += kinds.attributes[_different(features.tree.words, len(kinds.attributes))].sum(axis=0)
    scores += kinds.texts[_different(features.texts.words.ravel(), len(kinds.texts))].sum(axis=0)
    scores += np.clip((statistics(features) - kinds.mean) * kinds.scale, -CLIP, CLIP) @ kinds.statistics
    scores += kinds.bias
    chances = np.exp(scores - scores.max())
    return np.asarray(chances / chances.sum())


def _different(numbers: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which numbers occur."""
    found = np.zeros(count, dtype=bool)
    found[numbers] = True
    return found


def softened(probabilities: Doubles, chances: Doubles) -> Doubles:
    """Probabilities of blocks made softer by the kind of page."""
    odds = np.log((probabilities + 1e-6) / (1 - probabilities + 1e-6))
    return np.asarray(1 / (1 + np.exp(-odds * (1 - SOFTER @ chances))))
