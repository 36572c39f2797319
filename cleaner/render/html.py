"""Safe HTML of what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cleaner.edits import Edit, apply
from cleaner.page import Page
from cleaner.render.text import text_of

__all__ = ["html_of"]


def html_of(page: Page, removals: Sequence[Edit]) -> str:
    """HTML that holds no scripts, handlers or unsafe links."""
    return "\n".join(f"<p>{escape(block)}</p>" for block in text_of(apply(page.text, removals)).split("\n\n") if block)
