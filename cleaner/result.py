"""What `clean` gives back: the two lists of edits, the texts between them, and what the page says of itself.

Everything else is made of these when it is asked for (Markdown, HTML, JSON), so that a result costs no more than what is used of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from cleaner.edits import Edit, OffsetMap
from cleaner.page import Mirror, Page, Source

__all__ = ["SCHEMA", "Result", "Status"]

SCHEMA = 1  # of to_dict(); goes up when a field changes its meaning or goes

Status = Literal["ok", "empty", "spam", "binary", "too-large", "error", "timeout", "crash"]  # the last three only from a batch


@dataclass(frozen=True)
class Result:
    """A cleaned page.

    `repairs` are edits in `source.text`; `removals` are edits in `page.text`; ``kept == apply(page.text, removals)``, and `text` is `kept`
    with its whitespace normalised.
    """

    source: Source
    page: Page
    repairs: tuple[Edit, ...]
    removals: tuple[Edit, ...]
    kept: str
    text: str
    status: Status
    error: str = ""  # why there is no text, where a batch could make none of the page

    @property
    def title(self) -> str | None:
        """The page's headline, without the site's name."""
        return self.page.metadata.title

    @property
    def author(self) -> str | None:
        """Who wrote it, as the page says."""
        return self.page.metadata.author

    @property
    def editor(self) -> str | None:
        """责任编辑: who edited it, where a page says so."""
        return self.page.metadata.editor

    @property
    def credit(self) -> str | None:
        """来源: who first published the text, where a page says so."""
        return self.page.metadata.credit

    @property
    def date(self) -> str | None:
        """Published if known, else modified: an ISO 8601 string."""
        return self.page.metadata.published or self.page.metadata.modified

    @property
    def published(self) -> str | None:
        """When it was published: an ISO 8601 string, with a time and zone where the page has them."""
        return self.page.metadata.published

    @property
    def modified(self) -> str | None:
        """When it was last changed, in the same form."""
        return self.page.metadata.modified

    @property
    def site(self) -> str | None:
        """The site's name."""
        return self.page.metadata.site

    @property
    def language(self) -> str | None:
        """A BCP 47 tag."""
        return self.page.metadata.language

    @property
    def url(self) -> str | None:
        """The canonical URL, else the one the page was given with."""
        return self.page.metadata.url or self.page.url

    @property
    def description(self) -> str | None:
        """What the page says of itself in a sentence."""
        return self.page.metadata.description

    @property
    def encoding(self) -> str:
        """The Python codec of the page, such as ``"gb18030"``; ``"str"`` when text came in."""
        return self.source.encoding

    @property
    def mirror(self) -> Mirror | None:
        """None, or what was seen of the mirror kit."""
        return self.page.mirror

    @property
    def page_type(self) -> str:
        """article, forum, listing, product, … as the article stage judges it."""
        return self.page.page_type

    @property
    def confidence(self) -> float:
        """How sure the article stage is, in [0, 1]."""
        return self.page.confidence

    @property
    def markdown(self) -> str:
        """The kept text as Markdown; made when asked for."""
        from cleaner.render.markdown import markdown_of

        return markdown_of(self.page, self.removals)

    @property
    def html(self) -> str:
        """The kept text as HTML of harmless elements; made when asked for."""
        from cleaner.render.html import html_of

        return html_of(self.page, self.removals)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: every field, every edit with the text it took away, and the number of the schema."""
        from cleaner.render.record import record_of

        return record_of(self)

    def kept_offsets(self) -> OffsetMap:
        """Maps offsets in `kept` to offsets in `page.text` and the other way round."""
        return OffsetMap(self.removals)
