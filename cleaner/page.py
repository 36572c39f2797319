"""The values that flow from stage to stage: Source, Block, Span, Metadata, Mirror, Page.

Each stage takes one of these and gives a new one; none is changed in place. What is many per page is a NamedTuple
(a frozen dataclass costs 3.4 times as much), what is few is a frozen dataclass.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple, overload

__all__ = ["Block", "Kind", "Metadata", "Mirror", "Page", "Role", "Run", "Source", "Span", "Spans", "Structure", "blocks_of"]

Kind = Literal["html", "text"]
# What the article stage says of a block. "outside" goes as `article/outside` unless a rule of another family
# claims it first.
Role = Literal["article", "comment", "outside"]


class Run(NamedTuple):
    """A run of bytes that was decoded on its own because its encoding differs from the page's. Offsets in `Source.text`."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True)
class Source:
    """A page as text: what `decode` gives.

    `encoding` is the Python codec name (``"utf-8"``, ``"gb18030"``; ``"str"`` when text came in); `how` says which
    evidence decided ("bom", "utf-8", "http", "meta", "xml", "chardet", …); `replaced` counts the characters that could not be
    decoded (each is U+FFFD in `text`); `apart` lists the runs that were decoded as something else; `binary` is true for
    bytes that are no text at all (PDF, images, archives, noise).
    """

    text: str
    encoding: str = "str"
    how: str = "str"
    replaced: int = 0
    apart: tuple[Run, ...] = ()
    binary: bool = False


class Block(NamedTuple):
    """A paragraph, heading, list item, table row, line: the unit that is kept or removed. Offsets in `Page.text`."""

    start: int
    end: int
    tag: str = "p"  # lower-case name of the element that made the block: p h1…h6 li tr pre blockquote figcaption dt dd div …
    path: int = 0  # number of the container the block stands in; equal numbers share a parent element
    link_chars: int = 0  # characters of the block that are link text
    role: Role = "article"
    hidden: bool = False  # a visitor does not see it (display:none, off-screen, …)
    score: float = 1.0  # how sure the article stage is that the block belongs to the article, in [0, 1]


def blocks_of(rows: Iterable[tuple[int, int, str, int, int, Role, bool, float]]) -> tuple[Block, ...]:
    """Blocks of whole rows, in a third of the time that calling Block for each takes. Without the garbage collector, which would go over all of
    them again and again while they are made (300,000 of them: 1.8 s in place of .1)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return tuple(map(partial(tuple.__new__, Block), rows))
    finally:
        if was_on:
            gc.enable()


class Span(NamedTuple):
    """Something about `Page.text[start:end]`. kind: "link" (value: href), "cell", "code", "list" (value: nesting such as "ul ol"),
    "quote", "strong", "emphasis", "superscript", "subscript", "image" (value: alt; empty, it stands before `start`), "hidden" (value: how it
    is hidden), "table", "row" (value: a letter a cell, "h" head, "d" data, "-" empty), "metadata" (value: the field that was taken from there). A
    cell's value is "head" for th; a code's is its language."""

    start: int
    end: int
    kind: str
    value: str = ""


class Spans(Sequence[Span]):
    """Spans in order, made when first asked for; pickles and compares as a tuple. `links` are those of links alone, which cost a tenth."""

    __slots__ = ("_links", "_made", "_make", "_make_links")

    def __init__(self, make: Callable[[], tuple[Span, ...]], make_links: Callable[[], tuple[Span, ...]] | None = None) -> None:
        self._make: Callable[[], tuple[Span, ...]] | None = make
        self._made: tuple[Span, ...] = ()
        self._make_links = make_links
        self._links: tuple[Span, ...] | None = None

    @property
    def links(self) -> tuple[Span, ...]:
        if self._links is None:
            self._links = self._make_links() if self._make_links and self._make else links_among(self._all())
            self._make_links = None
        return self._links

    def _all(self) -> tuple[Span, ...]:
        make = self._make
        if make is not None:
            self._made = make()
            self._make = None
        return self._made

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Span, ...]: ...
    def __getitem__(self, index: int | slice) -> Span | tuple[Span, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Span]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Spans) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._all(),)


def links_among(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans of links."""
    return tuple(span for span in spans if span.kind == "link")


@dataclass(frozen=True)
class Metadata:
    """What a page says about itself. Dates are ISO 8601 strings, the language a BCP 47 tag; unknown is None."""

    title: str | None = None
    author: str | None = None
    editor: str | None = None
    credit: str | None = None  # 来源: where the text was taken from
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None  # canonical
    description: str | None = None
    titles: tuple[str, ...] = ()  # all that the page offers as its title, the most trusted first


@dataclass(frozen=True)
class Mirror:
    """What repair saw of the mirror kit. `spots` and `unresolved` count damaged places; `unresolved_spans` are in the repaired source."""

    level: int  # how many entries of the kit's ordered table the page uses; 0 when only damage or unknown glosses were seen
    glosses: int  # glosses removed
    spots: int = 0  # places of byte damage found
    unresolved: int = 0  # of these, left as they are because the bytes do not determine the text
    unresolved_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Structure:
    """What markup tells the article stage beside the blocks: the containers of a page and what its links are.

    A container is an element of a block that holds text; they are numbered in document order, 0 is the page. `parents`, `firsts` and `lasts`
    (its first block, the block after its last), `tags` and `attributes` (as written) are indexed by the number. `link_counts` and `hidden` (1:
    until a click or for some visitors, 2: for all) are one a block.
    `title` and `description` are those of the head, `body` the text of the article in JSON-LD, `source` the HTML, `evidence` what head and markup say of the kind of page
    ("og:article", "ld:Product").
    """

    parents: array[int]
    firsts: array[int]
    lasts: array[int]
    tags: list[str]
    attributes: list[str]
    link_counts: array[int]
    hidden: list[int]
    title: str = ""
    description: str = ""
    body: str = ""
    source: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def opened(self) -> range:
        """The numbers of all containers."""
        return range(len(self.tags))


@dataclass(frozen=True)
class Page:
    """Text cut into blocks. `text` holds all text of the page, also what no visitor sees; blocks are sorted and disjoint and only
    whitespace lies between them ("\\n\\n" in a page that was HTML, the page's own line ends in a page of text).
    """

    text: str
    blocks: tuple[Block, ...]
    kind: Kind
    spans: Sequence[Span] = ()  # sorted; made when first looked at (`Spans`), which costs as much as the parse: ask for few pages
    url: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    mirror: Mirror | None = None
    page_type: str = "article"  # article forum listing product documentation service collection
    confidence: float = 1.0
    marks: tuple[Span, ...] = ()  # the few spans that rules look at on every page: "metadata", "hidden"
    structure: Structure | None = field(
        default=None, compare=False, repr=False
    )  # from markup for the article stage, which drops it

    @property
    def links(self) -> tuple[Span, ...]:
        """The spans of kind "link"."""
        spans = self.spans
        return spans.links if isinstance(spans, Spans) else links_among(spans)
