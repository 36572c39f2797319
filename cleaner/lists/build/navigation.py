"""Keeps the lists of cleaner/lists/navigation in order: `python -m cleaner.lists.build.navigation`.

The rows are written by hand for this project: `family TAB kind TAB phrase`. This sorts them, removes doubles, brings them to NFC and lower
case, and says what a reader should look at: openings that lose a sign at an end when they become a key and so would match more than they
say, and very short ones. With `--check` nothing is written and the exit code tells whether all is in order.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "navigation"
KINDS = ("line", "weak", "button", "label", "opening", "statement")
BEGIN = ("opening", "statement")  # kinds that match the beginning of a line
SHORT = {True: 2, False: 5}  # characters below which a beginning is too common: of Han, kana and hangul; of other scripts


def built(text: str) -> str:
    """A list as it should stand in its file."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    head = [line for line in lines if line.startswith("# ")]
    rows = {"\t".join(part.strip() for part in line.lower().split("\t")) for line in lines if line and not line.startswith("# ")}
    return "\n".join([*head, *sorted(rows)]) + "\n"


def faults(rows: Iterable[str]) -> Iterator[str]:
    """Rows that are not what a row must be, each with the reason."""
    from cleaner.rules.navigation_phrases import key
    from cleaner.script import fold

    for row in rows:
        parts = row.split("\t")
        if len(parts) != 3 or parts[1] not in KINDS or not key(parts[2]):
            yield f"{row!r}: expected family, kind ({', '.join(KINDS)}) and a phrase"
        elif parts[1] in BEGIN:
            phrase = parts[2]
            if key(phrase) != fold(phrase.replace("’", "'")):
                yield f"{row!r}: as a key it is {key(phrase)!r}, which matches more"
            if len(phrase) < SHORT[phrase[0] >= "\u2e80"]:
                yield f"{row!r}: too short for a beginning"


def main(arguments: list[str]) -> int:
    status = 0
    for path in sorted(FOLDER.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        ordered = built(text)
        for fault in faults(line for line in ordered.split("\n") if line and not line.startswith("# ")):
            sys.stderr.write(f"{path.name}: {fault}\n")
            status = 1
        if ordered != text and "--check" in arguments:
            sys.stderr.write(f"{path.name}: not in order\n")
            status = 1
        elif ordered != text:
            path.write_text(ordered, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
