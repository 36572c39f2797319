"""What the parse of a page gives, and who does it: the extension in C where it was built, else the same steps in Python.

Both give the same to the character (tests/markup/test_twins.py). ``CLEANER_PURE=1`` in the environment asks for Python.
"""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from typing import NamedTuple

from cleaner.compiled import compiled
from cleaner.markup.declarations import Declarations, attributes_of
from cleaner.markup.hidden import hidden_how

__all__ = ["Parsed", "hiding", "parsed", "scan"]

LONGEST_TAG = 4_000  # characters; longer tags carry data, and their attributes are not read
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_BARE_HIDDEN = re.compile(r"\shidden(?=[\s/]|\Z)", re.IGNORECASE)
# Elements whose text is shown only where a feature is missing.
_FALLBACK = frozenset(("audio", "canvas", "noscript", "object", "video"))


class Parsed(NamedTuple):
    """A page as one text with its blocks and containers.

    `starts` and `ends` of the blocks are offsets in `text`; `homes` their containers, `linked` their characters of link text, `links` their
    links, `names` the elements that made them. A container is an element of a block that holds text, in document order; 0 is the page. Of
    each: its parent, the range of its blocks, the number of its start tag among the page's tokens (from 1), its name in lower case and its
    attributes as written. `hiders` are containers with an attribute that may hide them; `hidden_parts` are (block, start, end, how).
    """

    text: str
    starts: array[int]
    ends: array[int]
    homes: array[int]
    linked: array[int]
    links: array[int]
    names: list[str]
    parents: array[int]
    firsts: array[int]
    lasts: array[int]
    tokens: array[int]
    tags: list[str]
    attributes: list[str]
    hiders: list[int]
    hidden_parts: list[tuple[int, int, int, str]]
    declared: Declarations

    def hidden_containers(self) -> list[tuple[int, str]]:
        """The containers that hide what is in them, outermost first, and how."""
        found = [(number, hiding(self.tags[number], self.attributes[number])) for number in self.hiders]
        if not _FALLBACK.isdisjoint(self.tags):
            found += [(number, "fallback") for number, name in enumerate(self.tags) if name in _FALLBACK]
        return sorted((number, how) for number, how in found if how)


scan = compiled("cleaner.markup._scan")


def parsed(html: str) -> Parsed:
    """Cut a page into blocks."""
    if scan is None:
        from cleaner.markup.blocks import parse

        return parse(html)
    *fields, declared = scan.parse(html, hiding)
    columns = (array("q", field) if isinstance(field, bytes) else field for field in fields)
    return Parsed._make((*columns, Declarations(*declared)))


@lru_cache(maxsize=512)  # the items of one menu or list hide in the same words
def hiding(name: str, attributes: str) -> str:
    """How an element hides itself from its reader, or nothing; asked only of those that `attributes_may_hide` names."""
    if len(attributes) > LONGEST_TAG:
        return ""
    found: dict[str, str | None] = {**attributes_of(attributes)}
    if "hidden" in attributes and _BARE_HIDDEN.search(_QUOTED.sub("", attributes)):
        found["hidden"] = ""
    return hidden_how(name, found) or ""
