"""article/outside: blocks that the article stage does not count to the article.

It is safe because it says nothing itself: the article stage has judged every block, with its score, and this rule turns the
judgement into edits, so that what extraction leaves out is reported like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from cleaner.edits import Edit
from cleaner.page import Block, Page, Role

__all__ = ["Outside"]

# By number, which the interpreter does in half the time that a name takes: all blocks of every page are asked.
_role: Callable[[Block], Role] = itemgetter(Block._fields.index("role"))
_score: Callable[[Block], float] = itemgetter(Block._fields.index("score"))


@dataclass(frozen=True)
class Outside:
    """Removes blocks outside the article, neighbours of one role in one edit; leaves every block of the role "article" alone."""

    name: str = "article/outside"
    why: str = "The block is not part of the page's main content."

    def find(self, page: Page) -> Iterator[Edit]:
        for role, run in groupby(page.blocks, _role):
            if role != "article":
                yield self._edit(role, list(run))

    def _edit(self, role: Role, blocks: list[Block]) -> Edit:
        count = len(blocks)
        score = 1.0 - sum(map(_score, blocks)) / count
        return Edit(blocks[0].start, blocks[-1].end, "", self.name, role if count == 1 else f"{role}, {count} blocks", score)
