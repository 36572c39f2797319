"""A second opinion on metadata: what trafilatura, and htmldate through it, make of what the page itself leaves open.

It fills gaps and overrules nothing, because where both answer cleaner is right more often (benchmarks/metadata.py); it costs about as much
as cleaning four pages, so it is asked for with ``Options(metadata="full")`` only.
"""

from __future__ import annotations

from dataclasses import replace

from cleaner.markup.declared import clean_author
from cleaner.page import Page

__all__ = ["fuller"]

MAX_SOURCE = 2_000_000  # characters; above these trafilatura can take minutes (a table of 200,000 rows: more than 12 s)
MAX_TAGS = 20_000


def fuller(page: Page, source: str) -> Page:
    """The page with the fields filled that its own metadata leaves open: title, author, date, site, description, address."""
    found = page.metadata
    complete = found.title and found.author and found.published and found.site and found.description
    if complete or page.kind != "html" or len(source) > MAX_SOURCE or source.count("<") > 2 * MAX_TAGS:
        return page
    other = _asked(source, page.url)
    return replace(
        page,
        metadata=replace(
            found,
            title=found.title or other.get("title"),
            author=found.author or clean_author(other.get("author") or ""),
            published=found.published or other.get("date"),
            site=found.site or other.get("sitename"),
            description=found.description or other.get("description"),
            url=found.url or other.get("url"),
        ),
    )


def _asked(source: str, url: str | None) -> dict[str, str | None]:
    from trafilatura.metadata import extract_metadata  # takes 0.3 s to import

    try:
        document = extract_metadata(source, default_url=url)
    except Exception:  # noqa: BLE001 - somebody else's parser over dirty input: whatever it raises, the answer is that it has none
        return {}
    return {name: getattr(document, name, None) or None for name in ("title", "author", "date", "sitename", "description", "url")}
