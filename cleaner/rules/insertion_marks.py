"""The mark of a copying site behind or between the paragraphs of somebody else's text: the same on each, with an address or a warning in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.survey import PARAGRAPH, Survey, number_at

__all__ = ["Watermark"]

RULE = "spam/insertion"

MARK_WORDS = re.compile(
    r"www\.|https?:|\.(?:com|net|org|cn|cc|top|xyz|info|ru|tv|me|co)\b|转[载載自]|本文|本站|首[发發]|原[创創]|版[权權]|收藏|正版|采集|整理|未[经經]|更多精彩|最新章[节節]|"
    r"copyright|\(c\)|©|read more (?:at|on)|original (?:content|post)|copied from|first (?:published|appeared) (?:on|at)|do not copy|source:|all rights",
    re.IGNORECASE,
)
MARK = 80  # characters from a word of a mark to the end of its paragraph
MAX_LOOKED_AT = 60  # words of marks; a mark stands behind every paragraph from the first on


@dataclass(frozen=True)
class Watermark:
    """Removes what a copying site puts behind every paragraph: the same words with its address, or with a warning.

    Leaves alone: endings that paragraphs share by chance (a full stop, a refrain), and everything that occurs less than three times.
    """

    paragraphs: int = 3  # with the mark
    share: float = 0.4  # of the paragraphs; short ones are spared by some sites
    length: int = 5  # characters at the end of a paragraph that are compared
    least: int = 7  # characters of a mark; the ends of addresses (".com)") that lists of links share are shorter
    ended: float = 0.5  # share of the marks that stand behind the end of a sentence; the ends of titles and addresses .0-.2
    share_lines: float = 0.4  # as `share`, for marks on lines of their own

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        text = page.text
        blocks = page.blocks
        if len(survey.marks) < self.paragraphs:
            return
        ends = (at for at in survey.marks[:MAX_LOOKED_AT] if "\n" in text[at : at + MARK] and _ends_paragraph(blocks, at))
        if len(list(islice(ends, self.paragraphs - 1))) < self.paragraphs - 1:
            return
        numbers = [i for i, block in enumerate(blocks) if block[1] - block[0] >= PARAGRAPH]
        if len(numbers) < self.paragraphs:
            return
        long = [blocks[number] for number in numbers]
        endings = Counter([text[block.end - self.length : block.end] for block in long])
        ending, count = endings.most_common(1)[0]
        if count >= self.paragraphs and count >= self.share * len(long):
            marked = [(block.start, block.end) for block in long if text.endswith(ending, block.start, block.end)]
            yield from self._behind(text, marked, len(long))
        between = [blocks[a + 1] for a, b in pairwise(numbers) if b == a + 2]
        if len(between) >= self.paragraphs - 1:
            yield from self._lines(text, between, blocks, len(long))

    def _behind(self, text: str, marked: list[tuple[int, int]], paragraphs: int) -> Iterator[Edit]:
        """Marks at the end of paragraphs."""
        mark = _common_ending([text[max(start, end - 120) : end] for start, end in marked[:60]])
        if not MARK_WORDS.search(mark):
            return
        size = len(mark) - _begin_of(mark)
        ended = sum(1 for start, end in marked if end - size > start and (text[end - size - 1] in _ENDS or mark[-size] in _OPENS))
        if size >= self.least and ended >= self.ended * len(marked):
            yield from (Edit(end - size, end, "", RULE, f"behind {len(marked)} of {paragraphs} paragraphs") for _, end in marked)

    def _lines(self, text: str, between: list[Block], blocks: tuple[Block, ...], paragraphs: int) -> Iterator[Edit]:
        """Marks on lines of their own, each between two paragraphs."""
        lines = Counter([text[block.start : block.end] for block in between])
        line, count = lines.most_common(1)[0]
        if (
            count >= self.paragraphs - 1
            and count >= self.share_lines * paragraphs
            and MARK_WORDS.search(line)
            and len(line) <= 90
        ):
            same = [block for block in blocks if text.startswith(line, block.start) and block.end - block.start == len(line)]
            if len(same) >= self.paragraphs:
                yield from (Edit(block.start, block.end, "", RULE, f"{len(same)} times between paragraphs") for block in same)


def _ends_paragraph(blocks: tuple[Block, ...], at: int) -> bool:
    """Whether a word stands at the end of a paragraph, or on a short line of its own."""
    start, end, _, _, links, *_ = blocks[number_at(blocks, at)]
    return end - at <= MARK and (end - start >= PARAGRAPH or at - start <= PARAGRAPH) and links * 2 < end - start


def _common_ending(texts: list[str]) -> str:
    """The longest ending that all texts share."""
    shortest = min(texts, key=len)
    low = 0
    while low < len(shortest) and len({text[len(text) - low - 1] for text in texts}) == 1:
        low += 1
    return shortest[len(shortest) - low :]


_SENTENCE = re.compile(r"[\s\w]{0,3}?(?:[。！？”」』…；）]+\s*|[!?;.\"')]+\s*(?![a-z]))")


def _begin_of(mark: str) -> int:
    """Where the mark begins in the ending that the paragraphs share: behind the end of their sentences."""
    match = _SENTENCE.match(mark)
    return match.end() if match and len(mark) - match.end() >= 5 else 0


_ENDS = frozenset("。！？!?”」』…；;.\"')）")
_OPENS = frozenset("（(【[★☆—-—|@©")
