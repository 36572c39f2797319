"""An advert with a number to call, between the paragraphs of somebody else's text.

Three things meet in it that never meet in a paragraph that belongs: a number to reach somebody, several words of offering (上门, 货到付款, call now), and a
vocabulary that nothing else on the page shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cleaner.edits import Edit
from cleaner.page import Block, Page
from cleaner.rules.survey import PARAGRAPH, Survey, number_at

__all__ = ["Advert"]

RULE = "spam/insertion"

_NUMBER = re.compile(
    r"(?<![0-9])1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9])|(?<![0-9])400[- ]?[0-9]{3}[- ]?[0-9]{4}|"
    r"(?:微\s?信|薇信|威信|加[vV微薇]|vx|wx|wechat|扣扣|q\s?q)\s?(?:号|號|同号)?\s?[:：]?\s?[a-z0-9_-]{5,20}|"
    r"(?:whats\s?app|telegram|call|text|phone|tel|ring|contact)\b[^.!?\n]{0,60}?\+?[0-9][0-9 ()-]{7,17}[0-9]|"
    r"\+[0-9]{1,3}[ -]?[0-9(][0-9 ()-]{6,16}[0-9]",
    re.IGNORECASE,
)
# What offers promise. One strong word and two others, or four others, make an offer of a paragraph with a number in it.
_STRONG = re.compile(
    r"上门|上門|随叫随到|隨叫隨到|货到付款|貨到付款|代开|代開|代办|代辦|高价|高價|价格公道|当天放款|即可下款|無抵押|无抵押|黑户|不看征信|全程保密|验证后付款|"
    r"开锁|開鎖|疏通|清理|抽粪|灭白蚁|灭鼠|搬家|按摩|叫小姐|学生妹|空姐|代写|代寫|侦探|调查取证|婚外情|贷款|急用钱|真发票|發票|发票|毕业证|学历证|证件|印章|"
    r"加微|加v|微信同号|同微信|随您挑选|先看人|不成功不收费|无效退款|可面谈|可面談|哪家好|哪里有|免费估价|免费量尺|免费试听|首存|注册送|返100|"
    r"专治|白癜风|牛皮癣|收购|回收|包月|免砸砖|质保|一对一|租车|封阳台|瘦身|"
    r"\b(?:free (?:quotes?|estimates?|towing)|licensed and insured|call (?:us |our |now|today|anytime)|same day|24/7|24 hour|payday|no credit check|loans?|escorts?|girls|"
    r"pics and rates|independent girls|available day and night|book your|only \$|from \$|from only|locksmiths?|plumber|drain|roofing|carpet cleaning|junk cars|top dollar|"
    r"movers|passports|certificates|hackers?|spell caster|brings? back|bitcoin|plagiarism|phd writers|fixed fares|air conditioning)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:24|二十四)小[时時]|办理|辦理|诚信|誠信|專業|专业|咨询|諮詢|热线|熱線|服务电话|联系电话|聯繫電話|八折|优惠|備案|备案|到达现场|估价|长期|提供|各类|各行业|本地|公司|师傅|经理|会计|客户|患者|"
    r"老师|致电|预订|报价|厂家|团队|代理|招募|客服|安排|三天|五分钟|十分钟|当天|先看|联系人|设计|接送|有限|地区|成功|资料|学员|"
    r"\b(?:affordable|rates|emergency|experts?|urgent|apply|cheap|discount|best prices?|now|today|tonight|free|call|phone|text|ring|contact|message|telegram|whatsapp|book|online|fast|repair|service|"
    r"services|guaranteed?|interest|cards accepted|residents|recover|team|quote|professional|quality|anytime|available)\b",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"[0-9][0-9 -][0-9]")
MANY_OFFERS = 2
WITHIN = 4  # blocks around an advert among which there are paragraphs on either side
REACH = 60  # characters between the word that says how to reach somebody and the number, on either side
LEAST_OFFER = 4  # two for a strong word, one for a weak one; paragraphs of news with a number 0-3
_DIGITS = re.compile(
    r"[0-9][0-9 ()-]{5,}|[:：]\s?[a-z][a-z0-9_-]{4,}|[a-z]{2}[0-9]{4}", re.IGNORECASE
)  # a number or the name of an account
MAX_LOOKED_AT = 200  # blocks
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Advert:
    """Removes a paragraph that advertises a service by telephone or messenger and has nothing to do with the text around it.

    Leaves alone: contact lines at the end, notices whose subject the rest of the page shares, pages of notices where no paragraph shares
    anything with the others, and every page where the offer is the subject.
    """

    shared: float = 0.3  # share of its pairs of characters (words in English) that the rest of the page uses too: adverts .02-.28, own paragraphs .35 and more
    shared_words: float = (
        0.45  # the same in languages with blanks, where a paragraph has few long words, with two strong words of offering
    )
    below: float = (
        0.75  # of what the paragraphs beside it share with the rest, on a long page: on one of notices all share little
    )
    long: int = 1_500  # characters
    numbers: int = 3  # paragraphs with a number to reach somebody that make a page one of notices
    shortest: int = 16
    longest: int = 260  # characters; adverts seen 24-140

    def find(self, page: Page, survey: Survey) -> Iterator[Edit]:
        blocks = page.blocks
        text = page.text
        near = [at for at in survey.calls if _TWO_DIGITS.search(text, max(0, at - REACH), at + REACH)][:MAX_LOOKED_AT]
        near += islice(_numbers(text, "QQ" if survey.eastern else "+"), MAX_LOOKED_AT)
        called = sorted({number_at(blocks, at) for at in near})
        found = [(i, note) for i in called if (note := self._note(page, i))]
        if found and len([i for i in called if _NUMBER.search(page.text, blocks[i].start, blocks[i].end)]) < self.numbers:
            yield from (Edit(blocks[i].start, blocks[i].end, "", RULE, note) for i, note in found)

    def _note(self, page: Page, i: int) -> str | None:
        block = page.blocks[i]
        if not self.shortest <= block.end - block.start <= self.longest or not 0 < i < len(page.blocks) - 1:
            return None
        words = page.text[block.start : block.end]
        if not _DIGITS.search(words) or not _NUMBER.search(words):
            return None
        strong = {match[0].lower() for match in _STRONG.finditer(words)}
        weak = {match[0].lower() for match in _WEAK.finditer(_STRONG.sub(" ", words))}
        if not strong or 2 * len(strong) + len(weak) < LEAST_OFFER:
            return None
        beside = _beside(page.blocks, i)
        if len(beside) < 2:
            return None
        share = _shared_by(page, block)
        if share >= (self.shared if _HAN.search(words) or len(strong) < MANY_OFFERS else self.shared_words):
            return None
        if len(page.text) >= self.long:
            usual = max(_shared_by(page, other) for other in beside)
            if share >= self.below * usual:
                return None
        return f"an offer ({', '.join(sorted(strong)[:3])}); {share:.0%} of its words are used elsewhere on the page"


def _numbers(text: str, sign: str) -> Iterator[int]:
    """Where a sign stands right before a number."""
    at = text.find(sign)
    while at >= 0:
        if text[at + len(sign) : at + len(sign) + 1].isdigit():
            yield at
        at = text.find(sign, at + 1)


def _beside(blocks: tuple[Block, ...], i: int) -> list[Block]:
    """The paragraphs next to a block, one on each side."""
    before = next((block for block in reversed(blocks[max(0, i - WITHIN) : i]) if block.end - block.start >= PARAGRAPH), None)
    after = next((block for block in blocks[i + 1 : i + 1 + WITHIN] if block.end - block.start >= PARAGRAPH), None)
    return [block for block in (before, after) if block]


def _shared_by(page: Page, block: Block) -> float:
    """Share of a paragraph's pairs of Chinese characters, or of its longer words, that stand elsewhere on the page as well."""
    words, before, after = (
        page.text[block.start : min(block.end, block.start + 400)],
        page.text[: block.start],
        page.text[block.end :],
    )
    if len(_HAN.findall(words)) >= 8:
        parts = {words[i : i + 2] for i in range(len(words) - 1) if _HAN.match(words, i) and _HAN.match(words, i + 1)}
        found = sum(1 for part in parts if part in before or part in after)
    else:
        parts = set(_WORD.findall(words.lower()))
        around = set(_WORD.findall(before.lower())) | set(_WORD.findall(after.lower()))
        found = len(parts & around)
    return found / len(parts) if parts else 1.0
