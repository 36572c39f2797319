"""spam/keyword-head: the line of porn, gambling or lottery keywords that a kit puts on top of a stolen page.

It takes the place of the page's title: phrases joined by bars, dashes or underscores, no sentence, nearly each with a word of the trade, often in
simplified characters over a traditional body. An honest title says what the text below it says; so a head whose words the text uses stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.keyword_lines import Judge, Thresholds, note_of, score_line
from cleaner.rules.survey import Survey, survey_of
from cleaner.rules.words import BRAND, TELLING, between, tells

__all__ = ["KeywordHead", "clean_title", "without_keywords"]

MAX_LINE = 600  # characters; heads seen 48-142
_JOINED = re.compile(r"[_|｜,，、\-–—/·\s]")
_LITTER = re.compile(
    r"(?:[?？\ufffd•·●*|_\-\s]|&nbsp;|©|»)+|</?(?:tr|td|li|ul|span|div|p|a|font|strong|b|i|em|center)\b[^<>]{0,80}>(?:</[a-z]{1,6}>)?"
)
_TITLE_PARTS = re.compile(r"([_|｜,，、]+|\s[-–—|]\s|[-–—](?=[^A-Za-z0-9])|(?<=[^A-Za-z0-9])[-–—])")
FULL = 0.8  # share of a title's phrases
MIN_TITLE = 4  # characters of a part that is kept as a title


@dataclass(frozen=True)
class KeywordHead:
    """Removes keyword lines among the first lines of a page, with the litter the kit leaves around them (a lone `?`, a literal tag).

    Leaves alone: titles of the kind 标题_栏目_站名, indexes of films, sentences, and every line whose words the text below uses too.
    """

    name: str = "spam/keyword-head"
    why: str = "A line of advertising keywords put on top of the page in place of its title."
    lines: int = 4  # looked at from the top; heads seen in the first three
    least: Thresholds = field(default_factory=lambda: Thresholds(3, 2, 0.34, 0.6, 0.3))  # heads .5-1.0 each, titles .0-.2
    least_with_kit: Thresholds = field(default_factory=lambda: Thresholds(3, 1, 0.15, 0.4, 0.15))  # titles .0-.1

    least_foreign: Thresholds = field(default_factory=lambda: Thresholds(3, 1, 0.1, 0.3, 0.15))  # titles of translations .0

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        telling = (survey or survey_of(page)).named
        blocks = page.blocks[: self.lines + 4]
        if not telling or not blocks or telling[0] >= blocks[-1].end:
            return
        text = page.text
        judge: Judge | None = None
        seen = 0
        for i, block in enumerate(blocks):
            line = text[block.start : block.end]
            if _LITTER.fullmatch(line.strip()):
                continue
            seen += 1
            if seen > self.lines:
                return
            if not 8 <= len(line) <= MAX_LINE or not between(telling, block.start, block.end):
                continue
            judge = judge or Judge(page)
            note = self.note(line, judge)
            if note is None:
                continue
            yield Edit(block.start, block.end, "", self.name, note)
            yield from self._litter(page, i)

    def note(self, line: str, judge: Judge) -> str | None:
        """What makes a line a head, or None."""
        if len(_JOINED.findall(line)) < 2:
            return None
        score = score_line(line)
        if judge.is_spam(line, score, self.least):
            return note_of(score)
        if judge.is_foreign_spam(line, score, self.least_foreign):
            return f"{note_of(score)}; in another alphabet than the page"
        if not self.least_with_kit.met_by(score):
            return None
        kit = judge.page.mirror is not None or judge.other_script(line)
        if kit and judge.is_spam(line, score, self.least_with_kit):
            return f"{note_of(score)}; on a mirrored page"
        return None

    def _litter(self, page: Page, i: int) -> Iterator[Edit]:
        """The lines right before and after a head that hold nothing but broken signs or a literal tag."""
        for j in (i - 1, i + 1):
            if 0 <= j < len(page.blocks):
                block = page.blocks[j]
                if block.end - block.start <= 80 and _LITTER.fullmatch(page.text[block.start : block.end].strip()):
                    yield Edit(block.start, block.end, "", self.name, "litter of the keyword line")


def without_keywords(page: Page) -> Page:
    """The page with the keywords taken out of its title and description: its next best title stands in for one that is nothing else."""
    metadata = page.metadata
    title = metadata.title
    if title and (cleaned := clean_title(title, page)) != title:
        others = (clean_title(other, page) for other in metadata.titles if other != title)
        metadata = replace(metadata, title=cleaned or next((other for other in others if other), None))
    if metadata.description and clean_title(metadata.description, page) != metadata.description:
        metadata = replace(metadata, description=None)
    return page if metadata is page.metadata else replace(page, metadata=metadata)


def clean_title(title: str | None, page: Page) -> str | None:
    """A page's title without the keywords that were put into it; None when nothing else is left.

    The parts of a title are judged together first; of a title that is spam the parts that hold no word of the lexicon are kept.
    """
    if not title or not tells(title, TELLING | BRAND):
        return title
    rule = KeywordHead()
    judge = Judge(page)
    if rule.note(title, judge) is None:
        return title
    parts = _TITLE_PARTS.split(title)
    full = score_line(title).density >= FULL  # of keywords: then a part without any is kept only if the page speaks of it
    script = judge.body_script
    kept = [
        part.strip()
        for part in parts[::2]
        if len(part.strip()) >= MIN_TITLE
        and not (found := score_line(part)).strong
        and not found.weak
        and not (script == "traditional" and judge.other_script(part))
        and (not full or judge.mentions(part))
    ]
    return kept[0] if kept else None
