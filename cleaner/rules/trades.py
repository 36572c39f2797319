"""Words of trades and goods that bought and hacked-in links advertise."""

from __future__ import annotations

from functools import lru_cache

from cleaner.lists import read

__all__ = ["trade_keys"]


# Words of the list that every twentieth of 1,625 ordinary pages has.
_ORDINARY = frozenset(
    "cleaning credit deals hire homes hosting insurance moving online party sale service services storage store tax training water windows".split()
)


@lru_cache(maxsize=1)
def trade_keys() -> frozenset[str]:
    """Words of languages with blanks, and pairs of Chinese characters, without the most usual ones."""
    return frozenset(row.partition("\t")[0] for row in read("trades.tsv")) - _ORDINARY
