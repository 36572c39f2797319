"""What two spellings of one title have in common, and where the parts of a title stand.

The idea: titles of one page are compared by their letters only; and a title is cut at signs that separate, which in Chinese need no blanks around them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.script import fold

__all__ = ["HAN", "NOT_LETTERS", "SEPARATOR", "is_chinese", "is_separated", "key_of", "separator_of"]

# Parts of a title stand between these; a hyphen needs blanks, unless the text is Chinese.
# (A look at the next character first: most positions of a title begin no separator.)
SEPARATOR = re.compile(
    r"(?=[\s|｜│¦»:—])(?:\s*[|｜│¦»]\s*|\s*::\s*|\s+[-–—·•~/:<>]+\s+|\s*—\s*(?=[A-Z][\w.]*\Z)|\s+[–—]|: (?=[A-Z]))"
)
_CHINESE = re.compile(
    r"(?=[\s|｜│»_–—-])(?:\s*[|｜│»_]\s*|\s*(?:——|--)\s*|\s+[-–—·•]\s*|\s*[-–—]\s+|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])-(?=[A-Za-z0-9.]+\Z))"
)
_SEPARATING = frozenset("|｜│¦»:_–—-·•~/<>")  # one of these is in every separator
NOT_LETTERS = re.compile(r"[\W_]+")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@lru_cache(maxsize=2_048)
def key_of(text: str) -> str:
    """Letters and digits only, folded and in one case: what two spellings of one title have in common."""
    if text.isascii():
        return text.lower().encode().translate(None, _ASCII_SIGNS).decode()
    return NOT_LETTERS.sub("", fold(text).casefold())


def is_separated(title: str) -> bool:
    """Whether a title may have parts: a look that saves most patterns."""
    return not _SEPARATING.isdisjoint(title)


def separator_of(title: str) -> re.Pattern[str]:
    """The pattern that separates the parts of a title, by its script."""
    return _CHINESE if is_chinese(title) else SEPARATOR


def is_chinese(title: str) -> bool:
    """Whether a third of a title are Chinese characters."""
    return len(HAN.findall(title)) * 3 > len(title)
