"""Whether a page as a whole is spam: nothing of it is left, or most of it was spam and what is left says nothing.

An infected page is not spam: its article is what remains. A doorway page has no article; when its keywords, links and lists are gone, a menu or a few loose
words remain.
"""

from __future__ import annotations

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.keyword_lines import is_sentence

__all__ = ["is_spam"]

MOST = 2.0  # letters removed as spam per letter kept; infected articles .01-.9, doorway pages 3 and more
LONG = 2_000  # letters kept that are too many for a page without an article


def is_spam(page: Page, text: str, removals: tuple[Edit, ...]) -> bool:
    """Whether a page whose cleaned text is `text` is spam. Without a removal by a spam rule it never is."""
    gone = sum(edit.end - edit.start for edit in removals if edit.rule.startswith("spam/") and not edit.new)
    if not gone:
        return False
    if not text:
        return gone >= 0.5 * sum(edit.end - edit.start for edit in removals)
    if len(text) > LONG or gone < MOST * len(text):
        return False
    return not any(is_sentence(line) for line in text.split("\n"))
