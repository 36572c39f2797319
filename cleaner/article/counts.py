"""What the characters of each block are, counted for all blocks at once.

One look-up gives every character its class and one bincount gives the classes of every block; the number of blocks does not matter. A token
is a run of letters and digits or one Chinese or Japanese character.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLASSES", "TABLE", "counted"]

OTHER, SPACE, LOWER, UPPER, DIGIT, IDEOGRAPH, COMMA, STOP, COLON, BRACKET, BAR, MONEY, MARK, LINE = range(14)
CLASSES = 16
_MEMBERS = {
    COMMA: ",，、;；",
    STOP: ".!?。！？…",
    COLON: ":：",
    BRACKET: "()[]{}（）【】《》「」『』“”\"'‘’«»",
    BAR: "|·•/\\>›<‹→←-–—_~*+=",
    MONEY: "$€£¥%￥",
    MARK: "©®™@#&",
}
CHUNK = 1_000_000  # characters counted at a time, which bounds the memory at 30 MB


def _classes() -> NDArray[np.uint8]:
    table = np.zeros(0x10000, dtype=np.uint8)
    for point in range(0x10000):
        char = chr(point)
        if char.isspace():
            table[point] = SPACE
        elif char.isdecimal():
            table[point] = DIGIT
        elif 0x3040 <= point <= 0x30FF or 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF:
            table[point] = IDEOGRAPH
        elif char.isupper():
            table[point] = UPPER
        elif char.isalnum():
            table[point] = LOWER
    for kind, members in _MEMBERS.items():
        for char in members:
            table[ord(char)] = kind
    table[ord("\n")] = LINE
    return table


TABLE = _classes().astype(np.int32)
_IN_WORD = np.zeros(CLASSES, dtype=bool)
_IN_WORD[[LOWER, UPPER, DIGIT]] = True

Integers = NDArray[np.int64]


def counted(text: str, starts: Integers, ends: Integers) -> tuple[Integers, Integers, Integers, Integers]:
    """Characters of each class (a class a row, a block a column), and of each block its tokens and the class of its first and last character."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = TABLE[np.minimum(codes, 0xFFFF)]
    count = len(starts)
    numbers = np.zeros(len(kinds) + 1, dtype=np.int32)
    numbers[starts[1:]] = 1
    blocks = np.cumsum(numbers[:-1], dtype=np.int32)
    classes = np.bincount(kinds * count + blocks, minlength=count * CLASSES).reshape(CLASSES, count)
    in_word = _IN_WORD[kinds]
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    words = np.bincount(blocks[begins], minlength=count)
    return classes, words + classes[IDEOGRAPH], kinds[starts].astype(np.int64), kinds[ends - 1].astype(np.int64)
