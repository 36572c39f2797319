"""What two lines of a template have in common: the key of a block.

A site says the same thing on every page with another date, another number, in another width or script, with a gloss or without. The key folds all of
that: numbers, dates and times become 0, the names of months and weekdays beside them too, and the rest is compared as `navigation_phrases.key` compares
phrases. Keys can be read, and the key of a key is itself, so that a line can be pasted into a file of templates as it stands on the page.
"""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from operator import mul

from cleaner.rules.navigation_phrases import HAN, key

__all__ = [
    "BETWEEN",
    "DATE_UNITS",
    "LETTERS",
    "LONGEST",
    "MONTHS",
    "SEPARATORS",
    "SHARABLE",
    "WIDE",
    "WORDY",
    "block_key",
    "hash_of",
    "is_sentence_like",
    "is_title_like",
    "key_bits",
]

LONGEST = 300  # characters of a key; longer ones are cut and end in a hash
HEAD = 200  # characters of a cut key that can be read
MOST = 1_500  # characters of a block that may be a template at all: notices are shorter, articles in one block longer
KNOWN = (
    32_768  # lines of up to HEAD characters whose key is remembered, about 8 MB: what sites repeat comes again with the next page
)
WIDE, LETTERS, WORDY, SHARABLE = 32, 64, 128, 256  # what is known of a key, as bits beside those of site_places
WORD = 3  # characters of a key that may be an ordinal or a sign; more say something
SHARED = {
    True: 18,
    False: 8,
}  # characters of a key that says something of its own, without Han script or with it; what is shorter is a menu's word
FACTOR = 0x9E3779B97F4A7C15  # of the polynomial of a hash: odd, its bits without a pattern
_TURN = (1 << 64) - 1
_WITHOUT_DIGITS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # hashes in letters, because a key folds digits
SENTENCE = {True: 90, False: 36}  # characters, ASCII or not, from which a block is text whatever it ends with
TITLE = {True: 60, False: 24}  # characters up to which a line may be the title of a section

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d[\d.,:'’]*+(?:(?:[km]|st|nd|rd|th|h|er)\b)?")
MONTHS = frozenset(
    (
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
        "januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre "
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho "
        "setembro outubro novembro dezembro gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag mittwoch donnerstag freitag samstag "
        "sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
        "понедельник вторник среда четверг пятница суббота воскресенье am pm uhr"
    ).split()
)
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(MONTHS, key=lambda name: (-len(name), name)))})\b\.?")
DATE_UNITS = "年月日号时分秒"
SEPARATORS = " .,:/()-–—+|"
BETWEEN = SEPARATORS + DATE_UNITS  # what divides the numbers of a date, beside blanks
_RUN = re.compile(rf"0(?:[\s{re.escape(BETWEEN)}]*+0)++[{DATE_UNITS}]*+|0[{DATE_UNITS}]++")
_WEEKDAY = re.compile("星期[一二三四五六日天]|周[一二三四五六日](?=\\W|$)|[月火水木金土日]曜日?|[上下]午")
_UNITS = re.compile(
    r"(?<=0 )(second|minute|hour|day|week|month|year|comment|view|reader|repl|like|vote|answer|share)(?:y|ie)?s?\b"
)
_END = re.compile(r"[.!?。！？…;；:：][\"'”’»」』)\]）]*+\s*+$")


def block_key(text: str) -> str:
    """The key of a block; "" where there is nothing to compare: no text, or too much.

    >>> block_key("Last updated: 3 May 2024, 10:30")
    'last updated: 0'
    >>> block_key("更新於2019年12月31日") == block_key("更新于2024年9月6日 14:35")
    True
    """
    if len(text) > MOST:
        return ""
    return _remembered(text) if len(text) <= HEAD else _key(text)


def _key(text: str) -> str:
    found = key(text)
    if len(found) > LONGEST:
        return _cut(found)
    return _folded(found) if _DIGIT.search(found) else found


