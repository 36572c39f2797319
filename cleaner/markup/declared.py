"""What a page's JSON-LD and metas say of author, dates, language, address and description, merged by trust.

The idea: JSON-LD of an article type is written for one purpose and checked by search engines, so it comes first; metas follow in the
order in which they were right on the development pages. A page with several articles of different headlines is a list, and nothing of
theirs is the page's; the one whose headline or address is the page's own still is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from cleaner.markup.bylines import is_label
from cleaner.markup.dates import declared_date
from cleaner.markup.head import Head, types_of
from cleaner.markup.keys import key_of
from cleaner.markup.names import names_in

__all__ = ["Declared", "canonical_of", "clean_author", "clean_credit", "declared_of", "main_object"]

MAX_AUTHOR = 200  # characters; a paper's 12 authors had 170
MAX_DESCRIPTION = 1_000

ARTICLE_TYPES = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle "
    "LiveBlogPosting TechArticle ScholarlyArticle MedicalScholarlyArticle Report SocialMediaPosting DiscussionForumPosting Review Recipe "
    "AdvertiserContentArticle SatiricalArticle HowTo Question VideoObject PodcastEpisode Book Product Event JobPosting Course".split()
)
PAGE_TYPES = frozenset("WebPage ItemPage AboutPage FAQPage QAPage MedicalWebPage CollectionPage ProfilePage".split())

_AUTHOR = (
    "author",
    "article:author",
    "og:article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "article.author",
    "creator",
    "shareaholic:article_author_name",
)
_PUBLISHED = (
    "article:published_time og:article:published_time og:publish_date cxenseparse:publishtime article:published og:published_time datepublished date-published pubdate publishdate publish_date "
    "publish-date published_time published_at publication_date publication-date parsely-pub-date sailthru.date citation_publication_date citation_online_date "
    "citation_date dc.date.issued dcterms.issued dc.date dcterms.created dc.date.created dcterms.date dc.created article.published "
    "cxenseparse:recs:publishtime bt:pubdate apub:time weibo:article:create_at firstpublishedtime og:pubdate rnews:datepublished pdate date created"
).split()
_MODIFIED = (
    "article:modified_time og:article:modified_time og:updated_time datemodified lastmod last-modified last_modified lastmodified dcterms.modified dc.date.modified "
    "article.updated weibo:article:update_at update_time updated_at modified revised"
).split()
_CREDIT = ("contentsource", "articlesource", "source", "article:source", "copyfrom")
_DESCRIPTION = (
    "description",
    "og:description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
_EDITOR = ("editor", "contenteditor", "责任编辑")

_WRITTEN_BY = frozenset(
    (
        "written by",
        "verfasst von",
        "geschrieben von",
        "écrit par",
        "escrito por",
        "scritto da",
        "geschreven door",
        "автор",
        "written by:",
    )
)

# Values of author fields that name nobody.
_NOBODY = frozenset(
    "admin administrator webmaster author unknown root user editor staff anonymous null none undefined guest 佚名 未知 匿名 无 本站 管理员 小编 编辑 wordpress joomla".split()
)
_FORUM_SOFTWARE = re.compile(r"discuz|comsenz|phpwind|dedecms|phpbb|vbulletin", re.IGNORECASE)
_LABEL = re.compile(r"\s*+[^\s:：]{1,8}[:：]\s*+")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html)\b", re.IGNORECASE)


class Declared(NamedTuple):
    """Fields as declared; None where nothing was."""

    author: str | None = None
    editor: str | None = None
    credit: str | None = None
    published: str | None = None
    modified: str | None = None
    description: str | None = None
    languages: tuple[str, ...] = ()


def declared_of(head: Head, *, title: str | None, url: str | None, sites: Iterable[str], month_first: bool = False) -> Declared:
    """The declared fields of a page. `title` and `url` choose among several JSON-LD objects; authors that are one of `sites` are none."""
    metas = head.metas
    item = main_object(head.json_ld, title, url)
    by_id = {value["@id"]: value for value in head.json_ld if isinstance(value.get("@id"), str)}
    site_keys = {key_of(site) for site in sites}

    def dated(names: Iterable[str], *fields: str) -> str | None:
        values = [item.get(field) for field in fields] + [metas.get(name) for name in names]
        return next(
            (iso for value in values if isinstance(value, str) and (iso := declared_date(value, month_first=month_first))), None
        )

    authors = [_people(item.get("author") or item.get("creator"), by_id)]
    authors += [metas[name] for name in _AUTHOR if name in metas]
    authors += [metas.get(f"twitter:data{i}", "") for i in (1, 2) if metas.get(f"twitter:label{i}", "").lower() in _WRITTEN_BY]
    return Declared(
        author=next((name for value in authors if (name := clean_author(value, site_keys))), None),
        editor=clean_author(_people(item.get("editor"), by_id), site_keys)
        or next((metas[name] for name in _EDITOR if name in metas), None),
        credit=next((credit for name in _CREDIT if name in metas and (credit := clean_credit(metas[name]))), None),
        published=dated(_PUBLISHED, "datePublished", "dateCreated", "uploadDate"),
        modified=dated(_MODIFIED, "dateModified"),
        description=_description(item, metas),
        languages=tuple(label for label in (head.language, metas.get("og:locale", ""), _text(item.get("inLanguage"))) if label),
    )


def main_object(objects: Iterable[Mapping[str, Any]], title: str | None, url: str | None) -> Mapping[str, Any]:
    """The JSON-LD object that is the page's own: its only article, or the one of its title or address; else its WebPage."""
    articles = [item for item in objects if ARTICLE_TYPES.intersection(types_of(item))]
    named = key_of(title or "")
    for item in articles:
        if named and key_of(_text(item.get("headline")) or _text(item.get("name"))) == named:
            return item
    address = _path(url or "")
    for item in articles:
        if address and address in {_path(_text(item.get(field))) for field in ("url", "@id", "mainEntityOfPage")}:
            return item
    if articles and len({key_of(_text(item.get("headline")) or _text(item.get("name"))) for item in articles}) == 1:
        return articles[0]
    main = [item for item in articles if "headline" in item]
    if len(main) == 1:
        return main[0]
    pages = [item for item in objects if PAGE_TYPES.intersection(types_of(item))]
    return pages[0] if len(pages) == 1 else {}


