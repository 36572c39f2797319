"""Plain text: what was kept, with its whitespace normalised and nothing else changed."""

from __future__ import annotations

import re

__all__ = ["text_of"]

_TRAILING = re.compile(r"[^\S\n]++(?=\n|\Z)")
_GAP = re.compile(r"\n{3,}")
# A paragraph of one line between blank lines: its indentation is typography, not structure.
_INDENT = re.compile(r"(?:(?<=\n\n)|\A)[^\S\n]++(?=[^\n]*+(?:\n\n|\Z))")


def text_of(kept: str) -> str:
    """Normalise whitespace: no trailing blanks, one blank line between blocks, paragraphs not indented. Idempotent.

    >>> text_of("  one \\n\\n\\n\\n  two\\n")
    'one\\n\\ntwo'
    """
    text = _TRAILING.sub("", kept)
    text = _GAP.sub("\n\n", text).strip("\n")
    return _INDENT.sub("", text)
