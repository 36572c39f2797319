"""LangChain: a loader that reads pages and gives clean documents, and a transformer for documents that hold pages.

Both need langchain-core only. Documents carry what the page says of itself and what was removed in their metadata; a page that could not be cleaned is
a document with its status, never a hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import BaseDocumentTransformer, Document

from cleaner.batch.pages import pages_in
from cleaner.batch.stream import clean_many
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["CleanDocuments", "PageLoader"]

FIELDS = ("title", "author", "date", "site", "language", "status", "confidence", "error")


class PageLoader(BaseLoader):  # type: ignore[misc]
    """Loads clean documents from pages in files, folders, WARC, JSONL or Parquet, by name, glob or @list, as `cleaner run` takes them.

    drop: statuses that give no document; by default none, so that as many documents come out as pages went in.
    """

    def __init__(
        self,
        *inputs: str,
        options: Options | None = None,
        jobs: int | None = None,
        drop: Sequence[str] = (),
        markdown: bool = False,
    ) -> None:
        self.inputs, self.options, self.jobs, self.markdown = inputs, options, jobs, markdown
        self.drop = frozenset(drop)

    def lazy_load(self) -> Iterator[Document]:
        """Documents, in the order of the pages."""
        sources: list[str] = []

        def pages() -> Iterator[Any]:
            for page in pages_in(self.inputs):
                sources.append(page.source if not page.offset else f"{page.source}#{page.offset}")
                yield page

        for number, result in enumerate(clean_many(pages(), options=self.options, jobs=self.jobs)):
            if result.status not in self.drop:
                content = result.markdown if self.markdown else result.text
                yield Document(page_content=content, metadata={"source": result.url or sources[number], **_metadata(result)})


class CleanDocuments(BaseDocumentTransformer):  # type: ignore[misc]
    """Cleans documents whose content is a page: HTML, or text scraped before."""

    def __init__(self, *, options: Options | None = None, jobs: int = 1, url_key: str = "source") -> None:
        self.options, self.jobs, self.url_key = options, jobs, url_key

    def transform_documents(self, documents: Sequence[Document], **_: Any) -> Sequence[Document]:
        """As many documents as came in; their own metadata stay, cleaner's are added where there are none of that name."""
        pages = ({"data": document.page_content, "url": _address(document.metadata.get(self.url_key))} for document in documents)
        results = clean_many(pages, options=self.options, jobs=self.jobs)
        return [
            Document(page_content=result.text, metadata={**_metadata(result), **document.metadata})
            for document, result in zip(documents, results, strict=True)
        ]


def _address(source: object) -> str | None:
    return source if isinstance(source, str) and source.startswith(("http://", "https://")) else None


def _metadata(result: Result) -> dict[str, Any]:
    """What is known, without what is not."""
    values = {name: getattr(result, name) for name in FIELDS}
    values["removed"] = sum(edit.end - edit.start for edit in result.removals)
    return {name: value for name, value in values.items() if value not in (None, "")}
