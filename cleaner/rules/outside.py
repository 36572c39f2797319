"""article/outside: blocks that the article stage does not count to the article.

It is safe because it says nothing itself: the article stage has judged every block, with its score, and this rule turns the
judgement into edits, so that what extraction leaves out is reported like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page

__all__ = ["Outside"]


@dataclass(frozen=True)
class Outside:
    """Removes blocks outside the article; leaves every block of the role "article" alone."""

    name: str = "article/outside"
    why: str = "The block is not part of the page's main content."

    def find(self, page: Page) -> Iterator[Edit]:
        for block in page.blocks:
            if block.role != "article":
                yield Edit(block.start, block.end, "", self.name, block.role, 1.0 - block.score)
