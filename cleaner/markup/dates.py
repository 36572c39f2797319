"""Dates as pages write them become ISO 8601 strings, with the time and zone when they are given.

The idea: a date is a year with four digits beside a month and a day in one of five orders, or a year of an East Asian era; everything
else about it is decoration. So one pattern with named parts finds it, and the calendar decides whether it is one. Where day and month
could be swapped (03/04/2024) the page's language decides: month first in American English only.

Patterns are matched on text that went through `cleaner.script.fold`, which keeps offsets.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from cleaner.lists import read
from cleaner.script import fold

__all__ = ["Dated", "date_at", "date_in_url", "declared_date", "first_date"]

FIRST_YEAR, LAST_YEAR = 1900, 2100  # pages about older events date them in sentences, not in their bylines
MAX_DECLARED = 100  # characters of a declared date that are looked at

# The first year of an era minus one. 民国 is the Republic of China (Taiwan), the others are Japanese.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911}

# Names of zones that mean one offset only: CST and IST mean several, so that a time with them stays without a zone.
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT"), "+00:00"),
    **dict.fromkeys(("CET", "MEZ", "BST"), "+01:00"),
    **dict.fromkeys(("CEST", "MESZ"), "+02:00"),
    **dict.fromkeys(("MSK", "МСК"), "+03:00"),
    **dict.fromkeys(("JST", "KST"), "+09:00"),
    "EST": "-05:00",
    "EDT": "-04:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}
_AFTERNOON = frozenset({"pm", "p.m.", "p.m", "下午", "晚上", "午后", "오후"})
_BEFORE_NOON = frozenset({"am", "a.m.", "a.m", "上午", "凌晨", "早上", "午前", "오전"})

_YEAR = r"(?:19|20)\d\d"
_TIME = (
    r"(?:\s?\((?:[日月火水木金土一二三四五六월화수목금토일]|周.|星期.|[A-Za-z]{3})\))?"
    r"(?:(?:\s?[T,·|(/-]\s?|\s++)(?:(?:at|um|à|a las|às|as|alle(?: ore)?|ore|в|о|kl\.?|klo|om|o godz\.|saat|lúc)\s)?|(?<=[일日.)])|(?<=\d{4})(?=\d))"
    r"(?P<half>上午|下午|凌晨|早上|晚上|午前|午后|오전|오후)?\s?"
    r"(?P<hour>[01]?\d|2[0-4])\s?(?::|h|时|시|点|(?<=\d)\.(?=\d\d\s?(?:Uhr|klo|hrs)))\s?(?P<minute>[0-5]\d)(?:\s?(?:분|分))?"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:])\)?"
    r"(?:\s?(?P<noon>[ap]\.?m\b\.?|Uhr))?"
    r"(?:\s?\(?(?P<zone>[+-]\d\d:?\d\d|(?:Z|UTC|GMT|CES?T|MES?Z|BST|MSK|МСК|[JK]ST|[ECMPI][SD]T|ET|PT)\b)\)?)?"
)


class Dated(NamedTuple):
    """A date in a text: where it stands and what it says in ISO 8601 (``2024-03-05`` or ``2024-03-05T08:00:00+01:00``)."""

    start: int
    end: int
    iso: str


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: int(number) for name, number in (row.split("\t") for row in read("metadata/months.tsv"))}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    forms = (
        rf"(?P<y1>{_YEAR})\s?(?:[-/.]|年|년)\s?(?P<m1>\d{{1,2}})\s?(?:[-/.]|月|월)\s?(?P<d1>\d{{1,2}})(?!\d)(?:\s?[日일号]|\.(?!\d))?",
        rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]?(?:de |of |den )?(?P<n2>{names})\.?,?[\s-]?(?:de |del |ngày |năm )?(?P<y2>{_YEAR})(?!\d)(?:\sг\.?| року)?",
        rf"(?P<n3>{names})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>{_YEAR})(?:(?!\d)|(?=[01]?\d:\d\d))",
        rf"(?P<d4>\d{{1,2}})(?P<dot>\.\s?|/|-)(?P<m4>\d{{1,2}})(?:\.\s?|/|-)(?P<y4>{_YEAR})(?!\d)(?:\s?г\.)?",
        r"(?P<era>令和|平成|昭和|民国)\s?(?P<y5>\d{1,3}|元)\s?年\s?(?P<m5>\d{1,2})\s?月\s?(?P<d5>\d{1,2})\s?日",
    )
    return re.compile(rf"(?<![0-9A-Za-zÀ-ÿ.-])(?:{'|'.join(forms)})(?:{_TIME})?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The first three characters of what begins a date without a digit, in lower case."""
    return frozenset(name[:3] for name in (*_months(), *_ERAS))


