"""Whose page it is: host and registered domain of an address, by the public suffix list.

`a.github.io` and `b.github.io` are two sites, `news.example.co.uk` and `example.co.uk` are one domain with two hosts. Only a list can tell, and it
comes with the package `publicsuffixlist`, as a snapshot: nothing is fetched. It is imported when the first address is looked at.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaner.page import Page

__all__ = ["Address", "address_of", "address_of_page"]

KNOWN = 65_536  # addresses' hosts whose domain is remembered


class Address(NamedTuple):
    """A host without "www.", and the domain it was registered under (the host itself where the list knows none)."""

    host: str
    domain: str


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    return import_module("publicsuffixlist").PublicSuffixList()


@lru_cache(maxsize=KNOWN)
def _address(host: str) -> Address:
    if host.replace(".", "").isdigit() or ":" in host:  # an IP address
        return Address(host, host)
    return Address(host, _suffixes().privatesuffix(host) or host)


def address_of(url: str | None) -> Address | None:
    """Host and domain of an address; None where there is none.

    >>> address_of("https://www.news.example.co.uk:8080/a?b")
    Address(host='news.example.co.uk', domain='example.co.uk')
    >>> address_of("https://anna.github.io/")
    Address(host='anna.github.io', domain='anna.github.io')
    """
    if not url:
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    host = host.strip(".").removeprefix("www.")
    return _address(host) if "." in host or ":" in host else None


def address_of_page(page: Page) -> Address | None:
    """Whose a page is: by the address it was fetched from, else by the one it calls its own."""
    return address_of(page.url) or address_of(page.metadata.url)
