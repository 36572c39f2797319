"""datatrove: a real pipeline from WARC to JSONL; failed documents go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.options import Options
from tests.faults.poison import POISON
from tests.integrations.pages import COUNT, expected_status, rows, warc_of, write_lines

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def _datatrove() -> None:
    pytest.importorskip("datatrove")


def test_a_pipeline_from_warc_to_jsonl_loses_no_page(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.writers import JsonlWriter

    from cleaner.integrations.datatrove import CleanHtml, PageReader

    source = warc_of(tmp_path / "crawl.warc.gz")
    steps = [PageReader(str(source)), CleanHtml(), JsonlWriter(str(tmp_path / "out"), compression=None)]
    stats = LocalPipelineExecutor(pipeline=steps, tasks=1, logging_dir=str(tmp_path / "logs")).run()
    documents = [
        json.loads(line) for path in sorted((tmp_path / "out").glob("*.jsonl")) for line in path.read_text().splitlines()
    ]
    assert len(documents) == 6
    assert {document["metadata"]["status"] for document in documents} == {"ok"}
    assert documents[5]["metadata"]["encoding"] == "gb18030"
    assert "渡船在天亮时离开港口" in documents[5]["text"]
    assert stats.stats[1].stats["status_ok"].total == 6


def test_failed_documents_go_on_with_their_status(tmp_path: Path) -> None:
    from datatrove.data import Document

    from cleaner.integrations.datatrove import CleanHtml

    documents = [Document(text=row["html"], id=row["id"], metadata={"url": row["url"]}) for row in rows()]
    step = CleanHtml(options=Options(rules=(POISON,)), page_timeout=2.0)
    cleaned = list(step.run(iter(documents)))
    assert [document.metadata["status"] for document in cleaned] == [expected_status(number) for number in range(COUNT)]
    assert step.stats["status_crash"].total == 1


def test_text_that_was_extracted_before_is_cleaned_as_text() -> None:
    from datatrove.data import Document

    from cleaner.integrations.datatrove import CleanText

    text = "The harbour reopened on Monday after two weeks of repairs.\n\nShare on Facebook\n\nThe ferry runs again every hour."
    (document,) = CleanText().run(iter([Document(text=text, id="1")]))
    assert "reopened" in document.text
    assert "Share on Facebook" not in document.text


def test_tasks_share_the_chunks(tmp_path: Path) -> None:
    from cleaner.batch.values import BatchConfig
    from cleaner.integrations.datatrove import PageReader

    for number in range(3):
        write_lines(tmp_path / f"{number}.jsonl", 4)
    reader = PageReader(str(tmp_path), config=BatchConfig())
    shares = [[document.id for document in reader.run(None, rank, 2)] for rank in (0, 1)]
    assert sum(map(len, shares)) == 12
    assert all(shares)
