"""navigation/*: lines that a site adds to every page: breadcrumbs, pagers, share bars, prompts, notices.

Most of them are the same few thousand phrases on millions of pages, so a list decides: a short line whose key is listed, or begins as listed, is
boilerplate whatever the markup; that is what makes the rule work on text dumps, where there is no markup. Phrases that an article could hold as
a line of its own need company. What is left alone: credits and captions, headings, dialogue, tables, and every sentence that merely
mentions sharing or printing, because only whole lines are compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.navigation_context import SURE, Line, decided
from cleaner.rules.navigation_html import html_lines
from cleaner.rules.navigation_learned import learned
from cleaner.rules.navigation_lines import LONGEST, hit_of
from cleaner.rules.navigation_phrases import Phrase, phrases

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
    "source": "Says when and where the text was published, or who edited it.",
    "surroundings": "Stands among the site's own lines and looks like them: sections, headlines of other articles, names, counts.",
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
        if page.kind == "html":
            for block, phrase in html_lines(page):
                if not any(span.start == block.start and span.kind == "metadata" for span in page.marks):
                    yield Edit(block.start, block.end, "", f"navigation/{phrase.family}")
            return
        marked = {span.start for span in page.marks if span.kind == "metadata" and span.value != "title"}
        blocks = [block for block in page.blocks if block.role == "article" and block.start not in marked]
        yield from self._of_text(page, blocks)

    def _of_text(self, page: Page, blocks: Sequence[Block]) -> Iterator[Edit]:
        """The lines of a text: by lists and company, then by looks and place."""
        known = phrases()
        text, title = page.text, page.metadata.title
        lines = [text[block.start : block.end] for block in blocks]
        hits = [hit_of(line, known) if len(line) <= LONGEST else None for line in lines]
        if not any(hits):
            return
        verdicts = decided([Line(*line) for line in zip(lines, hits, strict=True)])
        extra = learned(lines, hits, [verdict is not None for verdict in verdicts])
        headings = _headings(page, blocks, hits)
        for number, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
            if number in headings or (lines[number].strip() == title and hits[number] is None):
                continue
            if verdict is not None:
                note = "in company" if verdict.kind not in SURE else ""
                yield Edit(block.start, block.end, "", f"navigation/{verdict.family}", note, 0.9 if note else 1.0)
            elif number in extra:
                yield Edit(
                    block.start, block.end, "", "navigation/surroundings", "by its looks and its place", round(extra[number], 3)
                )


def _headings(page: Page, blocks: Sequence[Block], hits: Sequence[Phrase | None]) -> set[int]:
    """The lines right above a line with source, date or author: the headline, whatever stands around it."""
    below = {block.start for block, hit in zip(blocks, hits, strict=True) if hit and hit.family == "source"}
    below |= {span.start for span in page.marks if span.kind == "metadata" and span.value in ("published", "credit", "author")}
    starts = [block.start for block in page.blocks]
    above = {starts[i] for i in (bisect_right(starts, start) - 2 for start in below) if i >= 0}
    return {number for number, block in enumerate(blocks) if block.start in above and hits[number] is None}
