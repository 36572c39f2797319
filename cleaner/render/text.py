"""Plain text: what was kept, with its whitespace normalised and nothing else changed."""

from __future__ import annotations

import re

__all__ = ["text_of"]

_INDENTED = re.compile(r"\n[^\S\n]")
# A paragraph of one line between blank lines: its indentation is typography, not structure.
_FIRST_INDENT = re.compile(r"[^\S\n]++(?=[^\n]*+(?:\n\n|\Z))")
_INDENT = re.compile(rf"\n\n{_FIRST_INDENT.pattern}")


def text_of(kept: str) -> str:
    """Normalise whitespace: no trailing blanks, one blank line between blocks, paragraphs not indented. Idempotent.

    >>> text_of("  one \\n\\n\\n\\n  two\\n")
    'one\\n\\ntwo'
    """
    lines: list[str] = []
    for line in map(str.rstrip, kept.split("\n")):
        if line or (lines and lines[-1]):  # no blank line first, none behind another
            lines.append(line)
    text = "\n".join(lines).rstrip("\n")
    if first := _FIRST_INDENT.match(text):
        text = text[first.end() :]
    return _INDENT.sub("\n\n", text) if _INDENTED.search(text) else text
