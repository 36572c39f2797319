"""What a line looks like and where it stands: the numbers from which `navigation_trees` judges the lines of a text dump.

The idea: a menu is known by its company. Short lines without sentence punctuation, one below the other, near lines that the lists know, far from prose and
before or after all of it, are the site's, whatever their words; the same lines between two paragraphs are a poem, a table or a list. So half of the numbers
say how a line looks, and half what stands around it: means over windows of several widths, distances to the prose above and below, shares of the
page. Nothing here knows a word of any language but through the hits of the lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.rules.navigation_context import PROSE, SURE, width
from cleaner.rules.navigation_phrases import Phrase

__all__ = ["NAMES", "ends_sentence", "matrix", "place_of_prose"]

Floats = NDArray[np.float32]

MEASURED = 400  # characters of a line that are counted
HEAD = 160  # characters that are searched for signs
SHORT = 40  # of a short line, counted the same way: longest item of most menus
WINDOWS = (2, 6, 20)  # lines to each side over which means are taken
FAR = 30.0  # lines after which a distance says nothing more

_SENTENCE_ENDS = frozenset(".!?。！？…;；")
_CUT_OFF = ("...", "…")
_CLOSERS = "\"'”’»」』)]）】 \t"
_DATE = re.compile(
    r"(?:19|20)\d\d ?[-/.年] ?\d{1,2}|\d{1,2}[/.月-] ?\d{1,2}|\d{1,2}:\d\d|\b(?:19|20)\d\d\b|\d (?:hours?|days?|weeks?|months?|years?|minutes?) ago|\d ?(?:小时|天|分钟|个月|年)前"
)
_SIGNS = re.compile(r"[|>»›·•→/]")
_CODE = re.compile(r"[{}=;_\\<]|\(\)|::|->|[$#@]\w")
_MARK = re.compile(r"^(?:[-*•·–●○■▪◆►»>]|\d{1,3}[.)、．:]|\(\d{1,3}\)|[①-⑩])")
_COUNT_END = re.compile(r"[(（\[]\d[\d,.]*[)）\]]$|\b\d[\d,.]*[kmKM万]?$")

LOOKS = (
    "width sentence colon commas digits date words mark lower capital caps signs address quote han hangul_kana count_end ellipsis code parenthesis"
    " sure weak button number one_word prose again number_only question ends_letter open_bracket".split()
)
AROUND = ("sure", "weak", "prose", "sentence", "short", "width", "digits", "again", "capital", "date", "commas")
PLACE = (
    "before after since_prose until_prose from_top from_end prose_above prose_below sure_share sure_count prose_share lines short_share"
    " like_above like_below sure_above sure_below hits_share".split()
)


def _names() -> tuple[str, ...]:
    sides = ("above", "below")
    around = [f"{name} {window} {side}" for window in WINDOWS for side in sides for name in AROUND]
    near = [f"{name} {step:+d}" for step in (-1, 1) for name in LOOKS]
    return (*LOOKS, *PLACE, *around, *near)


NAMES = _names()


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does; a headline that was cut off ends in dots."""
    return line.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS and not line.endswith(_CUT_OFF)


def place_of_prose(lines: Sequence[str], hits: Sequence[Phrase | None]) -> list[int]:
    """The numbers of the lines that are prose."""
    return [
        i
        for i, (line, hit) in enumerate(zip(lines, hits, strict=True))
        if hit is None and 2 * len(line) >= PROSE and ends_sentence(line.strip()) and width(line.strip()) >= PROSE
    ]


def _look(line: str, hit: Phrase | None, again: int) -> tuple[float, ...]:
    """One line by itself."""
    size = len(line)
    wide = width(line)
    han = wide - size
    last = line.rstrip(_CLOSERS)[-1:] or " "
    sentence = last in _SENTENCE_ENDS and not line.endswith(_CUT_OFF)
    commas = line.count(",") + line.count("，") + line.count("、")
    digits = sum(map(line.count, "0123456789")) if size < MEASURED else 0
    words = line[:MEASURED].split()
    first = line[:1]
    upper = sum([word[0].isupper() for word in words])
    kind = hit.kind if hit else ""
    short = line[:HEAD]
    return (
        np.log1p(wide) / 4,
        sentence,
        last in ":：",
        commas * 20 / (wide + 10),
        digits / max(size, 1),
        _DATE.search(short) is not None,
        np.log1p(len(words)) / 2,
        _MARK.match(line) is not None,
        first.islower(),
        upper / max(len(words), 1),
        line.isupper(),
        _SIGNS.search(short) is not None,
        "www." in short or "http" in short or "@" in short or ".com" in short,
        first in "\"'“‘«「『—" or "”" in short or '"' in short,
        han * 2 / wide if wide else 0,
        han > 0 and any("\u3040" <= sign <= "\u30ff" or "\uac00" <= sign <= "\ud7af" for sign in short),
        _COUNT_END.search(short) is not None,
        line.endswith(_CUT_OFF),
        len(_CODE.findall(short)) / 4,
        "(" in short or "（" in short,
        kind in SURE,
        kind == "weak",
        kind == "button",
        kind == "number",
        len(words) == 1,
        hit is None and sentence and wide >= PROSE,
        np.log(again),
        line.isdecimal(),
        last in "?？",
        last.isalpha(),
        first in "[【(（<《",
    )


