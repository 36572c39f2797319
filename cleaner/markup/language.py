"""Which language a page is in: its own label, unless the text plainly says otherwise.

The idea: labels are finer than any detector (``pt-BR``, ``zh-TW``) but come from templates and are sometimes wrong; the script of the
letters and the commonest function words are coarse but cannot lie. So the text has a veto and no more: a label stands as long as the
text does not contradict it, and is refined by the script for Chinese, where converted pages keep the old label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cleaner.lists import read
from cleaner.script import simplify, traditional_characters

__all__ = ["language_of", "language_tag", "sample_of"]

SAMPLE = 1_200  # characters looked at; 2,400 changed 2 of 620 verdicts, neither to the better, 900 made 2 wrong
MIN_HITS = 6  # function words of the best language before the text's word counts; ten words of prose hold about 4
WORD_SHARE = 0.2  # of function words; .25 to .45 in prose of the language, under .1 in others but close relatives
CLEAR_LEAD = 1.4  # the best language against the label's; related languages (da/nb, cs/sk) reach 0.8 of each other
MIN_LETTERS = 20  # letters of a script before it counts
KANA_SHARE = 0.05  # of kana and Han together; Japanese prose has 0.4 to 0.7, Chinese pages with a Japanese name under 0.01
SCRIPT_LEAD = 2  # traditional against simplified characters, or the other way round

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z0-9])")
_ALIASES = {
    "jp": "ja",
    "cn": "zh",
    "tw": "zh-TW",
    "kr": "ko",
    "cz": "cs",
    "gr": "el",
    "ua": "uk",
    "dk": "da",
    "iw": "he",
    "in": "id",
    "no": "nb",
}
_NAMES = {
    "english": "en",
    "deutsch": "de",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "russian": "ru",
    "chinese": "zh",
    "japanese": "ja",
}

# The scripts that mean one language (or the first of a few that the label may choose among).
_SCRIPTS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("hangul", re.compile(r"[\uac00-\ud7a3]"), ("ko",)),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg", "tt")),
    ("arabic", re.compile(r"[\u0620-\u06ff]"), ("ar", "fa", "ur", "ps", "ku", "ckb", "ug", "sd")),
    ("greek", re.compile(r"[\u0370-\u03ff]"), ("el",)),
    ("hebrew", re.compile(r"[\u05d0-\u05ea]"), ("he", "yi")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]"), ("th",)),
    ("devanagari", re.compile(r"[\u0900-\u097f]"), ("hi", "mr", "ne", "sa")),
    ("bengali", re.compile(r"[\u0980-\u09ff]"), ("bn", "as")),
    ("tamil", re.compile(r"[\u0b80-\u0bff]"), ("ta",)),
    ("telugu", re.compile(r"[\u0c00-\u0c7f]"), ("te",)),
    ("georgian", re.compile(r"[\u10a0-\u10ff]"), ("ka",)),
    ("armenian", re.compile(r"[\u0530-\u058f]"), ("hy",)),
)
_OTHER_LETTER = re.compile(r"[\u0370-\u1cff\u3041-\ud7a3]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")


@lru_cache(maxsize=1)
def _stopwords() -> dict[str, tuple[str, ...]]:
    """For each function word the languages that have it."""
    languages: dict[str, list[str]] = {}
    for row in read("metadata/stopwords.tsv"):
        language, words = row.split("\t")
        for word in words.split():
            languages.setdefault(word, []).append(language)
    return {word: tuple(found) for word, found in languages.items()}


@lru_cache(maxsize=1)
def _words_of() -> dict[str, frozenset[str]]:
    """For each language its function words."""
    rows = (row.split("\t") for row in read("metadata/stopwords.tsv"))
    return {language: frozenset(words.split()) for language, words in rows}


@lru_cache(maxsize=1)
def _simplified_characters() -> frozenset[str]:
    traditional = traditional_characters()
    return frozenset(simplify("".join(traditional))) - traditional


def sample_of(text: str, longest: Sequence[tuple[int, int]]) -> str:
    """Some prose of a page: the beginnings of its longest blocks, which are given as (characters, start); else whatever there is.

    The longest, because notices in another language (an archive's toolbar, the cookies of a consent wall) are many and short.
    """
    if not longest:
        return text[:SAMPLE]
    room = SAMPLE // len(longest)
    pieces = [text[start : start + min(length, room)] for length, start in longest]
    if sum(map(len, pieces)) < SAMPLE // 4:
        pieces.append(text[:SAMPLE])
    return " ".join(pieces)


@lru_cache(maxsize=256)
def language_tag(label: str) -> str | None:
    """A label as a BCP 47 tag, or None when it is none.

    >>> language_tag("en_us"), language_tag("zh-hant-tw"), language_tag("utf-8")
    ('en-US', 'zh-Hant-TW', None)
    """
    label = label.strip()
    lowered = label.lower()
    if lowered in _ALIASES or lowered in _NAMES:
        return _ALIASES.get(lowered) or _NAMES[lowered]
    match = _TAG.match(label)
    if not match or lowered.startswith("utf"):
        return None
    primary, script, region = match.groups()
    primary = _ALIASES.get(primary.lower(), primary.lower()).partition("-")[0]
    return "-".join(filter(None, (primary, script and script.title(), region and region.upper())))


def language_of(sample: str, labels: Iterable[str]) -> str | None:
    """The BCP 47 tag of a text that was labelled in these ways, the most trusted label first; None when nothing is known."""
    tags = [tag for label in labels if (tag := language_tag(label))]
    if tags and _speaks(sample, tags[0].partition("-")[0]):
        return tags[0]
    verdicts, sure = _verdicts(sample)
    if not verdicts:
        return tags[0] if tags else None
    for tag in tags:
        primary = tag.partition("-")[0]
        if primary in verdicts:
            return _chinese(sample, tag) if primary == "zh" else tag
    if tags and not sure:
        return tags[0]
    return _chinese(sample, "zh") if verdicts[0] == "zh" else verdicts[0]


def _verdicts(sample: str) -> tuple[tuple[str, ...], bool]:
    """The languages that the text may be in, best first, and whether a label that is none of them must be wrong."""
    if not sample.isascii() and len(_OTHER_LETTER.findall(sample)) >= MIN_LETTERS // 2:
        han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
        # A Chinese character says as much as about three letters.
        eastern = 3 * (han + kana) if han + kana >= MIN_LETTERS // 2 else 0
        if eastern > len(sample) - han - kana:  # more than whatever else there may be
            return _eastern(han, kana)
        counts = [(len(pattern.findall(sample)), name, languages) for name, pattern, languages in _SCRIPTS]
        most, name, languages = max(counts, key=lambda count: count[0])
        latin = len(_LATIN_LETTER.findall(sample))
        if eastern > max(most, latin):
            return _eastern(han, kana)
        if most > latin and most >= MIN_LETTERS:
            if name == "arabic":
                languages = tuple(sorted(languages, key=lambda language: language not in _arabic(sample)))
            if name != "cyrillic":
                return languages, True
            ranked = _by_words(sample)
            return (ranked + tuple(other for other in languages if other not in ranked), True) if ranked else (languages, True)
    ranked = _by_words(sample)
    return ranked, bool(ranked)


def _eastern(han: int, kana: int) -> tuple[tuple[str, ...], bool]:
    return (("ja",), True) if kana > KANA_SHARE * (han + kana) else (("zh", "yue", "cmn", "wuu"), True)


def _speaks(sample: str, language: str) -> bool:
    """Whether a text has as many function words of a language as only texts in it have; a quick yes for most pages."""
    known = _words_of().get(language)
    if known is None:
        return False
    words = sample.lower().split()
    return sum(map(known.__contains__, words)) >= max(MIN_HITS, WORD_SHARE * len(words))


def _arabic(sample: str) -> str:
    """Letters that Arabic lacks tell Urdu and Persian from it."""
    urdu, persian = (sum(map(sample.count, letters)) for letters in ("ٹڈںےہ", "پچگژی"))
    return "ur" if urdu * 20 > len(sample) else "fa" if persian * 40 > len(sample) else "ar"


def _by_words(sample: str) -> tuple[str, ...]:
    """The languages whose function words the text has, best first: those within `CLEAR_LEAD` of the best."""
    known = _stopwords()
    hits: dict[str, int] = {}
    for word in _WORD.findall(sample.lower()):
        for language in known.get(word, ()):
            hits[language] = hits.get(language, 0) + 1
    if not hits:
        return ()
    best = max(hits.values())
    if best < MIN_HITS:
        return ()
    return tuple(
        sorted((name for name, count in hits.items() if count * CLEAR_LEAD > best), key=lambda name: (-hits[name], name))
    )


def _chinese(sample: str, tag: str) -> str:
    """A Chinese tag that agrees with the script of the text."""
    characters = _HAN.findall(sample)
    traditional = sum(map(traditional_characters().__contains__, characters))
    simplified = sum(map(_simplified_characters().__contains__, characters))
    if traditional > SCRIPT_LEAD * simplified:
        fits = any(part in tag for part in ("Hant", "TW", "HK", "MO"))
        return tag if fits else "zh-Hant"
    if simplified > SCRIPT_LEAD * traditional:
        fits = any(part in tag for part in ("Hans", "CN", "SG", "MY"))
        return tag if fits and "Hant" not in tag else "zh-Hans"
    return tag
