"""Markdown of what was kept."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.edits import Edit, apply
from cleaner.page import Page
from cleaner.render.text import text_of

__all__ = ["markdown_of"]


def markdown_of(page: Page, removals: Sequence[Edit]) -> str:
    """Markdown with the structure of the kept blocks."""
    return text_of(apply(page.text, removals))
