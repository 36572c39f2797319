"""navigation/site-template, spam/shared-block: what a crawl showed to be the site's, or to be everybody's.

No page alone shows what its site repeats; a file of templates (`cleaner learn`) does. A block goes when its key stands in the rows of the page's host or
domain, in an element and in a part of the page where the site has it. What stays: the page's own title, a line that stands alone in the middle of the text
where the site has it at the edge, every sentence that merely holds such a line, and any page of which nothing would be left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.site_address import address_of_page
from cleaner.rules.site_file import Row, SiteRows, TemplateFile, version_of
from cleaner.rules.site_keys import block_key
from cleaner.rules.site_places import LINKED, TITLE, Place, flags_of, places

__all__ = ["SITE_RULES", "SharedBlock", "SiteTemplate", "site_templates"]

EDGE = 0.35  # of the page's own text before or behind a line that the site has at an edge; learning asks for .25


@dataclass(frozen=True)
class SiteTemplate:
    """Removes what the page's site repeats on its pages; leaves alone what the page says itself, and a page that is nothing else."""

    name: str = "navigation/site-template"
    why: str = "The site has this line on many of its pages."
    file: TemplateFile | None = None

    def find(self, page: Page) -> Iterator[Edit]:
        sites = self._sites(page)
        if not sites:
            return
        blocks, text = page.blocks, page.text
        hits: dict[int, tuple[str, SiteRows]] = {}
        left = False
        for at, block in enumerate(blocks):
            if block.role != "article":
                continue
            key = block_key(text[block.start : block.end])
            found = next((rows for rows in sites if key in rows.rows), None) if key else None
            if found:
                hits[at] = (key, found)
            else:
                left = left or bool(key) or block.end - block.start > 1
        if hits and left:
            yield from self._edits(page, hits, sites)

    def _sites(self, page: Page) -> list[SiteRows]:
        if self.file is None:
            return []
        address = address_of_page(page)
        if address is None:
            only = self.file.only_site()
            names = [only] if only else []
        else:
            names = list(dict.fromkeys((address.host, f"*.{address.domain}")))
        return [found for name in names if (found := self.file.rows_of(name))]

    def _edits(self, page: Page, hits: dict[int, tuple[str, SiteRows]], sites: list[SiteRows]) -> Iterator[Edit]:
        stands = _places_of(page, hits, sites)
        titles, title = _titles_of(page)
        for at, (key, site) in hits.items():
            block, row = page.blocks[at], site.rows[key]
            if key == title or block.start in titles:
                title = ""  # the first of them; a list of headlines may have it again
                continue
            place, flags = stands[at]
            if _fits(row, block, place, flags, is_html=page.kind == "html"):
                on = f"on {row.on:,} of {site.pages:,} pages of" if row.on and site.pages else "listed for"
                yield Edit(block.start, block.end, "", self.name, f"{on} {site.site}", _score(row, site))


def _titles_of(page: Page) -> tuple[set[int], str]:
    """Where the page's title stands, and its key. The title of a text is a guess, often the site's name: there only the place decides."""
    if page.kind == "text":
        return set(), ""
    starts = {span.start for span in page.marks if span.kind == "metadata" and span.value == "title"}
    return starts, block_key(page.metadata.title) if page.metadata.title else ""


def _score(row: Row, site: SiteRows) -> float:
    return min(1.0, row.on / site.pages) if row.on and site.pages else 1.0


def _places_of(page: Page, hits: dict[int, tuple[str, SiteRows]], sites: list[SiteRows]) -> list[tuple[Place, int]]:
    """Place and bits of every block; blocks outside the article count as they did in learning."""
    text, is_html = page.text, page.kind == "html"
    lines = [text[block.start : block.end] for block in page.blocks]
    bits = [flags_of(line, block, is_html=is_html) for line, block in zip(lines, page.blocks, strict=True)]
    repeated = [
        at in hits or (block.role != "article" and any(block_key(line) in rows.rows for rows in sites))
        for at, (line, block) in enumerate(zip(lines, page.blocks, strict=True))
    ]
    return list(zip(places([len(line) for line in lines], bits, repeated), bits, strict=True))


def _fits(row: Row, block: Block, place: Place, flags: int, *, is_html: bool) -> bool:
    """Whether a block stands where and in what the site has it."""
    if is_html and row.tags and block.tag not in row.tags:
        return False
    if row.zone == "any":
        return True
    top, end = place.position <= EDGE, place.position >= 1 - EDGE
    if not {"top": top, "end": end, "edge": top or end}[row.zone]:
        return False
    return not (place.heads_row or (place.inside and flags & TITLE and not flags & LINKED))


@dataclass(frozen=True)
class SharedBlock:
    """Removes lines that stand on many unrelated sites: kits, watermarks, adverts. Only runs when asked, after somebody has looked through the list; leaves
    every block alone that says a word more."""

    name: str = "spam/shared-block"
    why: str = "Many unrelated sites have this line; the list was reviewed by the caller."
    file: TemplateFile | None = None

    def find(self, page: Page) -> Iterator[Edit]:
        rows = self.file.shared() if self.file else {}
        if not rows:
            return
        for block in page.blocks:
            if block.role == "article" and (row := rows.get(block_key(page.text[block.start : block.end]))):
                note = f"on {row.on:,} unrelated sites" if row.on else "listed as shared"
                yield Edit(block.start, block.end, "", self.name, note)


def site_templates(paths: Sequence[str], *, shared: bool = False) -> tuple[SiteTemplate | SharedBlock, ...]:
    """The rules of files of templates. A file that is missing or wrong raises ValueError with a sentence."""
    rules: list[SiteTemplate | SharedBlock] = []
    for path in paths:
        file = _opened(path, version_of(path))
        rules.append(SiteTemplate(file=file))
        if shared:
            rules.append(SharedBlock(file=file))
    return tuple(rules)


@lru_cache(maxsize=8)
def _opened(path: str, version: tuple[int, int]) -> TemplateFile:
    return TemplateFile(path)


# Without a file: for those who list the names of rules.
SITE_RULES = (SiteTemplate(), SharedBlock())
