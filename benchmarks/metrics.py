"""How extracted text is judged: F1 of token multisets, of 4-gram shingles, of snippets; and how sure a mean is.

A token is one Chinese or Japanese character, elsewhere a run of word characters, lower-cased.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

__all__ = ["confidence_interval", "shingle_f1", "snippet_counts", "token_f1", "tokens_of"]

_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_IDEOGRAPHS}]|[^\W{_IDEOGRAPHS}]+")
SHINGLE = 4
RESAMPLES = 1_000


def tokens_of(text: str) -> list[str]:
    """The tokens of a text.

    >>> tokens_of("It's 三月.")
    ['it', 's', '三', '月']
    """
    return _TOKEN.findall(text.lower())


def _f1(got: Counter[str] | Counter[tuple[str, ...]], wanted: Counter[str] | Counter[tuple[str, ...]]) -> float:
    if not got and not wanted:
        return 1.0
    common = sum((got & wanted).values())  # type: ignore[operator]
    return 2 * common / (sum(got.values()) + sum(wanted.values()))


def token_f1(got: str, wanted: str) -> float:
    """F1 of token multisets."""
    return _f1(Counter(tokens_of(got)), Counter(tokens_of(wanted)))


def shingle_f1(got: str, wanted: str) -> float:
    """F1 of multisets of four tokens in a row, which notices order and gaps (scrapinghub's measure)."""
    return _f1(_shingles(got), _shingles(wanted))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = tokens_of(text)
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in range(max(1, len(tokens) - SHINGLE + 1)) if tokens)


def snippet_counts(got: str, wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[int, int, int]:
    """True positives, false positives and false negatives of snippets that must and must not be in the text."""
    text = _flat(got)
    true = sum(_flat(snippet) in text for snippet in wanted)
    return true, sum(_flat(snippet) in text for snippet in unwanted), len(wanted) - true


def _flat(text: str) -> str:
    return " ".join(text.split()).lower()


def confidence_interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of the means of resampled values (bootstrap, fixed seed)."""
    array = np.asarray(values)
    if len(array) < 2:
        return (float(array.mean()), float(array.mean())) if len(array) else (0.0, 0.0)
    chosen = np.random.default_rng(0).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.percentile(array[chosen].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
