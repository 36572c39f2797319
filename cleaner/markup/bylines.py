"""Bylines: the lines that say who wrote a text, when, where it was taken from and who edited it.

The idea: such a line is nothing but labelled values, dates and small furniture (``字号：大 中 小``, ``5 min read``) between separators.
So a line is read from left to right with a list of labels in many languages; a line that is used up completely is a byline, any other
line is prose with at most a labelled value in it. That makes the removal of bylines safe: one unknown word keeps the line.

Labels are matched on the folded text (`cleaner.script.fold`), so that one spelling serves simplified, traditional and full-width forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cleaner.markup.dates import date_at
from cleaner.markup.labels import labels_at
from cleaner.markup.names import MAX_VALUE, is_name
from cleaner.script import fold

__all__ = ["MAX_LINE", "Byline", "Found", "byline_of", "is_label", "may_be_byline"]

MAX_LINE = 240  # characters; the longest byline seen (date, source, author, editor, counters, share labels) had 170
MAX_FINDS = 40

_YEAR_AHEAD = re.compile(r"(?:19|20)\d\d|令和|平成|昭和|民国")
_NUMBER = re.compile(r"\d[\d,.]*+\s?(?:[kKmM万千亿+]\b|[万千亿+])?")
_STOP = re.compile(r"\s{2,}|[\t\n|│•●·▪◆»—]|\s[-–—/]\s|[\])】〕》;]|。|[!?]")
_COLON = re.compile(r"\s?[:=/|>＝・】\]]\s?|\s[-–—]\s")
_CLOCK = re.compile(
    r"[012]?\d[:.h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?|\s?Uhr)?(?:\s?(?:[ECMPI][SD]T|GMT|UTC|CET|ET)\b)?", re.IGNORECASE
)
_BRACKETS = {")": "(", "]": "[", "】": "【", "》": "《", "〕": "〔"}
_BLANKS = re.compile(r"\s*+")
_HAN_NAMES = re.compile(
    r"[\u4e00-\u9fff][\u4e00-\u9fff·]{1,3}(?:[\s、,/]+[\u4e00-\u9fff][\u4e00-\u9fff·]{1,4}){0,5}(?![\u4e00-\u9fff])"
)
_REPORTS = re.compile(r"\s+(?:摄影)?(?:报道|报导|采写|撰文|文)\Z")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_REPORTER = re.compile(r"(?P<name>[가-힣]{2,4})\s?(?:기자|특파원|논설위원|인턴기자|선임기자)")
_PERSONS = frozenset(("author", "editor", "credit"))
_PHOTOGRAPHER = re.compile(r"摄(?!影报道)|供图|\s图")  # a photograph's credit stays with its caption


class Found(NamedTuple):
    """A field in a line: `start` to `end` covers label and value; `value` is what is meant."""

    start: int
    end: int
    field: str  # author editor credit published modified, or "note" for what comes along and is dropped
    value: str


class Byline(NamedTuple):
    """What a line says. `whole`: the line says nothing else."""

    fields: tuple[Found, ...]
    whole: bool


def byline_of(
    line: str, known: Mapping[str, str] | None = None, *, month_first: bool = False, only_whole: bool = False
) -> Byline:
    """Read a line. `known` maps lower-case names that the page declares elsewhere to their field; with `only_whole` the first foreign word
    ends the reading, and the fields of a line that is not whole mean nothing.

    >>> [(found.field, found.value) for found in byline_of("2019-03-22 09:54:00  來源:鄉村干部報").fields]
    [('published', '2019-03-22T09:54:00'), ('credit', '鄉村干部報')]
    """
    if len(line) > MAX_LINE:
        return Byline((), False)
    reader = _Reader(line, known or {}, month_first)
    reader.only_whole = only_whole
    return reader.read()


def may_be_byline(line: str, known: Mapping[str, str]) -> bool:
    """Whether reading a line is worth it: it holds a year or a colon, or begins with a label or a known name."""
    if len(line) > MAX_LINE:
        return False
    if ":" in line or "：" in line or _YEAR_AHEAD.search(line):
        return True
    opening = fold(line[:40]).lower().lstrip(" ([【|-–—·•")
    if not opening:
        return False
    if any(opening.startswith(label) for label, _ in labels_at(opening, 0)):
        return True
    return bool(_REPORTER.match(line)) or any(line.lower().startswith(name) for name in known)


def is_label(line: str) -> bool:
    """Whether a line is nothing but the label of an author, editor or source ("By", "作者："), whose value stands in the next."""
    lowered = fold(line).lower().rstrip(" :/|")
    return any(
        lowered == label and any(field in _PERSONS and form != "word" for field, form in pairs)
        for label, pairs in (labels_at(lowered, 0) if lowered else ())
    )


class _Reader:
    """Reads one line; lives as long as one call of `byline_of`."""

    def __init__(self, line: str, known: Mapping[str, str], month_first: bool) -> None:
        self.line = line
        self.folded = fold(line)
        lowered = self.folded.lower()
        self.lowered = lowered if len(lowered) == len(line) else self.folded
        self.known = known
        self.initials = frozenset(name[0] for name in known)
        self.month_first = month_first
        self.dated = _YEAR_AHEAD.search(self.folded) is not None
        # Else the line's only chance is to be a byline from end to end, which its first foreign word takes from it.
        self.telling = self.dated and len(line) <= MAX_LINE // 2
        self.only_whole = False
        self.found: list[Found] = []
        self.whole = True
        self.pending = ""  # the field of a date label whose date comes later in the line

    def read(self) -> Byline:
        position = 0
        while position < len(self.line) and len(self.found) < MAX_FINDS:
            character = self.folded[position]
            if not character.isalnum():
                self.whole = self.whole and character not in '?!。"“”'
                position += 1
                continue
            end = self._known_at(position) or self._date_at(position, "") or self._label_at(position)
            if not end and character.isdigit():
                end = self._number_at(position)
            elif not end and "가" <= character <= "힣":
                end = self._reporter_at(position)
            if not end:
                self.whole = False
                if self.only_whole or (not self.telling and not self.found):
                    break
                end = self._next_word(position)
            position = end
        return Byline(tuple(self.found), self.whole and any(found.field != "note" for found in self.found))

    def _next_word(self, position: int) -> int:
        while position < len(self.line) and not self.folded[position].isspace():
            position += 1
        return position

    def _boundary(self, end: int) -> bool:
        """Whether a word that ends here ends: Latin letters must not go on, Chinese ones may."""
        return end >= len(self.line) or not (
            self.lowered[end].isalnum() and self.lowered[end - 1].isalnum() and self.lowered[end - 1] < "\u3000"
        )

    def _known_at(self, position: int) -> int:
        if self.lowered[position] not in self.initials:
            return 0
        for name, field in self.known.items():
            end = position + len(name)
            if self.lowered.startswith(name, position) and self._boundary(end):
                self.found.append(Found(position, end, field, self.line[position:end]))
                return end
        return 0

    def _date_at(self, position: int, field: str, start: int | None = None) -> int:
        if not self.dated:
            return 0
        dated = date_at(self.folded, position, month_first=self.month_first)
        if dated is None:
            return 0
        field, self.pending = field or self.pending, ""
        if not field:
            field = "modified" if any(found.field == "published" for found in self.found) else "published"
        self.found.append(Found(position if start is None else start, dated.end, field, dated.iso))
        return dated.end

    def _label_at(self, position: int) -> int:
        for label, pairs in labels_at(self.lowered, position):
            end = position + len(label)
            if self.lowered.startswith(label, position) and self._boundary(end):
                for field, form in pairs:
                    if behind := self._value_at(position, end, field, form):
                        return behind
        return 0

    def _value_at(self, start: int, end: int, field: str, form: str) -> int:
        """Where the value of a label ends that stands from `start` to `end`; 0 when what follows is no such value."""
        if form == "word":
            self.found.append(Found(start, end, "note", ""))
            return end
        colon = _COLON.match(self.folded, end)
        behind = colon.end() if colon else _end(_BLANKS, self.folded, end)
        if field in ("published", "modified"):
            return self._date_after(start, behind, field)
        if field == "note" and form == "bare":
            number = _NUMBER.match(self.folded, behind)
            if not number and not colon:
                return 0
            self.found.append(Found(start, number.end() if number else behind, "note", ""))
            return number.end() if number else behind
        if colon:
            return self._labelled(start, behind, field)
        return self._named(start, behind, field) if form == "bare" else 0

    def _date_after(self, start: int, behind: int, field: str) -> int:
        """A date behind its label, or before it ("2024年3月5日 公開"), or later in the line ("Updated 3:30 PM, Tue March 5, 2024")."""
        if end := self._date_at(behind, field, start):
            return end
        if not self.dated:
            return 0
        if behind >= len(self.line) and self.found and self.found[-1].field == "published":
            self.found[-1] = self.found[-1]._replace(field=field)
        else:
            self.pending = field
        self.found.append(Found(start, behind, "note", ""))
        return behind

    def _labelled(self, start: int, behind: int, field: str) -> int:
        end = self._value_end(behind)
        value = self.line[behind:end].strip(" \u3000\xa0,，、.-:：/")
        if len(value) > MAX_VALUE or any(sign in value for sign in '="<{'):
            return 0
        if field == "author" and _PHOTOGRAPHER.search(self.folded, behind):
            return 0
        self.found.append(Found(start, end, field if value else "note", value))
        return max(end, start + 1)

    def _named(self, start: int, behind: int, field: str) -> int:
        """A name without a colon before it: capitalised words, or two to four Chinese characters."""
        if behind >= len(self.line):
            return 0
        if _HAN.match(self.folded, behind):
            names = _HAN_NAMES.match(self.folded, behind)
            if not names or not self.folded[behind - 1].isspace() or _PHOTOGRAPHER.search(self.folded, behind):
                return 0
            self.found.append(Found(start, names.end(), field, _REPORTS.sub("", self.line[behind : names.end()])))
            return names.end()
        end = self._value_end(behind)
        value = self.line[behind:end].strip(" ,.-:")
        handle = self.dated and value and " " not in value and len(value) <= MAX_VALUE // 2  # "posted by admin on March 5, 2024"
        if not handle and not is_name(value):
            return 0
        self.found.append(Found(start, end, field, value))
        return end

    def _value_end(self, behind: int) -> int:
        """Where a value ends: at a separator, a bracket that it did not open, a date or the next label with its colon."""
        stop = _STOP.search(self.folded, behind)
        while stop and _BRACKETS.get(stop[0], "\n") in self.folded[behind : stop.start()]:
            stop = _STOP.search(self.folded, stop.end())
        end = stop.start() if stop else len(self.line)
        for position in range(behind + 1, end):
            if self.folded[position - 1].isspace() or self.folded[position - 1] in ",;(":
                if (
                    self.dated
                    and self.folded[position].isalnum()
                    and date_at(self.folded, position, month_first=self.month_first)
                ):
                    return position
                if self._is_label(position):
                    return position
        return end

    def _is_label(self, position: int) -> bool:
        for label, pairs in labels_at(self.lowered, position):
            end = position + len(label)
            if self.lowered.startswith(label, position) and self._boundary(end) and len(label) > 1:
                if _COLON.match(self.folded, end) and pairs[0][1] != "word":
                    return True
                if any(field in ("published", "modified") for field, _ in pairs) and self.dated:
                    return bool(_YEAR_AHEAD.search(self.folded, end, end + 30))
        return False

    def _number_at(self, position: int) -> int:
        """A time of day, a number that a word of furniture follows ("5 min read"), or one that follows such a word ("字号 3")."""
        if self.dated and (clock := _CLOCK.match(self.folded, position)):
            self.found.append(Found(position, clock.end(), "note", ""))
            return clock.end()
        number = _NUMBER.match(self.folded, position)
        if not number:
            return 0
        behind = _end(_BLANKS, self.folded, number.end())
        follows = behind < len(self.line) and any(
            self.lowered.startswith(label, behind) and self._boundary(behind + len(label))
            for label, pairs in labels_at(self.lowered, behind)
            if any(field == "note" for field, _ in pairs)
        )
        alone = behind >= len(self.line) and self.found and self.found[-1].field == "note"
        if not (follows or alone):
            return 0
        self.found.append(Found(position, number.end(), "note", ""))
        return number.end()

    def _reporter_at(self, position: int) -> int:
        reporter = _REPORTER.match(self.folded, position)
        if not reporter:
            return 0
        self.found.append(Found(position, reporter.end(), "author", reporter["name"]))
        return reporter.end()


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
