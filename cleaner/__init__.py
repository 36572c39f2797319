"""cleaner: scraped web pages in, the article out, with a list of everything that was taken away and why.

>>> from cleaner import clean
>>> result = clean("<p>One sentence that is long enough to be read.</p>")
>>> result.text
'One sentence that is long enough to be read.'
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Edit", "Options", "Result", "Rule", "Source", "__version__", "clean", "clean_batch", "clean_many", "decode"]

if TYPE_CHECKING:
    from cleaner.batch.arrow import clean_batch
    from cleaner.batch.stream import clean_many
    from cleaner.decoding import decode
    from cleaner.edits import Edit
    from cleaner.options import Options
    from cleaner.page import Source
    from cleaner.pipeline import clean
    from cleaner.result import Result
    from cleaner.rules.rule import Rule

_HOME = {  # public name -> module; imported when first asked for, so that `import cleaner` loads no parser
    "Edit": "cleaner.edits",
    "Options": "cleaner.options",
    "Result": "cleaner.result",
    "Rule": "cleaner.rules.rule",
    "Source": "cleaner.page",
    "clean": "cleaner.pipeline",
    "clean_batch": "cleaner.batch.arrow",
    "clean_many": "cleaner.batch.stream",
    "decode": "cleaner.decoding",
}

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
