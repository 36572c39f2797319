"""datatrove: a reader that loses no page, a step for raw HTML and one for text that was extracted before.

datatrove's own WARC reader drops pages whose bytes do not decode, and its extractors drop pages that fail. Here every page goes on, with its status in
its metadata, and datatrove's statistics count the statuses; a filter of your own decides what to drop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints

from cleaner import decode
from cleaner.batch.pages import pages_in_chunk
from cleaner.batch.plan import chunks_of, inputs_of
from cleaner.batch.stream import Cleaners
from cleaner.batch.values import PAGE_TIMEOUT, BatchConfig
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["CleanHtml", "CleanText", "PageReader"]

FIELDS = ("title", "author", "date", "site", "language", "status", "confidence", "error")


class PageReader(PipelineStep):  # type: ignore[misc]
    """Reads pages as `cleaner run` does: files, folders, WARC, WET, JSONL, Parquet; each task takes its share of the chunks.

    A document's text is the decoded page, its metadata hold url, encoding, how that was found, source file and offset.
    """

    name = "cleaner pages"
    type = "READER"

    def __init__(self, *inputs: str, config: BatchConfig | None = None) -> None:
        super().__init__()
        self.inputs, self.config = inputs, config or BatchConfig()

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents of this task's chunks, after those that come in."""
        yield from data or ()
        skipped: Counter[str] = Counter()
        for chunk in chunks_of(inputs_of(self.inputs), self.config, 0, skipped):
            if chunk.number % world_size != rank:
                continue
            for page in pages_in_chunk(chunk, self.config):
                document = _document(page)
                self.stat_update(StatHints.total)
                self.update_doc_stats(document)
                yield document


def _document(page: Any) -> Document:
    metadata = {"url": page.url, "source": page.source, "offset": page.offset}
    if isinstance(page.data, bytes):
        source = decode(page.data, charset=page.charset)
        text = source.text
        metadata |= {"encoding": source.encoding, "encoding_how": source.how, "binary": source.binary}
    else:
        text = page.data
    return Document(text=text, id=page.id, metadata={key: value for key, value in metadata.items() if value is not None})


class _Clean(PipelineStep):  # type: ignore[misc]
    """What the two steps share."""

    type = "CLEAN"
    kind: Literal["auto", "html", "text"] = "auto"

    def __init__(
        self,
        *,
        options: Options | None = None,
        drop: tuple[str, ...] = (),
        page_timeout: float = PAGE_TIMEOUT,
        url_key: str = "url",
    ) -> None:
        super().__init__()
        self.options = replace(options or Options(), kind=self.kind)
        self.drop, self.page_timeout, self.url_key = frozenset(drop), page_timeout, url_key

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Every document goes on, cleaned, with its status, unless `drop` names the status."""
        documents: list[Document] = []  # sent to the worker and not back yet; a few batches at most

        def pages() -> Iterator[dict[str, Any]]:
            for document in data or ():
                documents.append(document)
                yield {"data": document.text, "url": document.metadata.get(self.url_key)}

        with Cleaners(jobs=1, options=self.options, page_timeout=self.page_timeout) as cleaners:
            for result in cleaners.clean_many(pages()):
                document = documents.pop(0)
                with self.track_time():
                    self._apply(document, result)
                if result.status in self.drop:
                    self.stat_update(StatHints.dropped)
                    continue
                self.stat_update(StatHints.forwarded)
                self.update_doc_stats(document)
                yield document

    def _apply(self, document: Document, result: Result) -> None:
        """Put the result into the document and count it."""
        if document.metadata.pop("binary", False):
            document.text, document.metadata["status"] = "", "binary"
            self.stat_update(StatHints.total, "status_binary")
            return
        removed: Counter[str] = Counter()
        for edit in result.removals:
            removed[edit.rule] += edit.end - edit.start
        document.text = result.text
        document.metadata |= {name: value for name in FIELDS if (value := getattr(result, name)) not in (None, "")}
        document.metadata["removed"] = dict(removed)
        self.stat_update(StatHints.total, f"status_{result.status}")
        for rule, characters in removed.items():
            self.stat_update(f"removed_{rule}", value=characters, unit="characters")


class CleanHtml(_Clean):
    """Documents whose text is raw HTML become documents whose text is the article."""

    name = "cleaner html"
    kind = "html"


class CleanText(_Clean):
    """Documents whose text somebody extracted before lose spam, navigation lines and damage."""

    name = "cleaner text"
    kind = "text"
