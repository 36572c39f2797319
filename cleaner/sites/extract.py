"""A page as what is counted of it: whose it is, and of its blocks the hashes of their keys, elements, sizes and bits; one value of bytes.

It begins with what the store sorts by, so that it can bring the pages of a site together without reading the rest. Nothing of the text is in it: the few keys that
are learned are made from the pages' own blocks at the end, by whoever knows where these are (`Texts`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from cleaner.page import Page
from cleaner.rules.site_address import Address, address_of_page
from cleaner.rules.site_lines import Lines, lines_of

__all__ = ["Head", "SitePage", "Texts", "head_of", "line_of", "lines_in", "packed_line", "read_line"]

MOST_BLOCKS = 3_000  # of a page that are counted; the longest of the 1,625 development pages has 2,615
IS_HTML, HAS_ADDRESS, IS_WHOLE = 1, 2, 4  # what is known of a page, as bits; whole: all its blocks are counted

_HEAD = Struct("<QQIHHB")  # hashes of address and content, blocks, bytes of domain and host, bits
_WIDTH = 8 + 4 + 2  # bytes of a block's hash, size and bits

# The blocks' texts of a page, by the number that the store was given with its line.
Texts = Callable[[int], Sequence[str]]


class Head(NamedTuple):
    """What the store and the second pass look at first. `body` is where the blocks begin."""

    place: int
    content: int
    blocks: int
    domain: bytes
    host: bytes
    bits: int
    body: int


class SitePage(NamedTuple):
    """What is counted of a page. The columns have an entry for each block; `tags` are its elements, divided by blanks, "" where it was no HTML."""

    host: str
    is_html: bool
    lines: Lines
    tags: str
    number: int = 0  # by which `Texts` knows the page


def line_of(page: Page, lines: Lines | None = None, site: str = "") -> bytes:
    """The line of a page; b"" where nobody knows whose it is. `site` is the host of pages without an address."""
    own = address_of_page(page)
    address = own or (Address(site, site) if site else None)
    if address is None or not page.blocks:
        return b""
    lines = lines or lines_of(page)
    is_whole = len(page.blocks) <= MOST_BLOCKS
    if not is_whole:
        lines = Lines(*(column[:MOST_BLOCKS] for column in lines))
    bits = (page.kind == "html") * IS_HTML | (own is not None) * HAS_ADDRESS | is_whole * IS_WHOLE
    tags = " ".join([block.tag for block in page.blocks[:MOST_BLOCKS]]) if bits & IS_HTML else ""
    return packed_line(address, page.url, lines, tags, bits)


def packed_line(address: Address, url: str | None, lines: Lines, tags: str, bits: int) -> bytes:
    """The bytes of a line. `tags`: the blocks' elements, divided by blanks; `bits`: IS_HTML, HAS_ADDRESS, IS_WHOLE."""
    hashes = lines.hashes.tobytes()
    content = _number(hashes)
    place = _number(url.encode("utf-8", "surrogatepass")) if url else content
    domain, host = (name.encode("utf-8", "replace")[:0xFFFF] for name in (address.domain, address.host))
    head = _HEAD.pack(place, content, len(lines.hashes), len(domain), len(host), bits)
    return b"".join((head, domain, host, hashes, lines.sizes.tobytes(), lines.bits.tobytes(), tags.encode("utf-8", "replace")))


def _number(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


def head_of(line: bytes) -> Head:
    """The head of a line."""
    place, content, blocks, domain, host, bits = _HEAD.unpack_from(line)
    start = _HEAD.size
    middle, end = start + domain, start + domain + host
    return Head(place, content, blocks, line[start:middle], line[middle:end], bits, end)


def lines_in(line: bytes, head: Head) -> Lines:
    """The blocks of a line."""
    columns = []
    start = head.body
    for code, width in (("Q", 8), ("I", 4), ("H", 2)):
        columns.append(array(code, line[start : start + width * head.blocks]))
        start += width * head.blocks
    return Lines(*columns)


def read_line(line: bytes, number: int = 0) -> SitePage:
    """The page of a line."""
    head = head_of(line)
    tags = line[head.body + _WIDTH * head.blocks :].decode()
    return SitePage(head.host.decode(), bool(head.bits & IS_HTML), lines_in(line, head), tags, number)
