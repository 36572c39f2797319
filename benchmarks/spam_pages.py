"""Infected pages with a known answer: clean development pages into which spam is put, by family, position and separator, with fixed seeds.

Imports nothing from `cleaner`, and draws from files (benchmarks/spam_data) that no rule reads; place names come from the dated table of the
development data. A page knows the strings that were put into it (`injected`), so that precision and recall can be counted in characters.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.split import held_back, key_of

__all__ = ["Base", "Infected", "bases_of", "infected"]

HERE = Path(__file__).parent / "spam_data"
LENGTHS = (6, 8, 10, 12, 16, 20, 28, 41, 60, 80)
KIT_YEARS = (2003, 2011)  # the table the kit draws from is of these years
SYLLABLES = "ka lo mi ru ten vas por del gur nix bel som tar quo fen".split()
HIDING = (
    'style="display:none"',
    'style="position:absolute;left:-9999px"',
    'style="position:absolute; top:-2000px; left:-2000px"',
    'style="font-size:0"',
    'style="font-size:1px;line-height:1px"',
    'style="height:0;width:0;overflow:hidden"',
    'style="visibility:hidden"',
    'style="text-indent:-9999px"',
    'style="color:#fff;background:#fff"',
    "hidden",
)


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
    form: str
    kind: str  # "html" or "text"
    data: str
    url: str
    injected: tuple[str, ...]
    base: Base


@lru_cache(maxsize=16)
def rows_of(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


def strings_of(name: str) -> list[str]:
    return [json.loads(row[0]) for row in rows_of(name)]


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


@lru_cache(maxsize=2)
def kit_names(data: Path) -> dict[str, list[str]]:
    """Names by kind: "kit" (what stood in the tables of 2003-2011), "taiwan", "hong-kong"."""
    names: dict[str, list[str]] = {"kit": [], "taiwan": [], "hong-kong": []}
    for line in (data / "places" / "divisions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, code, level, first, last, province = line.split("\t")
        first_year = int(first) if first.isdigit() else 0
        last_year = int(last) if last.isdigit() else 9999
        if province == "台湾省" and level != "province":
            names["taiwan"].append(name)
        elif province == "香港特别行政区" and level != "province":
            names["hong-kong"].append(name)
        elif (
            level != "province"
            and first_year <= KIT_YEARS[1]
            and last_year >= KIT_YEARS[0]
            and (name[-1] in "县市旗" or (name[-1] == "区" and code[-1] in "37" and len(name) > 2))
        ):
            names["kit"].append(name)
    return names


Injection = tuple[str, list[str]]  # a chunk of text (lines) and the strings in it


class Spammer:
    """Makes chunks of spam; every draw comes from one seeded generator."""

    def __init__(self, data: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = kit_names(data)
        self.phrases: dict[str, list[str]] = {}
        for language, topic, phrase in rows_of("phrases.tsv"):
            self.phrases.setdefault(f"{language}/{topic}", []).append(phrase)
        self.separators = strings_of("separators.txt")
        self.labels = strings_of("labels.txt")
        self.texts = {name: self._by_language(name) for name in ("anchors", "adverts", "watermarks", "pasted", "hidden")}

    def _by_language(self, name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for language, text in rows_of(f"{name}.tsv"):
            found.setdefault(language, []).append(text)
        return found

    def host(self) -> str:
        name = "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))
        return f"{name}{self.random.choice(['', '', '88', '365', '-shop'])}.{self.random.choice('top cc xyz com net cn info ru'.split())}"

    def target(self) -> str:
        path = self.random.choice(
            ["", "/", f"/{self.random.randint(100, 99999)}.html", f"/?id={self.random.randint(1, 9999)}", "/index.html"]
        )
        return f"http://{self.random.choice(['www.', '', ''])}{self.host()}{path}"

    def places(self, length: int, form: str) -> list[str]:
        names = [self.random.choice(self.names["kit"]) for _ in range(length)]
        if form == "taiwan":
            names = [self.random.choice(self.names["taiwan"] if self.random.random() < 0.7 else self.names["kit"]) for _ in names]
        if form == "hong-kong":
            names = [
                self.random.choice(self.names["hong-kong"] if self.random.random() < 0.2 else self.names["kit"]) for _ in names
            ]
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
        topics = [key for key in self.phrases if key.startswith(f"{language}/")]
        pool = self.phrases[self.random.choice(topics)]
        return self.random.sample(pool, min(len(pool), self.random.randint(least, most)))


def traditional(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def put_into_text(text: str, chunk: str, position: str, rng: random.Random) -> str:
    lines = text.split("\n")
    if position == "end":
        return f"{text.rstrip()}\n{chunk}\n"
    if position == "top":
        return f"{chunk}\n{text}"
    at = rng.randint(1, max(1, len(lines) - 1))
    return "\n".join([*lines[:at], chunk, *lines[at:]])


_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>[^<]*</title>", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)


def put_into_html(source: str, chunk: str, position: str, rng: random.Random) -> str:
    if position == "top":
        match = _BODY.search(source)
        at = match.end() if match else 0
    elif position == "end":
        ends = list(_BODY_END.finditer(source))
        at = ends[-1].start() if ends else len(source)
    else:
        places = [match.end() for match in _PARAGRAPH_END.finditer(source)]
        at = places[rng.randint(len(places) // 3, max(len(places) // 3, 2 * len(places) // 3))]
    return f"{source[:at]}{chunk}{source[at:]}"


def links(words: Sequence[str], target: Callable[[], str], separator: str) -> str:
    return separator.join(f'<a href="{html.escape(target())}">{html.escape(word)}</a>' for word in words)


def as_html(words: Sequence[str], separator: str, form: str, spammer: Spammer) -> str:
    """A list of words as a hacked page shows it."""
    separator = separator.replace("\n", "<br>")
    if form == "links":
        return f"<div>{links(words, spammer.target, separator)}</div>"
    if form == "items":
        return "<ul>" + "".join(f"<li>{links([word], spammer.target, '')}</li>" for word in words) + "</ul>"
    if form == "numbers":
        return f"<div>{links(words, lambda: f'/{spammer.random.randint(10, 99999)}.html', separator)}</div>"
    return f"<{form}>{html.escape(separator.join(words), quote=False).replace('&lt;br&gt;', '<br>')}</{form}>"


def place_lists(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    if base.language != "zh":
        return
    forms = (
        "plain",
        "plain",
        "other-script",
        "other-script",
        "taiwan",
        "hong-kong",
        "traditional",
        "glossed",
        "damaged",
        "split",
    )
    for form in rng.sample(forms, 4):
        words = spammer.places(rng.choice(LENGTHS[1:] if form == "split" else LENGTHS), form)
        separator, label = rng.choice(spammer.separators), rng.choice(["", "", "", *spammer.labels])
        position = rng.choice(["end", "end", "end", "top", "middle"])
        gold = traditional(base.gold) if form in ("other-script", "glossed") else base.gold
        source = traditional(base.html) if form in ("other-script", "glossed") else base.html
        if form == "split":
            half = len(words) // 2
            text = put_into_text(gold, separator.join(words[:half]), rng.choice(["top", "middle"]), rng)
            text = put_into_text(text, separator.join(words[half:]), "end", rng)
            label = ""
        else:
            chunk = label + separator.join(words) + rng.choice(["", separator.strip()])
            text = put_into_text(gold, chunk, position, rng)
        injected = tuple([label.strip()] * bool(label.strip()) + words)
        name = f"{base.id}/place/{form}/{len(words)}/{position}"
        yield Infected(name, "place-list", form, "text", text, base.url, injected, base)
        look = rng.choice(["p", "div", "links", "items", "numbers"])
        if form != "split":
            page = put_into_html(source, as_html(words, separator, look, spammer), position, rng)
            yield Infected(f"{name}/{look}", "place-list", f"{form}", "html", page, base.url, tuple(words), base)


def languages_for(base: Base, rng: random.Random) -> str:
    if base.language == "zh":
        return rng.choice(["zh", "zh", "zh", "zh", "en", "ja"])
    return rng.choice(["en", "en", "id", "tr", "ru", "ja", "zh"])


def keyword_heads(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    for _ in range(2):
        language = languages_for(base, rng)
        words = spammer.keywords(language)
        separator = rng.choice(["_", ",", "-", "|", " | ", " - "] if language in ("zh",) else [" | ", ", ", " - ", "|"])
        head = separator.join(words)
        other = base.language == "zh" and language == "zh" and rng.random() < 0.4
        gold, source = (traditional(base.gold), traditional(base.html)) if other else (base.gold, base.html)
        lines = gold.split("\n")
        at = rng.choice([0, 0, 0, 1, 2]) if len(lines) > 3 else 0
        text = "\n".join([*lines[:at], head, *(["?"] if rng.random() < 0.4 else []), *lines[at:]])
        name = f"{base.id}/head/{language}/{len(words)}"
        yield Infected(name, "keyword-head", language, "text", text, base.url, tuple(words), base)
        tag = rng.choice(["h1", "p", "div"])
        page = put_into_html(source, f"<{tag}>{html.escape(head)}</{tag}>", "top", rng)
        page = _TITLE.sub(f"<title>{html.escape(head)}</title>".replace("\\", ""), page, count=1)
        yield Infected(f"{name}/{tag}", "keyword-head", language, "html", page, base.url, tuple(words), base)


def keyword_lists(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    for _ in range(2):
        language = languages_for(base, rng)
        words = spammer.keywords(language, 6, 16)
        position = rng.choice(["end", "end", "middle"])
        separator = rng.choice(spammer.separators if language == "zh" else [" | ", ", ", " - ", "\n", " · ", " / "])
        name = f"{base.id}/list/{language}/{len(words)}/{position}"
        text = put_into_text(base.gold, separator.join(words), position, rng)
        yield Infected(name, "keyword-list", language, "text", text, base.url, tuple(words), base)
        look = rng.choice(["p", "div", "links", "items"])
        page = put_into_html(base.html, as_html(words, separator, look, spammer), position, rng)
        yield Infected(f"{name}/{look}", "keyword-list", language, "html", page, base.url, tuple(words), base)


def hidden_texts(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    for _ in range(2):
        language = languages_for(base, rng)
        how = rng.choice(HIDING)
        if rng.random() < 0.3 and language in spammer.texts["hidden"]:
            words = [rng.choice(spammer.texts["hidden"][language])]
            inner = html.escape(words[0], quote=False)
        elif rng.random() < 0.3 and language in spammer.texts["anchors"]:
            words = rng.sample(spammer.texts["anchors"][language], rng.randint(5, 15))
            inner = links(words, spammer.target, " ")
        else:
            words = spammer.keywords(language, 5, 14)
            inner = (
                links(words, spammer.target, rng.choice([" ", ", ", "<br>"]))
                if rng.random() < 0.7
                else html.escape(", ".join(words))
            )
        tag = rng.choice(["div", "p", "span"])
        page = put_into_html(base.html, f"<{tag} {how}>{inner}</{tag}>", rng.choice(["end", "top", "middle"]), rng)
        yield Infected(f"{base.id}/hidden/{language}/{how}", "hidden-text", how[:40], "html", page, base.url, tuple(words), base)


def link_farms(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    language = "zh" if base.language == "zh" else "en"
    words = rng.sample(spammer.texts["anchors"][language], rng.randint(8, 20))
    label = rng.choice(["友情链接：", "友情链接", ""]) if language == "zh" else rng.choice(["Links:", "Partners", ""])
    separator = rng.choice([" ", " | ", "<br>", ", "])
    look = rng.choice(["div", "items"])
    inner = as_html(words, separator, "items", spammer) if look == "items" else links(words, spammer.target, separator)
    page = put_into_html(base.html, f"<div>{label}{inner}</div>", "end", rng)
    yield Infected(f"{base.id}/farm/{language}/{look}", "link-farm", look, "html", page, base.url, tuple(words), base)


def insertions(base: Base, spammer: Spammer) -> Iterator[Infected]:
    rng = spammer.random
    language = "zh" if base.language == "zh" else "en"
    lines = base.gold.split("\n")
    long = [i for i, line in enumerate(lines) if len(line) > 60]
    if len(long) < 3:
        return
    town = rng.choice(spammer.names["kit"]) if language == "zh" else rng.choice(["Springfield", "Dayton", "Leeds", "Perth"])
    phone = (
        f"1{rng.choice('3578')}{rng.randint(100000000, 999999999)}"
        if language == "zh"
        else f"+1 555 {rng.randint(100, 999)} {rng.randint(1000, 9999)}"
    )
    advert = rng.choice(spammer.texts["adverts"][language]).format(
        town=town,
        phone=phone,
        wechat=f"{rng.choice(SYLLABLES)}{rng.randint(1000, 99999)}",
        qq=rng.randint(10_000_000, 3_000_000_000),
    )
    at = long[1]
    text = "\n".join([*lines[:at], advert, *lines[at:]])
    yield Infected(f"{base.id}/advert", "insertion", "advert", "text", text, base.url, (advert,), base)
    mark = rng.choice(spammer.texts["watermarks"][language]).format(site=f"www.{spammer.host()}")
    marked = [line + mark if i in long else line for i, line in enumerate(lines)]
    yield Infected(
        f"{base.id}/watermark", "insertion", "watermark", "text", "\n".join(marked), base.url, (mark,) * len(long), base
    )
    word = rng.choice(spammer.texts["pasted"][language])
    spots = rng.sample(long, min(len(long), rng.randint(3, 6)))
    pasted = list(lines)
    for i in spots:
        cut = rng.randint(20, len(lines[i]) - 20)
        if language == "en":
            cut = lines[i].find(" ", cut) + 1 or cut
        pasted[i] = lines[i][:cut] + word + (" " if language == "en" else "") + lines[i][cut:]
    yield Infected(f"{base.id}/pasted", "insertion", "pasted", "text", "\n".join(pasted), base.url, (word,) * len(spots), base)
    if language == "zh":
        sign = rng.choice(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"])
        signed = re.sub(r"([\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda m: m[1] + (sign if rng.random() < 0.1 else ""), base.gold)
        yield Infected(
            f"{base.id}/zero-width", "insertion", "zero-width", "text", signed, base.url, (sign,) * signed.count(sign), base
        )


FAMILIES = (place_lists, keyword_heads, keyword_lists, hidden_texts, link_farms, insertions)


def infected(data: Path, bases: Sequence[Base], seed: int = 20261123) -> Iterator[Infected]:
    """All infected pages; the same seed gives the same pages."""
    for number, base in enumerate(bases):
        for family in FAMILIES:
            yield from family(base, Spammer(data, seed + 1_000 * number + FAMILIES.index(family)))
