"""Runs of place names: finding them fast and reading them.

A multi-pattern search for 5,000 names over every page would cost more than everything else. Nearly every name ends in one of a dozen
characters (县 市 区 旗 …), so the positions of these characters, found by plain searches, already show where a run can be: many of them, close
together. Only there is the text cut into names and looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.lists import read
from cleaner.rules.navigation_phrases import INVISIBLE
from cleaner.script import fold

__all__ = ["Place", "Run", "province_of", "runs_of"]

ENDINGS = "县縣市区區旗州盟町村乡鄉镇鎮"
USUAL = "市县縣"  # one of these ends a name in every list of six
MIN_NAMES = 6  # shorter runs say nothing: "北京市、天津市、河北省" is in every report
MAX_GAP = 24  # characters from one ending to the next; the longest name has 15, and a gloss such as (xiàn) up to 8
LONGEST_DAMAGED = 12  # characters of a broken name

# What stands between two names. A dot in the middle of foreign names, dashes and arrows included.
_BETWEEN = re.compile(r"[\s|｜,，、;；/／\\·•・_\-—–~～>＞<＜»«→←:：&＆*＊#＃+＋=＝\[\]【】「」『』《》“”\"'‖¦▪■□◆◇●○★☆✓※。.]++")
_GLOSS = re.compile(r"[(（][a-zA-ZüÜ\u00c0-\u024f]{1,7}[)）]")
_UNSEEN = re.compile(f"[{INVISIBLE}\u200e\u200f]+")  # put between names or into them, against search
_DAMAGE = re.compile(r"[?？\ufffd€]")
_US_ANCHOR = re.compile(r" (?:County|Parish|Borough)\b", re.IGNORECASE)
_US_BETWEEN = re.compile(r"[|,;/\n•·>»_–—，、；]++\s*+(?:[A-Z]{2}\b\s*+[|,;/\n•·>»_–—，、；]*+\s*+)?")
_US_END = re.compile(r"(?:,? ?[A-Z]{2}\b)?[ |,;/•·>»_–—，、；]*+")  # matches everywhere
_US_STATE = re.compile(r",? ?([A-Z]{2})\b")
_US_NAME = re.compile(r"([A-Z][\w.' -]{1,30}?) (?:County|Parish|Borough)(?:,? ?[A-Z]{2})?", re.IGNORECASE)


# Of the United States' postal codes: the first two digits of the Census Bureau's codes.
_STATES = dict(
    entry.split(":")
    for entry in (
        "AL:01 AK:02 AZ:04 AR:05 CA:06 CO:08 CT:09 DE:10 DC:11 FL:12 GA:13 HI:15 ID:16 IL:17 IN:18 IA:19 KS:20 KY:21 LA:22 ME:23 MD:24 MA:25 MI:26 MN:27 "
        "MS:28 MO:29 MT:30 NE:31 NV:32 NH:33 NJ:34 NM:35 NY:36 NC:37 ND:38 OH:39 OK:40 OR:41 PA:42 RI:44 SC:45 SD:46 TN:47 TX:48 UT:49 VT:50 VA:51 WA:53 WV:54 "
        "WI:55 WY:56"
    ).split()
)


class Place(NamedTuple):
    """A name in a run. `codes` is empty for a name that no list has; `initial` is empty where a list has no readings."""

    start: int
    end: int
    codes: tuple[str, ...]
    initial: str = ""
    damaged: bool = False  # not known, but short and with a broken character in it


class Run(NamedTuple):
    """Names one after the other. `start` and `end` include what stands between and after them, `places` the unknown ones too."""

    start: int
    end: int
    places: tuple[Place, ...]
    country: str  # "china", "japan", "us"

    @property
    def known(self) -> list[Place]:
        return [place for place in self.places if place.codes]


@lru_cache(maxsize=4)
def _gazetteer(country: str) -> dict[str, str]:
    return {row[: row.index("\t")]: row for row in read(f"places_{country}.tsv")}


def _look_up(name: str, country: str) -> tuple[tuple[str, ...], str]:
    row = _gazetteer(country).get(name)
    if row is None:
        return (), ""
    fields = row.split("\t")
    return tuple(fields[1].split(" ")), fields[2] if len(fields) > 2 else ""


def province_of(code: str) -> str:
    """What counts as a province: the first two digits of a code, in Taiwan the county (four)."""
    return code[:4] if code[:2] in ("71", "83") else code[:2]


def runs_of(text: str, *, eastern: bool = True, counties: bool = True) -> list[Run]:
    """All runs of at least six place names, in order; in a text that is not `eastern` there are no Chinese and Japanese ones, where few words say `counties`
    none of the United States."""
    runs: list[Run] = []
    if eastern and any(ending in text for ending in USUAL):
        runs = [run for start, end in _clusters(_endings(text), MAX_GAP) if (run := _asian(text, start, end))]
    if counties and text.count(" County") + text.count(" Parish") >= MIN_NAMES:
        runs = sorted(runs + _american(text))
    return runs


def _endings(text: str) -> list[int]:
    """Where a name may end, sorted."""
    counts = {ending: count for ending in ENDINGS if (count := text.count(ending))}
    if sum(counts.values()) < MIN_NAMES:
        return []
    positions: list[int] = []
    for ending, count in counts.items():
        at = -1
        for _ in range(count):
            at = text.find(ending, at + 1)
            positions.append(at)
    positions.sort()
    return positions


def _clusters(positions: Sequence[int], gap: int) -> list[tuple[int, int]]:
    """First and last position of every stretch of at least `MIN_NAMES` positions that lie close together."""
    clusters: list[tuple[int, int]] = []
    first = 0
    for i in range(1, len(positions) + 1):
        if i == len(positions) or positions[i] - positions[i - 1] > gap:
            if i - first >= MIN_NAMES:
                clusters.append((positions[first], positions[i - 1]))
            first = i
    return clusters


def _asian(text: str, first: int, last: int) -> Run | None:
    """The run of Chinese or Japanese names around the endings from `first` to `last`, or None."""
    low = max(0, first - MAX_GAP)
    high = min(len(text), last + 12)  # behind the last ending: a gloss and a separator
    tokens = _tokens(text, low, high)
    best: Run | None = None
    for country in ("china", "japan"):
        places = [place for start, end in tokens for place in _named(text, start, end, country)]
        run = _densest(places, country)
        if run and (best is None or len(run.known) > len(best.known)):
            best = run
    return best._replace(end=_end_of(text, best.end, high)) if best else None


def _tokens(text: str, low: int, high: int, between: re.Pattern[str] = _BETWEEN) -> list[tuple[int, int]]:
    tokens: list[tuple[int, int]] = []
    position = low
    for match in between.finditer(text, low, high):
        if match.start() > position:
            tokens.append((position, match.start()))
        position = match.end()
    if position < high:
        tokens.append((position, high))
    return tokens


def _named(text: str, start: int, end: int, country: str) -> list[Place]:
    """The names of a token: one; or several written with nothing to be seen between them; or one unknown."""
    token = text[start:end]
    gloss_free = _GLOSS.sub("", token) if "(" in token or "（" in token else token
    name = fold(_UNSEEN.sub("", gloss_free))
    codes, initial = _look_up(name, country)
    if codes:
        return [Place(start, end, codes, initial)]
    if len(name) < len(gloss_free):
        places = [place for piece in _tokens(text, start, end, _UNSEEN) for place in _named(text, *piece, country)]
        return places if any(place.codes for place in places) or not places else [Place(start, end, ())]
    if len(name) > 5 and len(gloss_free) == len(token) and (parts := _parts(name, country)):
        return [Place(start + a, start + b, *_look_up(name[a:b], country)) for a, b in parts]
    return [Place(start, end, (), damaged=len(token) <= LONGEST_DAMAGED and bool(_DAMAGE.search(token)))]


def _parts(name: str, country: str) -> list[tuple[int, int]]:
    """Offsets of the names that a token is made of, or nothing when it is not made of names alone.

    Names in front that are none (a sentence before the list) make the look-up fail at once, so that this stays linear.
    """
    gazetteer = _gazetteer(country)
    parts: list[tuple[int, int]] = []
    position = 0
    while position < len(name):
        for length in (3, 4, 5, 2, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15):
            if name[position : position + length] in gazetteer and name[position + length - 1] in ENDINGS:
                parts.append((position, position + length))
                position += length
                break
        else:
            return []
    return parts


def _densest(places: list[Place], country: str) -> Run | None:
    """The longest stretch of places that starts and ends with a known one and holds at most a fifth of unknown ones.

    Every known name is worth 1 and every unknown one costs 4 (a broken one nearly nothing), so the stretch of the greatest sum is the one wanted (Kadane).
    """
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for i, place in enumerate(places):
        if total <= 0:
            total, start = 0, i
        total += 1.0 if place.codes else -0.25 if place.damaged else -4.0
        if place.codes and total > best[0]:
            best = (total, start, i + 1)
    stretch = places[best[1] : best[2]]
    while stretch and not stretch[0].codes:
        stretch = stretch[1:]
    low, high = best[2] - len(stretch), best[2]
    while low > 0 and places[low - 1].damaged:
        low -= 1
    while high < len(places) and places[high].damaged:
        high += 1
    stretch = places[low:high]
    if sum(1 for place in stretch if place.codes) < MIN_NAMES:
        return None
    return Run(stretch[0].start, stretch[-1].end, tuple(stretch), country)


def _end_of(text: str, end: int, high: int) -> int:
    """`end` moved behind what separates the names, but not behind the line."""
    match = _BETWEEN.match(text, end, min(len(text), high + 4))
    if not match:
        return end
    after = match[0].partition("\n")[0]
    return end + len(after)


def _american(text: str) -> list[Run]:
    """Runs of names of counties of the United States that one state alone has."""
    anchors = [match.start() for match in _US_ANCHOR.finditer(text)]
    runs: list[Run] = []
    for first, last in _clusters(anchors, 48):
        low, high = max(0, first - 32), min(len(text), last + 16)
        places: list[Place] = []
        position = low
        for match in _US_BETWEEN.finditer(text, low, high):
            places += _county(text, position, match.start())
            position = match.end()
        places += _county(text, position, high)
        run = _densest(places, "us")
        if run:
            runs.append(run._replace(end=_US_END.match(text, run.end).end()))  # type: ignore[union-attr]
    return runs


def _county(text: str, start: int, end: int) -> list[Place]:
    match = _US_NAME.search(text, start, end)
    if not match:
        return [Place(start, end, ())] if end > start else []
    codes, _ = _look_up(match[1].strip(), "us")
    if not codes and (state := _US_STATE.match(text, match.end())) and state[1] in _STATES:
        codes = (f"{_STATES[state[1]]}001",)
    # a name that several states have is neither known nor unknown: it counts as no name at all
    return [Place(match.start(), match.end(), codes, match[1][0].lower())] if codes else []
