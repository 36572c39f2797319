"""The file of templates: rows of each site, what was left alone and why, and the shared lines for review."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.rules.site_file import SHARED, SITE, Row

__all__ = ["Learned", "section_of", "write_templates"]

NAMED = 1_000  # sites of one text that are named; the others are counted
EXAMPLE = 120  # characters
HEAD = """# What sites repeat, learned by `cleaner learn`. Use it: cleaner page.html --templates FILE. Delete the rows of lines that you want to keep.
# A row: pages it is on, where it stands (top, end, edge, any; run: only among others), in which elements (* any), the line; 0 in it is any number or date.
"""
SHARED_HEAD = f"""
{SHARED} candidates for review; only used when asked: --shared-blocks
# A row: unrelated sites that have the line. Delete what is no spam.
"""


@dataclass
class Learned:
    """What came of learning: sites in all, those with rows and those of too few pages, rows, shared lines, sites of one text."""

    sites: int = 0
    small: int = 0
    with_rows: int = 0
    rows: int = 0
    shared: int = 0
    repeating: int = 0
    examples: list[str] = field(default_factory=list)

    def one_text(self, site: str, pages: int, copies: int, example: str) -> None:
        """A site that has one text under many addresses."""
        self.repeating += 1
        if len(self.examples) < NAMED:
            said = f": {example[:EXAMPLE]}" if example else ""
            self.examples.append(f"{site}: one text under many addresses, {copies:,} of {pages:,} pages{said}")

    def sentences(self) -> list[str]:
        """What a person wants to know."""
        first = f"{self.sites:,} sites: {self.with_rows:,} with {self.rows:,} lines that they repeat, {self.small:,} of fewer than 5 pages left alone"
        found = [first]
        if self.repeating:
            found.append(f"one text under many addresses: {self.repeating:,} sites, reported in the file and left alone")
        if self.shared:
            found.append(f"{self.shared:,} lines are shared by 5 unrelated sites or more: look through them under `{SHARED}`")
        return found


def section_of(site: str, pages: int, rows: dict[str, Row]) -> str:
    """The lines of a site, those on the most pages first."""
    lines = [f"\n{SITE} {site}\t{pages} pages\n"]
    for key, row in sorted(rows.items(), key=lambda item: (-item[1].on, item[1].zone, item[0])):
        text = " ".join(key.encode("utf-8", "replace").decode("utf-8").split())
        lines.append(f"{row.on}\t{row.zone}\t{','.join(sorted(row.tags)) or '*'}\t{text}\n")
    return "".join(lines)


def write_templates(out: Path, learned: Learned, sections: Iterable[bytes], shared: list[tuple[int, str]]) -> None:
    """Write the file at one go: it is there whole or not at all."""
    temporary = out.with_name(f".{out.name}.tmp")
    with open(temporary, "wb") as file:
        file.write(HEAD.encode())
        for example in sorted(learned.examples):
            file.write(f"# left alone: {example}\n".encode())
        for section in sections:
            file.write(section)
        if shared:
            file.write(SHARED_HEAD.encode())
            for count, key in shared:
                file.write(f"{count}\t*\t*\t{key}\n".encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, out)
