"""Which blocks of a page are the article."""

from __future__ import annotations

from cleaner.options import Options
from cleaner.page import Page

__all__ = ["with_roles"]


def with_roles(page: Page, options: Options) -> Page:
    """Give every block its role, and the page its type and confidence. A page of plain text keeps all its lines."""
    return page
