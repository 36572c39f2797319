"""Rebuilding the lists of the repair rules gives the same lists."""

from __future__ import annotations

import pytest

from benchmarks.data import data_folder
from cleaner.lists.build import glossed_characters, language, readings, simplified_traditional, traditional_simplified


@pytest.mark.parametrize("builder", [simplified_traditional, traditional_simplified])
def test_opencc_lists_are_what_their_builders_give(builder: object) -> None:
    pytest.importorskip("opencc", reason="built from opencc-python-reimplemented")
    assert builder.TARGET.read_text(encoding="utf-8") == builder.built()  # type: ignore[attr-defined]


def test_readings_are_what_their_builder_gives() -> None:
    pytest.importorskip("pypinyin", reason="built from pypinyin")
    assert readings.TARGET.read_text(encoding="utf-8") == readings.built()


@pytest.mark.data
def test_glossed_characters_are_what_their_builder_gives() -> None:
    observations = data_folder() / "mirror" / "glossed_characters.tsv"
    if not observations.exists():
        pytest.skip("the table of observations is not there")
    assert glossed_characters.TARGET.read_text(encoding="utf-8") == glossed_characters.built(
        observations.read_text(encoding="utf-8")
    )


def test_the_language_model_is_what_its_builder_gives() -> None:
    pytest.importorskip("jieba", reason="built from jieba")
    pytest.importorskip("pypinyin", reason="built from jieba and pypinyin")
    shipped = language.TARGET.read_bytes()
    assert len(shipped) <= 1_000_000
    assert shipped == language.built()
