"""What a learned line says: the key of a hash, made from the block of one of the pages that have it.

Pages are counted as hashes alone. Of the lines that are learned, a few dozen of a site, all stand on a few of its pages, and only these are read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.rules.site_file import Row
from cleaner.rules.site_keys import block_key
from cleaner.sites.extract import SitePage, Texts

__all__ = ["KeysOf"]


@dataclass(frozen=True)
class KeysOf:
    """Looks for keys in the blocks of pages, which `texts` gives by a page's number."""

    texts: Texts

    def found(self, hashes: set[int], pages: Iterable[SitePage]) -> dict[int, str]:
        """The keys of those hashes that stand on the pages."""
        keys: dict[int, str] = {}
        wanted = set(hashes)
        for page in pages:
            if not wanted:
                break
            if wanted.isdisjoint(page.lines.hashes):
                continue
            texts = self.texts(page.number)
            for at, key in enumerate(page.lines.hashes):
                if key in wanted:
                    wanted.remove(key)
                    keys[key] = block_key(texts[at])
        return keys

    def rows(self, rows: dict[int, Row], pages: Iterable[SitePage]) -> dict[str, Row]:
        """Rows by their keys. All of them stand on the pages."""
        keys = self.found(set(rows), pages)
        return {keys[key]: row for key, row in rows.items()}
