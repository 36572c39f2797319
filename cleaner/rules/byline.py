"""navigation/byline: lines that say who wrote the text, when, where it was taken from and who edited it.

It is safe because metadata has used up every word of the line for a field or for furniture that comes along with one (``字号：大 中 小``,
``5 min read``), and keeps the values. It leaves alone lines that say anything else (``河北省委组织部供稿供图``, the credit of a photograph),
colophons, and a line of the source's name far above the end of the text, which belongs to a table or figure there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Block, Page, Span

__all__ = ["Byline"]


@dataclass(frozen=True)
class Byline:
    """Removes blocks that consist of metadata; leaves every block with a further letter alone, and the source of a table or figure that stands
    between paragraphs of the article.
    """

    name: str = "navigation/byline"
    why: str = "The line only says author, date, source or editor, which are kept as metadata."
    long: int = 80  # characters of a paragraph (Chinese ones hold fewer); the longest caption before a source line had 70

    def find(self, page: Page) -> Iterator[Edit]:
        marks = [mark for mark in page.marks if mark.kind == "metadata" and mark.value != "title"]
        if not marks:
            return
        starts = [block.start for block in page.blocks if block.role == "article" and block.end - block.start >= self.long]
        first, last = (starts[0], starts[-1]) if starts else (len(page.text), 0)
        i = 0
        for block in page.blocks:
            while i < len(marks) and marks[i].end <= block.start:
                i += 1
            j = i
            while j < len(marks) and marks[j].start < block.end:
                j += 1
            if j > i and _used_up(page.text, block, marks[i:j]):
                fields = dict.fromkeys(mark.value for mark in marks[i:j] if mark.value != "note")
                if list(fields) != ["credit"] or not first < block.start < last:
                    yield Edit(block.start, block.end, "", self.name, ", ".join(fields))


def _used_up(text: str, block: Block, marks: list[Span]) -> bool:
    """Whether no letter or digit of the block stands outside the marks."""
    position = block.start
    for mark in marks:
        if any(character.isalnum() for character in text[position : mark.start]):
            return False
        position = max(position, mark.end)
    return not any(character.isalnum() for character in text[position : block.end])
