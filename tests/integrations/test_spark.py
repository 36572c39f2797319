"""Spark: a real local session, rows in = rows out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner.options import Options
from tests.faults.poison import POISON
from tests.integrations.pages import COUNT, NOTICE, dumps_with_templates, expected_status, rows

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def spark() -> Any:
    pyspark = pytest.importorskip("pyspark.sql")
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    patch.setenv("PYSPARK_DRIVER_PYTHON", sys.executable)
    session = (
        pyspark.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "8")
        .getOrCreate()
    )
    yield session
    session.stop()
    patch.undo()


def test_pages_of_a_frame_are_cleaned_row_by_row(spark: Any) -> None:
    from cleaner.integrations.spark import SCHEMA, clean_arrow

    wanted = [row for number, row in enumerate(rows()) if expected_status(number) == "ok"]
    cleaned = spark.createDataFrame(wanted).repartition(2).mapInArrow(clean_arrow, SCHEMA).collect()
    assert sorted(row.id for row in cleaned) == sorted(row["id"] for row in wanted)
    assert {row.status for row in cleaned} == {"ok"}
    assert all("ferry" in row.text and "Contact" not in row.text for row in cleaned)
    assert any(removal.rule.startswith(("article/", "navigation/")) for removal in cleaned[0].removals)


def test_poison_pages_are_rows_with_a_status(spark: Any) -> None:
    from cleaner.integrations.spark import FIELDS, cleaned_by

    clean = cleaned_by(keep=("id",), options=Options(rules=(POISON,)))
    cleaned = spark.createDataFrame(rows()).mapInArrow(clean, f"id string, {FIELDS}").collect()
    assert {int(row.id.removeprefix("page-")): row.status for row in cleaned} == {n: expected_status(n) for n in range(COUNT)}


def test_templates_of_sites_are_taken(spark: Any, tmp_path: Path) -> None:
    from cleaner.integrations.spark import FIELDS, cleaned_by

    pages, templates = dumps_with_templates(tmp_path)
    clean = cleaned_by(keep=("id",), options=Options(templates=(templates,)))
    cleaned = spark.createDataFrame(pages).mapInArrow(clean, f"id string, {FIELDS}").collect()
    assert len(cleaned) == len(pages)
    assert all("Story" in row.text and NOTICE not in row.text for row in cleaned)
