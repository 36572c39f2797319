"""What is measured of the blocks and containers of a page before anything is decided.

Every sum over a container is a difference of prefix sums over the blocks, so that all of it is a few dozen numpy calls however many blocks
there are. Lengths are in tokens (see `counts`), so that no number depends on the language.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.counts import (
    BAR,
    BRACKET,
    COLON,
    COMMA,
    DIGIT,
    IDEOGRAPH,
    LINE,
    LOWER,
    MARK,
    MONEY,
    STOP,
    UPPER,
    Counts,
    counted,
)
from cleaner.page import Page, Structure

__all__ = ["BLOCK_FEATURES", "CONTAINER_FEATURES", "Features", "measured"]

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

TAGS = tuple("p div li h1 h2 h3 h4 tr td pre blockquote figcaption dt dd section article span button".split())
_TAG_NUMBERS = {name: number for number, name in enumerate(TAGS)} | {
    "h5": 6, "h6": 6, "th": 8, "caption": 11, "main": 15, "summary": 3, "body": 1, "address": 0, "center": 1, "listing": 9,
}  # fmt: skip
BOXES = tuple(
    "div ul ol li table tr td section article main aside nav header footer form figure blockquote dl p body details fieldset".split()
)
_BOX_NUMBERS = {written: number for number, name in enumerate(BOXES) for written in (name, name.upper())}
_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}|\x07")
_TITLE_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]{2,}")
ATTRIBUTE_CHARS = 160  # characters of a tag's attributes that are searched for words
GOOD_TOKENS = 14  # tokens of a block that counts as prose
GOOD_LINKS = 0.4  # share of link text of one that does not
SHARES = (0.35, 0.55, 0.8)  # of a page's prose
LEVELS = ("home", "parent", "third")

BLOCK_FEATURES: tuple[str, ...] = (
    "tokens", "chars", "link share", "links", "links a token", "upper", "digits", "ideographs", "commas", "stops", "colons",
    "brackets", "bars", "money", "marks", "lines", "word length", "ends with stop", "ends with colon", "begins upper", "begins lower",
    "begins digit", "begins bar", "hidden", "folded", "good", "row",
    *(f"tag {name}" for name in TAGS),
    "place", "tokens before", "title share", "of title", "after title", "distance to title", "copy of", "copied",
    "group size", "group tokens", "group share", "group links", "group stops", "group place",
    *(f"{level} {name}" for level in LEVELS for name in ("tokens", "blocks", "links", "good share", "stops", "place")),
    *(f"{name} {share}" for share in SHARES for name in ("in", "before", "size of")),
)  # fmt: skip
CONTAINER_FEATURES: tuple[str, ...] = (
    "tokens", "blocks", "links", "good", "good share", "tokens share", "stops", "place", "end", "depth",
    *(f"box {name}" for name in BOXES),
)  # fmt: skip


class Features(NamedTuple):
    """The measurements of a page: one row a block, one a container that holds text."""

    blocks: Floats
    containers: Floats
    firsts: Integers  # of a container, its first block
    lasts: Integers  # the block after its last
    words: list[str]  # of the attributes of containers, "\\x07" between those of each
    tokens: Doubles  # of a block
    totals: Doubles  # of the page: blocks, tokens, share of links, share of good, ideographs


class _Tree(NamedTuple):
    """The containers that hold text, in document order; `numbers` maps their numbers in the structure to rows."""

    boxes: list[tuple[int, int]]  # row and number of the name in BOXES
    firsts: Integers
    lasts: Integers
    outer: Integers  # the nearest container around each that holds more blocks; the page for itself
    groups: Integers  # containers of one path of names and attributes share a group
    depths: Integers
    numbers: dict[int, int]
    words: list[str]


def measured(page: Page, structure: Structure) -> Features:
    """Measure a page that has blocks."""
    starts, ends, tags, homes, link_chars, _, hidden, _ = zip(*page.blocks, strict=True)
    first, last = np.array(starts), np.array(ends)
    counts = counted(page.text, first, last)
    tokens = counts.tokens
    links = np.array(link_chars) / np.maximum(last - first, 1)
    seen = ~np.array(hidden, dtype=bool)
    good = (tokens >= GOOD_TOKENS) & (links <= GOOD_LINKS) & seen
    tree = _tree(structure)
    rows = np.array([tree.numbers[home] for home in homes])
    sums = np.zeros((len(tokens) + 1, 5))
    np.cumsum(np.column_stack((tokens, links * tokens, good * tokens, counts.classes[:, STOP], seen)), axis=0, out=sums[1:])
    matrix = np.empty((len(tokens), len(BLOCK_FEATURES)), dtype=np.float32)
    at = _fill_text(matrix, counts, last - first, links, np.array(structure.link_counts))
    matrix[:, at] = ~seen
    matrix[:, at + 1] = [level == 1 for level in structure.hidden]
    matrix[:, at + 2] = good
    matrix[:, at + 3] = [tag == "tr" for tag in tags]
    at = _fill_tags(matrix, at + 4, tags)
    at = _fill_place(matrix, at, page, structure.title, sums)
    at = _fill_groups(matrix, at, tree.groups[rows] * 32 + _tag_numbers(tags), sums)
    at = _fill_levels(matrix, at, tree, rows, sums)
    _fill_shares(matrix, at, tree, sums)
    total = sums[-1]
    totals = np.array(
        (
            np.log1p(len(tokens)),
            np.log1p(total[0]),
            total[1] / max(total[0], 1),
            total[2] / max(total[0], 1),
            counts.classes[:, IDEOGRAPH].sum() / max(total[0], 1),
            total[3] / max(total[0], 1),
        )
    )
    return Features(matrix, _container_rows(tree, sums), tree.firsts, tree.lasts, tree.words, tokens, totals)


def _tree(structure: Structure) -> _Tree:
    """The containers that hold text; one that holds the same blocks as its parent is one with it."""
    all_firsts, all_lasts, parents = structure.firsts, structure.lasts, structure.parents
    tags, written = structure.tags, structure.attributes
    numbers: dict[int, int] = {}
    known: dict[tuple[int, str | None, str | None], int] = {}
    firsts: list[int] = []
    lasts: list[int] = []
    outer: list[int] = []
    groups: list[int] = []
    depths: list[int] = []
    boxes: list[tuple[int, int]] = []
    attributes: list[str] = []
    for number in structure.opened:
        first, last = all_firsts[number], all_lasts[number]
        if first >= last:
            continue
        parent = numbers[parents[number]] if number else 0
        name, attribute = tags[number], written[number]
        if number and firsts[parent] == first and lasts[parent] == last:
            row = parent
            key = (groups[row], name, attribute)
            groups[row] = known.setdefault(key, len(known))
            if attribute:
                attributes[row] += attribute[:ATTRIBUTE_CHARS]
        else:
            row = len(firsts)
            firsts.append(first)
            lasts.append(last)
            outer.append(parent)
            key = (groups[parent] if row else 0, name, attribute)
            groups.append(known.setdefault(key, len(known)))
            depths.append(depths[parent] + 1 if row else 0)
            attributes.append(attribute[:ATTRIBUTE_CHARS] if attribute else "")
        numbers[number] = row
        boxes.append((row, _BOX_NUMBERS.get(name or "", 0)))
    return _Tree(
        boxes,
        np.array(firsts),
        np.array(lasts),
        np.array(outer),
        np.array(groups),
        np.array(depths),
        numbers,
        _WORD.findall("\x07".join(attributes).replace("_", " ")),
    )


def _fill_text(matrix: Floats, counts: Counts, chars: Integers, links: Doubles, link_counts: Integers) -> int:
    classes, tokens = counts.classes, counts.tokens
    size = np.maximum(chars, 1)
    some = np.maximum(tokens, 1)
    letters = np.maximum(classes[:, UPPER] + classes[:, LOWER], 1)
    columns = (
        np.log1p(tokens),
        np.log1p(chars),
        links,
        np.log1p(link_counts),
        link_counts / some,
        classes[:, UPPER] / letters,
        classes[:, DIGIT] / size,
        classes[:, IDEOGRAPH] / size,
        classes[:, COMMA] / some,
        np.log1p(classes[:, STOP]),
        classes[:, COLON] / some,
        classes[:, BRACKET] / size,
        classes[:, BAR] / size,
        classes[:, MONEY] / size,
        classes[:, MARK] / size,
        np.log1p(classes[:, LINE]),
        letters / some,
        counts.last == STOP,
        counts.last == COLON,
        counts.first == UPPER,
        counts.first == LOWER,
        counts.first == DIGIT,
        counts.first == BAR,
    )
    for number, column in enumerate(columns):
        matrix[:, number] = column
    return len(columns)


def _tag_numbers(tags: tuple[str, ...]) -> Integers:
    get = _TAG_NUMBERS.get
    return np.array([get(tag, 1) for tag in tags])


def _fill_tags(matrix: Floats, at: int, tags: tuple[str, ...]) -> int:
    matrix[:, at : at + len(TAGS)] = 0
    matrix[np.arange(len(tags)), at + _tag_numbers(tags)] = 1
    return at + len(TAGS)


def _fill_place(matrix: Floats, at: int, page: Page, title: str, sums: Doubles) -> int:
    """Where on the page a block is, how it relates to the title, and whether it is a copy."""
    count = len(page.blocks)
    numbers = np.arange(count)
    matrix[:, at] = numbers / count
    matrix[:, at + 1] = sums[:-1, 0] / max(sums[-1, 0], 1)
    shares = _title_shares(page, title)
    matrix[:, at + 2] = shares
    best = int(np.argmax(shares))
    found = shares[best] >= 0.5
    matrix[:, at + 3] = (numbers == best) & found
    matrix[:, at + 4] = (numbers > best) & found
    matrix[:, at + 5] = np.clip((numbers - best) / 20, -2, 2) if found else 0
    copy, copied = _copies(page)
    matrix[:, at + 6] = copy
    matrix[:, at + 7] = copied
    return at + 8


def _title_shares(page: Page, title: str) -> Doubles:
    """How much a heading or other short block is like the page's title (Dice over words)."""
    shares = np.zeros(len(page.blocks))
    wanted = set(_TITLE_WORD.findall(title.lower()))
    if not wanted:
        return shares
    longest = 2 * len(title) + 20
    for number, block in enumerate(page.blocks):
        if block.tag[0] == "h" and block.end - block.start <= longest:
            words = set(_TITLE_WORD.findall(page.text[block.start : block.end].lower()))
            shares[number] = 2 * len(words & wanted) / (len(words) + len(wanted))
    return shares


