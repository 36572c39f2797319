"""What needs company: weak phrases, lone numbers, menus, lists of related articles, boxes with the site's name.

`Search`, `打印` or `3` alone may be a cell, a heading or an answer; between other lines of boilerplate they are not. Decisions look at
lines only, in their order on the page, and treat removed and surviving lines alike, so that cleaning the result again changes nothing: company
is always removed together with what it convicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.rules.navigation_lines import is_sentence
from cleaner.rules.navigation_phrases import HAN, Phrase, key

__all__ = ["SURE", "Line", "decided"]

PROSE = 80  # characters (a Han character counts as two) from which a sentence is the article's prose
REPEATS = 3  # a button that stands alone this often stands under each item; in articles at most twice
WEAK_RUN = 3  # different weak phrases, one below the other, that convict each other outside the article's body
NEAR = 4  # lines from a weak phrase outside the article's body to the boilerplate that convicts it
FULL = 6  # sure lines from which a page counts as a dump with all its menus; chosen by hand, margin not measured
MENU_GAP = 3  # unknown lines between two known items of a menu
MENU_HITS = 5  # known items that make a menu whose unknown items go as well
MENU_SHARE = 0.4  # of its lines that are known
MENU_ITEM = 36  # longest menu item in characters (a Han character counts as two)
HEADLINE = 160  # longest related headline, counted the same way
SITE_NAME = 32  # longest name in a site box, counted the same way
_SITE_ENDS = ("网", "报", "社", "台", "频道", "新闻", "在线", "客户端", "论坛", "传媒", "发布", "周刊", "杂志", "微信", "中心")
SURE = frozenset({"line", "label", "opening", "statement"})
WEAK = frozenset({"weak", "button"})

Verdicts = list[Phrase | None]


class Line(NamedTuple):
    """A line and what it is by itself."""

    text: str
    hit: Phrase | None


def width(text: str) -> int:
    """Characters, a Han character counted as two."""
    return len(text) + len(HAN.findall(text))


def decided(lines: Sequence[Line]) -> Verdicts:
    """For each line the family that takes it, or None for what stays."""
    verdicts: Verdicts = [line.hit if line.hit and line.hit.kind in SURE else None for line in lines]
    first, last = _prose(lines)
    _site_boxes(lines, verdicts)
    _buttons(lines, verdicts)
    _companions(lines, verdicts, first, last)
    if last >= 0:
        _neighbours(lines, verdicts, [*range(first), *range(last + 1, len(lines))])
        _menus(lines, verdicts, 0, first)
        _menus(lines, verdicts, last + 1, len(lines))
        _related(lines, verdicts, last + 1)
    return verdicts


def _prose(lines: Sequence[Line]) -> tuple[int, int]:
    """The first and the last line of prose; (0, -1) when there is none, so that nothing counts as before or after it."""
    first = next((i for i, line in enumerate(lines) if _is_prose(line)), -1)
    if first < 0:
        return 0, -1
    return first, next(i for i in range(len(lines) - 1, -1, -1) if _is_prose(lines[i]))


def _is_prose(line: Line) -> bool:
    text = line.text
    return line.hit is None and 2 * len(text) >= PROSE and is_sentence(text) and (len(text) >= PROSE or width(text) >= PROSE)


def _site_boxes(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """The site's name above 微信公众号, 官方微博 and the like."""
    for i in range(len(lines) - 1):
        after, line = verdicts[i + 1], lines[i]
        if after is None or after.family not in ("app", "site-box") or after.kind != "line" or line.hit is not None:
            continue
        if width(line.text) <= SITE_NAME and key(line.text).endswith(_SITE_ENDS) and not is_sentence(line.text):
            verdicts[i] = Phrase("site-box", "context")


