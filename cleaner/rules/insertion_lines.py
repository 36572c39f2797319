"""What is put between or behind the paragraphs of somebody else's text: the mark of the copying site, an advert with a number to call.

A mark is the same on every paragraph and names a site or a warning. In an advert three things meet that never meet in a paragraph that belongs: a number to
reach somebody, several words of offering (上门, 货到付款, call now), and a vocabulary that nothing else on the page shares.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.survey import Survey

__all__ = ["Advert", "Watermark"]

RULE = "spam/insertion"

MARK_WORDS = re.compile(
    r"www\.|https?:|\.(?:com|net|org|cn|cc|top|xyz|info|ru|tv|me|co)\b|转[载載自]|本文|本站|首[发發]|原[创創]|版[权權]|收藏|正版|采集|整理|未[经經]|更多精彩|最新章[节節]|"
    r"copyright|\(c\)|©|read more (?:at|on)|original (?:content|post)|copied from|first (?:published|appeared) (?:on|at)|do not copy|source:|all rights",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![0-9])1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9])|(?<![0-9])400[- ]?[0-9]{3}[- ]?[0-9]{4}|"
    r"(?:微\s?信|薇信|威信|加v|vx|wx|wechat|扣扣|q\s?q)\s?(?:号|號|同号)?\s?[:：]?\s?[a-z0-9_-]{5,20}|"
    r"(?:whats\s?app|telegram|call|text|phone|tel)\b[^.!?\n]{0,60}?\+?[0-9][0-9 ()-]{7,17}[0-9]|"
    r"\+[0-9]{1,3}[ -]?[0-9(][0-9 ()-]{6,16}[0-9]",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"上门|上門|随叫随到|隨叫隨到|(?:24|二十四)小时|(?:24|二十四)小時|货到付款|貨到付款|代开|代開|代办|代辦|办理|辦理|高价|高價|回收|诚信|誠信|价格公道|免费上门|当天放款|無抵押|无抵押|"
    r"黑户|全程保密|验证后付款|專業|专业|开锁|開鎖|疏通|搬家|按摩|学生妹|空姐|代写|代寫|侦探|调查取证|婚外情|贷款|發票|发票|毕业证|学历证|咨询热线|服务电话|联系电话|聯繫電話|"
    r"加微信|微信同号|八折|优惠|備案|备案|到达现场|随您挑选|不成功不收费|可面谈|可面談|哪家好|哪里有|免费估价|估价|"
    r"\b(?:free quote|call (?:us|now|our)|same day|24/7|payday|no credit check|get a loan|escorts?|independent girls|day and night|book (?:your|now)|only \$|discount|cheap|best prices?|locksmiths?|today)\b",
    re.IGNORECASE,
)
_CHINESE_HINTS = ("微", "电", "電", "热", "联", "拨", "QQ")  # one of them stands beside every number
_HINTS = ("+", "Call ", "WhatsApp")
_DIGITS = re.compile(
    r"[0-9][0-9 ()-]{5,}|[:：]\s?[a-z][a-z0-9_-]{4,}|[a-z]{2}[0-9]{4}", re.IGNORECASE
)  # a number or the name of an account
MANY_OFFERS = 3
MAX_LOOKED_AT = 200  # blocks
_start = attrgetter("start")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Watermark:
    """Removes what a copying site puts behind every paragraph: the same words with its address, or with a warning.

    Leaves alone: endings that paragraphs share by chance (a full stop, a refrain), and everything that occurs less than three times.
    """

    paragraphs: int = 3  # with the mark
    share: float = 0.4  # of the paragraphs; short ones are spared by some sites
    length: int = 5  # characters at the end of a paragraph that are compared
    least: int = 7  # characters of a mark; the ends of addresses (".com)") that lists of links share are shorter
    ended: float = 0.5  # share of the marks that stand behind the end of a sentence; the ends of titles and addresses .0-.2
    share_lines: float = 0.4  # as `share`, for marks on lines of their own

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        text = page.text
        numbers = survey.paragraphs
        if len(numbers) < self.paragraphs:
            return
        blocks = page.blocks
        long = [blocks[number] for number in numbers]
        endings = Counter([text[block.end - self.length : block.end] for block in long])
        ending, count = endings.most_common(1)[0]
        if count >= self.paragraphs and count >= self.share * len(long):
            marked = [(block.start, block.end) for block in long if text.endswith(ending, block.start, block.end)]
            yield from self._behind(text, marked, len(long))
        between = [blocks[a + 1] for a, b in pairwise(numbers) if b == a + 2]
        if len(between) >= self.paragraphs - 1:
            yield from self._lines(text, between, blocks, len(long))

    def _behind(self, text: str, marked: list[tuple[int, int]], paragraphs: int) -> Iterator[Edit]:
        """Marks at the end of paragraphs."""
        mark = _common_ending([text[max(start, end - 120) : end] for start, end in marked[:60]])
        if not MARK_WORDS.search(mark):
            return
        size = len(mark) - _begin_of(mark)
        ended = sum(1 for start, end in marked if end - size > start and (text[end - size - 1] in _ENDS or mark[-size] in _OPENS))
        if size >= self.least and ended >= self.ended * len(marked):
            yield from (Edit(end - size, end, "", RULE, f"behind {len(marked)} of {paragraphs} paragraphs") for _, end in marked)

    def _lines(self, text: str, between: list[Block], blocks: tuple[Block, ...], paragraphs: int) -> Iterator[Edit]:
        """Marks on lines of their own, each between two paragraphs."""
        lines = Counter([text[block.start : block.end] for block in between])
        line, count = lines.most_common(1)[0]
        if (
            count >= self.paragraphs - 1
            and count >= self.share_lines * paragraphs
            and MARK_WORDS.search(line)
            and len(line) <= 90
        ):
            same = [block for block in blocks if text.startswith(line, block.start) and block.end - block.start == len(line)]
            if len(same) >= self.paragraphs:
                yield from (Edit(block.start, block.end, "", RULE, f"{len(same)} times between paragraphs") for block in same)


def _common_ending(texts: list[str]) -> str:
    """The longest ending that all texts share."""
    shortest = min(texts, key=len)
    low = 0
    while low < len(shortest) and len({text[len(text) - low - 1] for text in texts}) == 1:
        low += 1
    return shortest[len(shortest) - low :]


_SENTENCE = re.compile(r"[\s\w]{0,3}?(?:[。！？”」』…；）]+\s*|[!?;.\"')]+\s*(?![a-z]))")


def _begin_of(mark: str) -> int:
    """Where the mark begins in the ending that the paragraphs share: behind the end of their sentences."""
    match = _SENTENCE.match(mark)
    return match.end() if match and len(mark) - match.end() >= 5 else 0


_ENDS = frozenset("。！？!?”」』…；;.\"')）")
_OPENS = frozenset("（(【[★☆—-—|@©")


@dataclass(frozen=True)
class Advert:
    """Removes a paragraph that advertises a service by telephone or messenger and has nothing to do with the text around it.

    Leaves alone: contact lines at the end, notices whose subject the rest of the page shares, and every page where the offer is the subject.
    """

    offers: int = 2  # different words of offering; paragraphs of news with a number 0-1
    shared: float = 0.3  # share of its pairs of characters (words in English) that the rest of the page uses too: adverts .02-.22, own paragraphs .35 and more
    shared_many: float = 0.45  # the same with three and more words of offering
    shortest: int = 16
    longest: int = 260  # characters; adverts seen 24-140

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        text = page.text
        if not survey.calls:
            return
        blocks = page.blocks
        numbers: set[int] = set()
        for sign in _CHINESE_HINTS if survey.chinese else _HINTS:
            at = text.find(sign)
            while at >= 0 and len(numbers) < MAX_LOOKED_AT:
                number = bisect_right(blocks, at, key=_start) - 1
                numbers.add(number)
                at = text.find(sign, blocks[number].end) if number >= 0 else -1
        for i in sorted(numbers):
            if note := self._note(page, i, survey):
                yield Edit(blocks[i].start, blocks[i].end, "", RULE, note)

    def _note(self, page: Page, i: int, survey: Survey) -> str | None:
        block = page.blocks[i]
        if not self.shortest <= block.end - block.start <= self.longest or not 0 < i < len(page.blocks) - 1:
            return None
        text = page.text
        words = text[block.start : block.end]
        if not _DIGITS.search(words):
            return None
        offers = len({match[0].lower() for match in _OFFER.finditer(words)})
        if offers < self.offers or not _NUMBER.search(words):
            return None
        if not _stands_in_prose(page.blocks, i):
            return None
        share = _shared(words, text[: block.start], text[block.end :])
        most = self.shared_many if offers >= MANY_OFFERS and not survey.chinese else self.shared
        return f"{share:.0%} of its words are used elsewhere on the page" if share < most else None


def _stands_in_prose(blocks: tuple[Block, ...], i: int) -> bool:
    """Whether long blocks stand on both sides, within two blocks."""
    before = any(block.end - block.start >= 40 for block in blocks[max(0, i - 2) : i])
    after = any(block.end - block.start >= 40 for block in blocks[i + 1 : i + 3])
    return before and after


def _shared(words: str, before: str, after: str) -> float:
    """Share of a paragraph's pairs of Chinese characters, or of its longer words, that stand elsewhere on the page as well."""
    if len(_HAN.findall(words)) >= 8:
        parts = {words[i : i + 2] for i in range(len(words) - 1) if _HAN.match(words, i) and _HAN.match(words, i + 1)}
        found = sum(1 for part in parts if part in before or part in after)
    else:
        parts = set(_WORD.findall(words.lower()))
        around = set(_WORD.findall(before.lower())) | set(_WORD.findall(after.lower()))
        found = len(parts & around)
    return found / len(parts) if parts else 1.0
