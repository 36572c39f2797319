"""What is measured of the blocks and containers of a page before anything is decided.

Every sum over a container is a difference of prefix sums over the blocks, so that all of it is a few dozen numpy calls however many blocks
there are. Lengths are in tokens (see `counts`), so that no number depends on the language. What the learned words of a page say is added
in `context`.
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
)
from cleaner.article.measure import Elements, Texts, Vocabulary, copies, elements, texts
from cleaner.page import Page, Structure

__all__ = ["BLOCK_FEATURES", "BOX_NUMBERS", "TAG_NUMBERS", "Features", "measured"]

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

TAGS = tuple("p div li h1 h2 h3 h4 tr td pre blockquote figcaption dt dd section article span button".split())
TAG_NUMBERS = {name: number for number, name in enumerate(TAGS)} | {
    "h5": 6, "h6": 6, "th": 8, "caption": 11, "main": 15, "summary": 3, "body": 1, "address": 0, "center": 1, "listing": 9,
}  # fmt: skip
_ROW = TAG_NUMBERS["tr"]
BOXES = tuple(
    "div ul ol li table tr td section article main aside nav header footer form figure blockquote dl p body details fieldset".split()
)
BOX_NUMBERS = {written: number for number, name in enumerate(BOXES) for written in (name, name.upper())}
_TITLE_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]{2,}")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
GOOD_TOKENS = 14  # tokens of a block that counts as prose
GOOD_LINKS = 0.4  # share of link text of one that does not
SHARES = (0.35, 0.55, 0.8)  # of a page's prose
ANCHORS = ("title", "description")
PROBE = 32  # characters of a description or block that are looked for
DISTANCE = 20  # blocks
LEVELS = ("home", "parent", "third")

BLOCK_FEATURES: tuple[str, ...] = (
    "tokens", "chars", "links", "stops", "lines",  # as logarithms
    "digits", "ideographs", "brackets", "bars", "money", "marks", "link share",  # a character
    "commas", "colons", "links a token", "word length",  # a token
    "upper",
    "ends with stop", "ends with colon", "begins upper", "begins lower", "begins digit", "begins bar",
    "hidden", "folded", "good", "row",
    *(f"tag {name}" for name in TAGS),
    "place", "tokens before", "title share", "copy of", "copied", "in body",
    *(f"{name} {anchor}" for anchor in ANCHORS for name in ("is", "after", "distance", "common", "common tokens", "has")),
    "group size", "group tokens", "group share", "group links", "group stops", "group place",
    *(f"{name} of {level}" for name in ("tokens", "blocks") for level in LEVELS),
    *(f"{name} of {level}" for name in ("links", "stops", "good share", "place") for level in LEVELS),
    *(f"{name} {share}" for share in SHARES for name in ("in", "before", "size of")),
)  # fmt: skip


_PER_CHARACTER = [DIGIT, IDEOGRAPH, BRACKET, BAR, MONEY, MARK]
_PER_TOKEN = [COMMA, COLON]
_LAST = np.array([[STOP], [COLON]])
_FIRST = np.array([[UPPER], [LOWER], [DIGIT], [BAR]])


class Features(NamedTuple):
    """The measurements of a page."""

    blocks: Floats  # a feature a row, a block a column
    tree: Elements
    rows: Integers  # of a block, the row it stands in
    texts: Texts
    headings: Integers  # of a block, its level; 0 where it is no heading
    sums: Doubles  # tokens, tokens in links, ends of sentences and tokens of prose before each block, and in all
    tokens: Doubles  # of a block
    groups: Integers  # of a block, the number of its path and tag
    totals: Doubles  # of the page: logarithms of blocks and tokens; links, stops, prose and ideographs a token


def measured(page: Page, structure: Structure, attribute_words: Vocabulary, text_words: Vocabulary) -> Features:
    """Measure a page that has blocks."""
    starts, ends, tags, homes, link_chars, *_ = zip(*page.blocks, strict=True)
    first, last, linked, home, names = np.array((starts, ends, link_chars, homes, _tag_numbers(tags)))
    size = last - first
    counts = texts(page.text, first, last, text_words)
    tokens = counts.tokens.astype(np.float64)
    levels = np.array(structure.hidden)
    good = (tokens >= GOOD_TOKENS) & (linked <= GOOD_LINKS * size) & (levels < 2)
    tree = _tree(structure, attribute_words)
    sums = np.zeros((4, len(tokens) + 1))
    np.cumsum((tokens, linked / size * tokens, counts.classes[STOP], good * tokens), axis=1, out=sums[:, 1:])
    matrix = np.empty((len(BLOCK_FEATURES), len(tokens)), dtype=np.float32)  # a feature a row, which fills faster
    at = _fill_text(matrix, counts, size, linked, np.array(structure.link_counts))
    matrix[at] = levels == 2
    matrix[at + 1] = levels == 1
    matrix[at + 2] = good
    matrix[at + 3] = names == _ROW
    at = _fill_tags(matrix, at + 4, names)
    at = _fill_place(matrix, at, page, structure, sums)
    matrix[at - 3 : at - 1] = copies(page.text, first, last)
    for anchor in _anchors(matrix[at - 4], page, structure, first):
        at = _fill_anchor(matrix, at, anchor, tree, sums)
    _, groups = np.unique(tree.groups[home] * 32 + names, return_inverse=True)
    at = _fill_groups(matrix, at, groups, sums)
    rows = tree.rows[home]
    at = _fill_levels(matrix, at, tree, rows, sums)
    _fill_shares(matrix, at, tree, sums)
    total = sums[:, -1]
    some = max(total[0], 1)
    ideographs = counts.classes[IDEOGRAPH].sum()
    totals = np.array((np.log1p(len(tokens)) / 6, np.log1p(total[0]) / 8, *(total[1:] / some), ideographs / some))
    headings = np.array([int(tag[1]) if tag in HEADINGS else 0 for tag in tags])
    return Features(matrix, tree, rows, counts, headings, sums, tokens, groups, totals)


def _tree(structure: Structure, vocabulary: Vocabulary) -> Elements:
    """The rows of the containers of a page."""
    tree = np.array((structure.parents, structure.firsts, structure.lasts))
    return elements((tree[0], tree[1], tree[2]), structure.tags, structure.attributes, BOX_NUMBERS, vocabulary)


def _fill_text(matrix: Floats, counts: Texts, chars: Integers, link_chars: Integers, link_counts: Integers) -> int:
    by_class, tokens = counts.classes.astype(np.float64), counts.tokens
    some = np.maximum(tokens, 1)
    letters = np.maximum(by_class[UPPER] + by_class[LOWER], 1)
    np.log1p((tokens, chars, link_counts, by_class[STOP], by_class[LINE]), out=matrix[:5], casting="unsafe")
    matrix[5:11] = by_class[_PER_CHARACTER]
    matrix[11] = link_chars
    matrix[5:12] /= chars
    matrix[12:14] = by_class[_PER_TOKEN]
    matrix[14] = link_counts
    matrix[15] = letters
    matrix[12:16] /= some
    matrix[16] = by_class[UPPER] / letters
    matrix[17:19] = counts.last == _LAST
    matrix[19:23] = counts.first == _FIRST
    return 23


def _tag_numbers(tags: tuple[str, ...]) -> list[int]:
    get = TAG_NUMBERS.get
    return [get(tag, 1) for tag in tags]


def _fill_tags(matrix: Floats, at: int, names: Integers) -> int:
    matrix[at : at + len(TAGS)] = 0
    matrix[at + names, np.arange(len(names))] = 1
    return at + len(TAGS)


def _fill_place(matrix: Floats, at: int, page: Page, structure: Structure, sums: Doubles) -> int:
    """Where on the page a block is, how like the title, and whether it is in the text that JSON-LD gives; places for copies are left."""
    count = len(page.blocks)
    matrix[at] = np.arange(count) / count
    matrix[at + 1] = sums[0, :-1] / max(sums[0, -1], 1)
    matrix[at + 2] = _title_shares(page, structure.title)
    body, text = structure.body, page.text
    matrix[at + 5] = (
        [block.end - block.start >= PROBE and text[block.start : block.start + PROBE] in body for block in page.blocks]
        if body
        else 0
    )
    return at + 6


def _anchors(title_shares: Floats, page: Page, structure: Structure, starts: Integers) -> tuple[int, int]:
    """The block of the title and the first block that holds the description's words, -1 where there is none."""
    title = int(np.argmax(title_shares))
    if title_shares[title] < 0.5:
        title = -1
    description = structure.description
    for place in (0, PROBE):
        probe = description[place : place + PROBE]
        if len(probe) == PROBE and (found := page.text.find(probe)) >= 0:
            return title, int(np.searchsorted(starts, found, side="right")) - 1
    return title, -1


