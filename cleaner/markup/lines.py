"""Where in the text of a page its title and bylines stand.

The idea: a byline is believed by its place. Beside the title any line that `bylines` uses up is one (also a bare date, or a bare "By Ann
Lee"); elsewhere only a line with a label and a colon is, such as 责任编辑：… behind the text. Where such lines stand among others of the
form "name: value" they are a colophon or a table of facts, and where there are many the page is a list: both are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.markup.bylines import MAX_LINE, Byline, byline_of, is_label, may_be_byline
from cleaner.markup.dated import LINES_BEHIND, MAX_CLOSING, block_at, place_above, place_above_byline
from cleaner.markup.glance import Glance
from cleaner.markup.keys import key_of
from cleaner.page import Block, Page, Span
from cleaner.script import fold

__all__ = ["Lines", "lines_of"]

LINES_BEFORE = 3  # of the title that are read: section, date above the heading
LONG_LINE = 160  # characters that make a paragraph; a Chinese character counts for three
MAX_TITLES = 50  # places of the title that may be a whole block
MAX_FACT = 60
MAX_LABEL = 25

# How lines begin that may stand away from the title; `glance` knows the letters they begin with. The label list decides, this only keeps it off most lines.
_CLOSING = re.compile(
    r"[\s\[【(（]{0,3}(?:本文|本期|网站|網站|网络|網絡|网|網|值班|执行|執行|实习|實習|新媒体|新媒體|新闻|新聞|文章|信息|稿件|内容|內容|消息|原文|转载|轉載|转自|轉自)?"
    r"(?:责|責|编|編|来\s?源|來\s?源|稿源|出处|出處|审|審|终审|一审|二审|三审|校对|校對|监制|監製|作者|作\s者|记者|記者|通讯员|执笔|撰文|撰稿|文[/／|｜:：]|文字|供稿人|"
    r"Edit|Source|Via|Quelle|Redakt|Fuente|Fonte|Source|Bron|Источник|Редактор|Автор|Текст|편집|출처|글|取材|執筆|文＝|文・|提供元|出典元)",
    re.IGNORECASE,
)
_FACT = re.compile(r"\s*(?![上下][一页頁篇]|相关|相關|版权|版權|声明|聲明|标签|標籤|关键|關鍵)[^\s:：]{1,10}\s?[:：]\s*\S")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STRONG = frozenset(("author", "editor", "credit"))


class Lines(NamedTuple):
    """`fields`: the values found, the first of each kind; `spans`: what to mark in the text; `heading`: the line above a byline that stands
    away from the title, which may be the page's true title.
    """

    fields: Mapping[str, str]
    spans: tuple[Span, ...]
    heading: str | None = None


def lines_of(
    page: Page, seen: Glance, title: str | None, known: Mapping[str, str], *, month_first: bool = False, far: bool = False
) -> Lines:
    """Find the lines of title and bylines. `known`: lower-case names that are declared, with their field; `far`: where no byline stands
    beside the title, look for one in the rest of the page.
    """
    fields: dict[str, str] = {}
    spans: list[Span] = []
    places = _title_places(page, seen, title)
    near = _near(page, places)
    marked = _read_near(page, near, known, month_first, (fields, spans))
    heading = None
    if far and marked and (other := place_above(page, near)) is not None and other not in places:
        heading = page.text[page.blocks[other].start : page.blocks[other].end]
        places.append(other)
    elif far and not marked and (other := place_above_byline(page)) is not None and other not in places:
        heading = page.text[page.blocks[other].start : page.blocks[other].end]
        near = _near(page, [other])
        if _read_near(page, near, known, month_first, (fields, spans)):
            places.append(other)
    closing = [(i, byline) for i in _closing(page, seen.opened, near) if (byline := _labelled(page, i, known, month_first)).whole]
    for i, byline in closing if len(closing) <= MAX_CLOSING else ():
        if not _among_facts(page, i):
            _take(byline, fields, short=True)
            spans += _spans(byline, page.blocks[i])
    if marked or page.kind == "html":
        spans += [Span(page.blocks[i].start, page.blocks[i].end, "metadata", "title") for i in places]
    return Lines(fields, tuple(sorted(spans)), heading)


def _read_near(
    page: Page, near: Sequence[int], known: Mapping[str, str], month_first: bool, into: tuple[dict[str, str], list[Span]]
) -> bool:
    """Read the lines beside a title; whether one of them was a byline. Several bylines of different days are those of a list."""
    fields, spans = into
    read: list[tuple[Block, Byline]] = []
    for i in near:
        block = page.blocks[i]
        line = page.text[block.start : block.end]
        if len(line) <= MAX_LABEL and i + 1 < len(page.blocks) and is_label(line):
            read += _over_two(page, i, known)
        elif may_be_byline(line, known):
            read.append((block, byline_of(line, known, month_first=month_first)))
    days = {found.value[:10] for _, byline in read if byline.whole for found in byline.fields if found.field == "published"}
    if len(days) > 1:
        return False
    for block, byline in read:
        _take(byline, fields, short=block.end - block.start <= MAX_LINE // 2)
        if byline.whole:
            spans += _spans(byline, block)
    return any(byline.whole for _, byline in read)


def _over_two(page: Page, i: int, known: Mapping[str, str]) -> list[tuple[Block, Byline]]:
    """A label in one block and its value in the next ("By", "Ann Lee"), read as one line."""
    label, value = page.blocks[i], page.blocks[i + 1]
    opening = f"{page.text[label.start : label.end].rstrip(' :：')}: "
    byline = byline_of(opening + page.text[value.start : value.end], known)
    if not byline.whole or value.end - value.start > MAX_FACT or len({found.field for found in byline.fields} - {"note"}) != 1:
        return []
    found = next(found for found in byline.fields if found.field != "note")
    return [
        (label, Byline((found._replace(start=0, end=label.end - label.start, value=""),), True)),
        (value, Byline((found._replace(start=0, end=value.end - value.start),), True)),
    ]


def _take(byline: Byline, fields: dict[str, str], *, short: bool) -> None:
    """Keep the values of a line. Of a line that says other things too only a short one is believed."""
    if not byline.whole and not short:
        return
    for found in byline.fields:
        if found.field == "note" or not found.value:
            continue
        if found.field == "author" and "author" in fields and byline.whole and found.value not in fields["author"]:
            fields["author"] += "; " + found.value
        fields.setdefault(found.field, found.value)


def _spans(byline: Byline, block: Block) -> list[Span]:
    return [Span(block.start + found.start, block.start + found.end, "metadata", found.field) for found in byline.fields]


def _title_places(page: Page, seen: Glance, title: str | None) -> list[int]:
    """The blocks that are the title: headings, or else the first block that is."""
    wanted = key_of(title or "")
    if not title or not wanted:
        return []
    text, length = page.text, len(title)
    headings = [
        i
        for i in sorted((*seen.first, *seen.second))
        if -8 <= page.blocks[i].end - page.blocks[i].start - length <= 8
        and key_of(text[page.blocks[i].start : page.blocks[i].end]) == wanted
    ]
    if headings:
        return headings[:3]
    place = text.find(title)
    for _ in range(MAX_TITLES):
        if place < 0:
            break
        i = max(0, block_at(page.blocks, place))
        if page.blocks[i].start == place and page.blocks[i].end == place + length:
            return [i]
        place = text.find(title, place + 1)
    return []


def _near(page: Page, places: Sequence[int]) -> list[int]:
    """The blocks around the title, up to the first paragraph."""
    if not places:
        return []
    place = places[0]
    near = list(range(max(0, place - LINES_BEFORE), place))
    for i in range(place + 1, min(len(page.blocks), place + 1 + LINES_BEHIND)):
        if _weight(page, page.blocks[i]) >= LONG_LINE:
            break
        near.append(i)
    return [i for i in near if i not in places]


def _weight(page: Page, block: Block) -> int:
    if block.end - block.start >= LONG_LINE:
        return LONG_LINE
    text = page.text[block.start : block.end]
    return len(text) if text.isascii() else len(text) + 2 * len(_HAN.findall(text))


def _closing(page: Page, opened: Sequence[int], near: Sequence[int]) -> list[int]:
    """Blocks away from the title that begin like a labelled line; `opened` may."""
    blocks = page.blocks
    closing = (i for i in opened if i not in near and _CLOSING.match(page.text, blocks[i].start, blocks[i].end))
    return list(islice(closing, 10 * MAX_CLOSING))


def _labelled(page: Page, i: int, known: Mapping[str, str], month_first: bool) -> Byline:
    """The byline of a block away from the title; whole only when a label with a colon opens it."""
    block = page.blocks[i]
    byline = byline_of(page.text[block.start : block.end], known, month_first=month_first)
    opening = fold(page.text[block.start : block.start + 16])
    labelled = any(sign in opening for sign in ":/|") and any(found.field in _STRONG for found in byline.fields)
    return byline if labelled else Byline((), False)


def _among_facts(page: Page, i: int) -> bool:
    """Whether two of the four nearest blocks are other "name: value" lines that are no bylines: a colophon, a table of facts."""
    near = page.blocks[max(0, i - 2) : i] + page.blocks[i + 1 : i + 3]
    return sum(_is_fact(page, block) for block in near) >= 2


def _is_fact(page: Page, block: Block) -> bool:
    if block.end - block.start > MAX_FACT or not _FACT.match(page.text, block.start, block.end):
        return False
    return (
        not _CLOSING.match(page.text, block.start, block.end)
        and not byline_of(page.text[block.start : block.end], only_whole=True).whole
    )
