"""spam/place-list: the names of counties and cities that a mirror kit appends to the pages it steals.

Hundreds of counties stand in honest notices too. What gives the kit away is that its names are drawn at random: neighbours share
no province, follow no code and no alphabet. Random order alone is no proof (a ranking looks random too), so a run must also stand where nobody
writes one, and nothing may introduce it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.han import script_of
from cleaner.rules.place_order import Order, order_of
from cleaner.rules.place_words import LABEL, SENTENCE_END, goes_on, introduces
from cleaner.rules.places import MIN_NAMES, Run, runs_of
from cleaner.rules.survey import PARAGRAPH, Survey, survey_of
from cleaner.rules.targets import links_in

__all__ = ["PlaceList"]

_ODD = re.compile(r"[|｜_»/·•–—-]")  # between names: signs that prose does not use
_PLAIN_PATH = re.compile(
    r"/?(?:[a-z]{1,12}/)?[0-9a-z]{0,6}[0-9]{2,}+[0-9a-z/_-]{0,40}(?:\.(?:s?html?|php|aspx?|xml))?/?(?:\?[^ ]{0,80})?",
    re.IGNORECASE,
)
MAX_RUNS = 64  # judged on one page; the kit writes one or two
SAMPLE = 24  # names looked for in the body
_start = itemgetter(0)


class Evidence(NamedTuple):
    """What speaks for a run being spam: how often (the weight) and in words."""

    weight: int
    words: tuple[str, ...]
    script: bool  # the list is simplified, the body traditional
    strong: bool  # script, links, hidden or the kit: what an honest list never has


@dataclass(frozen=True)
class PlaceList:
    """Removes runs of place names in random order that stand apart from the text.

    Leaves alone: every list in an order (by province, code or letter), every list with an introduction, a rank, a sentence around it or
    a table, lists of big cities alone, and runs of fewer than six names.
    """

    name: str = "spam/place-list"
    why: str = "A run of place names in random order, as page-mirroring kits append it for search engines."
    min_names: int = 12  # with one signal; shortest list of the kit seen 35, longest run of ordinary pages 5
    min_short: int = 6  # with two signals
    min_ordered: int = 8  # with another script than the body and a place at the edge, where order no longer matters
    max_neighbours: float = 0.25  # neighbours in one province; kit .00-.10, genuine lists .74-.98, A-Z switcher .17
    max_trend: float = 3.5  # z of code and of initial letter; kit below 3.2, genuine lists 7 and more
    max_ties: float = 0.30  # neighbours with one initial; kit .03-.12, switchers .8 and more
    province_share: float = 0.45  # distinct provinces per name, up to `provinces`; kit .51 and more
    provinces: int = 15
    max_big: float = 0.8  # share of cities above county level; kit .30-.55, lists of big cities 1.0
    scattered: float = (
        0.65  # distinct provinces per name of a short run without strong evidence; kit .6-1.0 at six to eleven names
    )
    max_big_short: float = 0.6  # as `max_big`, for these
    body: int = 60  # characters of other text a page must have for the place of a list to mean anything

    def find(self, page: Page, survey: Survey | None = None) -> Iterator[Edit]:
        survey = survey or survey_of(page)
        runs = runs_of(page.text, eastern=survey.eastern, counties=survey.counties >= MIN_NAMES)[:MAX_RUNS]
        if not runs:
            return
        surroundings = _Surroundings(page, runs)
        orders = [order_of(run) for run in runs]
        spam: set[int] = set()
        for _ in range(2):  # a list cut in two: the second part is judged knowing of the first
            for i, (run, order) in enumerate(zip(runs, orders, strict=True)):
                if i not in spam and self._is_spam(run, order, surroundings, bool(spam)):
                    spam.add(i)
            if not spam:
                return
        for i in sorted(spam):
            run, order = runs[i], orders[i]
            words = surroundings.evidence(run, False).words
            note = f"{len(run.known)} of {len(run.places)} names listed, {order.provinces} provinces, {self._order_words(order)}; {', '.join(words)}"
            yield Edit(surroundings.start_of(run), surroundings.end_of(run), "", self.name, note)

    def _is_spam(self, run: Run, order: Order, surroundings: _Surroundings, another: bool) -> bool:
        n = len(run.known)
        random = self._is_random(run, order)
        if not random and n < self.min_ordered:
            return False
        evidence = surroundings.evidence(run, another)
        if not random:
            speaks = evidence.script and evidence.weight >= 3
        elif n >= self.min_names:
            speaks = evidence.weight >= 1
        else:
            speaks = n >= self.min_short and evidence.weight >= 2 and (evidence.strong or self._is_scattered(run, order))
        return speaks and (evidence.script or not surroundings.vetoed(run))  # last, since it may look at the cells of the page

    def _is_random(self, run: Run, order: Order) -> bool:
        n = len(run.known)
        return (
            order.neighbours <= self.max_neighbours
            and abs(order.code) < self.max_trend
            and abs(order.initial) < self.max_trend
            and order.ties < self.max_ties
            and order.scatter >= min(self.province_share * n, self.provinces)
            and sum(1 for place in run.known if place.codes[-1].endswith("00")) <= self.max_big * n
        )

    def _is_scattered(self, run: Run, order: Order) -> bool:
        """A short run that no person would write: nearly each name from another province, most of them small."""
        n = len(run.known)
        big = sum(1 for place in run.known if place.codes[-1].endswith("00"))
        return order.scatter >= self.scattered * n and big <= self.max_big_short * n

    def _order_words(self, order: Order) -> str:
        return "unsorted" if order.neighbours <= self.max_neighbours and abs(order.code) < self.max_trend else "sorted"


class _Surroundings:
    """What stands around the runs of one page."""

    def __init__(self, page: Page, runs: list[Run]) -> None:
        self.page = page
        self.text = page.text
        self.runs = runs
        self._body: str | None = None

    @property
    def body(self) -> str:
        """The text without its runs."""
        if self._body is None:
            pieces: list[str] = []
            position = 0
            for run in self.runs:
                pieces.append(self.text[position : run.start])
                position = max(position, run.end)
            self._body = "".join([*pieces, self.text[position:]])
        return self._body

    def start_of(self, run: Run) -> int:
        """The start of the run with its label (热门城市:) and the brackets or bars in front."""
        line = self._line_before(run)
        label = LABEL.search(line)
        return run.start - len(label[0]) if label else run.start - (len(line) - len(line.rstrip("|｜ \t,，、_-*·•[【「『")))

    def end_of(self, run: Run) -> int:
        return run.end

    def _line_before(self, run: Run) -> str:
        start = self.text.rfind("\n", max(0, run.start - 200), run.start) + 1
        return self.text[max(start, run.start - 200) : run.start]

    def _line_above(self, run: Run) -> str:
        """The last line with text above the line that the run begins in."""
        start = self.start_of(run) - len(self._own_line(run))
        lines = self.text[max(0, start - 300) : start].rstrip().rsplit("\n", 1)
        return lines[-1].strip()

    def _own_line(self, run: Run) -> str:
        """What stands in the run's own line before it and its label."""
        start = self.start_of(run)
        return self._line_before(run)[: start - run.start or None]

    def vetoed(self, run: Run) -> bool:
        """Whether the text around the run makes it part of what is said."""
        line = self._own_line(run).strip()
        if line and not SENTENCE_END.search(line):
            return True
        above = line or self._line_above(run)
        if introduces(above):
            return True
        after = self.text[run.end : run.end + 40].partition("\n")[0]
        if goes_on(after) or self.text[run.end - 2 : run.end].strip().endswith("。"):
            return True
        return self._is_table(run)

    def _is_table(self, run: Run) -> bool:
        """Rows of cells: several lines, each with the same number of bars or tabs, or blocks that are table rows."""
        lines = [line for line in self.text[run.start : run.end].split("\n") if line.strip()]
        if len(lines) >= 3 and all("|" in line or "\t" in line for line in lines):
            return len({line.count("|") + line.count("\t") for line in lines[:-1]}) == 1
        first = bisect_left(self.page.spans, run.start, key=_start)
        last = bisect_left(self.page.spans, run.end, key=_start)
        return any(span.kind == "cell" for span in self.page.spans[first:last])

    def evidence(self, run: Run, another: bool) -> Evidence:
        words: list[str] = []
        weight = 0
        body = self.body
        long_enough = len(body.strip()) >= 60
        script = (
            long_enough and script_of(self.text[run.start : run.end]) == "simplified" and script_of(body, 10) == "traditional"
        )
        if script:
            words.append("other script than the body")
            weight += 2
        if long_enough and (not self.text[run.end :].strip() or not self.text[: self.start_of(run)].strip()):
            words.append("at the edge of the page")
            weight += 1
        kit = self.page.mirror is not None or another
        if kit:
            words.append("other marks of the mirror kit")
            weight += 1
        links = self._links(run)
        if links:
            words.append("links to strange targets")
            weight += 2
        hidden = self._block_of(run).hidden
        if hidden:
            words.append("hidden from visitors")
            weight += 2
        if self._is_foreign(run):
            words.append("a line of its own that the text does not mention")
            weight += 1
            if _ODD.search(self.text[run.places[0].end : run.places[1].start]):
                words.append("joined by signs that prose does not use")
                weight += 1
            if self._between_paragraphs(run):
                words.append("between two paragraphs that go on without it")
                weight += 1
        return Evidence(weight, tuple(words), script, script or links or hidden or kit)

    def _between_paragraphs(self, run: Run) -> bool:
        """Whether the line above ends a sentence and the line below is a paragraph: who writes a list there introduces it."""
        below = self.text[run.end : run.end + 200].lstrip().partition("\n")[0]
        above = self._line_above(run)
        return len(above) >= PARAGRAPH and len(below) >= PARAGRAPH and bool(SENTENCE_END.search(above))

    def _block_of(self, run: Run) -> Block:
        """The block that the run begins in."""
        i = bisect_right(self.page.blocks, run.start, key=_start) - 1
        return self.page.blocks[max(i, 0)]

    def _links(self, run: Run) -> bool:
        """Whether the names are links to different hosts, or to paths that say nothing."""
        targets = [link.value for link in links_in(self.page, run.start, run.end)]
        if len(targets) < 0.6 * len(run.known):
            return False
        own = urlsplit(self.page.url or "").hostname or ""
        hosts = [_host(target) for target in targets]
        foreign = {host for host in hosts if host and host != own}
        if len(foreign) >= 0.3 * len(targets):
            return True
        return sum(1 for target in targets if _PLAIN_PATH.fullmatch(_path(target))) >= 0.8 * len(targets) and len(
            set(targets)
        ) >= 0.8 * len(targets)

    def _is_foreign(self, run: Run) -> bool:
        """Lines of its own in a page of prose that neither mentions any of the names nor speaks of lists."""
        start, end = self.start_of(run), run.end
        before = self.text[:start].rpartition("\n")[2].strip()
        after = self.text[end:].partition("\n")[0].strip()
        body = self.body
        if before or after or len(body) < 200:
            return False
        return not any(
            self.text[place.start : place.end - 1] in body for place in run.known[:SAMPLE] if place.end - place.start > 2
        )


def _host(target: str) -> str:
    try:
        return urlsplit(target).hostname or ""
    except ValueError:
        return ""


def _path(target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
