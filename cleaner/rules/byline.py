"""navigation/byline: lines that say who wrote the text, when, where it was taken from and who edited it.

It is safe because metadata has used up every word of the line for a field or for furniture that comes along with one (``字号：大 中 小``,
``5 min read``), and keeps the values. It leaves alone lines that say anything else (``河北省委组织部供稿供图``, the credit of a photograph),
colophons, and a line of the source's name far above the end of the text, which belongs to a table or figure there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from cleaner.edits import Edit
from cleaner.page import Block, Page, Span

__all__ = ["Byline"]

_start = attrgetter("start")


@dataclass(frozen=True)
class Byline:
    """Removes blocks that consist of metadata; leaves every block with a further letter alone, and the source of a table or figure that stands
    between paragraphs of the article.
    """

    name: str = "navigation/byline"
    why: str = "The line only says author, date, source or editor, which are kept as metadata."
    long: int = 80  # characters of a paragraph (Chinese ones hold fewer); the longest caption before a source line had 70

    def find(self, page: Page) -> Iterator[Edit]:
        blocks = page.blocks
        waiting: list[Span] = []
        number = -1
        for mark in page.marks:
            if mark.kind != "metadata" or mark.value == "title":
                continue
            place = bisect_right(blocks, mark.start, key=_start) - 1
            if place != number and waiting:
                yield from self._edit(page, blocks[number], waiting)
                waiting = []
            number = place
            waiting.append(mark)
        if waiting:
            yield from self._edit(page, blocks[number], waiting)

    def _edit(self, page: Page, block: Block, marks: list[Span]) -> Iterator[Edit]:
        """The edit of a block with its marks."""
        if not _used_up(page.text, block, marks):
            return
        fields = dict.fromkeys(mark.value for mark in marks if mark.value != "note")
        if list(fields) != ["credit"] or not self._inside(page, block):
            yield Edit(block.start, block.end, "", self.name, ", ".join(fields))

    def _inside(self, page: Page, block: Block) -> bool:
        """Whether paragraphs of the article stand before and behind a block."""
        starts = [other.start for other in page.blocks if other.role == "article" and other.end - other.start >= self.long]
        return bool(starts) and starts[0] < block.start < starts[-1]


def _used_up(text: str, block: Block, marks: list[Span]) -> bool:
    """Whether no letter or digit of the block stands outside the marks."""
    position = block.start
    for mark in marks:
        if any(character.isalnum() for character in text[position : mark.start]):
            return False
        position = max(position, mark.end)
    return not any(character.isalnum() for character in text[position : block.end])
