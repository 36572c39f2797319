"""How much of a phrase is search-engine spam: a lexicon in thirteen languages, and a count of what it covers.

No single word proves anything: a paper on gambling law says 博彩 and casino as well. What spam has and prose has not is density: phrase
after phrase holds such a word, beside words of trade (官网, 入口, buy, daftar), and nothing in between makes a sentence. So a phrase is only
counted here; the rules judge whole lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cleaner.lists import read
from cleaner.script import fold

__all__ = ["EASTERN", "LANGUAGES", "Score", "gate_keys", "phrases_of", "score_of"]

LANGUAGES = ("zh", "ja", "en", "id", "tr", "ru", "vi", "th", "ko", "de", "es", "pt", "fr")
LONGEST = 3  # words of the longest entry in languages that write blanks
FEW_PIECES = 4  # a line cut into fewer by bars, commas and dashes is cut at blanks as well
MANY_WORDS = 5  # blanks in a line that nothing else cuts; then it is cut after every third word
WORDS = 3
MAX_PHRASES = 400  # of one line; what follows is of the same kind

EASTERN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e00-\u0e7f]"
)  # languages whose words are found anywhere
_KEY = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}|[\u0e00-\u0e7f]{4}))")
_WORD = re.compile(r"[0-9a-z\u00df-\u024f\u0300-\u036f\u0400-\u04ff\u1e00-\u1eff']+")
_BETWEEN = re.compile(
    r"[_|｜,，、/\\;；·•~～>＞»«<＜【】\[\]「」『』《》()（）\t\n\r:：+＋=*★☆◆●■♦♥♠♣✓✔→←…!！]++|\s[-–—]+\s|(?<=[^a-z0-9])[-–—]|[-–—](?=[^a-z0-9])|\s\s+"
)
# "星河体育" + "官网": the names of betting brands change by the week, what is said of them does not.
_BRAND = re.compile(
    r"(?:体育|娱乐|棋牌|电竞|国际|电子|真人|彩票|集团|足球)[a-z0-9()]{0,8}(?:官方)?(?:官网|入口|登录|登陆|注册|网址|app|平台|下载|网页版|手机版|客户端|直营网|链接|在线)"
)
# Words of the lexicon that nine and more of 1,625 ordinary pages have; they do not make a place worth a look.
_ORDINARY = frozenset(
    "aaa adult advance agency air and approval assignment bad bags ban beats belt belts best binary bonus book boots broker building buy call "
    "canada canadian cards case cash chat che cheap check checking class clip coach code codes college consolidation credit custom data date dating day "
    "dealer debt degree demo deposit diet download draw ending enhancement facebook factory faire fake fast film followers for fortune free full game games "
    "gates gel generic get girl girls gratis guaranteed guest hacer hack hacker happy help hire homework hot illegal indian instagram instant jordan kaufen key "
    "like likes limit link links live lizenz loan loans loss louis machines male massage math max michael mix mlb mod mon money movie nacional nba new nfl nike "
    "not ohne oil onion online open options outlet pack panel paper papers paris pay personal pharmacy plan play player plus pools por post prescription price princess "
    "pro promo quality quick ray recovery religion rep repair research reseller result rush same sans schreiben sem semi seo ser serial server service services "
    "sex shoes signals sim sin singapore site sites son sports store study sub subscription sweet take tape teen term thailand the tiktok title top tours "
    "toys trading traffic true tube türkçe unlimited version video videos views vpn watches ways web weight wholesale without world write writer writers "
    "writing youtube на для без".split()
)
_ORDINARY_PAIRS = frozenset(
    "日本 中文 个人 北京 发布 注册 国际 网站 体育 世界 视频 娱乐 手机 开发 天下 学生 关键 综合 免费 香港 普通 计划 在线 集团 制作 电影 女人 亚洲 电子 购买 男人 体验 太阳 美女 大小 "
    "特殊 优化 增值 毕业 欧美 中国 代理 快速 平台 官方 信用 公司 办理 专业 微信 百度 游戏 足球 最新 资料 论文 性感 全国 现金 高清 世界 官网 国产 精品".split()
)


class Score(NamedTuple):
    """What a line of phrases holds. `strong` are the distinct strong words, in order; `covered` counts characters of words found."""

    phrases: int = 0
    with_strong: int = 0
    with_weak: int = 0  # weak words only
    strong: tuple[str, ...] = ()
    weak: int = 0  # weak words in all
    covered: int = 0
    letters: int = 0  # characters that are no separators

    @property
    def only_drugs(self) -> bool:
        """Names of medicines without a word of trade beside them."""
        return not self.weak and _lexicon().drugs.issuperset(self.strong)

    @property
    def density(self) -> float:
        """Share of the phrases that hold a strong or weak word."""
        return (self.with_strong + self.with_weak) / self.phrases if self.phrases else 0.0

    @property
    def strong_share(self) -> float:
        return self.with_strong / self.phrases if self.phrases else 0.0

    @property
    def coverage(self) -> float:
        """Share of the characters that belong to words of the lexicon."""
        return self.covered / self.letters if self.letters else 0.0


class _Lexicon(NamedTuple):
    eastern: dict[str, bool]  # word -> strong, words with Chinese or Japanese characters: found anywhere
    lengths: dict[str, tuple[int, ...]]  # first character -> lengths of the words that begin with it, longest first
    western: dict[str, bool]  # found as whole words
    gate_keys: frozenset[str]  # telling words of the western strong entries, the first characters of the eastern ones
    drugs: frozenset[str]  # names of medicines: a list of interactions names them as well


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    eastern: dict[str, bool] = {}
    western: dict[str, bool] = {}
    drugs: set[str] = set()
    for language in LANGUAGES:
        for row in read(f"keywords/{language}.tsv"):
            word, topic, strength = row.split("\t")
            words = eastern if EASTERN.search(word) else western
            words[word] = words.get(word, False) or strength == "strong"
            if topic == "pharma" and " " not in word and (strength == "name" or (words is western and strength == "strong")):
                drugs.add(word)
    lengths: dict[str, set[int]] = {}
    for word in eastern:
        lengths.setdefault(word[0], set()).add(len(word))
    gate = {
        part for word, strong in western.items() if strong for part in word.split() if part not in _ORDINARY and len(part) > 2
    }
    gate |= {key for word, strong in eastern.items() if strong and (key := _key_of(word))}
    return _Lexicon(
        eastern,
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        western,
        frozenset(gate),
        frozenset(drugs),
    )


def _key_of(word: str) -> str | None:
    """The characters that an eastern word is found by: the first two (in Thai four) that ordinary pages do not have."""
    keys = (match[1] for match in _KEY.finditer(word))
    return next((key for key in keys if key not in _ORDINARY_PAIRS), None)


def gate_keys() -> frozenset[str]:
    """The telling words of languages with blanks, and of eastern words the characters that they are found by: all strong ones."""
    return _lexicon().gate_keys


def phrases_of(line: str) -> list[str]:
    """A line cut into phrases, folded and in lower case. Blanks separate as well where the script writes none between words."""
    folded = fold(line).replace("İ", "i").lower()
    pieces = _BETWEEN.split(folded)
    if len(pieces) < FEW_PIECES and EASTERN.search(folded):
        pieces = [part for piece in pieces for part in (piece.split() if EASTERN.search(piece) else [piece])]
    phrases = [piece.strip() for piece in pieces if piece and not piece.isspace()][:MAX_PHRASES]
    if len(phrases) < FEW_PIECES - 1 and not EASTERN.search(folded) and folded.count(" ") >= MANY_WORDS:
        words = " ".join(phrases).split()
        return [" ".join(words[i : i + WORDS]) for i in range(0, len(words), WORDS)][:MAX_PHRASES]
    return phrases


def score_of(phrases: Iterable[str]) -> Score:
    """Count the words of the lexicon in phrases that are folded and in lower case."""
    lexicon = _lexicon()
    strong: dict[str, None] = {}
    n = with_strong = with_weak = weak = covered = letters = 0
    for phrase in phrases:
        found = _words_in(phrase, lexicon)
        n += 1
        letters += len(phrase)
        covered += sum(len(word) for word, _ in found)
        hard = [word for word, is_strong in found if is_strong]
        weak += sum(1 for word, is_strong in found if not is_strong and word not in lexicon.drugs)
        strong.update(dict.fromkeys(hard))
        if hard:
            with_strong += 1
        elif found:
            with_weak += 1
    return Score(n, with_strong, with_weak, tuple(strong), weak, covered, letters)


def _words_in(phrase: str, lexicon: _Lexicon) -> list[tuple[str, bool]]:
    """The words of the lexicon in a phrase, the longest at each place, none twice over one character."""
    found: list[tuple[str, bool]] = []
    rest = phrase
    if EASTERN.search(phrase):
        rest = _eastern(phrase, lexicon, found)
        if brand := _BRAND.search(phrase):
            found.append((brand[0], True))
    words = _WORD.findall(rest)
    i = 0
    while i < len(words):
        for n in range(min(LONGEST, len(words) - i), 0, -1):
            word = " ".join(words[i : i + n])
            if (is_strong := lexicon.western.get(word)) is not None:
                found.append((word, is_strong))
                i += n
                break
        else:
            i += 1
    return found


def _eastern(phrase: str, lexicon: _Lexicon, found: list[tuple[str, bool]]) -> str:
    """Add the words with Chinese or Japanese characters to `found`; the phrase with blanks in their place comes back."""
    rest: list[str] = []
    i = 0
    while i < len(phrase):
        for length in lexicon.lengths.get(phrase[i], ()):
            word = phrase[i : i + length]
            if (is_strong := lexicon.eastern.get(word)) is not None:
                found.append((word, is_strong))
                rest.append(" ")
                i += length
                break
        else:
            rest.append(phrase[i])
            i += 1
    return "".join(rest)
