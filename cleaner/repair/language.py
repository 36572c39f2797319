"""How likely a Chinese character is after the ones before it (being built: rows of GBK stand for frequency)."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["Language", "character_of", "with_lead", "with_trail"]


@lru_cache(maxsize=0x10000)
def character_of(lead: int, trail: int) -> str:
    """The character of two bytes in GBK, "" when there is none."""
    return bytes((lead, trail)).decode("gbk", "ignore") if trail >= 0x40 and lead > 0x80 else ""


@lru_cache(maxsize=256)
def with_trail(trail: int) -> tuple[str, ...]:
    """The characters with this trail byte."""
    return tuple(filter(None, (character_of(lead, trail) for lead in range(0x81, 0xFF))))


@lru_cache(maxsize=256)
def with_lead(lead: int) -> tuple[str, ...]:
    """The characters with this lead byte and a trail byte that can be read as a lead byte."""
    return tuple(filter(None, (character_of(lead, trail) for trail in range(0x81, 0xFF))))


class Language:
    """Scores characters in the context of a page."""

    def __init__(self, text: str) -> None:
        self.text = text

    def score(self, context: str, new: str) -> float:
        """The logarithm of how likely `new` is behind `context`."""
        return sum(map(_score, new)) + (3.0 if new[:1] == "”" and context[-1:] == "。" else 0.0)


@lru_cache(maxsize=0x10000)
def _score(character: str) -> float:
    if character in "。”“、":
        return -4.0
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return -10.0
    return -7.0 if 0xB0 <= lead <= 0xD7 else -4.5 if lead < 0x80 else -10.0
