"""A keyword pasted into sentences and words, the same again and again: 濃海南五日游旅游攻略厚的歷史氛圍.

Whoever pastes does not read. So a phrase of goods or of the lexicon stands in the midst of sentences that go on as if it were not there, several times, letter
for letter, and none of its words is used otherwise. A name that an article repeats stands where grammar puts names: after a comma, 在 or 的,
at the beginning of a line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.keywords import phrases_of, score_of
from cleaner.rules.survey import Survey, number_at

__all__ = ["Pasted"]

RULE = "spam/insertion"
MAX_PLACES = 600  # of words looked at; a page about goods has hundreds, a pasted one adds its own
WIDTHS = ((0, 5), (3, 2), (2, 3))  # characters before and behind a word's begin that must repeat, in Chinese
WIDTHS_LETTERS = ((0, 12), (9, 4))  # the same in alphabets
LONGEST = 40  # characters of a phrase
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r" ?[a-z\u00df-\u024f\u0400-\u04ff0-9' -]+")  # no capitals: nothing begins here
_EAST_RUN = re.compile(r"[\u3400-\u9fff0-9a-zA-Z]{5,16}")
# Characters that stand beside names and between clauses.
_FUNCTION = frozenset(
    "的了在是和与與及从從由对對向为為到被把让讓给給于於以将將等也都就称稱说說并並这這那该該其一个個两兩名位家所第后後前中内內里裡上下年月日时時"
)


@dataclass(frozen=True)
class Pasted:
    """Removes a phrase that is pasted into sentences at least three times.

    Leaves alone: phrases whose words the page uses elsewhere, names beside punctuation and particles, headings, links and lines of their own.
    """

    times: int = 3
    function: float = 0.34  # share of neighbours that are particles or numbers; pasted .10-.25, names .5-.9
    foreign: float = 0.5  # share of a phrase's pairs of characters that stand nowhere else; pasted .6-1.0
    coverage: float = 0.6  # of a phrase in alphabets by words of the lexicon
    words: int = 2  # of the lexicon in it

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        places = sorted({*survey.telling, *survey.goods})
        if not self.times <= len(places) <= MAX_PLACES:
            return
        taken: list[tuple[int, int]] = []
        for phrase, starts in sorted(_repeated(page.text, places, self.times).items(), key=lambda item: -len(item[0])):
            if any(low <= starts[0] < high for low, high in taken):
                continue
            if note := self._note(page, phrase, starts):
                taken += [(start, start + len(phrase)) for start in starts]
                yield from (Edit(start, start + len(phrase), "", RULE, note) for start in starts)

    def _note(self, page: Page, phrase: str, starts: list[int]) -> str | None:
        blocks = page.blocks
        numbers = {number_at(blocks, start) for start in starts}
        if len(numbers) < self.times or any(
            blocks[number].link_chars * 2 > blocks[number].end - blocks[number].start for number in numbers
        ):
            return None
        judge = self._in_words if _HAN.search(phrase) else self._between_words
        pasted = judge(page.text, phrase, starts)
        return f"{phrase.strip()!r} pasted into {len(numbers)} paragraphs" if pasted else None

    def _in_words(self, text: str, phrase: str, starts: list[int]) -> bool:
        """In Chinese: between characters of sentences that read on without it."""
        if not _EAST_RUN.fullmatch(phrase):
            return False
        size = len(phrase)
        sides = [(text[start - 1 : start], text[start + size : start + size + 1]) for start in starts]
        if not all(_HAN.match(left) and _HAN.match(right) for left, right in sides):
            return False
        if sum((left in _FUNCTION) + (right in _FUNCTION) for left, right in sides) > self.function * 2 * len(sides):
            return False
        rest = text.replace(phrase, "\n")
        pairs = {phrase[i : i + 2] for i in range(size - 1)}
        if sum(1 for pair in pairs if pair not in rest) < self.foreign * len(pairs):
            return False
        return any(left + right in rest for left, right in sides)

    def _between_words(self, text: str, phrase: str, starts: list[int]) -> bool:
        """In alphabets: an advertisement by its words, none of which the page uses elsewhere."""
        size = len(phrase)
        if any(text[start + size : start + size + 1] in ("\n", "") or text[max(0, start - 1)] == "\n" for start in starts):
            return False
        if not _WORDS.fullmatch(phrase) or any(text[start - 1].isalnum() and phrase[0].isalnum() for start in starts):
            return False
        score = score_of(phrases_of(phrase))
        words = score.weak + len(score.strong)
        if not score.strong or score.coverage < self.coverage or words + score.strong[0].count(" ") < self.words:
            return False
        rest = text.replace(phrase, "\n").lower()
        return not any(word in rest for word in phrase.lower().split() if len(word) > 3)


def _repeated(text: str, places: list[int], least: int) -> dict[str, list[int]]:
    """Phrases around wanted words that stand several times on a page, as long as all their places agree, with their places."""
    found: dict[str, list[int]] = {}
    widths = WIDTHS if _HAN.match(text, places[0]) or _HAN.match(text, places[-1]) else WIDTHS_LETTERS
    for before, behind in widths:
        keys = Counter([text[at - before : at + behind] for at in places if at >= before])
        wanted = {key for key, count in keys.items() if count >= least and "\n" not in key}
        if not wanted:
            continue
        groups: dict[str, list[int]] = defaultdict(list)
        for at in places:
            if (key := text[at - before : at + behind]) in wanted:
                groups[key].append(at - before)
        for key, starts in groups.items():
            low, high = _grown(text, starts, len(key))
            phrase = text[starts[0] - low : starts[0] + high]
            found.setdefault(phrase, [start - low for start in starts])
    return found


def _grown(text: str, starts: list[int], size: int) -> tuple[int, int]:
    """How far a string that stands at all these places can be grown to both sides so that they still agree; it ends at the ends of words."""
    first = starts[0]
    low, high = 0, size
    while (
        low < LONGEST
        and first > low
        and text[first - low - 1] != "\n"
        and len({text[start - low - 1 : start - low] for start in starts}) == 1
    ):
        low += 1
    while (
        high < LONGEST
        and first + high < len(text)
        and text[first + high] != "\n"
        and len({text[start + high : start + high + 1] for start in starts}) == 1
    ):
        high += 1
    while low and text[first - low].isspace():
        low -= 1
    while high > size and text[first + high - 1].isspace() and not text[first + high : first + high + 1].isalnum():
        high -= 1
    return low, high
