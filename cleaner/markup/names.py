"""Names of people in a byline: what of a value is a name, and what says something else of somebody.

The idea: a name is a few words that begin with a capital letter or stand in a script without capitals; offices ("Staff Writer"), degrees and notes in brackets
stand beside names in bylines and are known by short lists.
"""

from __future__ import annotations

import re

__all__ = ["MAX_VALUE", "is_name", "names_in"]

MAX_VALUE = 60  # characters of a labelled value; the longest true one, an institute's name, had 41
MAX_NAME_WORDS = 12  # of a name without a label: three people with three names each and "and" between them

_NAME_WORD = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_][\w.'’-]*+\.?")
_ASIDE = re.compile(r"\s?[(（\[][^()（）\[\]]{0,80}[)）\]]|^(?:本报|本网|本刊|特约)?(?:记者|記者)\s?(?=\S)")
# What follows a name without being one.
_TRAILER = re.compile(
    r"\s*\b(?:fact[- ]?check|(?:medically |expert )?reviewed|edited|updated|published|posted|photo|illustrat|min(?:ute)? read)\w*.*\Z",
    re.IGNORECASE | re.DOTALL,
)
_DEGREE = re.compile(r"(?:[A-Z]\.?){2,5}®?|Ph\.?D\.?|Jr\.?|Sr\.?")
_PARTICLES = frozenset(
    "de da di do du del della dos das der den dem van von vom zu zum zur la le el al bin ibn ben ter ten af av y e i and und et och og en ja & и ve the of for".split()
)
_JOINERS = re.compile(r"\s*(?:,|;|/|、|\s(?:and|und|et|och|og|en|y|e|&|и|ve)\s|\s&\s)\s*", re.IGNORECASE)
# A part behind a comma that says what somebody is, not who.
_OFFICES = frozenset(
    "writer reporter editor correspondent staff contributor columnist journalist bureau news press guest special senior chief "
    "associate managing analyst ceo coo cto cmo cfo founder co-founder cofounder expert author blogger updated photographer director president "
    "professor manager specialist head lead strategist producer university institute magazine redakteur redakteurin korrespondent journaliste корреспондент dpa afp ap reuters md phd".split()
)


def names_in(value: str) -> str:
    """The names in a byline's value, joined by ", ": offices ("Staff Writer") and mail addresses dropped.

    >>> names_in("Ann Lee and Bo Fox, Staff Writers")
    'Ann Lee, Bo Fox'
    """
    value = _TRAILER.sub("", _ASIDE.sub("", value))
    parts = [_once(part.strip(" .:-–—·()[]（）")) for part in _JOINERS.split(value)]
    kept = [part for part in parts if part and "@" not in part and not _tells_office(part)]
    return ", ".join(dict.fromkeys(kept or [part for part in parts[:1] if part]))


def _tells_office(part: str) -> bool:
    """Whether a part says what somebody is: "Staff Writer", "CFP®", "MS"."""
    words = part.split()
    return bool({word.lower().rstrip("s.") for word in words} & _OFFICES) or (len(words) == 1 and bool(_DEGREE.fullmatch(part)))


def _once(name: str) -> str:
    """A name that is written twice in a row, once."""
    half = len(name) // 2
    return name[:half] if half > 2 and name[half:].strip() == name[:half].strip() else name


def is_name(value: str) -> bool:
    """Words of a name: each capitalised, or a particle ("van", "de") or joiner ("and"), the first and last capitalised."""
    words = value.replace(",", " ").replace("&", " ").replace("/", " ").split()
    if not words or len(words) > MAX_NAME_WORDS or len(value) > 2 * MAX_VALUE:
        return False
    if not (words[0][0].isupper() and (words[-1][0].isupper() or words[-1].lower().rstrip("s") in _OFFICES)):
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or word.lower() in _PARTICLES or word.lower().rstrip("s") in _OFFICES)
        for word in words
    )
