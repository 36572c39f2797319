"""Where a text has words that a spam rule waits for: one pass finds them all, and most pages have none that matter.

Looking for two thousand words costs more than all rules together when it is done word by word. So the text is passed over once: each word is hashed, and only
where a table of bits says that it may be wanted is it looked up. Languages without blanks are looked at by pairs of characters (Thai by four). The
extension `_words` does this in 20 microseconds a page; the Python code here gives the same places and takes a millisecond.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from cleaner.compiled import compiled
from cleaner.rules.han import variants
from cleaner.rules.keywords import gate_keys
from cleaner.rules.trades import trade_keys

__all__ = ["BRAND", "CALL", "COUNTY", "GOODS", "LABEL", "MARK", "TELLING", "TRADE", "between", "found_in", "groups_of", "tells"]

_words = compiled("cleaner.rules._words")

TELLING = 1  # the rarer words of the lexicon of keywords
TRADE = 2  # trades and goods that bought links advertise
MARK = 4  # what a copying site writes behind paragraphs
CALL = 8  # how to reach somebody
LABEL = 16  # what stands above exchanged links
BRAND = 64  # what follows the names of betting sites
COUNTY = 128  # what names of counties of the United States end in
GOODS = 32  # what keywords that are pasted into Chinese sentences sell
_FLAGS = 8  # bits of a found place that are flags

_TABLE = 0x2000  # characters below are letters of alphabets; above stand those of languages without blanks
_THAI = 0xFFFF
_LONGEST = 40  # letters of a word; the longest wanted one has 24
_THAI_LENGTH = 4
_EASTERN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_MARKS = "www http https com net org cn cc xyz copyright copied reproduction 转载 转自 首发 原创 版权 收藏 采集 正版 水印 出处 来自 请到 最新 本站"
_CALLS = "whatsapp call telegram text phone tel qq 微信 加微 加薇 电话 热线 联系 致电 拨打 预订 咨询 威信 薇信"
_GOODS = "公司 价格 厂家 医院 排名 排行 攻略 哪家 哪个 多少 培训 机构 加盟 维修 市场 型号 代办 旅游 报价 工作 官网 入口 开奖 影院 手术 改装 代理 费用 批发 租赁 出租 回收 二手 招聘 搬家 贷款 装修 减肥 整形 美容 品牌 定制 官方 下载 网址 平台"
_BRANDS = "官网 登录 登陆 入口 网址 网页 直营 客户"
_LABELS = "友情 友链 交换 链接 相互"


@lru_cache(maxsize=1)
def _wanted() -> dict[str, int]:
    """Words with their flags; eastern ones as the pair that they are found by, in simplified and traditional characters."""
    wanted: dict[str, int] = {}
    groups = (
        (gate_keys(), TELLING),
        (trade_keys(), TRADE),
        (_MARKS.split(), MARK),
        (_CALLS.split(), CALL),
        (_LABELS.split(), LABEL),
        (_GOODS.split(), GOODS),
        (_BRANDS.split(), BRAND),
        (("county", "parish"), COUNTY),
    )
    for keys, flag in groups:
        for key in keys:
            for form in map("".join, product(*map(variants, key))) if key[0] >= "\u3400" else (key,):
                wanted[form] = wanted.get(form, 0) | flag
    return wanted


@lru_cache(maxsize=1)
def _lower() -> array[int]:
    """Of every character below `_TABLE`: 0 for no letter or digit, else its lower case, `_THAI` for Thai."""
    lower = array("H", bytes(2 * _TABLE))
    for code in range(_TABLE):
        character = chr(code)
        if 0xE00 <= code < 0xE80:
            lower[code] = _THAI
        elif character.isalnum() or character == "'" or 0x300 <= code < 0x370:
            small = "i" if character == "İ" else character.lower()
            lower[code] = ord(small) if len(small) == 1 and ord(small) < _THAI else code
    return lower


@lru_cache(maxsize=1)
def _filter() -> bytes:
    made: bytes = _words.filter(_wanted())
    return made


def found_in(text: str) -> tuple[list[int], int]:
    """Places of wanted words in a text, in order, each shifted by eight bits with the flags of its word in them; and how many eastern pairs it has."""
    if _words is None:
        return _found(text)
    found: tuple[list[int], int] = _words.found(text, _wanted(), _lower(), _filter())
    return found


def tells(text: str, flags: int = TELLING) -> bool:
    """Whether a line has a telling word, or one of other flags.

    >>> tells("Home | News | About us | Contact")
    False
    """
    return any(place & flags for place in found_in(text)[0])


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[int, int]]:
    lower = _lower()
    letters = "".join(re.escape(chr(code)) for code in range(_TABLE) if lower[code] not in (0, _THAI))
    pattern = re.compile(f"[{letters}]+|(?=([{_EASTERN}]{{2}}|[\u0e00-\u0e7f]{{{_THAI_LENGTH}}}))")
    return pattern, {code: small for code, small in enumerate(lower) if small not in (0, _THAI, code)}


def _found(text: str) -> tuple[list[int], int]:
    """What the extension does, in Python."""
    wanted = _wanted()
    pattern, small = _patterns()
    places: list[int] = []
    pairs = 0
    for match in pattern.finditer(text):
        word = match[1] or match[0].translate(small)
        pairs += match[1] is not None
        if word in wanted and len(match[0]) <= _LONGEST:
            places.append(match.start() << _FLAGS | wanted[word])
    return places, pairs


def between(places: list[int], start: int, end: int) -> int:
    """How many of sorted places lie in a stretch."""
    return bisect_left(places, end) - bisect_left(places, start)


def groups_of(places: list[int], gap: int, least: int) -> Iterator[tuple[int, int]]:
    """First and last place of every stretch of at least `least` places that are no more than `gap` apart."""
    first = 0
    for i in range(1, len(places) + 1):
        if i == len(places) or places[i] - places[i - 1] > gap:
            if i - first >= least:
                yield places[first], places[i - 1]
            first = i
