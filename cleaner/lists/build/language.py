"""Builds chinese_words.model: how Chinese words are put together, for the repair of characters of which a byte was lost.

From a dictionary of words with frequencies come counts of two and three characters inside words, folded to simplified script: how often a pair
stands in a word, how often it begins one, how often it ends one; how often a character begins a word and is one. That is enough to
compute, for any two characters of context, how likely each third is (`cleaner.repair.language`). How parts of speech follow each other is kept as well,
and which of them each character begins and ends.
Counts are kept as 8 · log2(1 + count) in one byte; sorted keys as differences, whose four bytes are stored apart so that they compress.

The file: header lines that start with "# ", an empty line, then LZMA of the sections, each a four-byte length and bytes.
"""

from __future__ import annotations

import lzma
import struct
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from cleaner.script import simplify

HEADER = """\
# name: chinese_words.model: counts of characters inside words
# source: dict.txt of the package jieba 0.42.1 and the phrases of the package pypinyin 0.55.0
# licence: MIT, MIT
# date: 2026-11-23
# built by: cleaner/lists/build/language.py

"""
TARGET = Path(__file__).parent.parent / "chinese_words.model"
MIN_PART = 3
MIN_PAIR = 3  # rarer pairs would cost 20 KB and are mostly errors of the dictionary
FREQUENCY_OF_DE = 3_000_000  # the dictionary holds it down to a tenth, for the sake of its segmenter
FREQUENCY_OF_PHRASES = 10  # of idioms that the dictionary gives less, or does not have
MIN_TRIPLE = 6  # 250,000 triples from 3 up would cost 300 KB more
CHARACTER_BITS = 13


class Word(NamedTuple):
    frequency: int
    part: str  # of speech


def words() -> dict[str, Word]:
    """The words of the dictionary in simplified characters, with their frequencies and parts of speech."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("building the language model needs jieba 0.42.1")
    found: dict[str, Word] = {}
    dictionary = Path(spec.submodule_search_locations[0]) / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        name, frequency, part = line.split(" ")
        name = simplify(name)
        if all("\u4e00" <= character <= "\u9fff" for character in name):
            before = found.get(name, Word(0, part))
            found[name] = Word(before.frequency + int(frequency), part if int(frequency) > before.frequency else before.part)
    found["的"] = Word(FREQUENCY_OF_DE, found["的"].part)
    for phrase in map(simplify, phrases()):
        if len(phrase) > 2 and all("\u4e00" <= character <= "\u9fff" for character in phrase):
            before = found.get(phrase, Word(0, "l"))
            found[phrase] = Word(max(before.frequency, FREQUENCY_OF_PHRASES), before.part)
    return found


def transitions() -> dict[tuple[str, str], dict[tuple[str, str], float]]:
    """How parts of speech follow each other: the logarithms of jieba's tagger. S is a word of one character, B and E begin and end a longer one."""
    from jieba.posseg.prob_trans import P  # type: ignore[import-untyped]

    table: dict[tuple[str, str], dict[tuple[str, str], float]] = P
    return table


def phrases() -> list[str]:
    """The phrases, most of them idioms, whose readings pypinyin lists."""
    from pypinyin.phrases_dict import phrases_dict

    return list(phrases_dict)


class Counts:
    """What is counted over the words."""

    def __init__(self, found: dict[str, Word]) -> None:
        self.begins: Counter[str] = Counter()  # character begins a word
        self.single: Counter[str] = Counter()  # character is a word
        self.ends: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()  # pair stands in a word
        self.pair_begins: Counter[str] = Counter()
        self.pair_ends: Counter[str] = Counter()
        self.triple: Counter[str] = Counter()
        self.begins_as: Counter[tuple[str, str]] = Counter()  # character begins a longer word of this part of speech
        self.ends_as: Counter[tuple[str, str]] = Counter()
        for word, (n, part) in found.items():
            self.begins[word[0]] += n
            self.ends[word[-1]] += n
            if len(word) == 1:
                self.single[word] += n
                continue
            self.begins_as[word[0], part] += n
            self.ends_as[word[-1], part] += n
            self.pair_begins[word[:2]] += n
            self.pair_ends[word[-2:]] += n
            for i in range(len(word) - 1):
                self.inside[word[i : i + 2]] += n
            for i in range(len(word) - 2):
                self.triple[word[i : i + 3]] += n