def _fill_anchor(matrix: Floats, at: int, anchor: int, tree: Elements, sums: Doubles) -> int:
    """How far a block is from one that belongs to the article: in blocks, and by the smallest container that holds both."""
    matrix[at : at + 6] = 0
    if anchor < 0:
        return at + 6
    numbers = np.arange(matrix.shape[1])
    matrix[at, anchor] = 1
    matrix[at + 1] = numbers > anchor
    matrix[at + 2] = np.clip((numbers - anchor) / DISTANCE, -2, 2)
    around = np.flatnonzero((tree.firsts <= anchor) & (tree.lasts > anchor))
    total = max(sums[0, -1], 1)
    for level, row in enumerate(around.tolist()):
        first, last = tree.firsts[row], tree.lasts[row]
        matrix[at + 3, first:last] = (level + 1) / len(around)
        matrix[at + 4, first:last] = (sums[0, last] - sums[0, first]) / total
    matrix[at + 5] = 1
    return at + 6


def _title_words(text: str) -> set[str]:
    return set(_TITLE_WORD.findall(text.lower().replace("\u03c2", "\u03c3")))


def _title_shares(page: Page, title: str) -> Doubles:
    """How much a heading or other short block is like the page's title (Dice over words)."""
    shares = np.zeros(len(page.blocks))
    wanted = _title_words(title)
    if not wanted:
        return shares
    longest = 2 * len(title) + 20
    for number, block in enumerate(page.blocks):
        if block.tag[0] == "h" and block.end - block.start <= longest:
            words = _title_words(page.text[block.start : block.end])
            shares[number] = 2 * len(words & wanted) / (len(words) + len(wanted))
    return shares


