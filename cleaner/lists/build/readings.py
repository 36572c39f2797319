"""Builds readings.tsv: the readings that pinyin gives the characters that a mirror kit may gloss.

Kept are the characters that differ from their simplified form (only those are glossed with tones) and the 6,763 of GB 2312 (for the kind of
gloss without tones). The data is pypinyin's; the package itself is never imported when cleaner runs (that costs 450 ms).
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from cleaner.lists import read

HEADER = """\
# name: readings: character, its readings in pinyin separated by commas
# source: pinyin_dict of the package pypinyin 0.55.0
# licence: MIT
# date: 2026-11-23
# built by: cleaner/lists/build/readings.py
"""
TARGET = Path(__file__).parent.parent / "readings.tsv"


def in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def built() -> str:
    """The list as text; needs pypinyin."""
    from pypinyin.pinyin_dict import pinyin_dict

    wanted = {row[0] for row in read("traditional_simplified.tsv")}
    rows = []
    for code, readings in pinyin_dict.items():
        if chr(code) in wanted or in_gb2312(chr(code)):
            rows.append(f"{chr(code)}\t{unicodedata.normalize('NFC', readings)}")
    return HEADER + "\n".join(sorted(rows)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(built(), encoding="utf-8")
