"""Damaged text is made whole: control characters, mojibake, broken bytes, glued pinyin, script."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.edits import Edit
from cleaner.options import Options
from cleaner.page import Kind, Mirror

__all__ = ["Repaired", "repaired"]


class Repaired(NamedTuple):
    """The repaired text, the edits that lead to it (in the text as it came), and what was seen of the mirror kit."""

    text: str
    edits: tuple[Edit, ...]
    mirror: Mirror | None


def repaired(text: str, *, kind: Kind, options: Options) -> Repaired:
    """Repair a page's source: HTML before it is parsed, or plain text."""
    return Repaired(text, (), None)
