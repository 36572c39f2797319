"""From probabilities to blocks: the cut of highest expected F1, and nothing twice.

With the probabilities taken at their word, keeping the blocks above a cut has the expected F1 2·Σp·w / (Σw + Σp·w over all blocks), so that the
best cut is found in one sort: it is low on pages where much is likely and high where one piece stands out. The value reached is the confidence.
What stands outside an article's container is made less likely first (`containers`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleaner.article import containers
from cleaner.article.containers import LIKELY
from cleaner.article.features import HEADINGS
from cleaner.page import Block, Page

if TYPE_CHECKING:
    from cleaner.article.judge import Judged

__all__ = [
    "BOILERPLATE",
    "CONSTANTS",
    "chosen",
    "demoted",
    "factors_of",
    "smoothed",
    "with_captions",
    "without_copies",
    "without_last_links",
    "without_teasers",
]

GROUP = 0.5  # share of the group's mean in a block's probability; items of one list are kept or dropped together (wcxb +.001)
TABLE = 1.0  # the same for rows, because half a table is damage (no set moves by more than .001, fixtures/control/poem-pinyin is whole)
TEASER = 250  # characters
TEASER_LINKS = 0.4  # share of link text
# Written for this project: how sites of the larger languages head such a link.
_READ_ALSO = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|related|recommended|more on this|don't miss|lesen sie (?:auch|mehr)|mehr zum thema|lees ook|"
    r"(?:à )?lire aussi|voir aussi|lea (?:también|además)|le puede interesar|leia (?:também|mais)|veja também|leggi anche|czytaj (?:też|także)|"
    r"zobacz (?:też|także)|čtěte (?:také|více)|läs (?:också|även)|les også|læs også|lue myös|citește și|διαβάστε (?:επίσης|ακόμα)|ayrıca okuyun|"
    r"читайте (?:также|ещё|еще)|по теме|читайте також|baca juga|xem thêm|相关阅读|相关新闻|相關新聞|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|更多阅读|関連記事|あわせて読みたい|관련 ?기사)",
    re.IGNORECASE,
)
# Links behind the text of likely articles (LIKELY; from .3 on a list of recipes lost its end).
LAST_LINKS = 2  # blocks; of 18 such runs on 1,625 pages 15 are no part of the text, of single links 30 of 45
ALL_LINK = 0.9  # share of link text of a block that is a link; .7: two parts of articles more
MOST_LINKS = 0.4  # of the kept text; where it is more the page is a list, whatever it was taken for
# Written for this project: how such lists are headed in the larger languages.
_SOURCES = re.compile(
    r"\W*(?:\d+\W{0,3})?(?:references?|sources?|citations?|footnotes?|notes|bibliography|works cited|further reading|literatur|quellen|einzelnachweise"
    r"|références|bibliographie|notes et|referencias|bibliografía|fuentes|referências|fontes|fonti|bibliografia|note|bronnen|źródła|przypisy|källor|referenser"
    r"|источники|литература|примечания|джерела|参考文献|参考资料|参考|參考|脚注|注释|註釋|註腳|出典|참고|각주)",
    re.IGNORECASE,
)
HEADED = 3  # blocks before such links in which their heading stands
TITLED = 60  # characters of a heading
_BETWEEN = frozenset(("figcaption", "h2", "h3", "h4"))
HEADING = 0.2  # probability of a heading between two kept blocks, from which on it is kept: 43 pages better, 17 worse
NEAR = 3  # blocks; the caption, the credit and a caption button come between two paragraphs
LONG = 40  # characters of a block that is looked for among those before it; shorter ones are labels, which repeat rightly
PROBE = 40  # characters from the beginning and the middle of a block that are looked for before it
GIANT = 1_200  # characters of a block that may hold what other blocks hold; paragraphs are shorter
LOOKS = 200  # times that all text before a block is searched, which bounds the time
GIANTS = 100_000  # characters of such blocks that are searched, which bounds the time
SHINGLE = 5  # tokens of a shingle
PRINTED_AGAIN = 3  # copies one behind the other that are no author's repetition; of single ones beside their firsts 3 in 4 are in the gold text
ALIKE = 0.5  # share of a giant's shingles in one block before it; all 7 of the development pages were paragraphs of terms, code and lists
COPIED = 0.8  # share of a block's shingles that have been seen; true copies reach .95, related teasers stay under .5
DEMOTED = 0.3  # factor of their probability
REFUSED = 0.05  # the same where no reader takes it for content: consent, share bars
LETTERS = 0.06  # the same for newsletters, some of which are the article
# The same for comments below an article (scrapinghub +.008, zh-wced +.007, snippets +.002), and for calls to act and slides in it (16 pages better, 4
# worse; on other kinds they may be the content).
COMMENTED = 0.2
SURE = 0.7  # chance that the page is an article, whose comments go; .5: Chinese forums -.008
SMALL = 0.4  # of the page's tokens; a container that holds more is the page, whatever it is called
TITLED_TOKENS = (
    60  # of a container with the title, which is no box beside the article: class="newsletter-post" above many comments
)
MOST = 0.75  # the same for the others: a cookie wall or the comments may be longer than a short article
BOILERPLATE = {
    word: factor
    for factor, words in (
        (
            DEMOTED,
            """related recommended recommendations promo sidebar advert ads advertisement social share sharing breadcrumb breadcrumbs crumb
            subscribe signup banner footer nav menu popup modal""",
        ),
        (
            REFUSED,
            "cookie cookies consent gdpr onetrust cookiebanner cookieconsent didomi sharedaddy relatedposts",
        ),
        (LETTERS, "newsletter newsletters"),
        (COMMENTED, "comment comments commentlist commentarea commentform disqus respond replies pinglun cta carousel"),
    )
    for word in words.split()
}
# As the extension takes them.
CONSTANTS = np.array(
    (DEMOTED, REFUSED, COMMENTED, LETTERS, SURE, SMALL, MOST, GROUP, TABLE, TITLED_TOKENS, *containers.CONSTANTS)
)
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")

Doubles = NDArray[np.float64]


def factors_of(words: list[str]) -> Doubles:
    """The factor of each known word."""
    return np.array([BOILERPLATE.get(word, 1.0) for word in words])


def demoted(page: Judged, factors: Doubles) -> Doubles:
    """Make blocks less likely that stand in small containers whose class, id or role names boilerplate (`factors`: one a known word), or comments
    where the page surely is an article. What holds the page's title and some text is neither."""
    probabilities, tree, sums = page.probabilities, page.tree, page.before
    lowering = factors[tree.words]
    some = np.flatnonzero((lowering < 1) & ((lowering != COMMENTED) | (page.chances[0] >= SURE)))
    if not len(some):
        return probabilities
    rows, lowering = tree.owners[some], lowering[some]
    firsts, lasts = tree.firsts[rows], tree.lasts[rows]
    sizes = sums[lasts] - sums[firsts]
    titled = (firsts <= page.title) & (page.title < lasts) & (sizes >= TITLED_TOKENS)
    small = (sizes <= np.where((lowering == DEMOTED) | (lowering == LETTERS), SMALL, MOST) * sums[-1]) & ~titled
    factor = np.ones(len(probabilities))
    for value in (DEMOTED, COMMENTED, LETTERS, REFUSED):  # the lowest last
        chosen_rows = small & (lowering == value)
        change = np.bincount(firsts[chosen_rows], minlength=len(sums)) - np.bincount(lasts[chosen_rows], minlength=len(sums))
        factor[np.cumsum(change)[:-1] > 0] = value
    return factor * probabilities


