"""What of a site's lines is a template.

On how many pages a line must stand depends on how many there are and on what it looks like. A menu or a footer, long runs at the edges of a page, needs few: a
site has layouts, adverts take turns. A long sentence needs half of the pages: stories are quoted, syndicated, published again as they grow. What stands alone
in the middle of the text is the title of a section, the head of a table, a refrain, and goes only when it is a whole sentence or a link on most pages.
"""

from __future__ import annotations

from collections import Counter
from math import ceil, sqrt

from cleaner.rules.site_file import Row
from cleaner.sites.counts import Counted, Line, hosts_of, lines_of, tags_of

__all__ = ["LEAST_PAGES", "least", "rows_of"]

LEAST_PAGES = 5  # of a site; with fewer nobody can tell a template from a story that was published twice
LEAST = 8  # pages a line must be on
FEW = 0.8  # share of the pages where these are too few for that: a shop's words for its goods stand on 7 of 10 pages of it
ROOT = 1.1  # times the root of the number of pages, for large sites: 11 of 100, 25 of 500
HALF = 0.5  # share of the pages for sentences and for what stands in the middle
MOST = 0.8  # share of the pages for short lines in the middle; chosen, not measured: an ingredient or a section's title may stand on more than half
ROUNDS = 4  # of judging, which bounds the time; the loop ends before that when nothing changes
LINKS = 0.3  # share of the pages for links in the middle
MOSTLY = 0.5
NEARLY = 0.9
TITLES = 2  # places that do not count against an edge: a headline that others list at the end stands once on top of its own page
RARE_TAG = 0.05  # share of its places below which an element is taken for chance


def least(pages: int) -> int:
    """On how many of so many pages a line of a menu or a footer must stand."""
    return min(ceil(FEW * pages), max(LEAST, ceil(ROOT * sqrt(pages))))


def rows_of(found: Counted, hosts: int = 1) -> dict[int, Row]:
    """The rows of a site by the hashes of their keys: lines that stand on pages of so many hosts.

    What is no template counts as the pages' own text, and next to more of that more lines turn out to stand alone in it; so the lines are judged again until
    no more of them go.
    """
    pages = len(found.pages)
    if pages < LEAST_PAGES:
        return {}
    need = least(pages)
    on_hosts = hosts_of(found.pages) if hosts > 1 else found.on
    keys = [key for key, count in found.on.items() if count >= need and on_hosts[key] >= hosts]
    if not keys:
        return {}
    for _ in range(ROUNDS):
        lines = lines_of(found, keys)
        zones = {key: zone for key, line in lines.items() if (zone := _zone(line, pages))}
        if len(zones) == len(keys):
            break
        keys = list(zones)
    tags = tags_of(found.pages, zones)
    return {key: Row(lines[key].pages, zone, _common(tags[key])) for key, zone in zones.items()}


def _zone(line: Line, pages: int) -> str | None:
    """Where a line of a template stands; None for what is none. What nearly all pages have in long runs of such lines goes from these, whatever it is elsewhere: the
    title of a section in a table of contents, a product in the menu."""
    zone = _own_zone(line, pages)
    if (
        zone is None
        and line.has_letters
        and line.heads_row < MOSTLY * line.places
        and min(line.pages, line.in_run) >= MOST * pages
    ):
        return "run"
    return zone


def _own_zone(line: Line, pages: int) -> str | None:
    """Where a line stands by itself, wherever it does."""
    share, places = line.pages / pages, line.places
    linked, sentence = line.linked >= MOSTLY * places, line.sentence >= MOSTLY * places
    if line.heads_row >= MOSTLY * places:
        return None
    slack = max((1 - NEARLY) * places, min(TITLES, places // 4))
    zone = next(
        (name for name, at in (("top", line.top), ("end", line.end), ("edge", line.top + line.end)) if places - at <= slack),
        "any",
    )
    often = line.again >= MOSTLY * line.pages
    if line.inside >= MOSTLY * places:
        return "any" if share >= (LINKS if linked else HALF) and (linked or (sentence and not often)) else None
    if not line.has_letters:
        return zone if zone != "any" and share >= HALF else None
    if zone == "any":
        return zone if share >= (LINKS if linked else HALF if sentence else MOST) and (linked or not often) else None
    return zone if share >= (HALF if sentence and line.is_long and not linked else 0) else None


def _common(tags: Counter[str]) -> frozenset[str]:
    """The elements of a line; none for one that stood in texts."""
    least = RARE_TAG * tags.total()
    common = frozenset(tag for tag, count in tags.items() if count >= least)
    return frozenset() if "*" in common else common
