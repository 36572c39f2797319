"""navigation/own-list, spam/own-list: what the caller's own phrase files list.

A file holds one phrase or name a line, and its header says which family it belongs to (`# family: navigation`, the default, or `# family: spam`). A
block goes when it says nothing but what is listed: one phrase, or several with separators between them. It is compared by its key, as the
shipped lists are, so one row covers scripts, widths, glosses, case, decoration and counts. A star at an end of a row stands for any text there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from os import stat
from pathlib import Path

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.navigation_phrases import key, without_counts

__all__ = ["OWN_LISTS", "OwnList", "own_lists"]

OWN_FAMILIES = ("navigation", "spam")
_HEADER = re.compile(r"#\s*family\s*:\s*(\S+)\s*$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[|,;、，；/·•\t\n]++")


@dataclass(frozen=True)
class Rows:
    """The rows of a file by how they are compared: whole, at the beginning, at the end, anywhere."""

    whole: frozenset[str] = frozenset()
    longest: int = 0
    openings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    inside: re.Pattern[str] | None = None


@dataclass(frozen=True)
class OwnList:
    """Removes blocks that consist of phrases from the caller's list; leaves a block with a further word alone, unless a row has a star.

    A row is compared with the whole block: `Riverside Herald` takes away the line that only says so, never the sentence that names the paper.
    `Riverside Herald*` takes lines that begin with it, `*Herald` those that end so, `*Riverside Herald*` every block that holds it.
    """

    name: str = "navigation/own-list"
    why: str = "The caller's own list names it."
    rows: Rows = Rows()
    source: str = ""  # the file's name, for the note

    def find(self, page: Page) -> Iterator[Edit]:
        rows = self.rows
        for block in page.blocks:
            if block.role == "article" and (row := _found(page.text[block.start : block.end], rows)) is not None:
                yield Edit(block.start, block.end, "", self.name, f"{self.source}: {row}")


def _found(line: str, rows: Rows) -> str | None:
    """The row that takes a block, else None."""
    if len(line) <= rows.longest * 2 + 40:  # decoration, glosses and counts; beyond that it is a row of phrases or none
        text = key(line)
        if text in rows.whole:
            return text
        if (text[:1].isdigit() or text[-1:].isdigit()) and (text := without_counts(text)) in rows.whole:
            return text
    if rows.openings or rows.endings or rows.inside:
        text = key(line)
        if rows.openings and text.startswith(rows.openings):
            return f"{text[:40]}*"
        if rows.endings and text.endswith(rows.endings):
            return f"*{text[-40:]}"
        if rows.inside and (match := rows.inside.search(text)):
            return f"*{match.group()}*"
    return _row_of(line, rows) if rows.whole else None


def _row_of(line: str, rows: Rows) -> str | None:
    """A block of several phrases: each of its items must be listed."""
    if not _SEPARATORS.search(line):
        return None
    count = 0
    for item in _SEPARATORS.split(line):
        text = key(item)
        if text:
            if text not in rows.whole:
                return None
            count += 1
    return f"{count} listed" if count > 1 else None


def rows_of(phrases: Iterable[str]) -> Rows:
    """Rows made ready for comparing; stars are only read at the ends."""
    whole: set[str] = set()
    openings: list[str] = []
    endings: list[str] = []
    inside: list[str] = []
    for phrase in phrases:
        open_start, open_end = phrase.startswith("*"), phrase.endswith("*")
        text = key(phrase)
        if not text:
            continue
        if open_start and open_end:
            inside.append(text)
        elif open_end:
            openings.append(text)
        elif open_start:
            endings.append(text)
        else:
            whole.add(text)
    pattern = re.compile("|".join(map(re.escape, sorted(inside, key=len, reverse=True)))) if inside else None
    longest = max(map(len, whole), default=0)
    return Rows(frozenset(whole), longest, tuple(sorted(set(openings))), tuple(sorted(set(endings))), pattern)


def own_lists(paths: Sequence[str]) -> tuple[OwnList, ...]:
    """The rules of the caller's files, one a file. A file that is missing, not UTF-8 or of an unknown family raises ValueError."""
    return tuple([_read(path, _version(path)) for path in paths])


def _version(path: str) -> tuple[int, int]:
    """What changes when a file changes, so that a long-running program reads it again."""
    try:
        found = stat(path)
    except (OSError, ValueError) as error:
        raise ValueError(f"Options(lists=…): {path!r} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _read(path: str, version: tuple[int, int]) -> OwnList:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"Options(lists=…): {path!r} cannot be read as UTF-8 text: {error}") from None
    family = OWN_FAMILIES[0]
    phrases: list[str] = []
    for line in text.splitlines():
        if (header := _HEADER.match(line)) and not phrases:
            family = header.group(1).lower()
        elif line.strip() and not line.startswith("# "):
            phrases.append(line.strip())
    if family not in OWN_FAMILIES:
        raise ValueError(f"Options(lists=…): {path!r} says family {family!r}; there are {' and '.join(OWN_FAMILIES)}")
    return OwnList(f"{family}/own-list", rows=rows_of(phrases), source=Path(path).name)


# Without rows: for those who list the names of rules.
OWN_LISTS = tuple(OwnList(f"{family}/own-list") for family in OWN_FAMILIES)
