"""Which blocks of a page are the article: measured, judged by a learned tagger, chosen by expected F1.

`judge` does it, in C where that was built: `features` measures blocks and containers, `context` what is around them, `kinds` tells the kind of page, the
trees of `model` give probabilities, `choice` cuts. `opinion` asks trafilatura where an option wants it; `comments` tells comments from the rest of what goes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cleaner.article import choice, judge, kinds, model, opinion
from cleaner.article.comments import comment_blocks
from cleaner.options import Options
from cleaner.page import Page, Role, Structure

__all__ = ["with_roles"]

MOST_BLOCKS = (
    20_000  # the longest development page has 2,615; a page of more is a dump, and judging it would take seconds and gigabytes
)
UNSURE = 0.6  # confidence under which "consensus" asks trafilatura: the least sure 4 % of the development pages
VOTE = 0.5  # weight of its vote
SHORT_LINKS = 0.5  # share of link text of a comment block that goes even with comments="keep"


def with_roles(page: Page, options: Options) -> Page:
    """Give every block its role, and the page its type and confidence. A page of plain text keeps all its lines."""
    structure = page.structure
    if page.kind == "text" or structure is None or options.extractor == "none" or not page.blocks:
        empty = page.kind == "html" and not page.text
        return replace(page, structure=None, confidence=0.0 if empty else 1.0)
    if len(page.blocks) > MOST_BLOCKS:
        return _plain(page)
    weights = model.model()
    found = judge.decided(page, structure, weights)
    scores, kept, confidence = found.scores, found.kept, found.confidence
    if options.extractor == "trafilatura" or (options.extractor == "consensus" and confidence < UNSURE):
        scores, kept, confidence = _with_opinion(page, structure, scores, found.tokens, options)
    choice.with_captions(page, kept, scores)
    choice.without_teasers(page, kept)
    choice.without_copies(page, kept)
    choice.without_last_links(page, kept, float(found.chances[0]))
    kind = kinds.KINDS[int(np.argmax(found.chances))]
    roles = _roles(kept, scores, page, structure, found.tokens, options)
    blocks = judge.relabelled(page.blocks, roles, scores)
    return replace(page, blocks=blocks, structure=None, page_type=kind, confidence=confidence)


def _plain(page: Page) -> Page:
    """Roles for a page of very many blocks, by a rule that costs nothing: what is seen and is not mostly link."""
    roles: list[Role] = [
        "outside" if block.hidden or block.link_chars > SHORT_LINKS * (block.end - block.start) else "article"
        for block in page.blocks
    ]
    blocks = tuple(
        [block if role == "article" else block._replace(role=role) for block, role in zip(page.blocks, roles, strict=True)]
    )
    return replace(page, blocks=blocks, structure=None, page_type="collection", confidence=0.0)


def _with_opinion(
    page: Page, structure: Structure, scores: NDArray[np.float64], tokens: NDArray[np.float64], options: Options
) -> tuple[NDArray[np.float64], NDArray[np.bool_], float]:
    """Trafilatura's vote instead of ours, or beside it."""
    votes = opinion.votes(page, structure.source) if opinion.may_be_asked(structure.source) else None
    if votes is not None:
        ballot = np.array(votes, dtype=float)
        scores = ballot if options.extractor == "trafilatura" else (1 - VOTE) * scores + VOTE * ballot
        if options.extractor == "trafilatura":
            return scores, ballot > 0, 1.0
    return (scores, *choice.chosen(scores, tokens))


def _roles(
    kept: NDArray[np.bool_],
    scores: NDArray[np.float64],
    page: Page,
    structure: Structure,
    tokens: NDArray[np.float64],
    options: Options,
) -> list[Role]:
    """Roles by what is kept and what the caller wants of comments."""
    roles: list[Role] = ["article" if keep else "outside" for keep in kept.tolist()]
    if options.comments == "auto":
        return roles
    comments = comment_blocks(structure, tokens)
    if options.comments == "remove" and tokens[comments & kept].sum() > 0.5 * tokens[kept].sum():
        return roles  # the comments are the page: a thread
    for number in np.flatnonzero(comments).tolist():
        block = page.blocks[number]
        if options.comments == "remove":
            roles[number] = "comment"
        elif not block.hidden and tokens[number] > 2 and block.link_chars <= SHORT_LINKS * (block.end - block.start):
            roles[number] = "article"
    return roles