def matrix(lines: Sequence[str], hits: Sequence[Phrase | None]) -> Floats:
    """One row a line, one column a name of `NAMES`; linear in the lines."""
    stripped = [line.strip() for line in lines]
    again = Counter(stripped)
    looks = np.array([_look(line, hit, again[line]) for line, hit in zip(stripped, hits, strict=True)], dtype=np.float32)
    column = {name: looks[:, number] for number, name in enumerate(LOOKS)}
    short = (np.expm1(column["width"] * 4) <= SHORT).astype(np.float32)
    place = _places(stripped, column, short)
    chosen = np.stack([short if name == "short" else column[name] for name in AROUND], axis=1)
    return np.concatenate([looks, place, *_around(chosen), _moved(looks, 1), _moved(looks, -1)], axis=1)


def _around(chosen: Floats) -> list[Floats]:
    """Means over the lines above and below; beyond the page's edges there is nothing."""
    count = len(chosen)
    sums = np.zeros((count + 1, chosen.shape[1]), dtype=np.float64)
    np.cumsum(chosen, axis=0, out=sums[1:])
    numbers = np.arange(count)
    parts: list[Floats] = []
    for window in WINDOWS:
        above = sums[numbers] - sums[np.maximum(numbers - window, 0)]
        below = sums[np.minimum(numbers + window + 1, count)] - sums[numbers + 1]
        parts += [(above / window).astype(np.float32), (below / window).astype(np.float32)]
    return parts


def _moved(looks: Floats, step: int) -> Floats:
    """The row of the line above (1) or below (-1)."""
    moved = np.zeros_like(looks)
    if step > 0:
        moved[1:] = looks[:-1]
    else:
        moved[:-1] = looks[1:]
    return moved


def _places(lines: Sequence[str], column: dict[str, Floats], short: Floats) -> Floats:
    """Where each line stands, and what the page is."""
    count = len(lines)
    numbers = np.arange(count)
    prose = column["prose"] > 0
    sure = column["sure"] > 0
    places = np.flatnonzero(prose)
    first, last = (places[0], places[-1]) if len(places) else (0, -1)
    sizes = np.array([len(line) for line in lines], dtype=np.float64)
    written = np.cumsum(np.where(prose, sizes, 0))
    total = written[-1] + 1
    widths = column["width"]
    like = np.abs(np.diff(widths)) < 0.06  # a sixth of a natural logarithm: lines of nearly one length
    above, below = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    above[1:], below[:-1] = like, like
    hits = sure | (column["weak"] > 0) | (column["button"] > 0)
    return np.stack(
        [
            numbers < first,
            (numbers > last) & (last >= 0),
            _near(numbers, prose),
            _near(numbers, prose, below=True),
            np.minimum(numbers, FAR) / FAR,
            np.minimum(count - 1 - numbers, FAR) / FAR,
            written / total,
            1 - written / total,
            np.full(count, sure.mean()),
            np.full(count, np.log1p(sure.sum()) / 3),
            np.full(count, prose.mean()),
            np.full(count, np.log1p(count) / 5),
            np.full(count, short.mean()),
            above,
            below,
            _near(numbers, sure),
            _near(numbers, sure, below=True),
            np.full(count, hits.mean()),
        ],
        axis=1,
    ).astype(np.float32)


def _near(numbers: NDArray[np.int64], there: NDArray[np.bool_], *, below: bool = False) -> NDArray[np.float64]:
    """How near the last line of a kind above (or the next below) is: 1 for a neighbour, 0 from FAR lines on."""
    if below:
        return _near(numbers, there[::-1])[::-1]
    last = np.maximum.accumulate(np.where(there, numbers, -10_000))
    last = np.concatenate(([-10_000], last[:-1]))
    return np.asarray(np.maximum(0, 1 - (numbers - last - 1) / FAR))
