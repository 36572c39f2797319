"""spam/insertion: what is put into the text of somebody else's article.

Signs between the letters of words, a mark of the copying site behind every paragraph, an advert with a telephone number between two paragraphs, a linked
money phrase in a sentence, a keyword pasted into it. Each leaves a pattern that writers do not: the same on every paragraph, in the midst of words, or foreign to everything else on
the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.edits import Edit
from cleaner.page import Page
from cleaner.rules.insertion_adverts import Advert
from cleaner.rules.insertion_links import MoneyLink
from cleaner.rules.insertion_marks import Watermark
from cleaner.rules.insertion_pasted import Pasted
from cleaner.rules.insertion_signs import Signs
from cleaner.rules.survey import Survey, survey_of

__all__ = ["Insertion"]


@dataclass(frozen=True)
class Insertion:
    """Removes signs inside words (or puts look-alike letters right), watermarks, adverts between paragraphs, money phrases linked in sentences and keywords
    pasted into them.

    Leaves alone: joiners and soft hyphens outside Chinese words, refrains, contact lines and notices that the page is about, links of the article's own subject.
    """

    name: str = "spam/insertion"
    why: str = "Put into the text by those who copied or hacked the page."
    signs: Signs = field(default_factory=Signs)
    watermark: Watermark = field(default_factory=Watermark)
    advert: Advert = field(default_factory=Advert)
    links: MoneyLink = field(default_factory=MoneyLink)
    pasted: Pasted = field(default_factory=Pasted)

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        survey = survey or survey_of(page)
        for part in (self.signs, self.watermark, self.advert, self.links, self.pasted):
            yield from part.find(page, survey)
