"""HTML cut into a flat list of text and tags, by one regular expression.

The expression is the tokenizer of the HTML standard as far as it decides where text ends: quotes count only after ``=``, a ``<`` that no
letter, ``/``, ``!`` or ``?`` follows is text, comments and raw-text elements (script, style, …) are one token each, and a tag that the end
of the page cuts off ends there. Every part is possessive and every alternative that has begun also ends (at the end of the page, if need
be), so that no input makes it look at a character more than a fixed number of times. It takes half the time of the fastest C parser with
its serialiser (docs/decisions/parser.md), and the text is the same.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["ATTRIBUTES", "BLOCKS", "CELLS", "HEADINGS", "ROW_GROUPS", "TAGS", "TOKEN", "Tag", "Tokens", "tag_named", "tokens"]

ATTRIBUTES = r"[^>=]*+(?:=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|)[^>=]*+)*+"
# Elements with content that is never read as text are one token from start tag to end tag. A script or style without an end reaches to the
# end of the page, as in a browser; the others then are only their start tag, and the search for their end stops at the next of their kind.
_OPEN_ENDED = ("script", "style")
_RAW = ("iframe", "math", "noembed", "noframes", "select", "svg", "template", "textarea", "title", "xmp")


def _whole(name: str) -> str:
    end = rf"(?:<(?!/(?ai:{name})[\s/>])[^<]*+)*+(?:<[^>]*+(?:>|\Z)|\Z)"
    return rf"(?ai:{name})(?=[\s/>])[^<]*+{end}"


def _whole_if_closed(name: str) -> str:
    body = rf"[^<]*+(?:<(?!/?(?ai:{name})[\s/>])[^<]*+)*+</(?ai:{name})[^>]*+>"
    return rf"(?ai:{name})(?=[\s/>]){ATTRIBUTES}(?:>(?<!/>)(?:{body})?+|>|\Z)"


TOKEN = re.compile(
    r"<(?:"
    r"(?=[sS][cCeEtTvV]|[tT][eEiI]|[iI][fF]|[mM][aA]|[nN][oO]|[xX][mM])"  # the first letters of the raw names
    rf"(?:{'|'.join([*map(_whole, _OPEN_ENDED), *map(_whole_if_closed, _RAW)])})"
    rf"|(/?[a-zA-Z][^\s/>]*+)({ATTRIBUTES})(?:>|\Z)"
    r"|!--(?:-?+>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"
    r"|[!?/][^>]*+(?:>|\Z)"
    r")"
)

Tokens = tuple[list[str], list[str | None], list[str | None]]


def tokens(html: str) -> Tokens:
    """The texts of a page, the name of the tag after each ("p", "/p", None for comments, scripts and the like) and its attributes.

    >>> tokens('a<b title="1>0">c</b> < d')
    (['a', 'c', ' < d'], ['b', '/b', None], [' title="1>0"', '', None])
    """
    parts: list[str | None] = TOKEN.split(html)
    parts += (None, None)
    return parts[::3], parts[1::3], parts[2::3]  # type: ignore[return-value]


class Tag(NamedTuple):
    """What the block builder must know of a tag's name, with its slash."""

    kind: int
    name: str
    ends: frozenset[str] = frozenset()  # open elements that this start tag may end when they are innermost


INLINE, SPAN, OPEN, CLOSE, LINK, LINK_END, BREAK, CELL, CELL_END, PRE, NOTHING, CLOSE_SPECIAL = range(12)

# Elements that begin and end a block. What is missing here is inline.
BLOCKS = frozenset(
    "address article aside audio blockquote body button canvas caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav noscript object ol optgroup option p "
    "pre search section summary table tbody td tfoot th thead tr ul video".split()
)
CELLS = frozenset(("td", "th"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_KINDS = dict.fromkeys(("html", "head", "body", "hr"), NOTHING) | {
    "pre": PRE,
    "listing": PRE,
    "td": CELL,
    "th": CELL,
    "a": LINK,
    "br": BREAK,
}
_ENDS = {
    **dict.fromkeys(HEADINGS, HEADINGS | {"p"}),
    **dict.fromkeys(ROW_GROUPS, ROW_GROUPS | {"p", "tr", "td", "th"}),
    "li": BLOCKS - {"ul", "ol", "menu"},
    "dt": BLOCKS - {"dl"},
    "dd": BLOCKS - {"dl"},
    "tr": frozenset(("p", "tr", "td", "th")),
}
_END_KINDS = {"a": LINK_END, "td": CELL_END, "th": CELL_END, "tr": CLOSE_SPECIAL, "pre": CLOSE_SPECIAL, "listing": CLOSE_SPECIAL}
_P = frozenset(("p",))
# Inline elements that may hide their text.
_SPANS = frozenset("b strong i em span font u small label ins del s sub sup mark q cite abbr time code tt big bdi bdo".split())


def tag_named(name: str) -> Tag:
    """What the block builder must know of a tag's name, with its slash, in whatever case."""
    name = name.lower() if name.isascii() else name  # no element has another name, but "K" (U+212A) in lower case is "k"
    if name[0] == "/":
        name = name[1:]
        return Tag(_END_KINDS.get(name, CLOSE if name in BLOCKS else INLINE), name)
    kind = _KINDS.get(name, OPEN if name in BLOCKS else SPAN if name in _SPANS else INLINE)
    return Tag(kind, name, _ENDS.get(name, _P))


TAGS: dict[str | None, Tag] = {
    name: tag_named(name) for known in sorted(BLOCKS | _SPANS | {"a", "br", "img"}) for name in (known, f"/{known}")
}
TAGS[None] = Tag(INLINE, "")