@lru_cache(maxsize=KNOWN)
def _remembered(text: str) -> str:
    """The key of a line that other pages of the site are likely to have."""
    return _key(text)


def _folded(found: str) -> str:
    """A key with its numbers, dates and times as 0."""
    found = _NUMBER.sub("0", found)
    if not found.isascii():
        found = _WEEKDAY.sub("0", found)
    found = _with_names(found)
    found = _UNITS.sub(r"\1", _RUN.sub("0", found))
    return found.strip()


def _with_names(found: str) -> str:
    """The names of months and weekdays that stand beside a number folded as well; "may" in a sentence is left."""
    names = list(_NAMES.finditer(found))
    if not names:
        return found
    pieces: list[str] = []
    position = 0
    dated = False  # whether what was written last is a number or a name beside one
    for number, match in enumerate(names):
        before = found[position : match.start()]
        pieces.append(before)
        dated = _ends_in_number(before) or (dated and not before.strip(SEPARATORS))
        after = found[match.end() : match.end() + 12].lstrip(SEPARATORS)
        chained = number + 1 < len(names) and not found[match.end() : names[number + 1].start()].strip(SEPARATORS)
        dated = dated or after[:1] == "0" or (chained and found[names[number + 1].end() :].lstrip(SEPARATORS)[:1] == "0")
        pieces.append("0" if dated else match[0])
        position = match.end()
    return "".join((*pieces, found[position:]))


def _ends_in_number(text: str) -> bool:
    return text.rstrip(SEPARATORS)[-1:] == "0"


def _cut(found: str) -> str:
    """The beginning of a long key, and a hash of it all with its numbers folded; names of months are only looked for in the beginning."""
    digest = f"{hash_of(_NUMBER.sub('0', found)):016x}".translate(_WITHOUT_DIGITS)
    return f"{_folded(found[:HEAD])}…{digest}"


@lru_cache(maxsize=1)
def _powers() -> list[int]:
    """The powers of FACTOR, modulo 2^64, for as many characters as a key can have."""
    powers = [1]
    while len(powers) <= 2 * MOST:  # lower case may be longer
        powers.append(powers[-1] * FACTOR & _TURN)
    return powers


def hash_of(key: str) -> int:
    """The number of a key, 64 bits, never 0 but for the empty one: a polynomial of its characters, seeded with their number, its bits mixed."""
    if not key:
        return 0
    powers = _powers()
    characters = array("I", key.encode("utf-32-le", "surrogatepass"))
    found = sum(map(mul, reversed(characters), powers), len(key) * powers[len(key)]) & _TURN
    found = (found ^ (found >> 32)) * FACTOR & _TURN
    return found ^ (found >> 29) or 1


def key_bits(key: str) -> int:
    """What is known of a key: WIDE (not ASCII), LETTERS (has any), WORDY (more than a sign or an ordinal), SHARABLE (says enough to be somebody's)."""
    bits = 0 if key.isascii() else WIDE
    if any(map(str.isalpha, key)):
        bits |= LETTERS
    if len(key) > WORD:
        bits |= WORDY
    if SHARED[HAN.search(key) is None] <= len(key) < LONGEST and "…" not in key[-20:]:
        bits |= SHARABLE
    return bits


def is_sentence_like(text: str) -> bool:
    """Whether a block is text: it is long, or ends as sentences do and is more than a word or two."""
    ascii_only = HAN.search(text) is None
    if len(text) >= SENTENCE[ascii_only]:
        return True
    return (
        len(text) * (1 if ascii_only else 3) >= 25
        and _END.search(text, max(0, len(text) - 8)) is not None
        and text[-1] not in ":："
    )


def is_title_like(text: str) -> bool:
    """Whether a line may be the title of a section: short, and no sentence."""
    return len(text) <= TITLE[HAN.search(text) is None] and not is_sentence_like(text)
