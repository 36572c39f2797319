"""What should change and why: the rules, and the one function that asks them."""

from __future__ import annotations

from cleaner.edits import Edit, settle
from cleaner.options import Options
from cleaner.page import Page
from cleaner.rules.outside import Outside
from cleaner.rules.place_list import PlaceList
from cleaner.rules.rule import Rule

__all__ = ["RULES", "removals_of"]

RULES: tuple[Rule, ...] = (PlaceList(), Outside())


def removals_of(page: Page, options: Options) -> tuple[Edit, ...]:
    """The removals that all chosen rules propose for a page, settled: sorted, disjoint, each with its rule."""
    claims: list[Edit] = []
    for rule in (*RULES, *options.rules):
        if options.chosen(rule.name):
            claims.extend(rule.find(page))
    return settle(claims)
