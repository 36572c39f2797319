"""What one line is, judged by itself: look-ups first, forms second.

A line gets at most one `Phrase`: "line" means that nobody writes such a line in an article, "weak" that it needs company (`navigation_context`
decides). Nothing here looks at other lines, so what a line is does not change when others go.
"""

from __future__ import annotations

import re

from cleaner.rules.navigation_bars import inline_hit
from cleaner.rules.navigation_patterns import pattern_hit
from cleaner.rules.navigation_phrases import HEAD, Phrase, Phrases, key, without_counts

__all__ = ["LONGEST", "hit_of", "is_sentence"]

LONGEST = 700  # statements (cookie notices, disclaimers) in one paragraph: longest of the development pages 652 characters
LINE = 160  # what is longer is no label, no bar and no opening: longest hits 151
LABEL = 40  # longest label 27
LOOK_UP = 100  # longest phrase that is a whole line: 97
SHORT = 60  # up to here a sentence may still be a prompt ("Sign in to continue.")
PROMPTS = frozenset({"login", "consent", "comments", "copyright", "app"})  # families whose openings may be whole sentences
_BULLETS = ("- ", "* ", "• ", "– ")
_SENTENCE = re.compile(r"[.!?。！？…;；][\"'”’»」』)\]]*+\s*+$")


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE.search(line, max(0, len(line) - 8)) is not None


def hit_of(line: str, known: Phrases) -> Phrase | None:
    """What a line of boilerplate is, else None."""
    text = key(line)
    if not text or line[0] in ",;)":  # the rest of a sentence
        return None
    listed = _listed(text, line, known) if len(text) <= LOOK_UP else None
    if listed and listed.kind == "line":
        return listed
    if len(text) <= LINE and (found := _begun(text, line, known)):
        return found
    if found := _stated(text, known):
        return found
    if found := pattern_hit(text, line.lower().strip()):
        return found
    return listed or (inline_hit(text, line, known) if len(text) <= LINE else None)


def _listed(text: str, line: str, known: Phrases) -> Phrase | None:
    """Whole lines; what is weak and ends with a colon heads a paragraph ("Services:")."""
    found = known.lines.get(text)
    if found is None and (text[0].isdigit() or text[-1].isdigit()):
        found = known.lines.get(without_counts(text))
    if found and found.kind != "line" and line.rstrip().endswith((":", "：")):
        return None
    return found


def _begun(text: str, line: str, known: Phrases) -> Phrase | None:
    """Lines that begin with a label or with an opening; whole sentences only while they are short."""
    sentence = is_sentence(line)
    if sentence and len(text) > SHORT:
        return None
    head, colon, _ = text[:LABEL].partition(":")
    if colon and (found := known.labels.get(head.strip())):
        return found
    if not colon and line.rstrip().endswith((":", "：")) and (found := known.labels.get(text)):
        return found
    if line.lstrip().startswith(_BULLETS):
        return None
    for start, found in known.openings.get(text[:HEAD], ()):
        if sentence and found.family not in PROMPTS:
            continue
        if text.startswith(start) and (
            len(text) == len(start) or not (start[-1].isalpha() and start[-1] < "\u2e80" and text[len(start)].isalpha())
        ):
            return found
    return None


def _stated(text: str, known: Phrases) -> Phrase | None:
    """Statements: whole sentences that only a site says."""
    for start, found in known.statements.get(text[:HEAD], ()):
        if text.startswith(start):
            return found
    return None
