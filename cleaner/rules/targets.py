"""Where links lead: to the page's own site, to the networks everybody links to, or to strangers."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from urllib.parse import urlsplit

from cleaner.page import Page, Span

__all__ = ["foreign_hosts", "host_of", "is_numbered", "links_in", "site_of"]

_start = attrgetter("start")
# Sites that pages link to for sharing, following, embedding, paying and counting; a link to them says nothing.
_COMMON = frozenset(
    "facebook twitter x linkedin pinterest whatsapp telegram reddit tumblr instagram youtube youtu vimeo tiktok threads bsky flickr google goo "
    "apple microsoft amazon wordpress blogger blogspot medium github wikipedia wikimedia weibo qq weixin baidu sina douban zhihu bilibili douyin "
    "xiaohongshu line hatena mixi naver kakao vk ok odnoklassniki yandex mail feedburner addthis sharethis addtoany disqus gravatar paypal "
    "creativecommons w3 miit beian 12377 gov archive doi orcid mastodon discord twitch spotify soundcloud snapchat messenger t fb bit wa".split()
)
_SECOND = frozenset("com co net org gov edu ac or ne go gob gov nom ltd plc me".split())
_NUMBERED_QUERY = re.compile(r"[a-z]{1,8}=[0-9a-f]{1,20}", re.IGNORECASE)
_NUMBERED_PATH = re.compile(
    r"/?(?:[a-z]{1,10}/)?(?:[0-9a-f]{5,}|[0-9]{2,}|[a-z0-9]{1,4}[0-9][a-z0-9]*)(?:[/_-][0-9]{1,12}){0,4}(?:\.(?:s?html?|php|aspx?|xml))?/?",
    re.IGNORECASE,
)


def links_in(page: Page, start: int, end: int) -> list[Span]:
    """The links that begin in a stretch of a page's text."""
    links = page.links
    return list(links[bisect_left(links, start, key=_start) : bisect_left(links, end, key=_start)])


def host_of(target: str) -> str:
    """The host of a link, without `www.`; "" for a link within the site and for what is no link."""
    if "//" not in target and target.isprintable():  # most links; a line end between the strokes does not count in an address
        return ""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", ""):
        return ""
    return (parts.netloc.rpartition("@")[2].partition(":")[0]).lower().removeprefix("www.")


def site_of(host: str) -> str:
    """What of a host names its owner: the label before the public suffix, guessed.

    >>> site_of("news.bbc.co.uk")
    'bbc'
    """
    labels = host.split(".")
    if len(labels) < 2:
        return host
    if len(labels) > 2 and labels[-2] in _SECOND:
        return labels[-3]
    return labels[-2]


def foreign_hosts(links: list[Span], page: Page) -> set[str]:
    """The owners that links lead to and that are neither the page's own nor common knowledge."""
    own = site_of(host_of(page.metadata.url or page.url or ""))
    sites = {site_of(host) for link in links if (host := host_of(link.value))}
    return {
        site
        for site in sites
        if site != own and site not in _COMMON and not (own and len(own) > 3 and (own in site or site in own))
    }


def is_numbered(target: str) -> bool:
    """Whether a link leads to a path that says nothing: a number, a hash, a query of a number."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return False
    if parts.path in ("", "/") or parts.path.startswith("/index."):
        return bool(_NUMBERED_QUERY.fullmatch(parts.query))
    return bool(_NUMBERED_PATH.fullmatch(parts.path))
