"""navigation/site-template, spam/shared-block: what a crawl showed to be the site's, or to be everybody's.

No page alone shows what its site repeats; a file of templates (`cleaner learn`) does. A block goes when its key stands in the rows of the page's host or
domain, in an element and in a part of the page where the site has it. What stays: the page's own title, a line that stands alone in the middle of the text
where the site has it at the edge, every sentence that merely holds such a line, and any page of which nothing would be left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.site_address import Address, address_of_page
from cleaner.rules.site_file import Row, SiteRows, TemplateFile, version_of
from cleaner.rules.site_keys import block_key, hash_of
from cleaner.rules.site_lines import Lines, lines_of
from cleaner.rules.site_places import ARTICLE, AT_END, AT_TOP, FEW, HEADS_ROW, IN_RUN, INSIDE, LINKED, TITLE, places

__all__ = ["SITE_RULES", "SharedBlock", "SiteTemplate", "site_templates"]

EDGE = 0.35  # of the page's own text before or behind a line that the site has at an edge; learning asks for .25


@dataclass(frozen=True)
class SiteTemplate:
    """Removes what the page's site repeats on its pages; leaves alone what the page says itself, and a page that is nothing else."""

    name: str = "navigation/site-template"
    why: str = "The site has this line on many of its pages."
    file: TemplateFile | None = None

    def find(self, page: Page) -> Iterator[Edit]:
        sites = self._sites(address_of_page(page))
        if not sites:
            return
        lines = lines_of(page)
        known = {key: site for site in reversed(sites) for key in site.rows.keys() & lines.hashes}  # the host before the domain
        hits: dict[int, int] = {}
        left = False
        for at, (key, size, bits) in enumerate(zip(*lines, strict=True)):
            if not bits & ARTICLE:
                continue
            if key in known:
                hits[at] = key
            else:
                left = left or bool(key) or size > 1
        if hits and left:
            yield from self._edits(page, lines, hits, known)

    def touches(self, address: Address | None, lines: Lines) -> bool:
        """Whether a page of that address, with those lines, can have edits: True for all that have some, and for few that have none."""
        return any(_has_any(site.rows, lines) for site in self._sites(address))

    def _sites(self, address: Address | None) -> list[SiteRows]:
        if self.file is None:
            return []
        if address is None:
            only = self.file.only_site()
            names = [only] if only else []
        else:
            names = list(dict.fromkeys((address.host, f"*.{address.domain}")))
        return [found for name in names if (found := self.file.rows_of(name))]

    def _edits(self, page: Page, lines: Lines, hits: dict[int, int], known: dict[int, SiteRows]) -> Iterator[Edit]:
        stands = _places_of(lines, known)
        titles, title = _titles_of(page)
        for at, key in hits.items():
            block, site = page.blocks[at], known[key]
            row = site.rows[key]
            if key == title or block.start in titles:
                title = 0  # the first of them; a list of headlines may have it again
                continue
            where = stands[at] if _goes_on(stands, at, len(page.blocks)) else stands[at] & ~IN_RUN
            if _fits(row, block, where, lines.bits[at], is_html=page.kind == "html"):
                on = f"on {row.on:,} of {site.pages:,} pages of" if row.on and site.pages else "listed for"
                yield Edit(block.start, block.end, "", self.name, f"{on} {site.site}", _score(row, site))


def _titles_of(page: Page) -> tuple[set[int], int]:
    """Where the page's title stands, and the hash of its key. The title of a text is a guess, often the site's name: there only the place decides."""
    if page.kind == "text":
        return set(), 0
    starts = {span.start for span in page.marks if span.kind == "metadata" and span.value == "title"}
    return starts, hash_of(block_key(page.metadata.title or ""))


def _score(row: Row, site: SiteRows) -> float:
    return min(1.0, row.on / site.pages) if row.on and site.pages else 1.0


def _has_any(rows: dict[int, Row], lines: Lines) -> bool:
    """Whether a line of the article is among rows."""
    return not rows.keys().isdisjoint(compress(lines.hashes, map(ARTICLE.__and__, lines.bits)))


def _places_of(lines: Lines, known: dict[int, SiteRows]) -> dict[int, int]:
    """Where the blocks stand that the site repeats; those outside the article count as they did in learning."""
    return places(lines.sizes, lines.bits, bytes(map(known.__contains__, lines.hashes)), EDGE)


def _goes_on(stands: dict[int, int], at: int, count: int) -> bool:
    """Whether lines of the site follow: the last of a run may be the titles of the text behind it."""
    return all(following in stands for following in range(at + 1, min(at + 1 + FEW, count)))


def _fits(row: Row, block: Block, where: int, bits: int, *, is_html: bool) -> bool:
    """Whether a block stands where and in what the site has it."""
    if is_html and row.tags and block.tag not in row.tags:
        return False
    if row.zone == "any":
        return True
    if not where & {"top": AT_TOP, "end": AT_END, "edge": AT_TOP | AT_END, "run": IN_RUN}[row.zone]:
        return False
    return not (where & HEADS_ROW or (where & INSIDE and bits & (TITLE | LINKED) == TITLE))


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
        lines = lines_of(page)
        for block, key, bits in zip(page.blocks, lines.hashes, lines.bits, strict=True):
            if bits & ARTICLE and (row := rows.get(key)):
                note = f"on {row.on:,} unrelated sites" if row.on else "listed as shared"
                yield Edit(block.start, block.end, "", self.name, note)

    def touches(self, _: Address | None, lines: Lines) -> bool:
        """Whether a page with those lines has edits."""
        return self.file is not None and _has_any(self.file.shared(), lines)


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