def scaled(count: int) -> int:
    """A count in one byte: 8 · log2(1 + count)."""
    import math

    return min(255, round(8 * math.log2(1 + count)))


def packed_keys(keys: list[int]) -> bytes:
    """Sorted numbers as differences, the four bytes of each in planes of their own."""
    differences = [b - a for a, b in zip([0, *keys], keys, strict=False)]
    return b"".join(bytes((d >> shift) & 0xFF for d in differences) for shift in (0, 8, 16, 24))


def sparse(counts: Counter[tuple[str, str]], characters: list[str], parts: list[str]) -> bytes:
    """For each character the parts of speech with their counts: how many, then their numbers, then the counts."""
    of: dict[str, list[tuple[int, int]]] = {}
    for (character, part), n in counts.items():
        if n >= MIN_PART:
            of.setdefault(character, []).append((parts.index(part), scaled(n)))
    rows = [sorted(of.get(character, [])) for character in characters]
    return bytes([len(row) for row in rows] + [part for row in rows for part, _ in row] + [n for row in rows for _, n in row])


def followed(parts: list[str]) -> bytes:
    """A square of bytes: from E and S of each part of speech to B and S of each; 255 + 16 · ln(chance), 0 for none."""
    table = transitions()
    squares = bytearray()
    for state in "ES":
        for part in parts:
            row = table.get((state, part), {})
            for onward in "BS":
                squares += bytes(max(0, round(255 + 16 * row.get((onward, other), -99.0))) for other in parts)
    return bytes(squares)


def built() -> bytes:
    """The file; needs jieba and pypinyin."""
    found = words()
    counts = Counts(found)
    parts = sorted({word.part for word in found.values()})
    pairs = {pair: n for pair, n in counts.inside.items() if n >= MIN_PAIR}
    characters = sorted({c for pair in pairs for c in pair})
    assert len(characters) < 1 << CHARACTER_BITS
    number = {character: i for i, character in enumerate(characters)}
    names = sorted(pairs, key=lambda pair: (number[pair[0]], number[pair[1]]))
    place = {pair: i for i, pair in enumerate(names)}
    triples = sorted(
        (place[t[:2]] << CHARACTER_BITS | number[t[2]], n) for t, n in counts.triple.items() if n >= MIN_TRIPLE and t[:2] in place
    )
    alone = bytes(parts.index(found[c].part) if c in found else 255 for c in characters)
    sections = [
        "".join(characters).encode("utf-8"),
        bytes(scaled(counts.begins[c]) for c in characters),
        bytes(scaled(counts.single[c]) for c in characters),
        bytes(scaled(counts.ends[c]) for c in characters),
        packed_keys([number[pair[0]] << CHARACTER_BITS | number[pair[1]] for pair in names]),
        bytes(scaled(pairs[pair]) for pair in names),
        bytes(scaled(counts.pair_begins[pair]) for pair in names),
        bytes(scaled(counts.pair_ends[pair]) for pair in names),
        packed_keys([key for key, _ in triples]),
        bytes(scaled(n) for _, n in triples),
        " ".join(parts).encode("ascii"),
        alone,
        sparse(counts.begins_as, characters, parts),
        sparse(counts.ends_as, characters, parts),
        followed(parts),
    ]
    payload = b"".join(struct.pack("<I", len(section)) + section for section in sections)
    return HEADER.encode("utf-8") + lzma.compress(payload, format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    TARGET.write_bytes(built())
