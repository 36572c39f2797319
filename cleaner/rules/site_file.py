"""A file of templates: what each site repeats, as lines that people read and edit.

    # remarks
    site: example.org	50 pages
    47	end	p	last updated 0

A row is a line of the site: on how many pages it stood, where (`top`, `end`, `edge`, `any`, or `run`: among others of the site), in which elements (`*` for any), and its key, in which 0 stands for
any number or date. `site: *.example.org` is for all hosts of a domain. Rows may be deleted, and added: with `*` for a count, and the line as it stands on
the page. Under `shared:` stand lines that many unrelated sites have: candidates for review, used only when asked.

Of a large file only the places of its sites are kept in memory; a site's rows are read when its first page comes.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from os import stat
from pathlib import Path
from typing import NamedTuple

from cleaner.rules.site_keys import block_key, hash_of

__all__ = ["ZONES", "Row", "SiteRows", "TemplateFile", "version_of"]

ZONES = ("top", "end", "edge", "any", "run")
REMEMBERED = 512  # sites whose rows are in memory at once
SITE, SHARED = "site:", "shared:"


class Row(NamedTuple):
    """A line of a site. `on` is the number of pages that have it, 0 where somebody wrote the row."""

    on: int
    zone: str
    tags: frozenset[str]  # empty: any


class SiteRows(NamedTuple):
    """The rows of a site by the hash of their key, and how many pages were looked at."""

    site: str
    pages: int
    rows: dict[int, Row]


class _Section(NamedTuple):
    pages: int
    start: int
    end: int


def version_of(path: str) -> tuple[int, int]:
    """What changes when a file changes."""
    try:
        found = stat(path)
    except (OSError, ValueError) as error:
        raise ValueError(f"Options(templates=…): {path!r} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return found.st_mtime_ns, found.st_size


class TemplateFile:
    """An open file of templates. Raises ValueError with the line where something is wrong."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = Path(path).name
        self.sections: dict[str, list[_Section]] = {}
        self._shared: list[_Section] = []
        self._shared_rows: dict[int, Row] | None = None
        self._known: OrderedDict[str, SiteRows | None] = OrderedDict()
        try:
            self._index()
        except OSError as error:
            raise ValueError(f"Options(templates=…): {path!r} cannot be read: {error.strerror or error}") from None

    def _index(self) -> None:
        """One pass: where each section is, and that every line can be read."""
        opened: tuple[list[_Section], int, int] | None = None
        position = 0
        with open(self.path, "rb") as file:
            for number, raw in enumerate(file, 1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").rstrip("\r\n")
                position += len(raw)
                if line.startswith((SITE, SHARED)):
                    self._close(opened, position - len(raw))
                    opened = self._open(line, position)
                elif line.strip() and not line.startswith("#"):
                    if opened is None:
                        raise self._wrong(number, "a row stands before any `site:`")
                    self._row(line, number)
        self._close(opened, position)

    def _open(self, line: str, position: int) -> tuple[list[_Section], int, int]:
        if line.startswith(SHARED):
            return self._shared, 0, position
        name, _, rest = line[len(SITE) :].strip().partition("\t")
        pages = rest.strip().partition(" ")[0].replace(",", "")
        sections = self.sections.setdefault(name.strip().lower().removeprefix("www."), [])
        return sections, int(pages) if pages.isdecimal() else 0, position

    @staticmethod
    def _close(opened: tuple[list[_Section], int, int] | None, end: int) -> None:
        if opened is not None:
            sections, pages, start = opened
            sections.append(_Section(pages, start, end))

    def _wrong(self, number: int, what: str) -> ValueError:
        return ValueError(f"Options(templates=…): {self.name}, line {number}: {what}")

    def _row(self, line: str, number: int) -> tuple[str, Row]:
        """Key and row of a line."""
        columns = line.split("\t", 3)
        if len(columns) < 4:
            raise self._wrong(number, f"a row has four columns, count, place, elements and text, divided by tabs: {line[:40]!r}")
        count, zone, tags, text = columns
        if zone not in ZONES and zone != "*":
            raise self._wrong(number, f"the place is one of {', '.join(ZONES)} or *, not {zone!r}")
        if count != "*" and not count.isdecimal():
            raise self._wrong(number, f"the count is a number or *, not {count!r}")
        elements = frozenset() if tags.strip() in ("*", "") else frozenset(tags.replace(" ", "").split(","))
        return text, Row(int(count) if count != "*" else 0, "any" if zone == "*" else zone, elements)

    def _rows(self, sections: list[_Section]) -> dict[int, Row]:
        rows: dict[int, Row] = {}
        with open(self.path, "rb") as file:
            for section in sections:
                file.seek(section.start)
                for line in file.read(section.end - section.start).decode("utf-8", "replace").splitlines():
                    if line.strip() and not line.startswith("#"):
                        text, row = self._row(line, 0)
                        rows[hash_of(block_key(text))] = row
        rows.pop(0, None)
        return rows

    def rows_of(self, site: str) -> SiteRows | None:
        """The rows of a site; None when the file does not know it."""
        sections = self.sections.get(site)
        if sections is None:
            return None
        known = self._known.get(site)
        if known is None:
            known = SiteRows(site.removeprefix("*."), max(section.pages for section in sections), self._rows(sections))
            self._known[site] = known
            if len(self._known) > REMEMBERED:
                with contextlib.suppress(KeyError):  # another thread was faster
                    self._known.popitem(last=False)
        return known

    def only_site(self) -> str | None:
        """The one site of a file of one site."""
        return next(iter(self.sections)) if len(self.sections) == 1 else None

    def shared(self) -> dict[int, Row]:
        """The lines that many unrelated sites have, by the hash of their key; their counts are sites."""
        if self._shared_rows is None:
            self._shared_rows = self._rows(self._shared)
        return self._shared_rows
