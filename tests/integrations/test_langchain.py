"""LangChain: the loader and the transformer against langchain-core."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.options import Options
from tests.faults.poison import POISON
from tests.integrations.pages import page, write_lines

pytestmark = [pytest.mark.engine, pytest.mark.timeout(120)]


@pytest.fixture(autouse=True)
def _langchain() -> None:
    pytest.importorskip("langchain_core")


def test_the_loader_gives_a_document_for_each_page(tmp_path: Path) -> None:
    from cleaner.integrations.langchain import PageLoader

    write_lines(tmp_path / "pages.jsonl", 4)
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    documents = PageLoader(str(tmp_path), jobs=1).load()
    assert len(documents) == 5
    assert {document.metadata["status"] for document in documents} == {"ok", "empty"}
    assert len(PageLoader(str(tmp_path), jobs=1, drop=("empty",)).load()) == 4
    story = next(document for document in documents if document.metadata.get("title") == "Story 2")
    assert story.metadata["source"] == "https://example.org/2"
    assert "ferry" in story.page_content
    assert "Contact" not in story.page_content


def test_the_transformer_keeps_the_number_of_documents_and_their_metadata() -> None:
    from langchain_core.documents import Document

    from cleaner.integrations.langchain import CleanDocuments

    documents = [
        Document(page_content=page(number), metadata={"source": f"https://example.org/{number}", "own": number})
        for number in (1, 7, 2)
    ]
    cleaned = CleanDocuments(options=Options(rules=(POISON,))).transform_documents(documents)
    assert [document.metadata["status"] for document in cleaned] == ["ok", "crash", "ok"]
    assert [document.metadata["own"] for document in cleaned] == [1, 7, 2]
