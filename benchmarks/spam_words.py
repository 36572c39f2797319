"""What the generator of infected pages puts in: keywords, place names, adverts, marks and targets, every draw from one seeded generator.

Two sets of words, written by two hands: spam_data/ and spam_data/second/. The second was measured before any rule was changed for it; its rows are
halved by a hash, "a" to improve the rules on and "b" to report. Place names of China come from the dated table of the development data, those of Japan and
the United States from spam_data/. No rule reads any of these files.
"""

from __future__ import annotations

import hashlib
import json
import random
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Spammer", "Words", "traditional"]

HERE = Path(__file__).parent / "spam_data"
KIT_YEARS = (2003, 2011)  # the table the kit draws from is of these years
SYLLABLES = "ka lo mi ru ten vas por del gur nix bel som tar quo fen".split()
TEXTS = ("anchors", "adverts", "watermarks", "pasted", "hidden", "lines")


class Words(NamedTuple):
    """Which words: the set ("first", "second"), and of the second which half ("a", "b", "" for both)."""

    set: str = "first"
    half: str = ""

    @property
    def folder(self) -> Path:
        return HERE / "second" if self.set == "second" else HERE


def half_of(text: str) -> str:
    return "b" if hashlib.sha256(text.encode()).digest()[0] % 2 else "a"


@lru_cache(maxsize=64)
def rows_of(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


def strings_of(path: Path) -> list[str]:
    return [json.loads(row[0]) for row in rows_of(path)]


@lru_cache(maxsize=2)
def place_names(data: Path) -> dict[str, list[str]]:
    """Names by kind: "kit" (what stood in the tables of 2003-2011), "historical" (gone by 2020), "taiwan", "hong-kong", "japan", "us"."""
    names: dict[str, list[str]] = {"kit": [], "historical": [], "taiwan": [], "hong-kong": []}
    for line in (data / "places" / "divisions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, code, level, first, last, province = line.split("\t")
        first_year = int(first) if first.isdigit() else 0
        last_year = int(last) if last.isdigit() else 9999
        if province == "台湾省" and level != "province":
            names["taiwan"].append(name)
        elif province == "香港特别行政区" and level != "province":
            names["hong-kong"].append(name)
        elif level != "province" and (name[-1] in "县市旗" or (name[-1] == "区" and code[-1] in "37" and len(name) > 2)):
            if first_year <= KIT_YEARS[1] and last_year >= KIT_YEARS[0]:
                names["kit"].append(name)
            if last_year < 2020:
                names["historical"].append(name)
    for country in ("japan", "us"):
        names[country] = [row[0] for row in rows_of(HERE / f"places_{country}.tsv")]
    return names


class Spammer:
    """Makes pieces of spam; every draw comes from one seeded generator."""

    def __init__(self, data: Path, seed: int, words: Words) -> None:
        self.random = random.Random(seed)
        self.words = words
        self.names = place_names(data)
        self.phrases: dict[str, list[str]] = {}
        for row in rows_of(words.folder / "phrases.tsv"):
            if not words.half or half_of(row[-1]) == words.half:
                self.phrases.setdefault(f"{row[0]}/{row[1]}", []).append(row[-1])
        self.separators = strings_of(HERE / "separators.txt")
        self.labels = [label for label in strings_of(words.folder / "labels.txt") if label]
        self.texts = {name: self._by_language(name) for name in TEXTS}

    def _by_language(self, name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        path = self.words.folder / f"{name}.tsv"
        for language, text in rows_of(path) if path.exists() else []:
            if not self.words.half or half_of(text) == self.words.half:
                found.setdefault(language, []).append(text)
        return found

    @property
    def languages(self) -> list[str]:
        return sorted({key.partition("/")[0] for key in self.phrases})

    def host(self) -> str:
        name = "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))
        return f"{name}{self.random.choice(['', '', '88', '365', '-shop'])}.{self.random.choice('top cc xyz com net cn info ru'.split())}"

    def target(self) -> str:
        path = self.random.choice(
            ["", "/", f"/{self.random.randint(100, 99999)}.html", f"/?id={self.random.randint(1, 9999)}", "/index.html"]
        )
        return f"http://{self.random.choice(['www.', '', ''])}{self.host()}{path}"

    def places(self, length: int, form: str) -> list[str]:
        """Names in random order, drawn with replacement as the kit does."""
        kind = form if form in ("historical", "japan", "us") else "kit"
        names = [self.random.choice(self.names[kind]) for _ in range(length)]
        if form in ("taiwan", "hong-kong"):
            share = 0.7 if form == "taiwan" else 0.2
            names = [self.random.choice(self.names[form]) if self.random.random() < share else name for name in names]
        if form in ("traditional", "glossed"):
            names = [traditional(name) for name in names]
        if form == "glossed":
            names = [name.replace("縣", "縣(xiàn)").replace("區", "區(qū)") for name in names]
        if form == "damaged":
            names = [
                name[:1] + self.random.choice("?\ufffd") + name[2:] if self.random.random() < 0.1 else name for name in names
            ]
        return names

    def keywords(self, language: str, least: int = 4, most: int = 12) -> list[str]:
        """Phrases of one topic; in the second set of up to three."""
        topics = [key for key in self.phrases if key.startswith(f"{language}/")]
        chosen = self.random.sample(
            topics, min(len(topics), self.random.choice([1, 1, 2, 3]) if self.words.set == "second" else 1)
        )
        pool = [phrase for topic in chosen for phrase in self.phrases[topic]]
        return self.random.sample(pool, min(len(pool), self.random.randint(least, most)))

    def line(self, language: str) -> str | None:
        """A whole keyword line, where the set has any."""
        lines = self.texts["lines"].get(language)
        return self.random.choice(lines) if lines else None


def traditional(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")
