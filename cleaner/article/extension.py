"""The extension `_judge`, and the learned tables as it takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.article.counts import TABLE
from cleaner.article.features import BOX_NUMBERS, TAG_NUMBERS
from cleaner.article.named import ARTICLES, POSTS
from cleaner.compiled import compiled

__all__ = ["extension", "table_of"]

extension = compiled("cleaner.article._judge")


def table_of(attribute_words: list[str], text_words: list[str], tables: Sequence[NDArray[Any]]) -> Any:
    """The model for the extension, or None where there is none. The order of `tables` is that of `_judge.c`."""
    if extension is None:
        return None
    whole = tuple(np.ascontiguousarray(table) for table in tables)
    alone, both = sorted(ARTICLES - POSTS), sorted(ARTICLES & POSTS)
    names = [*alone, *both, *sorted(POSTS - ARTICLES)]
    classes = TABLE.astype(np.uint8).tobytes()
    return extension.model(
        attribute_words, text_words, names, len(ARTICLES), len(alone), TAG_NUMBERS, BOX_NUMBERS, classes, whole
    )
