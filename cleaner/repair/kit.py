"""What is known of the mirror kit, and what a page shows of it.

The kit has one ordered table of traditional characters, each with one reading; a page uses a prefix of it and glosses every occurrence
(749 of 749 page and character pairs). So three tabled characters that are glossed wherever they stand, with no other glosses around,
are the kit, and the length of the prefix (the level) says which glosses are the kit's and which an author wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cleaner.lists import read
from cleaner.repair.gate import TONE, Sign
from cleaner.script import traditional_characters

__all__ = [
    "GLOSS",
    "HAN",
    "READING",
    "SPLIT_GLOSS",
    "TONED_END",
    "Entry",
    "Evidence",
    "before_glosses",
    "by_reading",
    "double_byte",
    "evidence_of",
    "glosses_of",
    "is_split",
    "readings",
    "table",
    "toneless",
]

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
READING = "[a-zü]{0,4}+[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ][a-z]{0,3}+"  # longest syllable zhuāng: four letters before, three from the vowel on
GLOSS = re.compile(rf"[(（]({READING})[)）]")  # the character before it is looked at by `glosses_of`
SPLIT_GLOSS = re.compile(rf"[?？]({READING})\)")  # the kit's gloss inside two characters: the opening bracket was swallowed
TONED_END = Sign(  # how every reading with a tone ends: one look for it keeps most pages out
    re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ][a-z]{0,3}+[)）]"), bytes((TONE,))
)

MAX_GLOSS = 10  # (zhuāng) and a little more
MIN_DISTINCT = 3  # tabled characters glossed everywhere; 48 of 52 infected pages have them, no control has one
MIN_FEW = 2  # enough where they are glossed at least …
MIN_FEW_GLOSSES = 4  # … this often in all
MAX_STRANGE = 0.2  # share of glosses that are not the table's; infected pages < 0.02, textbooks and dictionaries > 0.5
OPEN_DISTINCT = 6  # unknown tables: distinct characters, …
OPEN_GLOSSES = 12  # … glosses, …
OPEN_FIT = 0.95  # … share of them on a traditional character with a valid reading, …
OPEN_CONSISTENT = 0.9  # … share of the occurrences of those characters that are glossed; running text in a textbook < 0.5
OPEN_DENSITY = 0.4  # … and at most this share of the Han characters is glossed (infected pages 0.05–0.29, poems with pinyin ~1)


class Entry(NamedTuple):
    """A row of the kit's table."""

    character: str
    reading: str
    rank: int  # 0: unknown


class Evidence(NamedTuple):
    """What a page shows of the kit. `glossed`: the readings the page's glosses give to each character that it glosses throughout."""

    level: int
    glossed: dict[str, str]
    split: int  # places that look like a gloss inside two characters


@lru_cache(maxsize=1)
def table() -> dict[str, Entry]:
    """The kit's table by character."""
    rows = (line.split("\t") for line in read("glossed_characters.tsv"))
    return {character: Entry(character, reading, int(rank)) for character, reading, rank in rows}


@lru_cache(maxsize=1)
def readings() -> dict[str, frozenset[str]]:
    """The valid readings of a character."""
    rows = (line.split("\t") for line in read("readings.tsv"))
    return {character: frozenset(values.split(",")) for character, values in rows}


_PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ", "aaaaeeeeiiiioooouuuuvvvvvnnn")


def toneless(reading: str) -> str:
    """A reading without its tone; ü becomes v."""
    return reading.translate(_PLAIN)


