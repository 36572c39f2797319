"""What one line is, judged by itself: look-ups first, forms second.

A line gets at most one `Phrase`: "line" means that nobody writes such a line in an article, "weak" that it needs company (`navigation_context`
decides). Nothing here looks at other lines, so what a line is does not change when others go. Sentences and long lines, most of an article, are
only asked for what whole sentences of a site begin with and for its legal words.
"""

from __future__ import annotations

import re

from cleaner.rules.navigation_bars import inline_hit
from cleaner.rules.navigation_patterns import legal_hit, pattern_hit
from cleaner.rules.navigation_phrases import HEAD, Phrase, Phrases, key, without_counts

__all__ = ["LONGEST", "hit_of", "is_sentence"]

LONGEST = 700  # statements (cookie notices, disclaimers) in one paragraph: longest of the development pages 652 characters
LINE = 160  # what is longer is no label, no bar and no opening: longest hits 151
LABEL = 40  # longest label 27
LOOK_UP = 100  # longest phrase that is a whole line: 97
SHORT = 60  # up to here a sentence may still be a prompt ("Sign in to continue.")
LEAD = 24  # characters of a long line from which the beginning of its key is made; glosses and brackets fit in
LEGAL = 240  # longest copyright line of the development pages 231 characters; an article's paragraph on copyright is longer
PROMPTS = frozenset({"login", "consent", "comments", "copyright", "app"})  # families whose openings may be whole sentences
_LEADS = (">>", "＞＞", "»")  # signs at the end of a link to more
_BULLETS = ("- ", "* ", "• ", "– ")
_ENDS = frozenset(".!?。！？…;；\"'”’»」』)]")
_SENTENCE = re.compile(r"[.!?。！？…;；][\"'”’»」』)\]]*+\s*+$")


# What a claim must speak of: "本文由网友投稿,版权归作者" is one, "本文由三部分组成" is not.
_CLAIM = re.compile(
    "转载|版权|侵权|授权|著作权|摘编|镜像|观点|立场|来源|出处|投稿|原创|真实性|网络|网友|媒体|删除|不承担|不代表|仅供参考|不构成|商业用途"
)
CLAIMED = 200  # characters among which it must; margin not measured


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE.search(line, max(0, len(line) - 8)) is not None


def hit_of(line: str, known: Phrases) -> Phrase | None:
    """What a line of boilerplate is, else None."""
    if len(line) > SHORT and (len(line) > LINE or (line[-1] in _ENDS and is_sentence(line))):
        return _long_hit(line, known)
    text = key(line)
    if not text or line[0] in ",;){":  # the rest of a sentence, code
        return None
    listed = _listed(text, line, known) if len(text) <= LOOK_UP else None
    if listed and listed.kind == "line":
        return listed
    if found := _begun(text, line, known) or _stated(text, known):
        return found
    raw = line.lower().strip()
    return legal_hit(text, raw) or pattern_hit(text, raw) or listed or inline_hit(text, line, known)


def _long_hit(line: str, known: Phrases) -> Phrase | None:
    """Long lines and sentences."""
    head = line[:HEAD].lower()
    if not (head.isascii() and head[0].isalnum()):
        head = key(line[:LEAD])[:HEAD]
    if head in known.statements and (found := _stated(key(line), known)):
        return found
    return legal_hit("", line.lower()) if len(line) <= LEGAL else None


def _listed(text: str, line: str, known: Phrases) -> Phrase | None:
    """Whole lines; what is weak and ends with a colon heads a paragraph ("Services:")."""
    found = known.lines.get(text)
    if found is None and (text[0].isdigit() or text[-1].isdigit()):
        found = known.lines.get(without_counts(text))
    if found and found.kind == "weak" and line.rstrip().endswith(_LEADS) and not line.startswith(">"):
        return Phrase(found.family, "line")
    if found and found.kind != "line" and line.rstrip().endswith((":", "：")):
        return None
    return found


def _begun(text: str, line: str, known: Phrases) -> Phrase | None:
    """Lines that begin with a label or with an opening; whole sentences only while they are short."""
    if ":" in line or "：" in line:
        head, colon, _ = text[:LABEL].partition(":")
        if (found := known.labels.get(head.strip())) and (colon or line.rstrip().endswith((":", "："))):
            return found if found.kind == "label" else Phrase(found.family, "weak")
    starts = known.openings.get(text[:HEAD])
    if not starts or line.lstrip().startswith(_BULLETS):
        return None
    for start, found in starts:
        if text.startswith(start) and _ends_word(text, start):
            return found if found.family in PROMPTS or not is_sentence(line) else None
    return None


def _ends_word(text: str, start: str) -> bool:
    """Whether `start` ends where a word of `text` does; scripts without blanks have no such ends."""
    return len(text) == len(start) or not (start[-1].isalpha() and start[-1] < "\u2e80" and text[len(start)].isalpha())


def _stated(text: str, known: Phrases) -> Phrase | None:
    """Statements: whole sentences that only a site says."""
    for start, found in known.statements.get(text[:HEAD], ()):
        if text.startswith(start) and (found.kind != "claim" or _CLAIM.search(text, len(start), CLAIMED)):
            return found._replace(kind="statement")
    return None
