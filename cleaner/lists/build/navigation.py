"""Keeps the lists of cleaner/lists/navigation in order: `python -m cleaner.lists.build.navigation`.

The rows are written by hand for this project: `family TAB kind TAB phrase`. This sorts them, removes doubles and brings them to NFC and lower
case. With `--check` nothing is written and the exit code tells whether all is in order. What a row may be is checked by
tests/rules/test_navigation_languages.py.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "navigation"


def built(text: str) -> str:
    """A list as it should stand in its file."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    head = [line for line in lines if line.startswith("# ")]
    rows = {"\t".join(part.strip() for part in line.lower().split("\t")) for line in lines if line and not line.startswith("# ")}
    return "\n".join([*head, *sorted(rows)]) + "\n"


def main(arguments: list[str]) -> int:
    status = 0
    for path in sorted(FOLDER.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        ordered = built(text)
        if ordered != text and "--check" in arguments:
            sys.stderr.write(f"{path.name}: not in order\n")
            status = 1
        elif ordered != text:
            path.write_text(ordered, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
