"""Lines that many unrelated sites have: kits, watermarks, adverts; and what every site says, which is left out as far as the lists know it.

They are candidates: cookie notices and plug-ins are shared by thousands of honest sites. So they are written down with their counts for somebody to look
through, and no rule reads them unless asked.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import heappush, heapreplace
from itertools import compress
from pathlib import Path

import numpy as np

from cleaner.rules.navigation_lines import hit_of
from cleaner.rules.navigation_phrases import phrases
from cleaner.rules.site_keys import SHARABLE
from cleaner.sites.buckets import BUCKETS, Buckets
from cleaner.sites.extract import SitePage

__all__ = ["Sharable", "add_sharable", "unknown"]

LEAST_SITES = 5  # domains that must have a line
MOST = 10_000  # candidates that are written, those of the most sites; more than that nobody looks through
WAITING = 100_000  # hashes in memory before they go into the buckets
LOOKED_AT = 2 * MOST  # candidates whose text is looked at: half of them may be what the lists know; margin not measured


def add_sharable(pages: Iterable[SitePage], hashes: set[int]) -> None:
    """Add the hashes of a host's lines that say enough to be somebody's."""
    for page in pages:
        hashes.update(compress(page.lines.hashes, map(SHARABLE.__and__, page.lines.bits)))


class Sharable:
    """The hashes of lines that domains may share, in buckets; each domain puts its own in once."""

    def __init__(self, folder: Path) -> None:
        self._buckets = Buckets(folder, "keys")
        self._waiting: array[int] = array("Q")

    def put(self, hashes: set[int]) -> None:
        """Put in the hashes of a domain's lines."""
        self._waiting.extend(hashes)
        if len(self._waiting) >= WAITING:
            self._spread()

    def candidates(self) -> dict[int, int]:
        """On how many domains each candidate stands, by its hash."""
        self._spread()
        best: list[tuple[int, int]] = []
        for packs in self._buckets.each():
            counts: Counter[int] = Counter()
            for pack in packs:
                counts.update(array("Q", pack))
            for found in ((count, key) for key, count in counts.items() if count >= LEAST_SITES):
                if len(best) < LOOKED_AT:
                    heappush(best, found)
                elif found > best[0]:
                    heapreplace(best, found)
        return {key: count for count, key in best}

    def close(self) -> None:
        """Take the files away."""
        self._buckets.close()

    def _spread(self) -> None:
        """Into the buckets what has waited: many hashes at once, because a domain has few for each bucket."""
        hashes = np.frombuffer(self._waiting, dtype=np.uint64)
        numbers = hashes % BUCKETS
        order = np.argsort(numbers, kind="stable")
        ends = np.searchsorted(numbers[order], np.arange(BUCKETS), side="right")
        for number, part in enumerate(np.split(hashes[order], ends[:-1])):
            self._buckets.add(number, part.tobytes())
        self._waiting = array("Q")


def unknown(found: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Counts and keys without those that the navigation lists know, the most frequent first, at most MOST."""
    known, left = phrases(), MOST
    for count, key in sorted(found, key=lambda item: (-item[0], item[1])):
        if left and hit_of(key, known) is None:
            left -= 1
            yield count, key