def _copies(page: Page) -> tuple[list[bool], list[bool]]:
    """Whether a block's text came before, and whether it comes again."""
    seen: dict[str, int] = {}
    copy = [False] * len(page.blocks)
    copied = [False] * len(page.blocks)
    text = page.text
    for number, block in enumerate(page.blocks):
        earlier = seen.setdefault(text[block.start : block.end], number)
        if earlier != number:
            copy[number] = copied[earlier] = True
    return copy, copied


def _fill_groups(matrix: Floats, at: int, keys: Integers, sums: Doubles) -> int:
    """Sums over the blocks of one path and tag: the items of a list, the posts of a thread, the paragraphs of an article."""
    _, group = np.unique(keys, return_inverse=True)
    size = np.bincount(group)
    own = np.diff(sums, axis=0)
    tokens, links, stops = (np.bincount(group, weights=own[:, column]) for column in (0, 1, 3))
    place = np.bincount(group, weights=np.arange(len(group))) / size / len(group)
    some = np.maximum(tokens, 1)
    columns = (np.log1p(size), np.log1p(tokens / size), tokens / max(sums[-1, 0], 1), links / some, stops / some, place)
    for number, column in enumerate(columns):
        matrix[:, at + number] = column[group]
    return at + len(columns)


def _fill_levels(matrix: Floats, at: int, tree: _Tree, rows: Integers, sums: Doubles) -> int:
    """Sums over a block's container and the next two around it that hold more."""
    outer = tree.outer
    for _ in LEVELS:
        inside = sums[tree.lasts[rows]] - sums[tree.firsts[rows]]
        some = np.maximum(inside[:, 0], 1)
        matrix[:, at] = np.log1p(inside[:, 0])
        matrix[:, at + 1] = np.log1p(tree.lasts[rows] - tree.firsts[rows])
        matrix[:, at + 2] = inside[:, 1] / some
        matrix[:, at + 3] = inside[:, 2] / max(sums[-1, 2], 1)
        matrix[:, at + 4] = inside[:, 3] / some
        matrix[:, at + 5] = tree.firsts[rows] / len(matrix)
        at += 6
        rows = outer[rows]
    return at


