"""Builds glossed_characters.tsv: the mirror kit's ordered table of characters, with the one reading it gives each.

The rows are observations made for this project on infected pages: `python -m cleaner.lists.build.glossed_characters TABLE` takes the
table of observations (character, reading, rank, seen) and writes the columns that the rules need. A rank of 0 means that the
character's place in the kit's order is unknown.
"""

from __future__ import annotations

import sys
from pathlib import Path

HEADER = """\
# name: glossed_characters: character, reading, rank in the mirror kit's table (0: unknown)
# source: observed on infected pages for this project
# licence: Apache-2.0
# date: 2026-11-23
# built by: cleaner/lists/build/glossed_characters.py
"""
TARGET = Path(__file__).parent.parent / "glossed_characters.tsv"


def built(observations: str) -> str:
    """The list as text, from the table of observations."""
    rows = []
    for line in observations.splitlines():
        if line and not line.startswith(("#", "character\t")):
            character, reading, rank, _ = line.split("\t")
            rows.append(f"{character}\t{reading}\t{rank or 0}")
    return HEADER + "\n".join(sorted(rows)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(built(Path(sys.argv[1]).read_text(encoding="utf-8")), encoding="utf-8")
