"""The spam rules together, asked with one survey of the page.

Each is a rule of its own; together they look at the words once instead of five times. `names` tells `select` and `ignore` what is in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.hidden_text import HiddenText
from cleaner.rules.insertion import Insertion
from cleaner.rules.keyword_head import KeywordHead
from cleaner.rules.keyword_list import KeywordList
from cleaner.rules.link_farm import LinkFarm
from cleaner.rules.place_list import PlaceList
from cleaner.rules.rule import Rule
from cleaner.rules.survey import survey_of

__all__ = ["FAMILIES", "Spam"]


@dataclass(frozen=True)
class Spam:
    """All spam rules; what each leaves alone is said there."""

    name: str = "spam"
    why: str = "Put on the page for search engines, not for its readers."
    place_list: PlaceList = field(default_factory=PlaceList)
    keyword_head: KeywordHead = field(default_factory=KeywordHead)
    keyword_list: KeywordList = field(default_factory=KeywordList)
    hidden_text: HiddenText = field(default_factory=HiddenText)
    link_farm: LinkFarm = field(default_factory=LinkFarm)
    insertion: Insertion = field(default_factory=Insertion)

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self.place_list, self.keyword_head, self.keyword_list, self.hidden_text, self.link_farm, self.insertion)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(rule.name for rule in self.rules)

    def find(self, page: Page) -> Iterator[Edit]:
        if not page.blocks:
            return
        survey = survey_of(page)
        yield from self.place_list.find(page, survey)
        if survey.named:
            yield from self.keyword_head.find(page, survey)
            yield from self.keyword_list.find(page, survey)
        if page.marks:
            yield from self.hidden_text.find(page, survey)
        if page.kind == "html":
            yield from self.link_farm.find(page, survey)
        yield from self.insertion.find(page, survey)


# The names that this rule gives, each with the sentence for the report.
FAMILIES = {rule.name.rpartition("/")[2]: rule.why for rule in Spam().rules}