def _fill_shares(matrix: Floats, at: int, tree: _Tree, sums: Doubles) -> None:
    """The smallest containers that hold given shares of the page's prose: in it, before it, how large it is."""
    good = sums[tree.lasts, 2] - sums[tree.firsts, 2]
    size = sums[tree.lasts, 0] - sums[tree.firsts, 0]
    numbers = np.arange(len(matrix))
    for share in SHARES:
        held = np.where(good >= share * sums[-1, 2], size, np.inf)
        best = len(held) - 1 - int(np.argmin(held[::-1])) if sums[-1, 2] else 0
        first, last = tree.firsts[best], tree.lasts[best]
        matrix[:, at] = (numbers >= first) & (numbers < last)
        matrix[:, at + 1] = numbers < first
        matrix[:, at + 2] = size[best] / max(sums[-1, 0], 1)
        at += 3


def _container_rows(tree: _Tree, sums: Doubles) -> Floats:
    inside = sums[tree.lasts] - sums[tree.firsts]
    some = np.maximum(inside[:, 0], 1)
    count = len(sums) - 1
    rows = np.zeros((len(tree.firsts), len(CONTAINER_FEATURES)), dtype=np.float32)
    columns = (
        np.log1p(inside[:, 0]),
        np.log1p(tree.lasts - tree.firsts),
        inside[:, 1] / some,
        np.log1p(inside[:, 2]),
        inside[:, 2] / max(sums[-1, 2], 1),
        inside[:, 0] / max(sums[-1, 0], 1),
        inside[:, 3] / some,
        tree.firsts / count,
        tree.lasts / count,
        tree.depths / 10,
    )
    for number, column in enumerate(columns):
        rows[:, number] = column
    boxes = np.array(tree.boxes)
    rows[boxes[:, 0], len(columns) + boxes[:, 1]] = 1
    return rows