def _buttons(lines: Sequence[Line], verdicts: Verdicts) -> None:
    """Buttons that come again and again."""
    again = Counter(line.text.strip() for line in lines if line.hit and line.hit.kind == "button")
    for i, line in enumerate(lines):
        if line.hit and line.hit.kind == "button" and again[line.text.strip()] >= REPEATS:
            verdicts[i] = line.hit


def _companions(lines: Sequence[Line], verdicts: Verdicts, head: int, tail: int) -> None:
    """Weak lines and page numbers in a run of lines of boilerplate."""
    start = 0
    while start < len(lines):
        if lines[start].hit is None and verdicts[start] is None:
            start += 1
            continue
        end = start
        while end < len(lines) and (lines[end].hit is not None or verdicts[end] is not None):
            end += 1
        _company(lines, verdicts, range(start, end), tail >= 0 and (end <= head or start > tail))
        start = end


def _company(lines: Sequence[Line], verdicts: Verdicts, run: range, apart: bool) -> None:
    """One run. `apart`: it stands before the first or after the last prose."""
    convicted = any(verdicts[i] for i in run)
    if not convicted and apart:
        convicted = len({lines[i].text for i in run if (hit := lines[i].hit) and hit.kind in WEAK}) >= WEAK_RUN
    if not convicted:
        return
    numbers = [i for i in run if (hit := lines[i].hit) and hit.kind == "number"]
    counting = [int(lines[i].text) for i in numbers if lines[i].text.strip().isdecimal()]
    keep_numbers = len(numbers) > 1 and counting != list(range(1, len(numbers) + 1))
    for i in run:
        hit = lines[i].hit
        if verdicts[i] is None and hit and not (hit.kind == "number" and keep_numbers):
            verdicts[i] = hit


def _neighbours(lines: Sequence[Line], verdicts: Verdicts, apart: Sequence[int]) -> None:
    """Weak lines outside the article's body: close to a line of boilerplate, or on a page that is full of it."""
    sure = [verdict is not None and verdict.kind in SURE for verdict in verdicts]
    full = sum(sure) >= FULL
    for i in apart:
        hit = lines[i].hit
        if verdicts[i] is None and hit and hit.kind in WEAK and (full or any(sure[max(0, i - NEAR) : i + NEAR + 1])):
            verdicts[i] = hit


def _menus(lines: Sequence[Line], verdicts: Verdicts, start: int, end: int) -> None:
    """Unknown short lines between the known items of a menu."""
    cluster: list[int] = []
    for i in range(start, end):
        hit = lines[i].hit
        if not (verdicts[i] or (hit and hit.kind in WEAK)):
            continue
        if cluster and (
            i - cluster[-1] > MENU_GAP + 1 or any(width(lines[j].text) > MENU_ITEM for j in range(cluster[-1] + 1, i))
        ):
            _menu(lines, verdicts, cluster)
            cluster = []
        cluster.append(i)
    if cluster:
        _menu(lines, verdicts, cluster)


def _menu(lines: Sequence[Line], verdicts: Verdicts, cluster: Sequence[int]) -> None:
    """One menu: from its first to its last known item."""
    size = cluster[-1] - cluster[0] + 1
    if len({lines[i].text for i in cluster}) < MENU_HITS or len(cluster) < MENU_SHARE * size:
        return
    for i in range(cluster[0], cluster[-1] + 1):
        if verdicts[i] is None and (lines[i].hit or not is_sentence(lines[i].text)):
            verdicts[i] = lines[i].hit or Phrase("menu", "context")


def _related(lines: Sequence[Line], verdicts: Verdicts, start: int) -> None:
    """The headlines under `Related articles`, after the last prose of the page."""
    inside = False
    for i in range(start, len(lines)):
        verdict = verdicts[i]
        if verdict is not None:
            inside = verdict.family == "related" or (inside and verdict.kind == "context")
        elif inside and width(lines[i].text) <= HEADLINE and not is_sentence(lines[i].text):
            verdicts[i] = Phrase("related", "context")
        else:
            inside = False
