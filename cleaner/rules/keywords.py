"""How much of a phrase is search-engine spam: a lexicon in six languages, and a count of what it covers.

No single word proves anything: a paper on gambling law says 博彩 and casino as well. What spam has and prose has not is density: phrase
after phrase holds such a word, beside words of trade (官网, 入口, buy, daftar), and nothing in between makes a sentence. So a phrase is only
counted here; the rules judge whole lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from cleaner.lists import read
from cleaner.script import fold

__all__ = ["LANGUAGES", "Score", "gate_words", "phrases_of", "score_of", "suspicious", "telling_words", "words_of"]

LANGUAGES = ("zh", "ja", "en", "id", "tr", "ru")
LONGEST = 3  # words of the longest entry in languages that write blanks
FEW_PIECES = 4  # a line cut into fewer by bars, commas and dashes is cut at blanks as well
MAX_PHRASES = 400  # of one line; what follows is of the same kind

_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# ASCII letters in lower case, other signs of ASCII as blanks, everything else as it is.
_WORD_BYTES = bytes(
    code if code > 127 or chr(code).isdigit() or chr(code).islower() else code + 32 if chr(code).isupper() else 32
    for code in range(256)
)
_USUAL_EAST = "的国國ー品網网体體の激無视線线"  # one of them is in every list of five Chinese or Japanese phrases; ten times as fast as a class
SHORT = 300
_WORD = re.compile(r"[0-9a-z\u00df-\u024f\u0400-\u04ff']+")
_BETWEEN = re.compile(
    r"[_|｜,，、/\\;；·•~～>＞»«<＜【】\[\]「」『』《》()（）\t\n\r:：+＋=*★☆◆●■♦♥♠♣✓✔→←…!！]++|\s[-–—]+\s|(?<=[^a-z0-9])[-–—]|[-–—](?=[^a-z0-9])|\s\s+"
)
# "星河体育" + "官网": the names of betting brands change by the week, what is said of them does not.
_BRAND = re.compile(
    r"(?:体育|娱乐|棋牌|电竞|国际|电子|真人|彩票|游戏|集团|足球)[a-z0-9()]{0,8}(?:官方)?(?:官网|入口|登录|登陆|注册|网址|app|平台|下载|网页版|手机版|客户端|直营网|链接|在线)"
)
# Words of the lexicon's phrases that five and more of 827 ordinary pages have in their menus; they do not make a line suspicious.
_ORDINARY = frozenset(
    "adult advance agency air and bad bags best bonus building buy call canada cash chat cheap check coach college credit crypto custom data date "
    "dating demo diet download fake followers for free full games generic get girl girls help hot illegal indian instagram instant key like "
    "likes link links live loan loans loss louis massage max michael mix movie nba new nfl nike not oil online options outlet pack paper papers pay "
    "personal pharmacy play player price pro quick ray research result seo server service services sex site sites sale singapore son sports store sub "
    "subscription sweet teen term the top toys trading tube version video videos views vpn watches ways weight wholesale without world write writer "
    "writers writing youtube индивидуалки на для без".split()
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
    gate_words: frozenset[bytes]  # telling words of the western strong entries, as `words_of` gives them
    gate_pairs: frozenset[str]  # the first two characters of the eastern ones
    drugs: frozenset[str]  # names of medicines: a list of interactions names them as well


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    eastern: dict[str, bool] = {}
    western: dict[str, bool] = {}
    drugs: set[str] = set()
    for language in LANGUAGES:
        for row in read(f"keywords/{language}.tsv"):
            word, topic, strength = row.split("\t")
            words = eastern if _EAST.search(word) else western
            words[word] = words.get(word, False) or strength == "strong"
            if topic == "pharma" and " " not in word and (strength == "name" or (words is western and strength == "strong")):
                drugs.add(word)
    lengths: dict[str, set[int]] = {}
    for word in eastern:
        lengths.setdefault(word[0], set()).add(len(word))
    gate = {
        part for word, strong in western.items() if strong for part in word.split() if part not in _ORDINARY and len(part) > 2
    }
    return _Lexicon(
        eastern,
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        western,
        frozenset(word.encode() for part in gate for word in (part, part.capitalize(), part.upper())),
        frozenset(word[:2] for word, strong in eastern.items() if strong),
        frozenset(drugs),
    )


def gate_words() -> frozenset[bytes]:
    """The telling words of languages with blanks, as `words_of` gives them."""
    return _lexicon().gate_words


def words_of(text: str | bytes) -> list[bytes]:
    """The words of a text, as UTF-8 in lower case (capital letters outside ASCII stay): one pass of a byte table, four times as fast as str."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return data.translate(_WORD_BYTES).split()


def telling_words(text: str) -> frozenset[bytes] | None:
    """The telling words in a text of a script with blanks; None for a text with Chinese or Japanese characters."""
    if not text.isascii() and (any(sign in text for sign in _USUAL_EAST) if len(text) > SHORT else _EAST.search(text)):
        return None
    return _lexicon().gate_words.intersection(words_of(text))


def suspicious(line: str, least: int = 2) -> bool:
    """A quick look whether a line may hold spam words at all: at least `least` telling words, or beginnings of Chinese and Japanese ones.

    >>> suspicious("Home | News | About us | Contact")
    False
    """
    found = telling_words(line)
    if found is not None:
        return len(found) >= least
    lexicon = _lexicon()
    folded = fold(line).lower()
    if len(lexicon.gate_pairs.intersection(map("".join, pairwise(folded)))) >= least:
        return True
    return bool(_BRAND.search(folded)) or len(lexicon.gate_words.intersection(words_of(folded))) >= least


def phrases_of(line: str) -> list[str]:
    """A line cut into phrases, folded and in lower case. Blanks separate as well where the script writes none between words."""
    folded = fold(line).lower()
    pieces = _BETWEEN.split(folded)
    if len(pieces) < FEW_PIECES and _EAST.search(folded):
        pieces = [part for piece in pieces for part in (piece.split() if _EAST.search(piece) else [piece])]
    return [piece.strip() for piece in pieces if piece and not piece.isspace()][:MAX_PHRASES]


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
    if _EAST.search(phrase):
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
