"""Lines that consist of several phrases side by side: a bar of buttons, the links of a footer, links that lost the blank between them.

A bar is cut at its separators, else into the longest known phrases, and each item is looked up like a line of its own. Nearly all of it must be
known, so prose with a listed word in it is never a bar.
"""

from __future__ import annotations

import re

from cleaner.rules.navigation_phrases import HAN, Phrase, Phrases, key, without_counts

__all__ = ["inline_hit"]

BAR_WORDS = 14  # words of a bar of links without separators: longest seen 13
BAR_KNOWN = 0.75  # share of a bar's items that the lists know; prose that consists of listed words was not seen above 0.4
WORDS_UNKNOWN = 0.25  # share of a bar's words that may be unknown when three of its phrases are sure
BAR_SURE = 0.5  # the same where three of its items are sure: footers name the site's own pages between them
MIN_SECTIONS = 5  # short items in a row that may be a site's sections
SECTIONS_KNOWN = 0.25  # share of them that the lists know
SECTION = 10  # longest of them in characters
TOOLS = frozenset({"tools", "share"})  # families of which a row of two says enough: 打印 | 关闭
MIN_BAR = 2  # items that make a bar

_SURE = "line"
_SEPARATORS = re.compile(r" ?[|│·•/\[\]【】・]+ ?| - | – ")
_GLUED = re.compile(r"(?<=[a-zß-ÿ)])(?=[A-ZÄÖÜÉ])")


def inline_hit(text: str, line: str, known: Phrases) -> Phrase | None:
    """A line that consists of several phrases: ``打印 关闭``, ``Home | About | Contact``, ``Leave a ReplyCancel reply``."""
    if (
        "|" in text
        or "/" in text
        or " - " in text
        or "]" in text
        or not (
            text.isascii()
            or (
                "·" not in text
                and "│" not in text
                and "•" not in text
                and " – " not in text
                and "】" not in text
                and "・" not in text
            )
        )
    ):
        items = [item for item in _SEPARATORS.split(text) if item]
        if len(items) >= MIN_BAR:
            parts = [_item(item, known) for item in items]
            return _bar(parts) or _sections(items, parts)
    if text.count(" ") >= MIN_SECTIONS - 1 and HAN.match(text):
        words = text.split(" ")
        if row := _sections(words, [_item(word, known) for word in words]):
            return row
    first = (text if HAN.match(text) else line).partition(" ")[0]
    if first.lower() not in known.firsts and (first.islower() or _GLUED.split(first, 1)[0].lower() not in known.firsts):
        return None
    if not line.islower() and (found := _glued_hit(line, known)):
        return found
    words = text.split(" ")
    if len(words) < MIN_BAR or len(words) > BAR_WORDS or words[-1] not in known.lasts:
        return None
    if text.isascii() or not HAN.search(text):
        return _words_hit(words, known)
    return _bar([_item(word, known) for word in words])


def _sections(items: list[str], found: list[Phrase | None]) -> Phrase | None:
    """A row of a site's sections, most of them its own (``要闻 党建 广东 理论 直播 人才``): boilerplate in company."""
    hits = [phrase for phrase in found if phrase]
    if len(items) < MIN_SECTIONS or len(hits) < max(MIN_BAR, SECTIONS_KNOWN * len(items)):
        return None
    if any(len(item) > SECTION or not item[-1].isalpha() for item in items) or not HAN.search(items[0]):
        return None
    return Phrase(hits[0].family, "weak")


def _item(item: str, known: Phrases) -> Phrase | None:
    """What one item of a bar is."""
    return known.lines.get(item) or known.lines.get(without_counts(item)) or known.lines.get(item.replace(" ", ""))


def _bar(found: list[Phrase | None]) -> Phrase | None:
    """What a bar is, from its items."""
    hits = [phrase for phrase in found if phrase]
    sure = [phrase for phrase in hits if phrase.kind == _SURE]
    if len(hits) < MIN_BAR or len(hits) < (BAR_SURE if len(sure) > MIN_BAR else BAR_KNOWN) * len(found):
        return None
    tools = len(hits) == len(found) and {phrase.family for phrase in hits} <= TOOLS
    return Phrase((sure or hits)[0].family, _SURE if sure or tools or len(hits) > MIN_BAR else "weak")


def _glued_hit(line: str, known: Phrases) -> Phrase | None:
    """Links that stood side by side without a blank: one of them must be sure, since names are written like this too."""
    items = _GLUED.split(line)
    if len(items) < MIN_BAR or len(items) > BAR_WORDS:
        return None
    phrases = [_item(key(item), known) for item in items]
    if not any(phrase and phrase.kind == _SURE for phrase in phrases):
        return None
    return _bar(phrases)


def _words_hit(words: list[str], known: Phrases) -> Phrase | None:
    """The same for words with single blanks between them, cut greedily into the longest phrases; few words may be unknown."""
    hits: list[Phrase] = []
    unknown = position = 0
    while position < len(words):
        for size in (5, 4, 3, 2, 1) if words[position] in known.firsts else ():
            if phrase := known.lines.get(" ".join(words[position : position + size])):
                hits.append(phrase)
                position += min(size, len(words) - position)
                break
        else:
            unknown += 1
            position += 1
    sure = [phrase for phrase in hits if phrase.kind == _SURE]
    if len(hits) < MIN_BAR or unknown > (len(words) * WORDS_UNKNOWN if len(sure) > MIN_BAR else 0):
        return None
    return Phrase((sure or hits)[0].family, _SURE if len(sure) > 1 or len(hits) > 3 else "weak")
