"""Infected pages with a known answer: clean development pages into which spam is put, by family, form, position and separator, with fixed seeds.

Imports nothing from `cleaner`, and draws from files (benchmarks/spam_data) that no rule reads; place names of China come from the dated table of the
development data. A page knows the strings that were put into it (`injected`), so that precision and recall can be counted in characters.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.spam_markup import HIDING, as_html, links, put_into_html, put_into_text, with_title
from benchmarks.spam_words import Spammer, Words, traditional
from benchmarks.split import held_back, key_of

__all__ = ["Base", "Infected", "bases_of", "infected"]

LENGTHS = (6, 8, 10, 12, 16, 20, 28, 41, 60, 80)
PLACE_FORMS = (
    "plain",
    "other-script",
    "taiwan",
    "hong-kong",
    "historical",
    "traditional",
    "glossed",
    "damaged",
    "split",
    "lines",
    "labelled",
)
CONVERTED = ("other-script", "glossed")  # forms whose page is in traditional script


class Base(NamedTuple):
    """A clean page: HTML and the text that people marked as its content."""

    id: str
    url: str
    language: str
    html: str
    gold: str
    held_back: bool


class Infected(NamedTuple):
    """A page with spam in it. `injected` are the strings, in the order in which they stand on the page."""

    id: str
    family: str  # place-list, keyword-head, keyword-list, hidden-text, link-farm, insertion
    rows: tuple[str, ...]  # of the report that this page counts in: form, position, length, look
    kind: str  # "html" or "text"
    data: str
    url: str
    injected: tuple[str, ...]
    base: Base
    spots: tuple[tuple[int, int], ...] = ()  # where signs were put into a text, when they are too short to be found
    title: str = ""  # the genuine part of a title that keywords were put into


def bases_of(data: Path, languages: Sequence[str] = ("zh", "ja", "en", "de"), most: int = 160) -> list[Base]:
    """Up to `most` pages a language, with gold texts of at least 300 characters."""
    bases: list[Base] = []
    counts = dict.fromkeys(languages, 0)
    for path in sorted((data / "extraction").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                gold = row.get("gold") or ""
                if row["lang"] not in counts or counts[row["lang"]] >= most or len(gold) < 300:
                    continue
                source = base64.b64decode(row["html_b64"]).decode(row["encoding"] or "utf-8", "replace")
                if "</p>" not in source or len(source) > 400_000:
                    continue
                counts[row["lang"]] += 1
                bases.append(Base(str(row["id"]), row.get("url") or "", row["lang"], source, gold, held_back(key_of(row))))
    return bases


def place_lists(base: Base, spammer: Spammer) -> Iterator[Infected]:
    forms = PLACE_FORMS if base.language == "zh" else {"ja": ("japan",), "en": ("us",)}.get(base.language, ())
    for form in forms:
        yield from _place_list(base, spammer, form)


def _place_list(base: Base, spammer: Spammer, form: str) -> Iterator[Infected]:
    rng = spammer.random
    length = rng.choice(LENGTHS[3:] if form == "split" else LENGTHS)
    words = spammer.places(length, form)
    position = rng.choice(["end", "end", "end", "top", "middle"])
    separators = [s for s in spammer.separators if "," not in s and "-" not in s] if form == "us" else spammer.separators
    separator = "\n" if form == "lines" else rng.choice(separators)
    label = rng.choice(spammer.labels) if form == "labelled" else ""
    gold, source = (traditional(base.gold), traditional(base.html)) if form in CONVERTED else (base.gold, base.html)
    if form == "split":
        half = len(words) // 2
        position = rng.choice(["top", "middle"])
        text = put_into_text(gold, separator.join(words[:half]), position, rng)
        text = put_into_text(text, separator.join(words[half:]), "end", rng)
    else:
        chunk = label + separator.join(words) + rng.choice(["", separator.strip()])
        text = put_into_text(gold, chunk, position, rng)
    injected = tuple([label.strip()] * bool(label.strip()) + words)
    name = f"{base.id}/place/{form}/{length}/{position}"
    size = f"{length:02d} names" if length < 12 else "12 and more names"
    rows = (form, f"position {position}", size)
    yield Infected(name, "place-list", rows, "text", text, base.url, injected, base)
    if form == "split":
        return
    look = rng.choice(["p", "div", "links", "items", "numbers"])
    page = put_into_html(source, as_html(words, separator, look, spammer), position, rng)
    yield Infected(f"{name}/{look}", "place-list", (*rows, f"look {look}"), "html", page, base.url, tuple(words), base)


def languages_for(base: Base, spammer: Spammer) -> str:
    """A language of spam for a page: its own or English most often, sometimes any other."""
    usual = ["zh", "zh", "zh", "zh", "en", "ja"] if base.language == "zh" else ["en", "en", "id", "tr", "ru", "ja", "zh"]
    if spammer.words.set == "second":
        usual += ["tw"] * (2 if base.language == "zh" else 0) + sorted(set(spammer.languages) - set(usual) - {"tw"})
    return spammer.random.choice(usual)


def keyword_heads(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    for _ in range(2):
        language = languages_for(base, spammer)
        words = spammer.keywords(language)
        separator = rng.choice(["_", ",", "-", "|", " | ", " - "] if language in ("zh", "tw") else [" | ", ", ", " - ", "|"])
        line = spammer.line(language) if rng.random() < 0.4 else None
        if line:
            words = [line]
        head = separator.join(words)
        other = base.language == "zh" and language == "zh" and rng.random() < 0.4
        gold, source = (traditional(base.gold), traditional(base.html)) if other else (base.gold, base.html)
        lines = gold.split("\n")
        at = rng.choice([0, 0, 0, 1, 2]) if len(lines) > 3 else 0
        text = "\n".join([*lines[:at], head, *(["?"] if rng.random() < 0.4 else []), *lines[at:]])
        name = f"{base.id}/head/{language}/{len(words)}"
        rows = (language, "whole line" if line else "phrases", f"line {at + 1}")
        yield Infected(name, "keyword-head", rows, "text", text, base.url, tuple(words), base)
        tag = rng.choice(["h1", "p", "div"])
        page = put_into_html(source, f"<{tag}>{html.escape(head)}</{tag}>", "top", rng)
        title = gold.partition("\n")[0].strip()[:60] if rng.random() < 0.4 else ""
        page = with_title(page, f"{head} - {title}" if title else head)
        yield Infected(
            f"{name}/{tag}", "keyword-head", rows[:2], "html", page, base.url, tuple(words), base, title=title or "none"
        )


def keyword_lists(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    for _ in range(2):
        language = languages_for(base, spammer)
        words = spammer.keywords(language, 6, 16)
        position = rng.choice(["end", "end", "middle"])
        separator = rng.choice(spammer.separators if language in ("zh", "tw") else [" | ", ", ", " - ", "\n", " · ", " / "])
        name = f"{base.id}/list/{language}/{len(words)}/{position}"
        rows = (language, f"position {position}")
        text = put_into_text(base.gold, separator.join(words), position, rng)
        yield Infected(name, "keyword-list", rows, "text", text, base.url, tuple(words), base)
        look = rng.choice(["p", "div", "links", "items"])
        page = put_into_html(base.html, as_html(words, separator, look, spammer), position, rng)
        yield Infected(f"{name}/{look}", "keyword-list", (*rows, f"look {look}"), "html", page, base.url, tuple(words), base)


def hidden_texts(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    for _ in range(2):
        language = languages_for(base, spammer)
        how = rng.choice(HIDING)
        if rng.random() < 0.3 and language in spammer.texts["hidden"]:
            what = "sentence"
            words = [rng.choice(spammer.texts["hidden"][language])]
            inner = html.escape(words[0], quote=False)
        elif rng.random() < 0.3 and len(spammer.texts["anchors"].get(language, ())) >= 5:
            what = "links of trades"
            pool = spammer.texts["anchors"][language]
            words = rng.sample(pool, min(len(pool), rng.randint(5, 15)))
            inner = links(words, spammer.target, " ")
        else:
            what = "keywords"
            words = spammer.keywords(language, 5, 14)
            separator = rng.choice([" ", ", ", "<br>"])
            inner = links(words, spammer.target, separator) if rng.random() < 0.7 else html.escape(", ".join(words))
        tag = rng.choice(["div", "p", "span"])
        page = put_into_html(base.html, f"<{tag} {how}>{inner}</{tag}>", rng.choice(["end", "top", "middle"]), rng)
        name = f"{base.id}/hidden/{language}/{how}"
        yield Infected(name, "hidden-text", (how[:40], what, language), "html", page, base.url, tuple(words), base)


def link_farms(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    language = "zh" if base.language == "zh" else "en"
    pool = spammer.texts["anchors"][language]
    words = rng.sample(pool, min(len(pool), rng.randint(8, 20)))
    label = rng.choice(["友情链接：", "友情链接", ""]) if language == "zh" else rng.choice(["Links:", "Partners", ""])
    separator = rng.choice([" ", " | ", "<br>", ", "])
    look = rng.choice(["div", "items"])
    inner = as_html(words, separator, "items", spammer) if look == "items" else links(words, spammer.target, separator)
    page = put_into_html(base.html, f"<div>{label}{inner}</div>", "end", rng)
    rows = (f"look {look}", language, "with a label" if label else "without a label")
    injected = tuple([label.strip(":：")] * bool(label) + words)
    yield Infected(f"{base.id}/farm/{language}/{look}", "link-farm", rows, "html", page, base.url, injected, base)


FIRST = Words()


def infected(data: Path, bases: Sequence[Base], words: Words = FIRST, seed: int = 20261123) -> Iterator[Infected]:
    """All infected pages; the same seed gives the same pages."""
    from benchmarks.spam_insertions import insertions

    families = (place_lists, keyword_heads, keyword_lists, hidden_texts, link_farms, insertions)
    for number, base in enumerate(bases):
        for place, family in enumerate(families):
            yield from family(base, Spammer(data, seed + 1_000 * number + place, words))


def sample_of(rng: random.Random, numbers: Sequence[int], least: int, most: int) -> list[int]:
    return rng.sample(list(numbers), min(len(numbers), rng.randint(least, most)))
