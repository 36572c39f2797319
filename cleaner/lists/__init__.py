"""Lists: data with provenance. `read` gives the rows of a list; `cleaner/lists/build/` holds the scripts that make them.

A list is a UTF-8 file: header lines that start with "# " (name, source, licence, date, built by), then sorted, unique, NFC rows.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

__all__ = ["read"]


@lru_cache(maxsize=64)
def read(name: str) -> tuple[str, ...]:
    """The rows of a list of this package, without header and blank lines."""
    text = (files(__name__) / name).read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("# "))
