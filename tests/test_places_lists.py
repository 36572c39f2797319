"""The lists of places: rebuilding gives the same, and the rows are what the header says."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from benchmarks.data import data_folder
from cleaner.lists import read
from cleaner.lists.build import places

DATA = data_folder()
LISTS = Path(places.__file__).parent.parent


@pytest.mark.data
@pytest.mark.skipif(not (DATA / "places").exists(), reason="needs ../shared/data/places")
def test_rebuilding_the_list_of_china_gives_the_same() -> None:
    pytest.importorskip("pypinyin")
    built = places.with_header("china", places.china(DATA / "places" / "divisions.tsv"))
    assert built == (LISTS / "places_china.tsv").read_text(encoding="utf-8")


def test_the_builders_of_japan_and_the_united_states(tmp_path: Path) -> None:
    source = tmp_path / "codes.json"
    source.write_text(
        json.dumps([{"municipalities": [{"name": "湯沢市", "code": "052078", "wards": [{"name": "北区", "code": "1"}]}]}])
    )
    assert places.japan(source) == ["汤沢市\t052078"]
    shapes = [
        {"id": "22105", "properties": {"name": "A"}},
        {"id": "01001", "properties": {"name": "B"}},
        {"id": "02001", "properties": {"name": "B"}},
    ]
    source.write_text(json.dumps({"objects": {"counties": {"geometries": shapes}}}))
    assert places.us(source) == ["A\t22105"]


@pytest.mark.parametrize("name", ["places_china.tsv", "places_japan.tsv", "places_us.tsv"])
def test_rows_are_sorted_unique_and_composed(name: str) -> None:
    rows = read(name)
    assert list(rows) == sorted(set(rows))
    assert all(unicodedata.is_normalized("NFC", row) for row in rows)
    names = [row.split("\t")[0] for row in rows]
    assert len(names) == len(set(names)) > 1_400
