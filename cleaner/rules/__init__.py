"""What should change and why: the rules, and the one function that asks them."""

from __future__ import annotations

from cleaner.edits import Edit, settle
from cleaner.options import Options
from cleaner.page import Page
from cleaner.rules.byline import Byline
from cleaner.rules.navigation import Navigation
from cleaner.rules.outside import Outside
from cleaner.rules.own_list import OWN_LISTS, own_lists
from cleaner.rules.rule import Rule
from cleaner.rules.site_template import SITE_RULES, site_templates
from cleaner.rules.spam import Spam
from cleaner.rules.title import Title

__all__ = ["OWN_LISTS", "RULES", "SITE_RULES", "own_lists", "removals_of", "site_templates"]

RULES: tuple[Rule, ...] = (Spam(), Navigation(), Byline(), Title(), Outside())


def removals_of(page: Page, options: Options) -> tuple[Edit, ...]:
    """The removals that all chosen rules propose for a page, settled: sorted, disjoint, each with its rule.

    A rule that gives edits of several names lists them in `names`; `select` and `ignore` then choose among its edits.
    """
    claims: list[Edit] = []
    learned = site_templates(options.templates, shared=options.shared_blocks)
    for rule in (*RULES, *own_lists(options.lists), *learned, *options.rules):
        if any(options.chosen(name) for name in getattr(rule, "names", (rule.name,))):
            claims.extend(edit for edit in rule.find(page) if options.chosen(edit.rule))
    return settle(claims)