def clean_author(value: str, site_keys: Iterable[str] = ()) -> str | None:
    """The names in an author field, or None when it names nobody: an address, "admin", the site itself.

    >>> clean_author("By Ann Lee, Staff Writer"), clean_author("https://facebook.com/x"), clean_author("admin")
    ('Ann Lee', None, None)
    """
    if not value:
        return None
    value = " ".join(word for word in unescape(value[: 2 * MAX_AUTHOR]).split() if not _ADDRESS.search(word)).strip(" ,;|")
    if not value or len(value) > MAX_AUTHOR:
        return None
    for prefix in ("by ", "von ", "par ", "por ", "记者 ", "記者 "):
        if value.lower().startswith(prefix):
            value = value[len(prefix) :]
    value = _LABEL.sub("", value, count=1) if _LABEL.match(value) else value
    if _FORUM_SOFTWARE.search(value):
        return None
    names = [name for name in names_in(value).split(", ") if name and not _ADDRESS.search(name) and name.lower() not in _NOBODY]
    names = [name for name in names if any(map(str.isalpha, name)) and key_of(name) not in site_keys and not is_label(name)]
    return ", ".join(names) or None


def clean_credit(value: str) -> str | None:
    """The source in a credit field: "人民日报" of "来源：人民日报"; None of an address or a number."""
    value = _LABEL.sub("", value, count=1).strip(" \xa0[]【】()（）")
    return value if any(map(str.isalpha, value)) and not _ADDRESS.search(value) else None


def canonical_of(head: Head, url: str | None) -> str | None:
    """The page's own address, absolute: rel=canonical, og:url or JSON-LD's; a canonical that points to the front page is not believed."""
    asked = _split(url or "")
    for value in (head.canonical, head.metas.get("og:url", ""), head.metas.get("twitter:url", "")):
        address = value if value.startswith(("https://", "http://")) else _joined(url or "", head.base, value)
        parts = _split(address)
        if parts.scheme not in ("http", "https") or not parts.netloc or " " in address:
            continue
        if parts.path not in ("", "/") or parts.query or asked.path in ("", "/"):
            return address
    return url if asked.scheme in ("http", "https") else None


def _joined(url: str, base: str, value: str) -> str:
    try:
        return urljoin(urljoin(url, base), value) if value else ""
    except ValueError:
        return ""


def _split(url: str) -> SplitResult:
    """The parts of an address; none of one that is broken."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _description(item: Mapping[str, Any], metas: Mapping[str, str]) -> str | None:
    values = [metas.get(name, "") for name in _DESCRIPTION] + [_text(item.get("description"))]
    found = next((value for value in values if value), "")
    return " ".join(found.split())[:MAX_DESCRIPTION] or None


def _people(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> str:
    """The names of persons or organisations in a JSON-LD value, joined by "; "."""
    names: list[str] = []
    for entry in value[:50] if isinstance(value, list) else [value]:
        name: Any = entry
        if isinstance(entry, dict):
            name = entry.get("name") or by_id.get(str(entry.get("@id")), {}).get("name")
        if isinstance(name, list):
            name = name[0] if name else ""
        if isinstance(name, str) and name.strip():
            names.append(name.strip())
    return "; ".join(dict.fromkeys(names))


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@id") or value.get("name") or value.get("@value")
    return value if isinstance(value, str) else ""


def _path(url: str) -> str:
    """Host and path of an address, without what varies; empty for a front page."""
    parts = _split(url)
    path = parts.path.rstrip("/")
    return f"{parts.netloc.lower().removeprefix('www.')}{path}" if path else ""
