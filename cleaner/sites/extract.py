"""A page as what is counted of it: whose it is, and its blocks as keys, elements, sizes and bits; one line of JSON.

The line begins with what the store sorts by, so that it can bring the lines of a site together without reading the rest.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import NamedTuple

from cleaner.page import Page
from cleaner.rules.site_address import Address, address_of_page
from cleaner.rules.site_keys import block_key
from cleaner.rules.site_places import flags_of

__all__ = ["SitePage", "learned_line", "read_line", "sort_key"]

MOST_BLOCKS = 3_000  # of a page that are counted; the longest of the 1,625 development pages has 2,615


class SitePage(NamedTuple):
    """What is counted of a page. The lists have an entry for each block."""

    host: str
    is_html: bool
    keys: list[str]
    tags: list[str]
    characters: list[int]
    flags: list[int]


def learned_line(page: Page, site: str = "") -> bytes:
    """The line of a page; b"" where nobody knows whose it is. `site` is the host of pages without an address."""
    address = address_of_page(page) or (Address(site, site) if site else None)
    blocks = page.blocks[:MOST_BLOCKS]
    if address is None or not blocks:
        return b""
    is_html = page.kind == "html"
    texts = [page.text[block.start : block.end] for block in blocks]
    keys = [block_key(text) for text in texts]
    flags = [flags_of(text, block, is_html=is_html) for text, block in zip(texts, blocks, strict=True)]
    body = [int(is_html), keys, [block.tag for block in blocks] if is_html else [], [len(text) for text in texts], flags]
    content = blake2b("\n".join(keys).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    place = blake2b((page.url or content).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    head = f"{address.domain}\t{address.host}\t{place}\t{content}\t"
    return (head + json.dumps(body, ensure_ascii=True, separators=(",", ":"))).encode("utf-8", "replace")


def sort_key(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Domain, host, and the hashes of address and content."""
    domain, host, place, content, _ = line.split(b"\t", 4)
    return domain, host, place, content


def read_line(line: bytes) -> SitePage:
    """The page of a line."""
    _, host, _, _, body = line.split(b"\t", 4)
    is_html, keys, tags, characters, flags = json.loads(body)
    return SitePage(host.decode(), bool(is_html), keys, tags, characters, flags)
