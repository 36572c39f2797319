"""The shipped counts of characters inside words, and the characters that two bytes can stand for.

lists/chinese_words.model (built by lists/build/language.py) is loaded when damage was found, once a process; `language` turns its counts into chances.
"""

from __future__ import annotations

import lzma
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from math import exp

from cleaner.script import simplified_characters, simplify

__all__ = [
    "COUNT",
    "Model",
    "character_of",
    "common_characters",
    "folded",
    "model",
    "only_simplified",
    "unassigned_behind",
    "with_lead",
    "with_trail",
]

CHARACTER_BITS = 13
RAREST = 3e-7  # share of running text; rarer characters are never tried
TRIED = 90  # characters tried where one byte is lost
COMMON = 500  # characters tried where both bytes are lost
ONLY_SIMPLIFIED = 1e-5  # a simplified character on a page in traditional script
# How much more or less often than usual a word of this part of speech stands before punctuation: particles end sentences, prepositions do not.
PAUSE = {
    "uj": 0.3,
    "p": 0.05,
    "c": 0.1,
    "d": 0.2,
    "r": 0.5,
    "ul": 1.3,
    "zg": 1.0,
    "y": 5.0,
    "m": 0.4,
    "uz": 0.1,
    "ud": 0.05,
    "uv": 0.05,
    "f": 1.2,
    "n": 1.2,
    "b": 0.3,
}
PUNCTUATION_SHARE = 3e-3  # what punctuation is ranked by where it competes with characters
_PUNCTUATION = frozenset("，。、“”：《》（）；！？·—…「」‘’【】")
_HALF_WIDTH = str.maketrans(",!?;:()", "，！？；：（）")


@lru_cache(maxsize=0x10000)
def character_of(lead: int, trail: int) -> str:
    """The character of two bytes in GBK, "" when there is none."""
    found = bytes((lead, trail)).decode("gbk", "ignore") if trail >= 0x40 and lead > 0x80 else ""
    return found if found > "\x7f" else ""


@lru_cache(maxsize=256)
def with_trail(trail: int) -> tuple[str, ...]:
    """The likelier characters with this trail byte."""
    return _likelier(filter(None, (character_of(lead, trail) for lead in range(0x81, 0xFF))), TRIED)


@lru_cache(maxsize=256)
def with_lead(lead: int) -> tuple[str, ...]:
    """The likelier characters with this lead byte and a trail byte that can be read as a lead byte."""
    return _likelier(filter(None, (character_of(lead, trail) for trail in range(0x81, 0xFF))), TRIED)


def _likelier(characters: Iterable[str], most: int) -> tuple[str, ...]:
    """The characters that a page in traditional script has, the commonest first, at most so many."""
    counts = model()

    def weight(character: str) -> float:
        number = counts.number.get(folded(character))
        if number is None:
            return PUNCTUATION_SHARE if character in _PUNCTUATION else 0.0
        return (
            (COUNT[counts.begins[number]] + COUNT[counts.ends[number]])
            / counts.total
            * (ONLY_SIMPLIFIED if only_simplified(character) else 1.0)
        )

    ranked = sorted(((weight(character), character) for character in characters), reverse=True)
    return tuple(character for share, character in ranked[:most] if share > RAREST)


@lru_cache(maxsize=256)
def unassigned_behind(lead: int) -> bool:
    """Whether there are pairs with this lead byte that GBK does not assign."""
    return any(not character_of(lead, trail) for trail in range(0x81, 0xFF))


@lru_cache(maxsize=1)
def common_characters() -> tuple[str, ...]:
    """What to try where both bytes of a character are lost: the commonest characters in either script, and punctuation."""
    every = (character_of(lead, trail) for lead in range(0x81, 0xFF) for trail in range(0x81, 0xFF))
    return _likelier(filter(None, every), COMMON)


