"""What boilerplate says: the phrase lists of `cleaner/lists/navigation/`, made ready for one dictionary look-up a line.

A line is compared by its key: script and width folded, glosses off, lower case, without the decoration, counts and punctuation at
its ends. So one row of a list covers `返回頂部`, `【返回顶部】`, `返回頂(dǐng)部` and `返回顶部 ↑`; and a look-up costs the same whether a
list has ten rows or ten thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cleaner.lists import read
from cleaner.script import fold

__all__ = [
    "EDGES",
    "GLOSS_LETTERS",
    "HAN",
    "INVISIBLE",
    "LANGUAGES",
    "Phrase",
    "Phrases",
    "built",
    "key",
    "phrases",
    "without_counts",
]

LANGUAGES = ("chinese", "english", "french", "german", "japanese", "korean", "portuguese", "russian", "spanish")
KINDS = frozenset({"line", "weak", "button", "label", "mention", "opening", "statement", "claim"})
_BEGINNINGS = {"opening": "opening", "statement": "statement", "claim": "statement"}

# Where one phrase stands in several lists the careful reading wins: a button is weak, but its repetition convicts it.
CARE = {"line": 0, "weak": 1, "button": 2}
HEAD = (
    3  # characters by which openings are found: shorter ones would share too many rows, longer ones exceed the shortest opening
)
EDGES = " \t\r\n\u3000\xa0\u200b\ufeff.,:;!?|/\\·•●■□▪◆◇★☆*#+-–—―_~=^<>«»‹›→←↑↓▲▼►▶◄◀△▽⇒⇧×✕✖✓✔©®™°\"'“”‘’„`´()[]{}【】〖〗〔〕「」『』《》〈〉、。…⋯↗↘⌄▾▸❯❮"
_COUNTS = EDGES + "0123456789%"
HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff5e]")
GLOSS_LETTERS = "abcdefghijklmnopqrstuvwxyzāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_GLOSS = re.compile(f"(?<=[\u4e00-\u9fff])[(（][{GLOSS_LETTERS}]{{1,6}}[)）]")
INVISIBLE = "\xad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and zero-width characters
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_SPREAD = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


class Phrase(NamedTuple):
    """What a phrase is for: the family of `navigation/…` and how it is matched (one of KINDS)."""

    family: str
    kind: str


class Phrases(NamedTuple):
    """The lists as dictionaries. `openings` and `statements` go from the first HEAD characters to the phrases that begin so."""

    lines: dict[str, Phrase]
    labels: dict[str, Phrase]
    openings: dict[str, tuple[tuple[str, Phrase], ...]]
    statements: dict[str, tuple[tuple[str, Phrase], ...]]
    firsts: frozenset[str]  # words that whole lines begin with
    lasts: frozenset[str]  # and end with


def key(line: str) -> str:
    """What a line says, without how it is decorated.

    >>> key("【返回頂部】 ↑")
    '返回顶部'
    >>> key("Read More »")
    'read more'
    """
    if line.isascii():
        return " ".join(line.lower().strip(EDGES).split())
    text = line.replace("’", "'").translate(_INVISIBLE)
    if HAN.search(text):
        text = fold(text)
        if "(" in text:
            text = _GLOSS.sub("", text)
        text = " ".join(text.lower().strip(EDGES).split())
        return _SPREAD.sub("", text) if text.count(" ") * 3 > len(text) else text
    return " ".join(text.lower().strip(EDGES).split())


def without_counts(text: str) -> str:
    """A key without the numbers at its ends: ``"comments (12)"`` is ``"comments"``."""
    return text.strip(_COUNTS)


def built(rows: Iterable[str]) -> Phrases:
    """The dictionaries of rows ``family TAB kind TAB phrase``."""
    lines: dict[str, Phrase] = {}
    labels: dict[str, Phrase] = {}
    starts: dict[str, dict[str, list[tuple[str, Phrase]]]] = {"opening": {}, "statement": {}}
    for row in rows:
        family, kind, text = row.split("\t")
        phrase, said = Phrase(family, kind), key(text)
        if kind in _BEGINNINGS:
            start = said + (" " if text.endswith(" ") else "")
            starts[_BEGINNINGS[kind]].setdefault(start[:HEAD], []).append((start, phrase))
        elif kind in ("label", "mention"):
            labels[said] = phrase
        elif (known := lines.get(said)) is None or CARE[kind] > CARE[known.kind]:
            lines[said] = phrase
    frozen = {kind: {head: tuple(found) for head, found in heads.items()} for kind, heads in starts.items()}
    firsts = frozenset(line.partition(" ")[0] for line in lines)
    lasts = frozenset(line.rpartition(" ")[2] for line in lines)
    return Phrases(lines, labels, frozen["opening"], frozen["statement"], firsts, lasts)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The shipped lists of all languages; a page mixes languages too often to choose among them."""
    return built(row for language in LANGUAGES for row in read(f"navigation/{language}.txt"))
