"""repair/mojibake: text that was decoded with the wrong encoding, judged line by line.

Often only some lines of a page are hit, so each line is judged by itself and must prove its case: UTF-8 read as GBK by the characters that this makes in abundance
(锛 銆 鐨, 36 % of such text, 0.002 % of clean text) and by what comes out; GBK or Big5 read as Latin-1 by coming out as likely Chinese; UTF-8 read as Latin-1,
windows-1252 or windows-1251 by ftfy's `fix_encoding`, asked only about lines that hold a UTF-8 sequence (never `fix_text`, which changes 62 % of clean Chinese paragraphs).
Entities that lost their ampersand (`#xff1a;`) and the literal `x0dx0a` come back as what they were. What is beyond help, 锟斤拷, 烫烫烫 and text that
went through several rounds, stays as it is and is marked: an edit that replaces it by itself, with a note that begins with "lost".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cleaner.edits import Edit, apply, compose
from cleaner.repair.draft import Draft, Finding
from cleaner.repair.gate import (
    BARE,
    ENTITY,
    HAN,
    LATIN_BYTES,
    LATIN_RUN,
    LOST,
    SIGNATURE,
    SIGNATURES,
    UTF8_AS_LATIN,
    UTF8_SEQUENCE,
    Sign,
    search,
)
from cleaner.repair.language import Language
from cleaner.repair.recoding import from_gbk, from_latin, signature_share

__all__ = ["Mojibake", "lost_entities"]

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|\?)*+")
_NO_ENTITY_AFTER = frozenset("&/=\"'#-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_TAG_REST = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*[^<>\n]{0,300}>")
_BETWEEN_TAGS = re.compile(r"[^<>]++")  # a minified page is one line; what is judged is a piece of its text
_LINE_END = re.compile(r"(?<![\\0-9A-Za-z])(?:x0dx0a)++", re.IGNORECASE)
_GONE = re.compile("(?:锟斤拷|斤拷锟)[锟斤拷]*+|烫{3,}+|屯{4,}+")
_ROUNDS = re.compile(
    "[闂婵濠缂傚倸鍊閻鐎闁娴婢閺閹娑鍌妞瀣銈嗘绱閵鈹戞濞]{4,}+"
)  # what is left of UTF-8 read as GBK twice or more
_SUSPICIOUS = (
    (SIGNATURE, Sign(re.compile(f"[{SIGNATURES}][^\n]{{0,8}}?[{SIGNATURES}]"), bytes((SIGNATURE,)))),
    (LATIN_RUN, LATIN_BYTES),
    (UTF8_AS_LATIN, UTF8_SEQUENCE),
    (LOST, Sign(_GONE)),
    (SIGNATURE | LOST, Sign(_ROUNDS)),
)
MIN_HIGH = 0.6  # share of the letters of a line beyond ASCII for GBK read as Latin-1; Western text < 0.3
FIRST_ENTITY = 0x2000  # lower ones are letters that may stand behind a # for other reasons


@dataclass(frozen=True)
class Mojibake:
    """Repairs lines that were decoded with the wrong encoding; leaves every line that does not prove it alone."""

    name: str = "repair/mojibake"
    why: str = "The line was decoded with the wrong encoding; its bytes read otherwise make sense."
    min_signature: float = 0.12  # share of signature characters; such text 0.2 and more, clean text < 0.01

    def find(self, draft: Draft) -> Finding:
        text, seen = draft.text, draft.seen
        edits: list[Edit] = []
        if seen & (SIGNATURE | LATIN_RUN | UTF8_AS_LATIN | LOST):
            for start, end in _suspect_lines(text, seen):
                found = self._line(text[start:end], html=draft.kind == "html", chinese=bool(seen & HAN))
                edits += [self._moved(edit, start) for edit in found]
        edits.sort()
        if seen & BARE or "x0dx0a" in text or "X0DX0A" in text:  # also in what was just repaired
            return Finding(compose(edits, sorted(self._written_out(apply(text, edits), seen))))
        return Finding(tuple(edits))

    def _moved(self, edit: Edit, by: int) -> Edit:
        return edit._replace(start=edit.start + by, end=edit.end + by)

    def _line(self, line: str, *, html: bool, chinese: bool) -> list[Edit]:
        """What one line needs; `chinese`: it may have Chinese characters."""
        if chinese and signature_share(line) >= self.min_signature and (edits := list(self._gbk(line, _language(), html))):
            return edits
        if search(LATIN_BYTES, line) and (edits := list(self._latin(line))):
            return edits
        if search(UTF8_SEQUENCE, line) and (edits := list(self._western(line))):
            return edits
        lost = _lost(line) if chinese else ()
        return [Edit(m.start(), m.end(), m[0], self.name, f"lost: {_reason(m[0])}", 0.0) for m in lost]

    def _gbk(self, line: str, language: Language, html: bool) -> Iterator[Edit]:
        for match in _BEYOND_ASCII.finditer(line):
            run = match[0]
            rest = run[-1] == "?" and html and _TAG_REST.match(line, match.end())
            following = "\n" if match.end() == len(line) or rest or line[match.end()] == "<" else ""
            result = from_gbk(run, language, following)
            again = (
                result and from_gbk(result.text, language)
                if result and signature_share(result.text) >= self.min_signature
                else None
            )
            final = again or result
            if final is not None and final.text != run:
                note = f"UTF-8 read as GBK{' twice' if again else ''}" + (
                    f"; lost: {final.lost} characters" if final.lost else ""
                )
                yield Edit(match.start(), match.end(), final.text + ("<" if rest else ""), self.name, note)

    def _latin(self, line: str) -> Iterator[Edit]:
        for match in _BETWEEN_TAGS.finditer(line):
            if match[0].isascii() or not search(LATIN_BYTES, match[0]):
                continue
            part = match[0].strip()
            letters = [c for c in part if c.isalpha() or c > "\x7f"]
            if sum(1 for c in letters if c > "\x7f") < MIN_HIGH * len(letters):
                continue
            result = from_latin(part, _language())
            if result is not None:
                start = match.start() + match[0].index(part)
                yield Edit(start, start + len(part), result.text, self.name, "GBK or Big5 read as Latin-1")

    def _western(self, line: str) -> Iterator[Edit]:
        from ftfy import fix_encoding

        for match in _BETWEEN_TAGS.finditer(line):
            part = match[0]
            if (
                not part.isascii()
                and search(UTF8_SEQUENCE, part)
                and (fixed := fix_encoding(part)) != part
                and len(fixed) < len(part)
            ):
                yield Edit(match.start(), match.end(), fixed, self.name, "UTF-8 read as a Western or Cyrillic encoding")

    def _written_out(self, text: str, seen: int) -> Iterator[Edit]:
        """Characters that are written out: entities that lost their ampersand, line ends as `x0dx0a`."""
        if seen & BARE:
            for match, code in lost_entities(text):
                yield Edit(match.start(), match.end(), chr(code), self.name, "entity without its ampersand")
        for match in _LINE_END.finditer(text):
            yield Edit(match.start(), match.end(), "\n" * (len(match[0]) // 6), self.name, "line ends")


def _suspect_lines(text: str, seen: int) -> list[tuple[int, int]]:
    """The lines that hold something suspicious."""
    found: dict[int, int] = {}
    for flag, sign in _SUSPICIOUS:
        place = 0
        while seen & flag and (match := search(sign, text, place)):
            start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
            found[start] = place = end if end >= 0 else len(text)
    return sorted(found.items())


@lru_cache(maxsize=1)
def _language() -> Language:
    """Chinese in general: nothing of a page that is being judged may speak for itself."""
    return Language("", traditional=False)


def lost_entities(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Numeric references that lost their ampersand, with their code points."""
    for match in ENTITY.finditer(text):
        code = int(match[1], 16) if match[1] else int(match[2])
        allowed = FIRST_ENTITY <= code < 0xD800 or 0xF900 <= code < 0xFFFE
        if allowed and text[match.start() - 1 : match.start()] not in _NO_ENTITY_AFTER:
            yield match, code


def _lost(line: str) -> Iterator[re.Match[str]]:
    yield from _GONE.finditer(line)
    yield from _ROUNDS.finditer(line)


def _reason(text: str) -> str:
    if text[0] in "锟斤拷":
        return "U+FFFD written as UTF-8 and read as GBK"
    return "memory that was never written" if text[0] in "烫屯" else "decoded wrongly more than once"
