"""How likely a Chinese character is after the two before it, if words follow each other independently.

The shipped counts (lists/chinese_words.model, loaded when damage was found) say how characters stand inside words. A character either goes on in the
word that the two before it are in, or goes on in a word that the last one begins, or begins a word, or is punctuation between words; the counts
give each of these a probability. The page itself knows better than any dictionary which names and terms it uses, so what stands undamaged elsewhere
on the page counts as well. Everything is folded to simplified characters.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log

from cleaner.repair.words import COUNT, folded, model, only_simplified
from cleaner.script import simplify

__all__ = ["PAIRS", "Language"]

ONLY_SIMPLIFIED = 1e-5  # a simplified character on a page in traditional script
PUNCTUATION = 0.16  # share of the characters of running text that are not Chinese
STOPS = frozenset("，。！？；、：")
TWO_STOPS = 0.01  # punctuation of this kind hardly follows itself
PAIRS = ("“”", "「」", "‘’", "（）", "《》")
_OPENING_MARKS = "".join(pair[0] for pair in PAIRS)
_CLOSING_MARKS = "".join(pair[1] for pair in PAIRS)
_ENDS = STOPS | frozenset("<\n")
_PARTICLES = frozenset("的了着著过過们們")
IMPOSSIBLE = 0.01  # a particle that begins a sentence, a stop that begins a quotation
_SENTENCE_ENDS = frozenset("。！？")
LISTING = 4.0  # an enumeration comma in a line that has more of them than sentences
UNSEEN = 2e-8  # what any character has at least: about one in a million after its word context
MAX_KNOWN = 200_000  # scores kept at a time
PAGE_WEIGHT = 2.0  # occurrences of a context on the page that outweigh the dictionary's half
PAGE_START = 0.2  # weight of the page's characters against the dictionary's in what begins a word, on a long page
PAGE_LENGTH = 500
PARTS = 0.7  # weight of the parts of speech in what begins the next word
MAX_PAUSE = 3.0
_AFTER_WORD = {
    "，": 0.055,
    "。": 0.03,
    "、": 0.018,
    "“": 0.010,
    "”": 0.010,
    "：": 0.006,
    "《": 0.004,
    "》": 0.004,
    "（": 0.004,
    "）": 0.004,
    "；": 0.003,
    "！": 0.003,
    "？": 0.003,
    "·": 0.001,
    "—": 0.002,
    "…": 0.001,
    " ": 0.004,
    "\n": 0.02,
    "<": 0.02,
    "\u3000": 1e-4,
    "「": 0.002,
    "」": 0.002,
    "‘": 0.0003,
    "’": 0.0003,
    "【": 0.0005,
    "】": 0.0005,
    **dict.fromkeys("0123456789", 0.003),
}
_AFTER_DIGIT = {
    "年": 0.12,
    "月": 0.1,
    "日": 0.09,
    "个": 0.03,
    "万": 0.04,
    "亿": 0.03,
    "元": 0.03,
    "人": 0.03,
    "名": 0.015,
    "多": 0.02,
    "余": 0.01,
    "时": 0.02,
    "分": 0.02,
    "岁": 0.01,
    "次": 0.01,
    "家": 0.01,
    "户": 0.005,
    "米": 0.01,
    "吨": 0.005,
    "号": 0.015,
    "位": 0.01,
    "点": 0.01,
    "第": 0.001,
    "％": 0.02,
}
_AFTER_PUNCTUATION = {
    **dict.fromkeys(("？！", "！？", "？？", "！！"), 0.1),
    "。”": 0.1,
    "。\n": 0.2,
    "。<": 0.2,
    "！”": 0.1,
    "？”": 0.1,
    "：“": 0.2,
    "，“": 0.02,
    "”，": 0.12,
    "”。": 0.12,
    "，”": 0.02,
    "”<": 0.15,
    "”\n": 0.15,
    "》，": 0.08,
    "…”": 0.1,
}
_GLOSS = re.compile(r"（[a-zü]{0,4}+[^a-z\W\d_][a-z]{0,3}+）")
_DAMAGED = re.compile(
    r"？[^\n]{0,80}+"
)  # a question mark may begin a damaged run, and that says nothing about the page's language
_HALF_WIDTH = str.maketrans(",!?;:()", "，！？；：（）")


class Language:
    """Scores characters in the context of a page."""

    def __init__(self, text: str, *, traditional: bool = True) -> None:
        plain = _DAMAGED.sub("\n", _GLOSS.sub("", simplify(text).translate(_HALF_WIDTH)))
        self.ones = Counter(plain)
        self.length = len(plain) + 1
        self.weight = PAGE_START * self.length / (self.length + PAGE_LENGTH)
        self.twos = Counter(pairwise(plain))
        self.caches: dict[tuple[tuple[float, ...], bool], dict[tuple[str, str], float]] = {}
        self.turn((1.0,) * len(PAIRS), False)
        self.present = frozenset(text)
        self.traditional = traditional
        self.model = model()

    def turn(self, closing: tuple[float, ...], listing: bool) -> None:
        """Turn to a run where the closing marks of `PAIRS` are `closing` times as likely as elsewhere, in a line of enumerations (`listing`)."""
        self.closing = closing
        self.listing = listing
        self.known = self.caches.setdefault((closing, listing), {})

    def score(self, context: str, new: str) -> float:
        """The logarithm of how likely `new` is behind `context`."""
        if len(new) == 1 and (found := self.known.get((context, new))) is not None:
            return found
        total = 0.0
        for character in new:
            key = (context, character)
            if key not in self.known:
                if len(self.known) > MAX_KNOWN:
                    self.known.clear()
                self.known[key] = log(self._probability(folded(context), folded(character)) * self._fitness(context, character))
            total += self.known[key]
            context = (context + character)[-2:]
        return total

    def _probability(self, context: str, character: str) -> float:
        first, second = context[-2:-1], context[-1:]
        general = self._general(first, second, character)
        seen = self.ones[second]
        if not seen:
            return general
        weight = seen / (seen + PAGE_WEIGHT) * 0.5
        return (1 - weight) * general + weight * self.twos[second, character] / seen

    def _fitness(self, context: str, character: str) -> float:
        """What speaks against a character whatever the words say."""
        if character in _CLOSING_MARKS:
            return self.closing[_CLOSING_MARKS.index(character)]
        if context[-1:] in _OPENING_MARKS and character in _ENDS:
            return IMPOSSIBLE
        if character in _PARTICLES and (
            context[-1:] in STOPS or (context[-1:] in _CLOSING_MARKS and context[:1] in _SENTENCE_ENDS)
        ):
            return IMPOSSIBLE
        if character == "、":
            return LISTING if self.listing else 1.0
        if character in "，。；" and context[-1:] == "”" and context[:1] in _SENTENCE_ENDS:
            return TWO_STOPS
        simplified = self.traditional and character not in self.present and only_simplified(character)
        return ONLY_SIMPLIFIED if simplified else 1.0

    def _general(self, first: str, second: str, character: str) -> float:
        if character == "著":  # the kit writes 着 so
            return max(self._within_words(first, second, "着"), self._within_words(first, second, character))
        return self._within_words(first.replace("著", "着"), second.replace("著", "着"), character)

    def _within_words(self, first: str, second: str, character: str) -> float:
        counts = self.model
        number = counts.number
        b, c = number.get(second), number.get(character)
        if b is None:
            if second.isdigit() and character in _AFTER_DIGIT:
                return _AFTER_DIGIT[character]
            return self._start(second, character) + UNSEEN
        begun = COUNT[counts.begins[b]] + 1
        pair = counts.pair(b, c) if c is not None else -1
        onward = (COUNT[counts.pair_begins[pair]] if pair >= 0 else 0.0) / begun
        fresh = onward + COUNT[counts.single[b]] / begun * self._next_word(b, c, character, single=True)
        a = number.get(first)
        before = counts.pair(a, b) if a is not None else -1
        if a is None or before < 0:
            return fresh + UNSEEN
        inside = COUNT[counts.inside[before]]
        together = inside / (inside + (COUNT[counts.ends[a]] + 1) * begun / counts.total)
        third = counts.triples_of(before, c) if c is not None else 0.0
        within = (third + COUNT[counts.pair_ends[before]] * self._next_word(b, c, character, single=False)) / (inside + 1)
        return together * within + (1 - together) * fresh + UNSEEN

    def _next_word(self, last: int, number: int | None, character: str, *, single: bool) -> float:
        """How likely `character` begins a word, or is punctuation, behind a word that ends with `last` (and is it, when `single`)."""
        usual = self._start("", character)
        pause = (self.model.pause_single if single else self.model.pause_longer)[last]
        if number is None:
            return usual * pause
        chance = (self.model.after_single if single else self.model.after_longer)(last, number)
        free = (1 - PUNCTUATION * min(pause, MAX_PAUSE)) / (1 - PUNCTUATION)
        if chance < 0:
            return usual * free
        return free * (PARTS * (1 - PUNCTUATION) * chance + (1 - PARTS) * usual)

    def _start(self, before: str, character: str) -> float:
        """How likely `character` is at the beginning of a word or between words."""
        number = self.model.number.get(character)
        if number is not None:
            usual = COUNT[self.model.begins[number]] / self.model.total
            return (1 - PUNCTUATION) * ((1 - self.weight) * usual + self.weight * self.ones[character] / self.length)
        usual = _AFTER_WORD.get(character, 1e-4 if character.isascii() else 1e-6)
        return _AFTER_PUNCTUATION.get(before + character) or (
            usual * TWO_STOPS if before in STOPS and character in STOPS else usual
        )