def smoothed(probabilities: Doubles, page: Judged) -> Doubles:
    """Pull the blocks of a group (one path, one tag) together; the rows of a table all the way."""
    groups = page.groups
    weight = np.sqrt(page.tokens) + 0.1
    mean = np.bincount(groups, weights=weight * probabilities) / np.bincount(groups, weights=weight)
    share = np.where(page.table_rows, TABLE, GROUP)
    return np.asarray((1 - share) * probabilities + share * mean[groups])


def chosen(probabilities: Doubles, tokens: Doubles) -> tuple[NDArray[np.bool_], float]:
    """Which blocks to keep, and the F1 expected of that."""
    weight = np.maximum(tokens, 1e-9)
    order = np.argsort(-probabilities, kind="stable")
    likely = (probabilities * weight)[order]
    sums = np.cumsum(likely)
    reached = 2 * sums / (np.cumsum(weight[order]) + sums[-1])
    best = int(np.argmax(reached))
    kept = np.zeros(len(probabilities), dtype=bool)
    kept[order[: best + 1]] = True
    return kept, float(reached[best])


def without_teasers(page: Page, kept: NDArray[np.bool_]) -> None:
    """Drop links to other articles that stand between the paragraphs: a short block, mostly link, that begins with words for "read also"."""
    for number in np.flatnonzero(kept).tolist():
        block = page.blocks[number]
        if not block.link_chars:
            continue
        size = block.end - block.start
        if size <= TEASER and block.link_chars >= TEASER_LINKS * size and _READ_ALSO.match(page.text, block.start, block.end):
            kept[number] = False


def without_last_links(page: Page, kept: NDArray[np.bool_], article: float) -> None:
    """Drop the links to other pages behind the text of an article, with the heading of theirs that was kept; sources and references stay.

    article: the chance that the page is an article.
    """
    numbers = np.flatnonzero(kept).tolist() if article >= LIKELY else []
    blocks = page.blocks
    first = len(numbers)
    while first and blocks[numbers[first - 1]].link_chars >= ALL_LINK * _size(blocks[numbers[first - 1]]):
        first -= 1
    if not first or len(numbers) - first < LAST_LINKS or _are_sources(page, numbers[first]):
        return
    while first and blocks[numbers[first - 1]].tag in HEADINGS:
        first -= 1
    last = sum(_size(blocks[number]) for number in numbers[first:])
    if first and last <= MOST_LINKS * sum(_size(blocks[number]) for number in numbers):
        kept[numbers[first:]] = False


