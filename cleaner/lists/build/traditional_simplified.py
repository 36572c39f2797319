"""Builds traditional_simplified.tsv: OpenCC's characters that differ from their simplified form, one to one."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

HEADER = """\
# name: traditional_simplified
# source: OpenCC TSCharacters.txt, from the package opencc-python-reimplemented 0.1.7
# licence: Apache-2.0
# date: 2026-11-23
# built by: cleaner/lists/build/traditional_simplified.py
"""
TARGET = Path(__file__).parent.parent / "traditional_simplified.tsv"


def built() -> str:
    """The list as text; needs opencc-python-reimplemented."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("building this list needs opencc-python-reimplemented 0.1.7")
    path = Path(spec.submodule_search_locations[0]) / "dictionary" / "TSCharacters.txt"
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        traditional, _, candidates = line.partition("\t")
        simplified = candidates.split(" ")[0]
        if (
            len(traditional) == len(simplified) == 1
            and ord(traditional) < 0x10000 > ord(simplified)
            and traditional != simplified
        ):
            rows.append(f"{traditional}\t{simplified}")
    return HEADER + "\n".join(sorted(rows)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(built(), encoding="utf-8")