def glosses_of(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every reading in brackets behind a Chinese character, with the character."""
    for match in GLOSS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if "\u4e00" <= before <= "\u9fff" or "\u3400" <= before <= "\u4dbf":
            yield before, match


def evidence_of(text: str) -> Evidence | None:
    """What the page shows of the kit; None when it shows nothing of it."""
    glosses = Counter((character, match[1]) for character, match in glosses_of(text))
    split = sum(1 for match in SPLIT_GLOSS.finditer(text) if is_split(text, match.start()))
    if not glosses and not split:
        return None
    known = table()
    tabled = {c: n for (c, reading), n in glosses.items() if c in known and known[c].reading == reading}
    total = sum(glosses.values())
    strange = total - sum(tabled.values())
    counts = Counter(text)
    whole = {c: n for c, n in tabled.items() if _throughout(counts[c], n)}
    enough = len(whole) >= MIN_DISTINCT or (len(whole) >= MIN_FEW and sum(whole.values()) >= MIN_FEW_GLOSSES)
    if (enough and strange <= MAX_STRANGE * total) or split:
        level = _level(counts, tabled)
        return Evidence(level, {c: known[c].reading for c in tabled if _fits(c, level, whole)}, split)
    return _open_evidence(counts, glosses)


def _throughout(occurrences: int, glossed: int) -> bool:
    """Glossed at every occurrence; one in ten may have lost its gloss to broken bytes or to a heading that the kit does not touch."""
    return occurrences - glossed <= glossed // 10


def _fits(character: str, level: int, whole: dict[str, int]) -> bool:
    rank = table()[character].rank
    return rank <= level if rank else character in whole


def _level(counts: Counter[str], tabled: dict[str, int]) -> int:
    """The length of the prefix of the table that agrees best with what is glossed and what is bare."""
    best = level = score = 0
    for entry in sorted((entry for entry in table().values() if entry.rank), key=lambda entry: entry.rank):
        glossed = tabled.get(entry.character, 0)
        score += 2 * glossed - counts[entry.character]  # bare occurrences speak against it
        if score > best or (glossed and score >= best):
            best, level = score, entry.rank
    return level


def is_split(text: str, mark: int) -> bool:
    """Whether the `?` at `mark` is a gloss inside two characters: the character before it and a tabled one of that reading share a byte."""
    match = SPLIT_GLOSS.match(text, mark)
    place = before_glosses(text, mark)
    if match is None or not place:
        return False
    before = double_byte(text[place - 1])
    return bool(before) and any(before[1] == lead for lead, _ in by_reading().get(match[1], ()))


def before_glosses(text: str, place: int) -> int:
    """`place`, or where the glosses begin that end there."""
    while place and text[place - 1] == ")":
        opening = text.rfind("(", max(0, place - MAX_GLOSS), place)
        if opening < 0 or not GLOSS.match(text, opening):
            break
        place = opening
    return place


@lru_cache(maxsize=1)
def by_reading() -> dict[str, tuple[tuple[int, int], ...]]:
    """The two bytes of the tabled characters of a reading."""
    found: dict[str, list[tuple[int, int]]] = {}
    for entry in table().values():
        lead, trail = entry.character.encode("gbk")
        found.setdefault(entry.reading, []).append((lead, trail))
    return {reading: tuple(pairs) for reading, pairs in found.items()}


@lru_cache(maxsize=0x10000)
def double_byte(character: str) -> bytes:
    """The two bytes of a character in GBK; nothing for one that has none or only one."""
    try:
        encoded = character.encode("gbk")
    except UnicodeEncodeError:
        return b""
    return encoded if len(encoded) == 2 else b""


def _open_evidence(counts: Counter[str], glosses: Counter[tuple[str, str]]) -> Evidence | None:
    """The second gate, for tables not seen before: traditional characters with a valid reading, dense and consistent."""
    total = sum(glosses.values())
    if len(glosses) < OPEN_DISTINCT or total < OPEN_GLOSSES:
        return None
    traditional, valid = traditional_characters(), readings()
    fit = {c: (reading, n) for (c, reading), n in glosses.items() if c in traditional and reading in valid.get(c, ())}
    fitting = sum(n for _, n in fit.values())
    occurrences = sum(counts[c] for c in fit)
    han = sum(n for c, n in counts.items() if "\u4e00" <= c <= "\u9fff")
    if fitting < OPEN_FIT * total or len(fit) < OPEN_DISTINCT:
        return None
    if fitting < OPEN_CONSISTENT * occurrences or fitting > OPEN_DENSITY * han:
        return None
    return Evidence(0, {c: reading for c, (reading, n) in fit.items() if _throughout(counts[c], n)}, 0)