def _size(block: Block) -> int:
    return block.end - block.start


def _are_sources(page: Page, number: int) -> bool:
    """Whether a heading close before a block (or the block) calls what follows sources."""
    near = page.blocks[max(0, number - HEADED) : number + 1]
    return any(_size(block) <= TITLED and _SOURCES.match(page.text, block.start, block.end) for block in near)


def with_captions(page: Page, kept: NDArray[np.bool_], scores: Doubles) -> None:
    """Keep the captions of figures that stand in the article (kept blocks close before and behind) and headings that are not quite unlikely
    between two kept blocks.
    """
    keeps = kept.tolist()
    last = len(keeps) - 1
    numbers = [number for number, block in enumerate(page.blocks) if block[2] in _BETWEEN and not keeps[number]]
    for number in numbers:
        block = page.blocks[number]
        if block.hidden:
            continue
        if block.tag == "figcaption":
            kept[number] = any(keeps[max(0, number - NEAR) : number]) and any(keeps[number + 1 : number + 1 + NEAR])
        elif 0 < number < last and keeps[number - 1] and keeps[number + 1] and scores[number] >= HEADING:
            kept[number] = 2 * block.link_chars < _size(block)


def without_copies(page: Page, kept: NDArray[np.bool_]) -> None:
    """Drop blocks whose text has been kept before: pages print an article again for scripts, print and small screens.

    A copy is a block of the same text, or one piece that holds what stood in many blocks (or the other way round): only long blocks are
    looked for before them, and short ones only in long ones. What an author repeats stays: code, and single blocks beside what they repeat (the
    caption of every photograph, the meal of another day).
    """
    firsts: dict[str, int] = {}
    copies: list[tuple[int, int]] = []  # places among the long blocks: of a copy, of its first
    text = page.text
    giants = ""
    looks = 0
    long_blocks = [number for number in np.flatnonzero(kept).tolist() if _size(page.blocks[number]) >= LONG]
    for place, number in enumerate(long_blocks):
        start, end, tag = page.blocks[number][:3]
        if tag == "pre" and not page.blocks[number].hidden:
            continue
        size = end - start
        piece = text[start:end]
        if piece in firsts:
            copies.append((place, firsts[piece]))
            continue
        probes = (piece[:PROBE], piece[(size - PROBE) // 2 :][:PROBE])
        if looks < LOOKS and (size >= GIANT or giants):
            found = any(text.find(probe, 0, start) >= 0 if size >= GIANT else probe in giants for probe in probes)
            looks += found or size >= GIANT
            if found and _is_copied(page, kept, number):
                kept[number] = False
                continue
            if size >= GIANT and len(giants) < GIANTS:
                giants += piece
        firsts[piece] = place
    for run in _runs(copies):
        for copy, first in run:
            one, other = long_blocks[copy], long_blocks[first]
            if len(run) >= PRINTED_AGAIN or page.blocks[one].hidden or not _stand_together(page, one, other):
                kept[one] = False


def _runs(copies: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Copies one behind the other, of firsts one behind the other."""
    runs: list[list[tuple[int, int]]] = []
    for copy, first in copies:
        if runs and runs[-1][-1] == (copy - 1, first - 1):
            runs[-1].append((copy, first))
        else:
            runs.append([(copy, first)])
    return runs


def _stand_together(page: Page, one: int, other: int) -> bool:
    """Whether two blocks stand in the same container, other than those that hold one of them alone."""
    structure = page.structure
    if structure is None:
        return False
    homes = []
    for box in (page.blocks[one].path, page.blocks[other].path):
        while box and structure.lasts[box] - structure.firsts[box] < 2:
            box = structure.parents[box]
        homes.append(box)
    return homes[0] == homes[1]


def _is_copied(page: Page, kept: NDArray[np.bool_], number: int) -> bool:
    """Whether most shingles of a block are in the blocks kept before it; of a giant not, if most are in one of these: it is alike, not printed again."""
    start, end = page.blocks[number][:2]
    before = [page.text[block.start : block.end] for block, keep in zip(page.blocks[:number], kept, strict=False) if keep]
    wanted = _shingles(page.text[start:end])
    if len(wanted & _shingles("\n".join(before))) < COPIED * len(wanted):
        return False
    half = (end - start) // 2
    return end - start < GIANT or not any(
        len(piece) >= half and len(wanted & _shingles(piece)) >= ALIKE * len(wanted) for piece in before
    )


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return set(zip(*(words[place:] for place in range(SHINGLE)), strict=False))