class Model:
    """The shipped counts; `ends` and the like are by the number of a character, COUNT turns their bytes into counts."""

    def __init__(self, data: bytes) -> None:
        payload = lzma.decompress(data.partition(b"\n\n")[2])
        sections: list[bytes] = []
        place = 0
        while place < len(payload):
            (length,) = struct.unpack_from("<I", payload, place)
            sections.append(payload[place + 4 : place + 4 + length])
            place += 4 + length
        (
            characters,
            self.begins,
            self.single,
            self.ends,
            pairs,
            self.inside,
            self.pair_begins,
            self.pair_ends,
            triples,
            self.triple,
        ) = sections[:10]
        parts, self.alone, begins_as, ends_as, followed = sections[10:]
        self.number = {character: i for i, character in enumerate(characters.decode("utf-8"))}
        self.pairs = _unpacked(pairs)
        self.triples = _unpacked(triples)
        self.total = sum(COUNT[n] for n in self.begins)
        self.parts = parts.decode("ascii").split(" ")
        self._fill(_sparse(begins_as, len(self.number)), _sparse(ends_as, len(self.number)), followed)

    def _fill(self, begins_as: list[list[tuple[int, float]]], ends_as: list[list[tuple[int, float]]], followed: bytes) -> None:
        """Turn the counts by parts of speech into chances. B or S of part i is number i or n + i of what can follow."""
        n = len(self.parts)
        totals = [1.0] * (2 * n)
        for row in begins_as:
            for part, count in row:
                totals[part] += count
        for c, part in enumerate(self.alone):
            if part < n:
                totals[n + part] += COUNT[self.single[c]]
        self.starts = [[(part, count / totals[part]) for part, count in row] for row in begins_as]
        for c, part in enumerate(self.alone):
            if part < n:
                self.starts[c].append((n + part, COUNT[self.single[c]] / totals[n + part]))
        sums = [sum(count for _, count in row) + 1e-9 for row in ends_as]
        self.stops = [[(part, count / total) for part, count in row] for row, total in zip(ends_as, sums, strict=True)]
        chance = [0.0, *(exp((byte - 255) / 16) for byte in range(1, 256))]
        rows = [[chance[byte] for byte in followed[i * 2 * n : (i + 1) * 2 * n]] for i in range(2 * n)]
        self.follow_longer, self.follow_single = rows[:n], rows[n:]
        pauses = [PAUSE.get(part, 1.0) for part in self.parts]
        self.pause_single = [pauses[part] if part < n else 1.0 for part in self.alone]
        self.pause_longer = [sum(pauses[part] * share for part, share in row) if row else 1.0 for row in self.stops]

    def after_single(self, word: int, character: int) -> float:
        """How likely a word begins with `character` behind the word of one character `word`."""
        part = self.alone[word]
        if part >= len(self.parts):
            return -1.0
        row = self.follow_single[part]
        return sum(row[state] * chance for state, chance in self.starts[character])

    def after_longer(self, last: int, character: int) -> float:
        """How likely a word begins with `character` behind a longer word that ends with `last`."""
        starts = self.starts[character]
        if not self.stops[last]:
            return -1.0
        return sum(
            share * sum(self.follow_longer[part][state] * chance for state, chance in starts) for part, share in self.stops[last]
        )

    def pair(self, first: int, second: int) -> int:
        """The place of a pair, -1 when it stands in no word."""
        return _place(self.pairs, first << CHARACTER_BITS | second)

    def triples_of(self, pair: int, third: int) -> float:
        place = _place(self.triples, pair << CHARACTER_BITS | third)
        return COUNT[self.triple[place]] if place >= 0 else 0.0


def _sparse(packed: bytes, rows: int) -> list[list[tuple[int, float]]]:
    """What `cleaner.lists.build.language.sparse` packed."""
    total = sum(packed[:rows])
    found: list[list[tuple[int, float]]] = []
    place = rows
    for length in packed[:rows]:
        found.append([(packed[i], COUNT[packed[i + total]]) for i in range(place, place + length)])
        place += length
    return found


COUNT = tuple(2 ** (n / 8) - 1 for n in range(256))


def _unpacked(packed: bytes) -> array[int]:
    import numpy

    quarters = numpy.frombuffer(packed, numpy.uint8).reshape(4, -1).astype(numpy.uint32)
    differences = quarters[0] | quarters[1] << 8 | quarters[2] << 16 | quarters[3] << 24
    return array("I", numpy.cumsum(differences, dtype=numpy.uint32).tobytes())


def _place(keys: array[int], key: int) -> int:
    place = bisect_left(keys, key)
    return place if place < len(keys) and keys[place] == key else -1


@lru_cache(maxsize=1)
def model() -> Model:
    return Model((files("cleaner.lists") / "chinese_words.model").read_bytes())


@lru_cache(maxsize=0x10000)
def only_simplified(character: str) -> bool:
    """Whether a simplified character is no traditional one as well: the kit's conversion leaves none of these."""
    if character not in simplified_characters():
        return False
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


@lru_cache(maxsize=0x10000)
def folded(text: str) -> str:
    return simplify(text).translate(_HALF_WIDTH)
