"""Scrapy: an item pipeline that cleans the page of an item into fields.

    ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanPipeline": 300}
    CLEANER_HTML_FIELD = "html"          # the field with the page: response.body (best) or response.text
    CLEANER_URL_FIELD = "url"
    CLEANER_DROP = ["spam", "empty"]     # statuses to drop; without it every item goes on, with its status
    CLEANER_KEEP_HTML = False
    CLEANER_OPTIONS = {"script": "simplified"}

The page is cleaned in a guarded process, so that a hostile page cannot stop the crawl.
"""

from __future__ import annotations

from typing import Any

from cleaner.batch.stream import Cleaners
from cleaner.options import Options

__all__ = ["FIELDS", "CleanPipeline"]

FIELDS = ("text", "title", "author", "date", "site", "language", "encoding", "status", "confidence", "error")


class CleanPipeline:
    """Puts `FIELDS` and "removals" (a count by rule) into an item; drops items by status where the settings say so."""

    def __init__(
        self,
        *,
        html_field: str = "html",
        url_field: str = "url",
        drop: tuple[str, ...] = (),
        keep_html: bool = False,
        options: Options | None = None,
    ) -> None:
        self.html_field, self.url_field = html_field, url_field
        self.drop, self.keep_html, self.options = frozenset(drop), keep_html, options
        self._cleaners: Cleaners | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> CleanPipeline:
        """As the crawler's settings say."""
        settings = crawler.settings
        return cls(
            html_field=settings.get("CLEANER_HTML_FIELD", "html"),
            url_field=settings.get("CLEANER_URL_FIELD", "url"),
            drop=tuple(settings.getlist("CLEANER_DROP")),
            keep_html=settings.getbool("CLEANER_KEEP_HTML", False),
            options=Options.from_mapping(settings.getdict("CLEANER_OPTIONS")),
        )

    def open_spider(self, spider: Any = None) -> None:
        """Start the process that cleans."""
        self._cleaners = Cleaners(jobs=1, options=self.options)

    def close_spider(self, spider: Any = None) -> None:
        """End it."""
        if self._cleaners is not None:
            self._cleaners.close()
            self._cleaners = None

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """The item with the fields of its cleaned page; an item without a page goes on as it is."""
        from itemadapter import ItemAdapter

        adapter = ItemAdapter(item)
        page = adapter.get(self.html_field)
        if page is None:
            return item
        if self._cleaners is None:
            self.open_spider()
        assert self._cleaners is not None
        (result,) = self._cleaners.clean_many([{"data": page, "url": adapter.get(self.url_field)}])
        if result.status in self.drop:
            from scrapy.exceptions import DropItem

            raise DropItem(f"cleaner: {result.status} page {adapter.get(self.url_field)}")
        for name in FIELDS:
            adapter[name] = getattr(result, name)
        removals: dict[str, int] = {}
        for edit in result.removals:
            removals[edit.rule] = removals.get(edit.rule, 0) + edit.end - edit.start
        adapter["removals"] = removals
        if not self.keep_html:
            del adapter[self.html_field]
        return item
