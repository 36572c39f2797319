"""Builds simplified_traditional.tsv: OpenCC's table of characters, and those of its phrases that the characters alone get wrong.

A phrase is dropped when the characters (or shorter phrases kept) already convert it rightly: 49,000 phrases become a fraction of that.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from cleaner.script import by_longest_match

HEADER = """\
# name: simplified_traditional: simplified character or phrase, traditional form
# source: OpenCC STCharacters.txt and STPhrases.txt, from the package opencc-python-reimplemented 0.1.7
# licence: Apache-2.0
# date: 2026-11-23
# built by: cleaner/lists/build/simplified_traditional.py
"""
TARGET = Path(__file__).parent.parent / "simplified_traditional.tsv"


def _table(name: str) -> dict[str, str]:
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("building this list needs opencc-python-reimplemented 0.1.7")
    path = Path(spec.submodule_search_locations[0]) / "dictionary" / name
    rows = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {simplified: candidates.split(" ")[0] for simplified, _, candidates in rows if candidates}


def built() -> str:
    """The list as text; needs opencc-python-reimplemented."""
    characters = _table("STCharacters.txt")
    kept = {simplified: traditional for simplified, traditional in characters.items() if simplified != traditional}
    longest: dict[str, int] = {}
    for phrase, traditional in sorted(_table("STPhrases.txt").items(), key=lambda row: (len(row[0]), row[0])):
        if by_longest_match(phrase, kept, longest) != traditional:
            kept[phrase] = traditional
            longest[phrase[0]] = len(phrase)  # phrases come by length
    return HEADER + "\n".join(sorted(f"{simplified}\t{traditional}" for simplified, traditional in kept.items())) + "\n"


if __name__ == "__main__":
    TARGET.write_text(built(), encoding="utf-8")
