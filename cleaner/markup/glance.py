"""One look at all blocks of a page for what the search for its metadata starts from.

The idea: headings, a sample of prose and lines that begin like a byline are each a matter of a block's tag, length or first letters, so that one pass over the
blocks finds the candidates of all three, and only they are read. `_scan` does it in C where it was built; both give the same (tests/markup/test_glance.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import NamedTuple

from cleaner.markup.bylines import MAX_LINE
from cleaner.markup.parsing import scan
from cleaner.page import Block, Page

__all__ = ["Glance", "glance", "python_glance"]

LONG_BLOCK = 60  # characters of a block that is likely a sentence; menus are shorter
MOST_LONG = 6

# The characters that labelled lines begin with, and of those that begin many other lines the first two letters.
_OPENERS = " [【(（本网網值執执實实新文信稿内內消原转轉责責编編来來出审審终終一二三校监監作记記通撰供取執提出글편출Ээ"
_OPENINGS = ("ed", "so", "vi", "qu", "re", "fu", "fo", "br", "ис", "ре", "ав", "те")


class Glance(NamedTuple):
    """Numbers of blocks: of the headings of the first and second level, and of the lines that may begin with a label (`opened`); `longest` are
    (characters, start) of up to six blocks of prose, the longest first: shown, not preformatted, not mostly links.
    """

    first: Sequence[int]
    second: Sequence[int]
    longest: Sequence[tuple[int, int]]
    opened: Sequence[int]


def glance(page: Page) -> Glance:
    """Look at the blocks of a page."""
    if scan is None:
        return python_glance(page.text, page.blocks)
    return Glance(*scan.glance(page.text, page.blocks, _OPENERS, "".join(_OPENINGS), MAX_LINE))


def python_glance(text: str, blocks: Sequence[Block]) -> Glance:
    """What the extension does, in Python."""
    longest = [(size, block.start) for block in blocks if (size := block.end - block.start) >= LONG_BLOCK and _is_prose(block)]
    return Glance(
        [i for i, block in enumerate(blocks) if block.tag == "h1"],
        [i for i, block in enumerate(blocks) if block.tag == "h2"],
        nlargest(MOST_LONG, longest),
        [i for i, block in enumerate(blocks) if block.end - block.start <= MAX_LINE and _is_opened(text, block)],
    )


def _is_prose(block: Block) -> bool:
    return block.tag != "pre" and not block.hidden and block.link_chars * 2 <= block.end - block.start


def _is_opened(text: str, block: Block) -> bool:
    opening = text[block.start : min(block.end, block.start + 2)]
    return opening[0] in _OPENERS or "".join(character.lower()[:1] for character in opening) in _OPENINGS
