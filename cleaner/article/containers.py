"""The containers that an article or the posts of a thread stand in.

Sites name it: class="entry-content" (WordPress), itemprop="articleBody" (schema.org), class="article__body". Of a page that is likely an article, what
stands outside the containers with such a name is another article, a box of teasers, a wall of consent or a call for donations, however much it reads
like the article. Where nothing is named so, a page that surely is an article has its container chosen by the highest expected F1. Forums name the text of
a post as well; what stands between posts is its writer's box, the votes, the signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleaner.article.kinds import KINDS

if TYPE_CHECKING:
    from cleaner.article.judge import Judged

__all__ = ["CONSTANTS", "LIKELY", "contained"]

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
THREAD = KINDS.index("forum")
BETWEEN = 0.3  # factor outside the posts of a page that is likely a forum (LIKELY): forums +.002, of magic-html +.003; .1 and .5 differ by .001
POST_LEAD = 4  # blocks before the first post
POSTS_SHARE = 0.5  # of the page's likely tokens that stand in posts
CONSTANTS = (
    SURE,
    OUTER,
    LEAD,
    LIKELY,
    FAR,
    NAMED_LEAD,
    NAMED_TOKENS,
    NAMED_SHARE,
    LITTLE,
    NEAR_TITLE,
    THREAD,
    BETWEEN,
    POST_LEAD,
    POSTS_SHARE,
)

Doubles = NDArray[np.float64]


def contained(probabilities: Doubles, page: Judged) -> Doubles:
    """Make blocks less likely that stand outside the article's container, where the page is an article, or outside the posts of a forum."""
    article = page.chances[0]
    if article < LIKELY and page.chances[THREAD] < LIKELY:
        return probabilities
    likely = np.concatenate(((0.0,), np.cumsum(probabilities * page.tokens)))
    if article < LIKELY:
        return _in_posts(probabilities, likely, page)
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


def _in_posts(probabilities: Doubles, likely: Doubles, page: Judged) -> Doubles:
    """Make blocks less likely that stand outside of posts, where most of the likely text stands in posts."""
    firsts, lasts = page.tree.firsts[page.tree.posts], page.tree.lasts[page.tree.posts]
    if not len(firsts) or (likely[lasts] - likely[firsts]).sum() < POSTS_SHARE * likely[-1]:
        return probabilities
    factor = np.full(len(probabilities), BETWEEN)
    first = int(firsts.min())
    factor[max(first - POST_LEAD, 0) : first] = 1
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        factor[first:last] = 1
    return factor * probabilities
