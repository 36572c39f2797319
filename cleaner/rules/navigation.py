"""navigation/*: lines that a site adds to every page: breadcrumbs, pagers, share bars, prompts, notices.

Most of them are the same few thousand phrases on millions of pages, so a list decides: a short line whose key is listed, or begins as listed, is
boilerplate whatever the markup; that is what makes the rule work on text dumps, where there is no markup. Phrases that an article could hold as
a line of its own need company. What is left alone: credits and captions, headings, dialogue, tables, and every sentence that merely
mentions sharing or printing, because only whole lines are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.navigation_context import SURE, Line, decided
from cleaner.rules.navigation_lines import LONGEST, hit_of
from cleaner.rules.navigation_phrases import phrases

__all__ = ["FAMILIES", "Navigation"]

# The names under `navigation/` that this rule gives, each with the sentence for the report.
FAMILIES = {
    "app": "Asks to scan, follow or install: an app, a channel, a mini program.",
    "breadcrumb": "Says where the page stands in the site.",
    "comments": "Asks for a comment or serves the comments: prompts, form fields, buttons.",
    "consent": "Asks for consent to cookies or for an address for a newsletter.",
    "copyright": "Names the site's owner, rights, registration or its legal pages.",
    "counter": "Counts views, shares or reading time.",
    "disclaimer": "Disclaims: liability, opinions, reprints, affiliate links.",
    "login": "Asks to log in, register or subscribe.",
    "menu": "An item of a menu or a control of the site.",
    "pager": "Turns pages.",
    "previous-next": "Leads to the previous or next article.",
    "read-more": "Leads to the rest, or to more.",
    "related": "Leads to other articles: a heading for them, or one of them under such a heading.",
    "share": "Shares, saves or follows.",
    "site-box": "The site's own name with its channels.",
    "tags": "Lists the article's tags or categories.",
    "tools": "Prints, closes, changes the font size, reads aloud.",
}


@dataclass(frozen=True)
class Navigation:
    """Removes lines of boilerplate from what the article stage kept; edits carry the name of their family (`navigation/share`)."""

    name: str = "navigation"
    why: str = "The line is the site's, not the article's."
    names: tuple[str, ...] = tuple(f"navigation/{family}" for family in FAMILIES)

    def find(self, page: Page) -> Iterator[Edit]:
        known = phrases()
        text = page.text
        taken = {span.start for span in page.marks if span.kind == "metadata" and span.value != "title"}
        blocks = [block for block in page.blocks if block.role == "article" and block.start not in taken]
        lines = [text[block.start : block.end] for block in blocks]
        hits = [hit_of(line, known) if len(line) <= LONGEST else None for line in lines]
        if not any(hits):
            return
        for block, verdict in zip(blocks, decided([Line(*line) for line in zip(lines, hits, strict=True)]), strict=True):
            if verdict is not None:
                note = "in company" if verdict.kind not in SURE else ""
                yield Edit(block.start, block.end, "", f"navigation/{verdict.family}", note, 0.9 if note else 1.0)
