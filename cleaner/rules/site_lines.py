"""A page as what learning and using templates look at: of each block the hash of its key, its characters, and its bits.

Numbers in place of strings: a crawl has hundreds of blocks a page, nearly all of them seen once, and whether two lines have one key is all that has to be known
of most. The text of a key is made where one goes into the file of templates. The extension `_site_lines` passes over a page in a tenth of a millisecond; the
Python code here gives the same numbers and takes two (docs/decisions/c-extension.md).
"""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner.compiled import compiled
from cleaner.page import Block, Page
from cleaner.rules.navigation_phrases import EDGES, GLOSS_LETTERS, HAN, INVISIBLE
from cleaner.rules.site_keys import BETWEEN, DATE_UNITS, MONTHS, SEPARATORS, block_key, hash_of, key_bits
from cleaner.rules.site_places import HEADINGS, flags_of
from cleaner.script import folded

__all__ = ["NO_LINES", "Columns", "Lines", "columns_of", "lines_of", "lines_of_blocks"]

_site_lines = compiled("cleaner.rules._site_lines")

_PLANE = 0x10000  # characters that the extension's tables know
_CLOSERS = "\"'”’»」』)]）"


class Lines(NamedTuple):
    """The blocks of a page, an entry each: the hash of the key (0 where there is none), characters, bits (those of site_places and site_keys)."""

    hashes: array[int]
    sizes: array[int]
    bits: array[int]


class Columns(NamedTuple):
    """Blocks for those who write them down, as bytes: numbers of 32 bits, then a letter or a flag for each block."""

    starts: bytes
    ends: bytes
    paths: bytes
    links: bytes
    roles: bytes  # the first letter of each
    hidden: bytes


NO_LINES = Lines(array("Q"), array("I"), array("H"))


def lines_of(page: Page) -> Lines:
    """The lines of a page."""
    return lines_of_blocks(page.text, page.blocks, is_html=page.kind == "html")


def lines_of_blocks(text: str, blocks: tuple[Block, ...], *, is_html: bool) -> Lines:
    """The lines of blocks of a text."""
    if _site_lines is None:
        return python_lines(text, blocks, is_html=is_html)
    hashes, sizes, bits, rest = _site_lines.lines(_tables(), text, blocks, HEADINGS, is_html)
    lines = Lines(array("Q", hashes), array("I", sizes), array("H", bits))
    for number in rest:
        lines.hashes[number], lines.sizes[number], lines.bits[number] = _line(text, blocks[number], is_html=is_html)
    return lines


def python_lines(text: str, blocks: tuple[Block, ...], *, is_html: bool) -> Lines:
    """The twin of the extension."""
    lines = Lines(array("Q"), array("I"), array("H"))
    for block in blocks:
        for column, value in zip(lines, _line(text, block, is_html=is_html), strict=True):
            column.append(value)
    return lines


def columns_of(blocks: tuple[Block, ...]) -> Columns:
    """The columns of blocks, without their elements and scores."""
    return Columns._make(_site_lines.columns(blocks)) if _site_lines is not None else python_columns(blocks)


def python_columns(blocks: tuple[Block, ...]) -> Columns:
    """The twin of the extension."""
    starts, ends, _, paths, links, roles, hidden = list(zip(*blocks, strict=True))[:7] or ((),) * 7
    numbers = [array("I", column).tobytes() for column in (starts, ends, paths, links)]
    return Columns._make((*numbers, "".join([role[0] for role in roles]).encode(), bytes(hidden)))


def _line(text: str, block: Block, *, is_html: bool) -> tuple[int, int, int]:
    line = text[block.start : block.end]
    key = block_key(line)
    return hash_of(key), len(line), flags_of(line, block, is_html=is_html) | key_bits(key)


@lru_cache(maxsize=1)
def _tables() -> Any:
    """Classes and folded forms of characters, and the names of months, as the extension wants them."""
    classes = bytearray(_PLANE)
    for bit, characters in enumerate((EDGES, "", INVISIBLE, GLOSS_LETTERS, SEPARATORS, BETWEEN, DATE_UNITS, _CLOSERS)):
        for character in characters:
            classes[ord(character)] |= 1 << bit
    for run in re.finditer(f"{HAN.pattern}++", "".join(map(chr, range(_PLANE)))):
        for code in range(run.start(), run.end()):
            classes[code] |= 2
    forms = array("H", range(_PLANE))
    for code, form in folded().items():
        forms[code] = ord(form)
    return _site_lines.tables(bytes(classes), forms.tobytes(), sorted(MONTHS))
