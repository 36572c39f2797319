"""The container that an article stands in.

Sites name it: class="entry-content" (WordPress), itemprop="articleBody" (schema.org), class="article__body". Of a page that is likely an article, what
stands outside the containers with such a name is another article, a box of teasers, a wall of consent or a call for donations, however much it reads
like the article. Where nothing is named so, a page that surely is an article has its container chosen by the highest expected F1.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cleaner.article.judge import Judged

__all__ = ["CONSTANTS", "LIKELY", "NAMES", "SURE", "contained", "is_named"]

LIKELY = 0.5  # chance that the page is an article, from which on named containers count; .7: scrapinghub -.002, magic-html articles -.008
SURE = 0.7  # the same where nothing is named
OUTER = 0.5  # factor outside the container of highest expected F1: scrapinghub +.002, magic-html articles +.003 (both halves); .3: articles -.003
LEAD = 20  # blocks before that container that keep theirs, for leads and first paragraphs that stand apart; 8: snippets -.002; none: -.012
FAR = 0.1  # factor outside named containers: magic-html articles +.033, mix +.002; .3: +.022
NAMED_LEAD = 8  # blocks before them; 4 to 20 differ by .001
NAMED_TOKENS = 40  # likely tokens in a container that counts; 60: magic-html articles -.008
NAMED_SHARE = 0.5  # and their share of its tokens
LITTLE = 0.5  # of the page's likely tokens, under which the title must stand close before; without that a wrong name costs most of a page (2 of 532)
NEAR_TITLE = 12  # blocks; 8 and 20 give the same
CONSTANTS = (SURE, OUTER, LEAD, LIKELY, FAR, NAMED_LEAD, NAMED_TOKENS, NAMED_SHARE, LITTLE, NEAR_TITLE)

# What an article is called, and its text, as the templates of content management systems join them. Names of pages and columns ("page-content",
# "main-content", "single-post__content") hold more than the article, names of components ("rich-text", "wysiwyg") less.
_ARTICLES = ("article", "entry", "post", "story", "news", "blog", "blogpost", "blog-post", "blog-item", "art")
_JOINTS = ("", "-", "_", "--", "__", "-_", "_-")
_TEXTS = ("content", "body", "text", "copy", "txt")
_OTHERS = (
    "article-detail articledetail article-main post-entry e-content storytext available-content gh-content hs_cos_wrapper_post_body"
    " trs_editor rich_media_content newstext contenttext zwnr"
).split()
NAMES = sorted({"".join(parts) for parts in product(_ARTICLES, _JOINTS, _TEXTS)}.union(_OTHERS))
_KNOWN = frozenset(NAMES)
_PREFIX = re.compile(r"elementor-widget-theme-|wp-block-|[a-z]{1,3}-")  # of page builders and of styles of naming: "td-", "js-", "c-"
NAMED_CHARS = 1_000  # characters of a tag's attributes that are read
_VALUE = re.compile(
    r"(?:^|[ \t\n\r\f])(?:class|id|itemprop)[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\r\f\"'>]++))",
    re.IGNORECASE | re.ASCII,
)

Doubles = NDArray[np.float64]


def is_named(written: str | None) -> bool:
    """Whether a tag's attributes call it the text of an article.

    >>> is_named('class="wide td-post-content"'), is_named('itemprop=articleBody'), is_named('class="post-content-wrapper"')
    (True, True, False)
    """
    for match in _VALUE.finditer(written[:NAMED_CHARS]) if written else ():
        for name in re.split(r"[ \t\n\r\f]", next(filter(None, match.groups()), "")):
            lowered = name.lower()
            prefix = _PREFIX.match(lowered)
            if lowered in _KNOWN or (prefix and lowered[prefix.end() :] in _KNOWN):
                return True
    return False


def contained(probabilities: Doubles, page: Judged) -> Doubles:
    """Make blocks less likely that stand outside the article's container, where the page is an article."""
    article = page.chances[0]
    if article < LIKELY:
        return probabilities
    likely = np.concatenate(((0.0,), np.cumsum(probabilities * page.tokens)))
    if (stretch := _named_stretch(likely, page)) is not None:
        return _outside(probabilities, stretch[0] - NAMED_LEAD, stretch[1], FAR)
    if article < SURE:
        return probabilities
    firsts, lasts = page.tree.firsts, page.tree.lasts
    reached = (likely[lasts] - likely[firsts]) / (page.before[lasts] - page.before[firsts] + likely[-1] + 1e-9)
    best = int(np.argmax(reached))
    return _outside(probabilities, int(firsts[best]) - LEAD, int(lasts[best]), OUTER)


def _outside(probabilities: Doubles, first: int, last: int, factor: float) -> Doubles:
    result = factor * probabilities
    result[max(first, 0) : last] = probabilities[max(first, 0) : last]
    return result


def _named_stretch(likely: Doubles, page: Judged) -> tuple[int, int] | None:
    """From the first to the last of the containers that are named as the article's text and hold likely text."""
    firsts, lasts = page.tree.firsts[page.tree.named], page.tree.lasts[page.tree.named]
    held = likely[lasts] - likely[firsts]
    good = (held >= NAMED_TOKENS) & (held >= NAMED_SHARE * (page.before[lasts] - page.before[firsts]))
    if not good.any():
        return None
    first, last = int(firsts[good].min()), int(lasts[good].max())
    if likely[last] - likely[first] < LITTLE * likely[-1] and not (page.title >= 0 and 0 <= first - page.title <= NEAR_TITLE):
        return None
    return first, last
