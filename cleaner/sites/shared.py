"""Lines that many unrelated sites have: kits, watermarks, adverts; and what every site says, which is left out as far as the lists know it.

They are candidates: cookie notices and plug-ins are shared by thousands of honest sites. So they are written down with their counts for somebody to look
through, and no rule reads them unless asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import heappush, heapreplace

from cleaner.rules.navigation_lines import hit_of
from cleaner.rules.navigation_phrases import HAN, phrases
from cleaner.rules.site_keys import LONGEST

__all__ = ["candidates", "sharable"]

LEAST_SITES = 5  # domains that must have a line
MOST = 10_000  # candidates that are written, those of the most sites; more than that nobody looks through
CHARACTERS = {True: 18, False: 8}  # of a line that says something of its own, ASCII or not; what is shorter is a menu's word


def sharable(key: str) -> bool:
    """Whether a line says enough to be somebody's."""
    return CHARACTERS[key.isascii() or HAN.search(key) is None] <= len(key) < LONGEST and "…" not in key[-20:]


def candidates(buckets: Iterable[Iterator[bytes]]) -> list[tuple[int, str]]:
    """Number of domains and key of each candidate, the most frequent first. Each bucket has a line for each domain that has the key."""
    best: list[tuple[int, str]] = []
    known = phrases()
    for lines in buckets:
        for data, count in Counter(lines).items():
            if count < LEAST_SITES or (len(best) == MOST and count <= best[0][0]):
                continue
            key = data.decode("utf-8", "replace")
            if hit_of(key, known) is None:
                (heappush if len(best) < MOST else heapreplace)(best, (count, key))
    return sorted(best, key=lambda found: (-found[0], found[1]))
