"""Telling a random run of place names from a list that somebody put in order.

Order, not variety, tells an appended list from a real one (a national notice has as many provinces): who writes a list by hand
groups it by province, by code or by letter; the kit draws from a table at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from cleaner.rules.places import Run, province_of

__all__ = ["Order", "order_of"]


class Order(NamedTuple):
    """How a run is ordered: share of neighbours in one province, trends in code and initial (as z), share of equal initials, provinces."""

    neighbours: float
    code: float
    initial: float
    ties: float
    provinces: int
    scatter: int  # provinces, and names that several provinces have


def order_of(run: Run) -> Order:
    """The order of a run's known names.

    A z is a rank correlation times the root of n - 1: beyond 3 by chance once in 370 random runs. Names that lie in several provinces
    count as neighbours when they share any.
    """
    known = run.known
    provinces = [frozenset(map(province_of, place.codes)) for place in known]
    pairs = len(known) - 1
    same = sum(1 for a, b in pairwise(provinces) if a & b)
    initials = [place.initial for place in known if place.initial]
    ties = sum(1 for a, b in pairwise(initials) if a == b)
    codes = [place.codes[0] for place in known if len(place.codes) == 1]
    certain = {province for place in provinces if len(place) == 1 for province in place}
    return Order(
        same / pairs if pairs else 0.0,
        _trend(codes),
        _trend(initials),
        ties / (len(initials) - 1) if len(initials) > 1 else 0.0,
        len(certain),
        len(certain) + len({place for place in provinces if len(place) > 1}),
    )


def _trend(values: Sequence[str]) -> float:
    """Spearman's rank correlation of values with their positions, as z; 0 for fewer than three."""
    n = len(values)
    if n < 3 or len(set(values)) == 1:
        return 0.0
    ranks = _ranks(values)
    mean = (n - 1) / 2
    over = sum((i - mean) * (rank - mean) for i, rank in enumerate(ranks))
    spread = sqrt(sum((rank - mean) ** 2 for rank in ranks) * sum((i - mean) ** 2 for i in range(n)))
    return over / spread * sqrt(n - 1) if spread else 0.0


def _ranks(values: Sequence[str]) -> list[float]:
    """Ranks from 0, equal values sharing the middle one."""
    ordered = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    i = 0
    while i < len(ordered):
        j = i
        while j + 1 < len(ordered) and values[ordered[j + 1]] == values[ordered[i]]:
            j += 1
        for k in range(i, j + 1):
            ranks[ordered[k]] = (i + j) / 2
        i = j + 1
    return ranks
