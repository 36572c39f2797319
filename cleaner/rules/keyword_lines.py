"""What keyword heads and keyword lists share: when a line of phrases is spam on this page.

The same words are spam under a report on a village and the subject of a report on gambling. So a line is judged against the page's own prose: words that the
prose uses too belong to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from cleaner.page import Block, Page
from cleaner.rules.han import HanScript, script_of
from cleaner.rules.keywords import EASTERN, Score, phrases_of, score_of
from cleaner.script import fold

__all__ = ["Judge", "Thresholds", "is_sentence", "note_of"]

_SENTENCE = re.compile(r"[。！？；…][^。！？；…]|[。]$|[.!?](?:\s+[A-Z\u0400-\u042f]|$)")
_FUNCTION = re.compile(
    r"\b(?:the|of|and|was|were|that|this|with|from|have|has|his|her|their|they|are|which|been|not|but|at|by|"
    r"yang|dan|dengan|untuk|pada|adalah|ini|itu|dari|ve|bir|için|ile|olarak|olan|и|в|на|что|как|это|по|не|из|для|был|была)\b",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[a-z\u00df-\u024f\u0400-\u04ff]{5,}")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_SEPARATORS = re.compile(r"[|,/_·•\n]|\s[-–—]\s")
THAI_PHRASE = 50  # characters between separators that make prose of Thai; keywords have 8-30
MAX_SHARED = 0.4  # of the words of five letters and more: tags of an article .5-1.0, keyword lines .0-.3
MENTIONED = 0.3  # share of a title's words; real titles .5-1.0, stray keywords .0-.1
NEARLY = 0.3  # of the density; a row is wider than its words by at most four blocks on each side
_ALPHABETS = tuple(
    re.compile(f"[{letters}]") for letters in ("\u3040-\u30ff\u3400-\u9fff", "\uac00-\ud7a3", "\u0e00-\u0e7f", "\u0400-\u04ff")
)
FOREIGN = 0.5  # share of a stretch's characters that are of one other alphabet
ALIEN = 0.05  # of the page's prose; pages in two languages have .3 and more
MUCH = 0.25  # the same where a stretch has several strong words
MANY_STRONG = 3
MIN_REST = 160  # characters of other prose that tell a page's alphabet
FOREIGN_WORDS = 4  # of the lexicon in such a stretch
PROSE = 40  # characters; shorter blocks are headings, captions and menus
MAX_FUNCTION = 0.16  # words that only sentences need, per word: keyword lines .00-.12, prose .25-.45
LOOKED_UP = 12  # strong words looked for in the prose


@dataclass(frozen=True)
class Thresholds:
    """When a line is spam; the rules hold one of these each."""

    phrases: int
    strong: int  # distinct strong words
    strong_share: float  # of the phrases
    density: float  # share of phrases with any word of the lexicon
    coverage: float  # share of characters

    def met_by(self, score: Score) -> bool:
        return (
            score.phrases >= self.phrases
            and len(score.strong) >= max(1, self.strong)
            and score.strong_share >= self.strong_share
            and score.density >= self.density
            and score.coverage >= self.coverage
            and not score.only_drugs
        )

    def nearly_met_by(self, score: Score) -> bool:
        """Whether a row that is trimmed at its ends may still come to meet it."""
        return len(score.strong) >= max(1, self.strong) and score.density >= NEARLY * self.density


class Judge:
    """Judges lines of one page. What is costly (the prose, its script) is worked out once, when the first line needs it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._prose: str | None = None
        self._script: HanScript | None = None

    @property
    def prose(self) -> str:
        """The blocks that are sentences, folded and in lower case."""
        if self._prose is None:
            text = self.page.text
            pieces = [text[block.start : block.end] for block in _long_blocks(self.page)]
            self._prose = fold("\n".join(piece for piece in pieces if is_sentence(piece))).lower()
        return self._prose

    @property
    def body_script(self) -> HanScript:
        if self._script is None:
            text = self.page.text
            pieces = [text[block.start : block.end] for block in _long_blocks(self.page)]
            self._script = script_of("".join(piece for piece in pieces if is_sentence(piece))[:20_000], 10)
        return self._script

    def other_script(self, line: str) -> bool:
        """A simplified line on a page whose body is traditional: none of 411 ordinary pages has one."""
        return script_of(line, 3) == "simplified" and self.body_script == "traditional"

    def is_foreign_spam(self, line: str, score: Score, least: Thresholds) -> bool:
        """A stretch in another alphabet than the page's, with several words of the lexicon: sentences of a shop on a page in English count as well."""
        if not least.met_by(score) or score.weak + len(score.strong) < FOREIGN_WORDS:
            return False
        letters = next((pattern for pattern in _ALPHABETS if len(pattern.findall(line)) >= FOREIGN * len(line)), None)
        if letters is None:
            return False
        rest = self.prose.replace(fold(line).lower(), " ")
        most = ALIEN if len(score.strong) < MANY_STRONG else MUCH  # the spam itself may be among the prose
        return len(rest) >= MIN_REST and len(letters.findall(rest)) < most * len(rest)

    def is_topic(self, score: Score, itself: str = "") -> bool:
        """Whether the page's own prose uses the strong words of a line (`itself`, where the line may be among the prose)."""
        looked_up = score.strong[:LOOKED_UP]
        prose = self.prose.replace(fold(itself).lower(), " ") if itself else self.prose
        found = sum(1 for word in looked_up if word in prose)
        return found >= max(1, 0.25 * len(looked_up))

    def is_spam(self, line: str, score: Score, least: Thresholds) -> bool:
        """Whether a line with this score is spam here."""
        return least.met_by(score) and not is_sentence(line) and not self.is_topic(score) and not self.shares_words(line)

    def mentions(self, part: str) -> bool:
        """Whether the prose has a good part of a phrase's words, or pairs of characters."""
        folded = fold(part).lower()
        pairs = (
            {folded[i : i + 2] for i in range(len(folded) - 1) if folded[i : i + 2].isalnum()}
            if EASTERN.search(folded)
            else set()
        )
        pieces = pairs or {word for word in folded.split() if len(word) > 3}
        return sum(1 for piece in pieces if piece in self.prose) >= MENTIONED * max(1, len(pieces))

    def shares_words(self, line: str) -> bool:
        """Whether much of a line's own vocabulary is the prose's: a report on essays keeps `college essays | homework help`."""
        words = set(_LONG_WORD.findall(line.lower()[:2_000]))
        shared = sum(1 for word in words if word in self.prose)
        return shared >= 2 and shared >= MAX_SHARED * len(words)


def is_sentence(line: str) -> bool:
    """Whether a line reads as sentences: it ends one inside or at its end, or has the small words that only sentences need."""
    if _SENTENCE.search(line[:2_000]):
        return True
    thai = len(_THAI.findall(line[:2_000]))
    if thai:  # written without full stops
        return thai >= PROSE and len(_SEPARATORS.findall(line[:2_000])) * THAI_PHRASE < thai
    blanks = line.count(" ", 0, 2_000)
    return blanks >= 5 and len(_FUNCTION.findall(line[:2_000])) > MAX_FUNCTION * (blanks + 1)


def note_of(score: Score) -> str:
    """What was seen, for the report."""
    return f"{score.with_strong} of {score.phrases} phrases: {', '.join(score.strong[:6])}"


def score_line(line: str) -> Score:
    return score_of(phrases_of(line))


def _long_blocks(page: Page) -> Iterator[Block]:
    return (block for block in page.blocks if block.end - block.start >= PROSE)


start_of = attrgetter("start")
