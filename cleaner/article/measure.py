"""The counting that goes over every character and every tag.

All tables are numpy arrays: one column a block for what is counted of blocks, one entry a container or row for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.counts import counted
from cleaner.article.named import ARTICLES, POSTS, is_named

__all__ = ["FIRST_WORDS", "Elements", "Forest", "Texts", "Vocabulary", "climbed", "copies", "elements", "leaves_of", "texts"]

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

FIRST_WORDS = 4  # words at the beginning of a block that say what it is ("Posted by", "Add to cart")
FIRST_CHARS = 80  # characters they are looked for in
LONG_BLOCK, LONG_WORDS = 200, 2  # a block of more characters is prose: fewer of its words say what it is
ATTRIBUTE_CHARS = 160  # characters of a tag's attributes that are searched for words
LONGEST_WORD = 64
NO_WORD = -1
_ATTRIBUTE_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_FIRST_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2,}|\d"
)  # two ideographs, a word, a digit


class Vocabulary:
    """Words and their numbers, made once; never changed."""

    __slots__ = ("numbers", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.numbers = {word: number for number, word in reversed(list(enumerate(self.words)))}


class Texts(NamedTuple):
    """Of each block (a column): characters by class, tokens, class of the first and last character; and the numbers of its first words (a row)."""

    classes: Integers
    tokens: Integers
    first: Integers
    last: Integers
    words: Integers


class Elements(NamedTuple):
    """The containers and the rows made of them: a row is a chain of containers that hold the same blocks.

    `rows`, `groups` and `boxes` are one a container; `firsts`, `lasts`, `outer` (the nearest row around) and `depths` one a row;
    `owners` and `words` are the known words of attributes and the rows they belong to; `named` and `posts` are the rows named as
    the text of an article and of a post that stand in no other such. Containers with the same name and attributes whose parents and grandparents have the same share a group.
    """

    rows: Integers
    groups: Integers
    boxes: Integers
    firsts: Integers
    lasts: Integers
    outer: Integers
    depths: Integers
    owners: Integers
    words: Integers
    named: Integers
    posts: Integers


class Forest(NamedTuple):
    """Decision trees, split by split; see `leaves_of`."""

    features: Integers
    thresholds: NDArray[np.float32]
    masks: NDArray[np.uint32]
    splits: Integers  # where each tree's begin, and their number
    leaves: Doubles  # a tree a row


def texts(text: str, starts: Integers, ends: Integers, vocabulary: Vocabulary) -> Texts:
    """Count the blocks ``text[start:end]``, which are sorted, disjoint and not empty."""
    found = np.full((len(starts), FIRST_WORDS), NO_WORD)
    get = vocabulary.numbers.get
    for number, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        most = FIRST_WORDS if end - start <= LONG_BLOCK else LONG_WORDS
        for place, word in enumerate(first_words(text[start : min(end, start + FIRST_CHARS)])[:most]):
            found[number, place] = get(word, NO_WORD)
    return Texts(*counted(text, starts, ends), found)


def first_words(piece: str) -> list[str]:
    """The words of a piece of text in lower case: pairs of ideographs, words, digits.

    >>> first_words("Posted on 3. May")
    ['posted', 'on', '3', 'may']
    """
    return _FIRST_WORD.findall(piece.replace("\u0130", "i").lower().replace("\u03c2", "\u03c3"))


def attribute_words(written: str | None) -> list[str]:
    """The words of a tag's attributes, each once.

    >>> attribute_words('class="post-body PostBody" id=AB12')
    ['class', 'post', 'body', 'id', 'ab']
    """
    words = _ATTRIBUTE_WORD.findall(written[:ATTRIBUTE_CHARS]) if written else []
    return list(dict.fromkeys([word.lower() for word in words if len(word) <= LONGEST_WORD]))


def copies(text: str, starts: Integers, ends: Integers) -> NDArray[np.uint8]:
    """Two rows: whether a block's text came before, and whether it comes again."""
    found = np.zeros((2, len(starts)), dtype=np.uint8)
    seen: dict[str, int] = {}
    for number, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        earlier = seen.setdefault(text[start:end], number)
        if earlier != number:
            found[0, number] = found[1, earlier] = 1
    return found


def elements(
    tree: tuple[Integers, Integers, Integers],
    tags: list[str],
    attributes: list[str],
    boxes: dict[str, int],
    vocabulary: Vocabulary,
) -> Elements:
    """The rows of a tree of containers (parents, first blocks, blocks after the last) in document order; the page comes first."""
    parents, firsts, lasts = tree
    new = (firsts != firsts[parents]) | (lasts != lasts[parents])
    new[0] = True
    rows = np.cumsum(new) - 1  # the only child that holds all of its parent's blocks comes next after it
    heads = np.flatnonzero(new)
    known: dict[str, int] = {}
    forms = np.array([known.setdefault(written, len(known)) for written in attributes])
    kinds = np.array([boxes.get(tag, 0) for tag in tags])
    own = (forms * 64 + kinds).astype(np.uint64)
    path = own + own[parents] * np.uint64(1_000_003) + own[parents[parents]] * np.uint64(1_000_003_007)
    _, groups = np.unique(path, return_inverse=True)
    outer = rows[parents[heads]]
    depths = np.zeros(len(heads), dtype=np.int64)
    for row, around in enumerate(outer.tolist()):
        depths[row] = depths[around] + 1 if row else 0
    get = vocabulary.numbers.get
    words = [[number for word in attribute_words(written) if (number := get(word, NO_WORD)) >= 0] for written in known]
    counts = np.array([len(found) for found in words])
    return Elements(
        rows,
        groups,
        kinds,
        firsts[heads],
        lasts[heads],
        outer,
        depths,
        np.repeat(rows, counts[forms]),
        np.array([number for form in forms.tolist() for number in words[form]], dtype=np.int64),
        *(rows[_named(parents, [is_named(written, names) for written in known], forms)] for names in (ARTICLES, POSTS)),
    )


def _named(parents: Integers, marks: list[bool], forms: Integers) -> list[int]:
    """The containers whose form is marked and that stand in no other such."""
    within = [False] * len(parents)
    found = []
    for box, (around, form) in enumerate(zip(parents.tolist(), forms.tolist(), strict=True)):
        within[box] = box > 0 and (within[around] or marks[form])
        if within[box] and not within[around]:
            found.append(box)
    return found


def climbed(outer: Integers, values: Doubles) -> Doubles:
    """Least, greatest and sum (the three columns) of what a row and the rows around it have in the columns of `values`."""
    found = values.tolist()
    for row, around in enumerate(outer.tolist()):
        if around != row:
            (least, greatest, total), (low, high, more) = found[around], found[row]
            found[row] = [min(low, least), max(high, greatest), total + more]
    return np.array(found)


def leaves_of(forest: Forest, columns: NDArray[np.float32]) -> Doubles:
    """The sum of one leaf of every tree for each block; `columns` holds a feature a row.

    Every split that a block passes (its feature is greater) takes some leaves away, by a mask; the leaf is the lowest that is left
    (QuickScorer, Lucchese and others 2015): no branches, all blocks at once.
    """
    passed = columns[forest.features] > forest.thresholds[:, None]
    every = np.uint32(0xFFFFFFFF)
    left = np.bitwise_and.reduceat(np.where(passed, forest.masks[:, None], every), forest.splits[:-1], axis=0)
    lowest = left & (~left + np.uint32(1))
    places = np.log2(lowest.astype(np.float64)).astype(np.int64)
    sums = np.zeros(columns.shape[1])
    for leaves, place in zip(forest.leaves, places, strict=True):
        sums += leaves[place]
    return sums
