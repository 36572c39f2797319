"""article/title: the line that is the page's title, which the result holds as `title`.

It is safe because metadata marks only a block whose letters are exactly the chosen title's: a heading of the page, or in plain text a line
above a byline; of several marked lines only the one that the result still has as its title goes. It leaves the title alone where nothing else of the article would remain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.script import fold

__all__ = ["Title"]


@dataclass(frozen=True)
class Title:
    """Removes the marked title; leaves it where the page has no other text."""

    name: str = "article/title"
    why: str = "The line is the page's title, which is kept as metadata."

    def find(self, page: Page) -> Iterator[Edit]:
        marks = [mark for mark in page.marks if mark.value == "title" and mark.kind == "metadata"]
        if not marks:
            return
        title = page.metadata.title or ""
        places = [(mark.start, mark.end) for mark in marks if _says(page.text[mark.start : mark.end], title)]
        if not places or not any(block.role == "article" and (block.start, block.end) not in places for block in page.blocks):
            return
        for start, end in places:
            yield Edit(start, end, "", self.name, "kept as title")


def _says(line: str, title: str) -> bool:
    """Whether a line's letters are the title's."""
    return line == title or _letters(line) == _letters(title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text).casefold()))
