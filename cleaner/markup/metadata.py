"""What a page says about itself: title, author, dates, site, language, address, description; and where in the text it says so.

The idea: each field has several sources of different trust. Declarations (JSON-LD, metas) come first, then marks in the source near the
title (microdata, <time>, classes), then the bylines of the text, then the address. A later source only fills what the earlier ones left
open, with one exception: a byline on the declared day adds the time. What stands in the text is marked with spans of the kind "metadata",
so that rules can take it out of the text without looking for it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from cleaner.markup.dated import first_dated, text_title, title_above_byline
from cleaner.markup.dates import date_in_url
from cleaner.markup.declared import Declared, canonical_of, clean_author, clean_credit, declared_of
from cleaner.markup.glance import Glance, glance
from cleaner.markup.head import Head
from cleaner.markup.keys import key_of
from cleaner.markup.language import language_of, sample_of
from cleaner.markup.lines import lines_of
from cleaner.markup.marks import marks_of, scripted
from cleaner.markup.names import names_in
from cleaner.markup.sites import site_in_text, site_in_title, site_names
from cleaner.markup.titles import Titles, titles_of
from cleaner.page import Metadata, Page

__all__ = ["with_metadata"]

MAX_HEADINGS = 12
MAX_NAMES = 6  # declared names that are looked for in the lines beside the title

_ARTICLES = frozenset(("article", "blog", "news", "newsarticle", "blogpost"))

# Where English dates with slashes put the day first. Everywhere else outside the United States other languages decide.
_DAY_FIRST_ENDINGS = (
    ".uk",
    ".au",
    ".nz",
    ".in",
    ".ie",
    ".za",
    ".sg",
    ".my",
    ".pk",
    ".eu",
    ".ng",
    ".ke",
    ".gh",
    ".bd",
    ".lk",
    ".hk",
)


def with_metadata(page: Page, head: Head, url: str | None, source: str = "") -> Page:
    """The page with its metadata and the spans it was taken from. `source` is the HTML, for marks near the title."""
    host = _host(url or head.canonical)
    sites = site_names(head)
    site_keys = {key_of(site) for site in sites}
    seen = glance(page)
    titles = _titles(page, head, seen, sites, host)
    sample = sample_of(page.text, seen.longest)
    labels = (head.language, head.metas.get("og:locale", ""), *(_in_language(head)))
    language = language_of(sample, labels)
    month_first = _month_first(language, host)
    declared = declared_of(head, title=titles.best, url=url, sites=sites, month_first=month_first)
    wanted = [field for field in ("author", "published") if source and not getattr(declared, field)]
    marks = marks_of(source, head, titles.best, wanted, month_first=month_first) if wanted else {}
    author = declared.author or clean_author(marks.get("author", ""), site_keys)
    far = page.kind == "html" and (language or "").startswith("zh")  # where foreign titles are put on top of pages
    lines = lines_of(page, seen, titles.best, _known(author, sites), month_first=month_first, far=far)
    fields = lines.fields
    in_scripts = source if head.og_type in _ARTICLES else ""  # whose scripts are worth a search
    metadata = Metadata(
        title=titles.best,
        author=_fuller(author, _names(fields, "author")) or clean_author(scripted(in_scripts, "author") or "", site_keys),
        editor=declared.editor or _names(fields, "editor"),
        credit=declared.credit or clean_credit(fields.get("credit", "")),
        published=_published(page, declared, _dated(declared, marks, fields), date_in_url(url or head.canonical), month_first)
        or scripted(in_scripts, "published"),
        modified=declared.modified or marks.get("modified") or fields.get("modified"),
        site=_site(head, sites, titles, host, page.text),
        language=language,
        url=canonical_of(head, url),
        description=declared.description,
        titles=tuple(dict.fromkeys((*titles.candidates, lines.heading))) if lines.heading else titles.candidates,
    )
    return replace(page, metadata=metadata, marks=tuple(sorted((*page.marks, *lines.spans))))


def _titles(page: Page, head: Head, seen: Glance, sites: tuple[str, ...], host: str) -> Titles:
    if page.kind == "text":
        title = text_title(page)
        return Titles(title, (title,) if title else ())
    headings = _texts(page, seen.first)
    found = titles_of(head, headings, sites, host)
    if found.best and headings:
        return found
    found = titles_of(head, _texts(page, seen.second[:3]), sites, host)
    if found.best and found.best in page.text:
        return found
    # Nothing in the page bears its declared title: a foreign one may have been put in its place. The line above the byline is the page's own.
    above = title_above_byline(page)
    return Titles(above, (above, *found.candidates)) if above else found


def _texts(page: Page, numbers: Sequence[int]) -> list[str]:
    return [page.text[page.blocks[i].start : page.blocks[i].end] for i in numbers[:MAX_HEADINGS]]


def _names(fields: Mapping[str, str], field: str) -> str | None:
    return names_in(fields[field]) or None if field in fields else None


def _dated(declared: Declared, marks: Mapping[str, str], fields: Mapping[str, str]) -> str | None:
    """The date of publication by trust; of one day the line of the text may say the time as well."""
    published = declared.published or fields.get("published") or marks.get("published")
    in_text = fields.get("published", "")
    return in_text if published and len(published) == 10 and in_text.startswith(published) else published


def _published(page: Page, declared: Declared, found: str | None, in_url: str | None, month_first: bool) -> str | None:
    """The date found so far, unless nobody declared it and the address names another day; failing all, the first dated line of HTML."""
    if in_url and not declared.published and not (found and found.startswith(in_url)):
        return in_url
    if found or page.kind == "text":
        return found
    return first_dated(page, month_first=month_first)


def _fuller(declared: str | None, in_text: str | None) -> str | None:
    """The declared author, unless the byline names him among others."""
    if declared and in_text and len(in_text) > len(declared) and in_text.startswith(declared):
        return in_text
    return declared or in_text


def _known(author: str | None, sites: tuple[str, ...]) -> dict[str, str]:
    """Declared names in lower case, with the field they stand for in a byline."""
    names = dict.fromkeys((name.lower() for name in (author or "").split(", ") if len(name) > 1), "author")
    return dict(list(names.items())[:MAX_NAMES]) | {
        site.lower(): "note" for site in sites[:MAX_NAMES] if len(site) > 1 and site.lower() not in names
    }


def _site(head: Head, sites: tuple[str, ...], titles: Titles, host: str, text: str) -> str | None:
    """The declared name; else the part of the <title> that is not the title; else the host's name as the page writes it."""
    if sites:
        return sites[0]
    found = site_in_title(head.title, titles.best or "", host) or (site_in_text(f"{head.title}\n{text}", host) if host else None)
    return found.strip("【】[] ") if found else None


def _in_language(head: Head) -> list[str]:
    return [value for item in head.json_ld if isinstance(value := item.get("inLanguage"), str)][:3]


def _month_first(language: str | None, host: str) -> bool:
    if not language or not language.startswith("en"):
        return False
    return language in ("en", "en-US", "en-CA") and not host.endswith(_DAY_FIRST_ENDINGS)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
