"""Which rows are held back: one function that every benchmark and every training script uses.

Rows of one host stay together, so that nothing learned from a site's template can help on the other half.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = ["held_back", "key_of"]


def key_of(row: Mapping[str, object]) -> str:
    """What a development row is split by: the host of its url, else its id."""
    host = urlsplit(str(row.get("url") or "")).hostname or ""
    return host.removeprefix("www.") or str(row.get("id") or "")


def held_back(key: str) -> bool:
    """True for the half that nothing may be tuned on (`key` as `key_of` gives it)."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 1
