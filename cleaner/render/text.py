"""Plain text: what was kept, with its whitespace normalised and nothing else changed."""

from __future__ import annotations

import re

__all__ = ["text_of"]

_GAP = re.compile(r"\n{3,}")
_INDENTED = re.compile(r"\n[^\S\n]")
# A paragraph of one line between blank lines: its indentation is typography, not structure.
_INDENT = re.compile(r"(?:(?<=\n\n)|\A)[^\S\n]++(?=[^\n]*+(?:\n\n|\Z))")


def text_of(kept: str) -> str:
    """Normalise whitespace: no trailing blanks, one blank line between blocks, paragraphs not indented. Idempotent.

    >>> text_of("  one \\n\\n\\n\\n  two\\n")
    'one\\n\\ntwo'
    """
    lines = [line.rstrip() for line in kept.split("\n")]
    text = "\n".join(lines)
    if "\n\n\n" in text:
        text = _GAP.sub("\n\n", text)
    text = text.strip("\n")
    return _INDENT.sub("", text) if text[:1].isspace() or _INDENTED.search(text) else text
