"""The labels of bylines ("By", "来源", "Quelle"), looked up by how they begin.

The list holds about as many languages as the web has news in; a line is asked at every word, so labels are grouped by their first two characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from cleaner.lists import read
from cleaner.script import fold

__all__ = ["labels_at"]


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    """Folded lower-case labels by their first two characters, the longest first, each with its (field, form) pairs."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for row in read("metadata/bylines.tsv"):
        label, field, form = row.split("\t")
        pairs = forms.setdefault(fold(label).lower(), [])
        if (field, form) not in pairs:
            pairs.append((field, form))
    grouped: dict[str, list[tuple[str, tuple[tuple[str, str], ...]]]] = {}
    for label in sorted(forms, key=lambda label: (-len(label), label)):
        grouped.setdefault(label[:2], []).append((label, tuple(sorted(forms[label], key=lambda pair: pair[1] == "word"))))
    return {first: (*found, *(grouped.get(first[0], ()) if len(first) == 2 else ())) for first, found in grouped.items()}


def labels_at(lowered: str, position: int) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The labels that may stand at a position."""
    labels = _labels()
    return labels.get(lowered[position : position + 2]) or labels.get(lowered[position], ())
