"""repair/control: characters that no reader sees and that writers choke on.

NUL, the other C0 and C1 controls, lone surrogates, noncharacters and the directional overrides have no place in text (HTML forbids most of
them, XML and Parquet refuse them, directional overrides make text read differently from what is stored). Tab, line feed and carriage
return stay; so do the joiners, the soft hyphen and the marks U+200E and U+200F, which Persian, Arabic, Hebrew and emoji need.
Vertical tab, form feed and the separators become line feeds, because that is what they mean. A C1 control is the byte of a
windows-1252 character that somebody read as Latin-1; browsers map it so where it stands in a numeric reference (WHATWG HTML 13.2.5.80), and so
does this rule. In HTML the numeric references to such characters go as well, since the parser would put the characters back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.repair.draft import Draft, Finding
from cleaner.repair.gate import CONTROL, REFERENCE, Sign, matches

__all__ = ["Control"]

# Two classes, because one with characters beyond the basic plane is searched for thirty times as slowly.
_RUN = Sign(
    re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]++"),
    bytes((CONTROL,)),
)
_BEYOND = re.compile("[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]++")
# Numeric references that may be to one of these: all but those to printed ASCII, Latin letters and the like, which are nearly all.
_REFERENCE = re.compile(
    r"&#(?:(0*+(?:[12]?[0-9]|3[01]|12[7-9]|1[345][0-9]|82[3-9][0-9]|5[5-7][0-9]{3}|6[45][0-9]{3}|[0-9]{6,})|0++)(?![0-9])|[xX]"
    r"(0*+(?:[01]?[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F]|20[26][0-9a-fA-F]|[dDfF][0-9a-fA-F]{3}|[0-9a-fA-F]{5,}+)|0++)(?![0-9a-fA-F]));?+"
)
MAX_DIGITS = 7  # of U+10FFFF in decimal; parsers replace what is above
_NONCHARACTERS = "\U0001fffe\U0001ffff\U0010fffe\U0010ffff"
_LINE_ENDS = frozenset("\x0b\x0c\x1c\x1d\x1e\u2028\u2029")


def _meant(character: str) -> str:
    """What a control character stands for, as far as it stands for anything."""
    if character in _LINE_ENDS:
        return "\n"
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", "ignore")
    return ""


@dataclass(frozen=True)
class Control:
    """Removes control characters, lone surrogates and directional overrides, one edit a run."""

    name: str = "repair/control"
    why: str = "Control characters, lone surrogates and directional overrides break writers and hide what a text says."

    def find(self, draft: Draft) -> Finding:
        text = draft.text
        edits = [self._edit(match) for match in matches(_RUN, text)] if draft.seen & CONTROL else []
        if any(character in text for character in _NONCHARACTERS):
            edits += map(self._edit, _BEYOND.finditer(text))
            edits.sort()
        if draft.kind == "html" and draft.seen & REFERENCE:
            edits += [e for e in map(self._reference, _REFERENCE.finditer(text)) if e]
            edits.sort()
        return Finding(tuple(edits))

    def _edit(self, match: re.Match[str]) -> Edit:
        run = match[0]
        seen = " ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(run[:8]))
        return Edit(match.start(), match.end(), "".join(map(_meant, run)), self.name, seen)

    def _reference(self, match: re.Match[str]) -> Edit | None:
        digits = (match[1] or match[2]).lstrip("0")
        if len(digits) > MAX_DIGITS:
            return None
        code = int(digits or "0", 10 if match[1] else 16)
        if code > 0x10FFFF or not (_RUN.pattern.match(chr(code)) or _BEYOND.match(chr(code))):
            return None
        return Edit(match.start(), match.end(), _meant(chr(code)), self.name, f"reference to U+{code:04X}")
