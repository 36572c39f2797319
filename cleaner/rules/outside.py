"""article/outside: blocks that the article stage does not count to the article.

It is safe because it says nothing itself: the article stage has judged every block, with its score, and this rule turns the
judgement into edits, so that what extraction leaves out is reported like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Block, Page

__all__ = ["Outside"]


@dataclass(frozen=True)
class Outside:
    """Removes blocks outside the article, neighbours of one role in one edit; leaves every block of the role "article" alone."""

    name: str = "article/outside"
    why: str = "The block is not part of the page's main content."

    def find(self, page: Page) -> Iterator[Edit]:
        waiting: list[Block] = []
        for block in page.blocks:
            if waiting and block.role != waiting[-1].role:
                yield self._edit(waiting)
                waiting = []
            if block.role != "article":
                waiting.append(block)
        if waiting:
            yield self._edit(waiting)

    def _edit(self, blocks: list[Block]) -> Edit:
        role, count = blocks[0].role, len(blocks)
        score = 1.0 - sum(block.score for block in blocks) / count
        return Edit(blocks[0].start, blocks[-1].end, "", self.name, role if count == 1 else f"{role}, {count} blocks", score)
