"""Insertions into somebody else's text: adverts, marks behind paragraphs, keywords pasted into sentences and words, linked money phrases, and signs."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from benchmarks.spam_pages import Base, Infected, sample_of
from benchmarks.spam_words import Spammer

__all__ = ["insertions"]

LOOK_ALIKES = dict(zip("aeopcyx", "аеорсух", strict=True))  # Latin to Cyrillic
TOWNS = ("Springfield", "Dayton", "Leeds", "Perth")
_PARAGRAPH = re.compile(r"(<p\b[^>]*>)([^<>]{60,})(</p>)", re.IGNORECASE)
_PAIR = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")


def insertions(base: Base, spammer: Spammer) -> Iterator[Infected]:
    lines = base.gold.split("\n")
    long = [i for i, line in enumerate(lines) if len(line) > 60]
    if len(long) < 3:
        return
    language = "zh" if base.language == "zh" else "en"
    yield _advert(base, spammer, language, lines, long[1])
    yield _watermark(base, spammer, language, lines, long)
    yield from _pasted(base, spammer, language, lines, long)
    yield from _money_links(base, spammer)
    makers: tuple[Callable[[Base, random.Random], Infected], ...] = (_look_alikes,)
    if language == "zh":
        makers = (_zero_width, _stray_marks, _impossible)
    for make in makers:
        yield make(base, spammer.random)


def _advert(base: Base, spammer: Spammer, language: str, lines: list[str], at: int) -> Infected:
    rng = spammer.random
    number = f"1{rng.choice('3578')}{rng.randint(100000000, 999999999)}"
    advert = rng.choice(spammer.texts["adverts"][language]).format(
        town=rng.choice(spammer.names["kit"] if language == "zh" else TOWNS),
        phone=number if language == "zh" else f"+1 555 {rng.randint(100, 999)} {rng.randint(1000, 9999)}",
        wechat=f"{rng.choice(['ka', 'mi', 'vas', 'nix'])}{rng.randint(1000, 99999)}",
        qq=rng.randint(10_000_000, 3_000_000_000),
    )
    text = "\n".join([*lines[:at], advert, *lines[at:]])
    return Infected(f"{base.id}/advert", "insertion", ("advert", f"advert {language}"), "text", text, base.url, (advert,), base)


def _watermark(base: Base, spammer: Spammer, language: str, lines: list[str], long: list[int]) -> Infected:
    mark = spammer.random.choice(spammer.texts["watermarks"][language]).format(site=f"www.{spammer.host()}")
    text = "\n".join([line + mark if i in long else line for i, line in enumerate(lines)])
    rows = ("watermark", f"watermark {language}")
    return Infected(f"{base.id}/watermark", "insertion", rows, "text", text, base.url, (mark,) * len(long), base)


def _pasted(base: Base, spammer: Spammer, language: str, lines: list[str], long: list[int]) -> Iterator[Infected]:
    """One keyword in several paragraphs: in Chinese between any two characters of a sentence, elsewhere between two words."""
    rng = spammer.random
    word = rng.choice(spammer.texts["pasted"][language])
    spots = sample_of(rng, long, 3, 6)
    pasted = list(lines)
    for i in spots:
        line = lines[i]
        if language == "zh":
            cuts = [match.end() for match in _PAIR.finditer(line, 10, len(line) - 10)] or [len(line) // 2]
            cut = rng.choice(cuts)
        else:
            cut = line.find(" ", rng.randint(20, len(line) - 20)) + 1 or len(line) // 2
        pasted[i] = line[:cut] + word + (" " if language == "en" else "") + line[cut:]
    form = "pasted into words" if language == "zh" else "pasted between words"
    rows = ("pasted", f"{form}, {len(spots)} times")
    text = "\n".join(pasted)
    yield Infected(f"{base.id}/pasted", "insertion", rows, "text", text, base.url, (word,) * len(spots), base)


def _money_links(base: Base, spammer: Spammer) -> Iterator[Infected]:
    """A linked money phrase in the midst of one to three paragraphs of HTML."""
    rng = spammer.random
    matches = list(_PARAGRAPH.finditer(base.html))
    if len(matches) < 3:
        return
    language = base.language if base.language in ("zh", "ja") else rng.choice(["en", "en", "id", "tr", "ru"])
    page, words = base.html, []
    for i in sorted(sample_of(rng, range(len(matches)), 1, 3), reverse=True):
        word = rng.choice(spammer.keywords(language))
        start, end = matches[i].span(2)
        at = page.find(" ", start + 20, end) + 1 or start + 25
        linked = f'<a href="{html.escape(spammer.target())}">{html.escape(word)}</a>'
        page = f"{page[:at]}{linked}{' ' if language != 'zh' else ''}{page[at:]}"
        words.insert(0, word)
    rows = ("money-link", f"money-link {language}")
    yield Infected(f"{base.id}/money-link", "insertion", rows, "html", page, base.url, tuple(words), base)


def _signed(base: Base, form: str, pieces: list[tuple[str, bool]]) -> Infected:
    """A text of pieces; those marked were put in."""
    spots: list[tuple[int, int]] = []
    position = 0
    for piece, put_in in pieces:
        if put_in:
            spots.append((position, position + len(piece)))
        position += len(piece)
    text = "".join(piece for piece, _ in pieces)
    return Infected(f"{base.id}/{form}", "insertion", (form,), "text", text, base.url, (), base, tuple(spots))


def _sprinkled(base: Base, form: str, sign: str, pattern: re.Pattern[str], share: float, rng: random.Random) -> Infected:
    pieces: list[tuple[str, bool]] = []
    position = 0
    for match in pattern.finditer(base.gold):
        if rng.random() < share:
            pieces += [(base.gold[position : match.end()], False), (sign, True)]
            position = match.end()
    return _signed(base, form, [*pieces, (base.gold[position:], False)])


def _zero_width(base: Base, rng: random.Random) -> Infected:
    return _sprinkled(base, "zero-width", rng.choice(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]), _PAIR, 0.1, rng)


def _stray_marks(base: Base, rng: random.Random) -> Infected:
    return _sprinkled(base, "stray-mark", "?", _PAIR, 0.03, rng)


def _impossible(base: Base, rng: random.Random) -> Infected:
    """A comma in front of some enumeration commas."""
    return _sprinkled(base, "impossible", ",", _BEFORE_ENUMERATION, 0.5, rng)


_BEFORE_ENUMERATION = re.compile(r"[\u4e00-\u9fff](?=、)")


def _look_alikes(base: Base, rng: random.Random) -> Infected:
    """Some letters of longer words replaced by Cyrillic ones."""
    pieces: list[tuple[str, bool]] = []
    position = 0
    for match in _long_words().finditer(base.gold):
        places = [i for i in range(match.start() + 1, match.end() - 1) if base.gold[i] in LOOK_ALIKES]
        if places and rng.random() < 0.15:
            at = rng.choice(places)
            pieces += [(base.gold[position:at], False), (LOOK_ALIKES[base.gold[at]], True)]
            position = at + 1
    return _signed(base, "look-alike", [*pieces, (base.gold[position:], False)])


@lru_cache(maxsize=1)
def _long_words() -> re.Pattern[str]:
    return re.compile(r"\b[A-Za-z]{5,}\b")