def _fill_groups(matrix: Floats, at: int, group: Integers, sums: Doubles) -> int:
    """Sums over the blocks of one path and tag: the items of a list, the posts of a thread, the paragraphs of an article."""
    count = len(group)
    tokens, links, stops = np.diff(sums[:3], axis=1)
    size = np.bincount(group)
    columns = np.empty((6, len(size)))
    columns[0] = size
    columns[2] = np.bincount(group, weights=tokens)
    columns[3] = np.bincount(group, weights=links)
    columns[4] = np.bincount(group, weights=stops)
    columns[5] = np.bincount(group, weights=np.arange(count))
    columns[1] = columns[2] / size
    columns[3:5] /= np.maximum(columns[2], 1)
    columns[2] /= max(sums[0, -1], 1)
    columns[5] /= size * count
    np.log1p(columns[:2], out=columns[:2])
    matrix[at : at + 6] = columns[:, group]
    return at + 6


def _fill_levels(matrix: Floats, at: int, tree: Elements, rows: Integers, sums: Doubles) -> int:
    """Sums over a block's container and the next two around it that hold more."""
    inside = np.empty((6, len(tree.firsts)))  # of every container
    inside[:4] = sums[:, tree.lasts] - sums[:, tree.firsts]
    inside[4] = tree.lasts - tree.firsts
    inside[5] = tree.firsts / matrix.shape[1]
    outer = tree.outer
    parents = outer[rows]
    chosen = inside[:, np.concatenate((rows, parents, outer[parents]))].reshape(6, len(LEVELS), -1)
    tokens, links, stops, good, blocks, place = chosen
    np.log1p(tokens, out=matrix[at : at + 3], casting="unsafe")
    np.log1p(blocks, out=matrix[at + 3 : at + 6], casting="unsafe")
    some = np.maximum(tokens, 1)
    matrix[at + 6 : at + 9] = links / some
    matrix[at + 9 : at + 12] = stops / some
    matrix[at + 12 : at + 15] = good / max(sums[3, -1], 1)
    matrix[at + 15 : at + 18] = place
    return at + 18


def _fill_shares(matrix: Floats, at: int, tree: Elements, sums: Doubles) -> None:
    """The smallest containers that hold given shares of the page's prose: in it, before it, how large it is."""
    good = sums[3, tree.lasts] - sums[3, tree.firsts]
    size = sums[0, tree.lasts] - sums[0, tree.firsts]
    matrix[at : at + 3 * len(SHARES)] = 0
    for share in SHARES:
        held = np.where(good >= share * sums[3, -1], size, np.inf)
        best = len(held) - 1 - int(np.argmin(held[::-1])) if sums[3, -1] else 0
        first, last = tree.firsts[best], tree.lasts[best]
        matrix[at, first:last] = 1
        matrix[at + 1, :first] = 1
        matrix[at + 2] = size[best] / max(sums[0, -1], 1)
        at += 3
