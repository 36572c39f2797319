"""The learned part of the article stage: words and what they say, the kind of page, and the trees that judge blocks.

Trained by benchmarks/train/article.py on the development pages; the file lies beside this module with its provenance. Tables of words are kept in
half precision: the trees were fitted to the exact numbers, and rounding to bytes moved words across their thresholds (scrapinghub -.005).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.choice import CONSTANTS, factors_of
from cleaner.article.context import Values
from cleaner.article.extension import table_of
from cleaner.article.kinds import SOFTER, Kinds
from cleaner.article.measure import Forest, Vocabulary

__all__ = ["WEIGHTS", "Model", "load", "model", "provenance", "use"]

WEIGHTS = Path(__file__).with_name("weights.npz")


class Model(NamedTuple):
    """The weights as they are used."""

    attribute_words: Vocabulary
    text_words: Vocabulary
    values: Values
    factors: NDArray[np.float64]  # of words of attributes: how much less likely they make the blocks in their row
    kinds: Kinds
    forest: Forest
    table: Any  # all of it for the extension; None where there is none


def load(path: Path) -> Model:
    """Read weights as the training script writes them."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}

    def words(name: str) -> list[str]:
        return str(arrays[name]).split()

    def table(name: str) -> NDArray[np.float64]:
        return np.asarray(arrays[name], dtype=np.float64)

    def with_none(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.concatenate((rows, np.zeros((1, rows.shape[1]))))

    evidence = {name: number for number, name in enumerate(words("evidence"))}
    kinds = Kinds(
        evidence,
        *(with_none(table(f"kind {name}")) for name in ("evidence", "attributes", "texts")),
        *(arrays[f"kind {name}"].astype(np.float64) for name in ("statistics", "mean", "scale", "bias")),
    )
    forest = Forest(
        arrays["split features"].astype(np.int64),
        arrays["split thresholds"],
        arrays["split masks"].astype(np.uint32) | np.uint32(0xFFFFFFFF << arrays["leaves"].shape[1] & 0xFFFFFFFF),
        np.concatenate(((0,), np.cumsum(arrays["splits"].astype(np.int64)))),
        arrays["leaves"].astype(np.float64),
    )
    values = Values(with_none(table("attribute values")), with_none(table("text values")))
    attribute_words, text_words = words("attribute words"), words("text words")
    factors = factors_of(attribute_words)
    tables = (*values, *kinds[1:], *forest, factors, SOFTER, CONSTANTS)
    return Model(
        Vocabulary(attribute_words),
        Vocabulary(text_words),
        values,
        factors,
        kinds,
        forest,
        table_of(attribute_words, text_words, tables),
    )


@cache
def _shipped() -> Model:
    return load(WEIGHTS)


_chosen: list[Model] = []


def model() -> Model:
    """The weights that judge now."""
    return _chosen[0] if _chosen else _shipped()


def use(other: Model | None) -> None:
    """Judge with other weights from now on, for benchmarks that hold pages back; None goes back to those shipped."""
    _chosen[:] = [] if other is None else [other]


def provenance(path: Path = WEIGHTS) -> dict[str, object]:
    """What the weights were made from."""
    with np.load(path) as stored:
        return {"provenance": str(stored["provenance"]), "bytes": path.stat().st_size}
