"""A second opinion: another extractor votes on our blocks.

A block stays when at least half of its tokens are in the other's text, in order, so that the result is still edits of one page.
"""

from __future__ import annotations

import logging
import re
from collections import Counter

from cleaner.page import Page

__all__ = ["MAX_SOURCE", "MAX_TAGS", "may_be_asked", "votes"]

MAX_SOURCE = 2_000_000  # characters; trafilatura needed 12 s and more for some hostile pages above
MAX_TAGS = 20_000
HALF = 0.5
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


def may_be_asked(source: str) -> bool:
    """Whether a page is small enough for trafilatura, which takes more than linear time on some."""
    return len(source) <= MAX_SOURCE and source.count("<") <= 2 * MAX_TAGS


def votes(page: Page, source: str) -> list[bool] | None:
    """Which blocks trafilatura keeps, or None when it finds nothing."""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = extract(source, url=page.url)
    if not text:
        return None
    left = Counter(_TOKEN.findall(text.lower()))
    lines = {" ".join(line.split()).lower() for line in text.split("\n")}
    return [_stays(page.text[block.start : block.end].lower(), left, lines) for block in page.blocks]


def _stays(piece: str, left: Counter[str], lines: set[str]) -> bool:
    """Whether at least half of a block's tokens are left in the other's text, from which they are then taken."""
    tokens = Counter(_TOKEN.findall(piece))
    total = sum(tokens.values())
    if not total or (total <= 3 and piece not in lines):
        return False
    common = tokens & left
    if sum(common.values()) < HALF * total:
        return False
    left.subtract(common)
    return True