def date_at(folded: str, position: int, *, month_first: bool = False) -> Dated | None:
    """The date that begins at `position` of a folded text, or None."""
    opening = folded[position : position + 3].lower()
    if not opening[:1].isdigit() and opening not in _openings() and opening[:2] not in _openings():
        return None  # most words: the pattern would try every month of every language
    match = _pattern().match(folded, position)
    return _dated(match, month_first) if match else None


def first_date(folded: str, *, month_first: bool = False) -> Dated | None:
    """The first date of a folded text, or None."""
    for match in _pattern().finditer(folded):
        found = _dated(match, month_first)
        if found:
            return found
    return None


def _dated(part: re.Match[str], month_first: bool) -> Dated | None:
    if part["y1"]:
        day = _iso(part["y1"], part["m1"], part["d1"])
    elif part["y2"] or part["y3"]:
        month = _months().get((part["n2"] or part["n3"]).lower(), 0)
        day = _iso(part["y2"] or part["y3"], month, part["d2"] or part["d3"])
    elif part["y4"]:
        day = _swapped(part["y4"], part["m4"], part["d4"], month_first and part["dot"] == "/")
    else:
        day = _iso(_ERAS[part["era"]] + (1 if part["y5"] == "元" else int(part["y5"])), part["m5"], part["d5"])
    if day is None:
        return None
    time = _time_of(part) if part["hour"] else ""
    return Dated(part.start(), part.end(), day + time)


def _swapped(year: str, middle: str, first: str, month_first: bool) -> str | None:
    orders = [(middle, first), (first, middle)]
    if month_first:
        orders.reverse()
    return next(filter(None, (_iso(year, month, day) for month, day in orders)), None)


def _iso(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _time_of(part: re.Match[str]) -> str:
    hour = int(part["hour"] or 0)
    noon = (part["noon"] or part["half"] or "").lower()
    if noon in _AFTERNOON and hour < 12:
        hour += 12
    elif noon in _BEFORE_NOON and hour == 12:
        hour = 0
    zone = part["zone"] or ""
    if zone[:1] in ("+", "-"):
        zone = zone[:3] + ":" + zone[-2:]
        zone = zone if zone[1:3] <= "14" and zone[4:] < "60" else ""
    else:
        zone = _ZONES.get(zone.upper(), "")
    return f"T{hour % 24:02}:{part['minute']}:{part['second'] or '00'}{zone}"


_STANDARD = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?(?:Z|([+-]\d\d):?(\d\d))?)?\Z"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?\Z")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?\Z")
_YEAR_LAST = re.compile(r"(?:[A-Z][a-z]{2},? )([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) (?:[A-Z]{3,4}|[+-]\d{4}) (\d{4})\Z")


def declared_date(value: str, *, month_first: bool = False) -> str | None:
    """The date in a value that is declared to be one: a meta's content, a ``datetime`` attribute, a JSON-LD field.

    >>> declared_date("2024-03-05T08:00:00.000Z"), declared_date("Tue, 5 Mar 2024"), declared_date("20240305")
    ('2024-03-05T08:00:00+00:00', '2024-03-05', '2024-03-05')
    """
    if standard := _STANDARD.match(value):
        return _iso_of(value, standard)
    text = fold(value[:MAX_DECLARED].strip())
    if compact := _COMPACT.match(text):
        day = _iso(compact[1], compact[2], compact[3])
        if day and compact[4]:
            valid = compact[4] < "24" and compact[5] < "60"
            return f"{day}T{compact[4]}:{compact[5]}:{compact[6] or '00'}{'+00:00' if compact[7] else ''}" if valid else day
        return day
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    if last := _YEAR_LAST.match(text):
        text = f"{last[1]} {last[2]}, {last[4]} {last[3]}"
    found = first_date(text, month_first=month_first)
    return found.iso if found else None


def _iso_of(value: str, match: re.Match[str]) -> str | None:
    """The same date in the one form that is used here."""
    year, month, day, hour, minute, second, zone, zone_minutes = match.groups()
    found = _iso(year, month, day)
    if found is None or hour is None:
        return found
    zone = f"{zone}:{zone_minutes}" if zone else "+00:00" if value.endswith("Z") else ""
    return f"{found}T{hour}:{minute}:{second or '00'}{zone}"


_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\Z)")


def date_in_url(url: str) -> str | None:
    """The day that a URL's path names: ``/2024/03/05/title`` and ``/20240305/``."""
    match = _URL_DATE.search(url[:2_000])
    return _iso(match[1], match[2], match[3]) if match else None
