"""Which Chinese script a stretch of text is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from cleaner.lists import read
from cleaner.script import traditional_characters

__all__ = ["HanScript", "script_of", "variants"]

HanScript = Literal["simplified", "traditional", "mixed", "none"]
PURE = 0.85  # share of the telling characters that must be of one script; mirrored pages .97 and up, ordinary ones .99


@lru_cache(maxsize=1)
def _simplified_only() -> frozenset[str]:
    """Characters that occur in simplified text alone. 后 里 于 面 系 干 and others are traditional characters too."""
    shared = frozenset(
        "后里于面系干台只丑了云几出几升占卜卷发叶合吁回姜家它布帘幸广庄弥才扎托折旋曲朱术朴极杯松杰杆柜核欲淀溪渊炼熏痴皂种筑签累致芸苏范药获蒙蔑蕴表谷赞辟郁采里钟须饥体克万与丰千占卜只台叶同向吊周和咽咸四回夫夸夹她姻娘宁它当尸局岩岳巨并征念恶戚才扑担拐挂挽控搜斗札"
    )
    return frozenset(row[2] for row in read("traditional_simplified.tsv")) - traditional_characters() - shared


def script_of(text: str, least: int = 2) -> HanScript:
    """The script of a text, by the characters that only one script has; "none" when there are fewer than `least` of them.

    >>> script_of("安塞县| 漠河县| 乌海市")
    'simplified'
    """
    traditional = traditional_characters()
    simplified = _simplified_only()
    t = s = 0
    for character in text:
        if character in simplified:
            s += 1
        elif character in traditional:
            t += 1
    if t + s < least:
        return "none"
    if s >= PURE * (t + s):
        return "simplified"
    return "traditional" if t >= PURE * (t + s) else "mixed"


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read("traditional_simplified.tsv"):
        found[row[2]] = found.get(row[2], row[2]) + row[0]
    return found


def variants(character: str) -> str:
    """A simplified character and the traditional ones that become it."""
    return _variants().get(character, character)
