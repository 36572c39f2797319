"""Shows the docstrings of this house as Markdown: doctests as code, lines such as `url: where it came from` as a list.

An extension of griffe, which reads the docstrings for docs/api.md.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

__all__ = ["HouseDocstrings", "as_markdown"]

_FIELD = re.compile(r" {4}[a-z]\w*: \S")
_ITEM = re.compile(r"([a-z_]\w*(?:, [a-z_]\w*)*): (?=\S)")


def _paragraph(lines: list[str]) -> list[str]:
    """A paragraph, made a list or a block of code where it is one. An item goes on where the next line is no item."""
    if lines[0].startswith(">>> "):
        return ["```python", *lines, "```"]
    if not _ITEM.match(lines[0]):
        return lines
    shown: list[str] = []
    for line in lines:
        match = _ITEM.match(line)
        shown.append(f"- `{match[1]}`: {line[match.end() :]}" if match else f"    {line.strip()}")
    return shown


def as_markdown(text: str) -> str:
    """A docstring as Markdown.

    >>> print(as_markdown("One page.\\n\\nurl: where it\\n    came from.\\ndata: the page."))
    One page.
    <BLANKLINE>
    - `url`: where it
        came from.
    - `data`: the page.
    """
    paragraphs = [part.split("\n") for part in re.split(r"\n[ ]*\n", text.strip("\n"))]
    return "\n\n".join("\n".join(_paragraph(lines)) for lines in paragraphs if lines != [""])


def fields_of(lines: list[str]) -> str:
    """The fields of a class as its source has them, with the comments behind them, as a block of code."""
    return "\n".join(["```python", *(line.strip() for line in lines if _FIELD.match(line)), "```"])


class HouseDocstrings(griffe.Extension):
    """Rewrites each docstring once it has been read; that of a NamedTuple, which has no signature, shows its fields."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        if obj.docstring is None:
            return
        obj.docstring.value = as_markdown(obj.docstring.value)
        if isinstance(obj, griffe.Class) and any(str(base) == "NamedTuple" for base in obj.bases):
            obj.docstring.value += f"\n\n{fields_of(obj.lines)}"
