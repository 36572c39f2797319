"""The order of the stages: the only module that knows it.

bytes → decoding → repair → markup → article → rules → Result. Each stage is a pure function from one value to the next, so that this
module stays a list of calls, and what a page lost can be read from the edits that came out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.article import with_roles
from cleaner.decoding import decode
from cleaner.edits import Edit, apply, settle
from cleaner.markup import html_page, text_page
from cleaner.markup.second_opinion import fuller
from cleaner.options import Options
from cleaner.page import Kind, Page, Source
from cleaner.render import text_of
from cleaner.repair import repaired
from cleaner.result import Result, Status
from cleaner.rules import removals_of, site_templates
from cleaner.rules.keyword_head import without_keywords
from cleaner.rules.verdict import is_spam

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

__all__ = ["clean", "parsed", "with_templates"]

MAX_TAGS = 2_000_000  # of a page; the largest of 1,625 real ones has 60,000, and two million take 12 s (without the extension 30)
MAX_LINES = 500_000  # of a text; books have 30,000
TAG_WINDOW = 2_000  # characters searched for a tag when kind is "auto"; a page's doctype or <html> comes in its first 500
_TAG = re.compile(r"<(?:!doctype|!--|\?xml|/?[a-zA-Z][a-zA-Z0-9-]*+(?=[\s/>]))", re.IGNORECASE)
_DEFAULT = Options()


def clean(
    data: bytes | str | BeautifulSoup, url: str | None = None, charset: str | None = None, options: Options = _DEFAULT
) -> Result:
    """Clean one page.

    data: the bytes of a page (best: then its encoding is found out), its text, or a BeautifulSoup object.
    url: where it came from; used for links and the site's name, never fetched.
    charset: the charset of the HTTP header, or the whole Content-Type value.

    Never raises on dirty input, whatever the bytes; a wrong type raises TypeError. Thread-safe, deterministic.
    """
    source = _source(data, charset, options)
    if source.how == "too-large" or len(source.text) > options.max_bytes:
        return _without_text(Source("", source.encoding, "too-large"), "too-large", url)
    if source.binary:
        return _without_text(source, "binary", url)
    return _cleaned(source, url, options)


def parsed(
    data: bytes | str | BeautifulSoup, url: str | None = None, charset: str | None = None, options: Options = _DEFAULT
) -> Page | None:
    """A page as blocks, before anything is judged: the first half of `clean`. None where `clean` would give no text for binary or size."""
    source = _source(data, charset, options)
    kind = _kind(source, options)
    if source.how == "too-large" or source.binary or len(source.text) > options.max_bytes or _is_excessive(source, kind):
        return None
    return _page(source, kind, url, options)[0]


def with_templates(result: Result, options: Options) -> Result:
    """A result of `clean` once the templates of `options` are known: their edits settled with those it has, the text made again."""
    rules = site_templates(options.templates, shared=options.shared_blocks)
    claims = [edit for rule in rules if options.chosen(rule.name) for edit in rule.find(result.page)]
    removals = settle((*result.removals, *claims)) if claims else result.removals
    kept = apply(result.page.text, removals)
    text = text_of(kept)
    status = result.status if result.status == "binary" else _status(result.page, text, removals)
    return replace(result, removals=removals, kept=kept, text=text, status=status)


def _source(data: bytes | str | BeautifulSoup, charset: str | None, options: Options) -> Source:
    if isinstance(data, (bytes, bytearray, memoryview)):
        if len(data) > options.max_bytes:
            return Source("", "unknown", "too-large")
        return decode(bytes(data), charset=charset)
    if isinstance(data, str):
        return Source(data)
    if _is_soup(data):
        return Source(data.decode(), "str", "bs4")
    raise TypeError(
        f"clean() takes the page itself as bytes, str or a BeautifulSoup object, not {type(data).__name__}; "
        "for a file pass Path(…).read_bytes()"
    )


def _cleaned(source: Source, url: str | None, options: Options) -> Result:
    kind = _kind(source, options)
    if _is_excessive(source, kind):
        return _without_text(Source("", source.encoding, "too-large"), "too-large", url)
    page, text, repairs = _page(source, kind, url, options)
    if options.metadata == "full":
        page = fuller(page, text)
    page = with_roles(page, options)
    if options.chosen("spam/keyword-head"):
        page = without_keywords(page)
    removals = removals_of(page, options)
    kept = apply(page.text, removals)
    clean_text = text_of(kept)
    return Result(source, page, repairs, removals, kept, clean_text, _status(page, clean_text, removals))


def _page(source: Source, kind: Kind, url: str | None, options: Options) -> tuple[Page, str, tuple[Edit, ...]]:
    """The page as blocks, the repaired text it was made of, and the repairs."""
    text, repairs, mirror = repaired(source.text, kind=kind, options=options)
    page = html_page(text, url=url) if kind == "html" else text_page(text, url=url)
    return replace(page, mirror=mirror) if mirror else page, text, repairs


def _kind(source: Source, options: Options) -> Kind:
    if source.how == "bs4":
        return "html"
    return kind_of(source.text) if options.kind == "auto" else options.kind


def _is_excessive(source: Source, kind: Kind) -> bool:
    sign, most = ("<", MAX_TAGS) if kind == "html" else ("\n", MAX_LINES)
    return len(source.text) > most and source.text.count(sign) > most


def kind_of(text: str) -> Kind:
    """ "html" when a tag stands in the first 2,000 characters, else "text"."""
    return "html" if _TAG.search(text, 0, TAG_WINDOW) else "text"


def _is_soup(data: object) -> bool:
    """A BeautifulSoup object, known without importing bs4."""
    return any(cls.__module__.partition(".")[0] == "bs4" for cls in type(data).__mro__) and hasattr(data, "decode")


def _status(page: Page, text: str, removals: tuple[Edit, ...]) -> Status:
    if is_spam(page, text, removals):
        return "spam"
    return "ok" if text else "empty"


def _without_text(source: Source, status: Status, url: str | None) -> Result:
    return Result(source, Page("", (), "text", url=url), (), (), "", "", status)
