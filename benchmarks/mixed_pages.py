"""Pages of our own in which the encoding changes inside a run of text, not only at tags and line ends.

Content systems do this when a database holds UTF-8 and the template is GBK, or when a field is cut and joined: the change may come
between any two characters. The sentences were written for this project. Every page is made from its number alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["SENTENCES", "MixedPage", "mixed_pages"]

SENTENCES: dict[str, tuple[str, ...]] = {
    "zh": (
        "村里的老码头去年冬天重新修好了,渡船又能停靠。", "县文化馆请来两位老师,教孩子们用芦苇编席子。", "今年雨水多,梯田里的稻子比往年晚熟了十天。",
        "路边新开的面馆只卖三样东西,却天天排队。", "他把祖父留下的木工工具擦干净,一件一件挂在墙上。", "社区图书室每周六下午开放,借书不用押金。",
        "桥下的水位降了两米,露出一排旧石墩。", "记者在集市上问了价,一斤新茶卖到三百元。", "会议决定先修水渠,再谈扩建养殖场的事。", "山后的风电场已经并网,机器的声音夜里听得很清楚。",
        "老师傅说,这口井的水从来没有断过。", "列车晚点四十分钟,站台上的人都进候车室避雨去了。",
    ),
    "zh-hant": (
        "巷口的豆漿店換了招牌,味道倒是沒有變。", "圖書館三樓重新開放,學生可以預約討論室。", "颱風過後,漁港的防波堤需要整修。", "她把舊照片掃描下來,寄給住在南部的阿姨。", "里長說,公園的燈會在月底前全部換新。",
        "今年的柚子甜,可是產量只有去年的六成。", "公車改道以後,走到捷運站要多花五分鐘。", "老戲院拆掉之前,居民自己辦了一場放映會。", "農會開了一門課,教大家怎麼做味噌。", "山上的步道因為落石封閉,請改走產業道路。",
    ),
    "ja": (
        "駅前の商店街では、毎月最後の日曜日に朝市が開かれます。", "古い倉庫を直して、小さな図書室にする計画が進んでいます。", "今年の桜は例年より一週間ほど早く咲きました。", "バスの時刻表が変わったので、掲示板を確認してください。",
        "祖母は毎朝、庭の野菜に水をやってから出かけます。", "台風の影響で、島へ渡る船は夕方まで欠航の見込みです。", "町の体育館は改修のため、三月末まで使えません。", "学校の帰りに、川沿いの道で白い鳥を見かけた。",
        "店の主人は、そばの打ち方を若い人に教えている。", "会場には百人ほどが集まり、意見を交わしました。",
    ),
    "ko": (
        "마을 도서관은 이번 주부터 저녁 아홉 시까지 문을 엽니다.", "비가 많이 와서 강가의 산책길이 물에 잠겼습니다.", "시장 골목의 국수집은 점심마다 줄이 길다.", "오래된 창고를 고쳐 작은 전시장으로 쓰기로 했다.",
        "올해 사과는 작년보다 열흘쯤 늦게 익었습니다.", "버스 노선이 바뀌었으니 안내문을 확인해 주십시오.", "할머니는 아침마다 마당의 채소에 물을 주신다.", "바람이 세게 불어 섬으로 가는 배가 뜨지 못했다.",
        "주민들은 회의에서 다리를 먼저 고치자고 말했다.", "학교 앞 횡단보도에 새 신호등이 생겼습니다.",
    ),
    "ru": (
        "Старую пристань за зиму отремонтировали, и паром снова ходит по расписанию.", "В сельской библиотеке открылся кружок плетения из лозы.", "Дождей в этом году было много, и картофель созрел позже обычного.",
        "На рынке мёд подорожал, зато яблоки почти ничего не стоят.", "Автобус теперь останавливается у школы, а не у почты.", "Жители решили сначала починить мост, а потом думать о новой дороге.", "Мастер показал детям, как точить стамески.",
        "Поезд опоздал на сорок минут из-за снега.", "Музей закрыт на ремонт до конца марта.", "Вечером на реке было так тихо, что слышно было каждое весло.",
    ),
    "el": (
        "Το παλιό λιμάνι επισκευάστηκε και το πλοίο ξαναπιάνει κάθε πρωί.", "Η βιβλιοθήκη του χωριού ανοίγει κάθε Σάββατο απόγευμα.", "Φέτος οι ελιές άργησαν να ωριμάσουν δέκα μέρες.", "Το λεωφορείο σταματά πια μπροστά στο σχολείο.",
        "Οι κάτοικοι ζήτησαν πρώτα να φτιαχτεί η γέφυρα.", "Το μουσείο μένει κλειστό ως το τέλος Μαρτίου.", "Στην αγορά το μέλι ακρίβυνε πολύ.", "Ο αέρας ήταν δυνατός και το καΐκι δεν έφυγε.",
    ),
    "fr": (
        "Le vieux débarcadère a été réparé cet hiver et le bac accoste à nouveau.", "La bibliothèque prête désormais des outils de jardin aux habitués.", "Cette année, les pommes ont mûri dix jours plus tard que prévu.", "Le musée restera fermé jusqu'à la fin du mois de février.",
        "À l'école, les élèves ont planté une haie le long du préau.", "Le maire a déclaré que la passerelle serait rénovée en été.", "Le boulanger pétrit sa pâte à la main, même le dimanche.", "Les randonneurs égarés ont été retrouvés près de l'étang.",
    ),
    "pl": (
        "Starą przystań naprawiono zimą i prom znów kursuje według rozkładu.", "W wiejskiej bibliotece można już wypożyczać narzędzia ogrodnicze.", "Jabłka dojrzały w tym roku dziesięć dni później niż zwykle.", "Przed szkołą zamontowano nową sygnalizację świetlną.",
        "Mieszkańcy chcą najpierw wyremontować most, a później drogę.", "Muzeum będzie zamknięte aż do końca miesiąca.", "Zając przebiegł przez łąkę tuż obok ścieżki.", "Źródło pod lasem nigdy nie wyschło, mówią najstarsi.",
    ),
}  # fmt: skip
_LEGACY = (
    ("zh", "gb18030", "gb2312"), ("zh-hant", "big5hkscs", "big5"), ("ja", "cp932", "shift_jis"), ("ja", "euc_jp", "euc-jp"), ("ko", "cp949", "euc-kr"),
    ("ru", "cp1251", "windows-1251"), ("ru", "koi8-r", "koi8-r"), ("el", "cp1253", "windows-1253"), ("fr", "cp1252", "iso-8859-1"),
    ("pl", "cp1250", "windows-1250"), ("pl", "iso8859-2", "iso-8859-2"),
)  # fmt: skip
LENGTHS = (4, 8, 16, 40)  # characters of the shortest stretch; the longest has three times as many


class MixedPage(NamedTuple):
    """Bytes in which `codec` and UTF-8 alternate, and the text they stand for."""

    id: str
    codec: str
    length: int
    utf8: float
    label: str | None
    data: bytes
    text: str


def mixed_pages() -> Iterator[MixedPage]:
    """Every language and codec, with stretches of four lengths, three shares of UTF-8, with and without a label."""
    for language, codec, label in _LEGACY:
        for length in LENGTHS:
            for utf8 in (0.1, 0.4, 0.8):
                for said in (label, None):
                    name = f"inside-{language}-{codec}-{length}-{utf8}-{'label' if said else 'bare'}"
                    yield _page(name, language, codec, length, utf8, said)


def _page(name: str, language: str, codec: str, length: int, utf8: float, label: str | None) -> MixedPage:
    """One page: paragraphs of sentences of one language, whose encoding changes between any two characters."""
    chance = random.Random(name)
    head = f'<meta charset="{label}">\n' if label else "<title>page</title>\n"
    pieces: list[bytes] = [head.encode()]
    texts: list[str] = [head]
    for _ in range(8):
        text = "".join(chance.sample(SENTENCES[language], 5))
        pieces.append(b"<p>" + _alternating(chance, text, codec, length, utf8) + b"</p>\n")
        texts.append(f"<p>{text}</p>\n")
    return MixedPage(name, codec, length, utf8, label, b"".join(pieces), "".join(texts))


def _alternating(chance: random.Random, text: str, codec: str, length: int, utf8: float) -> bytes:
    """`text` in stretches of UTF-8 (about the share `utf8` of it) and of `codec`, cut between any two characters."""
    pieces: list[bytes] = []
    position = 0
    foreign = chance.random() < utf8
    while position < len(text):
        size = chance.randint(length, 3 * length)
        # the legacy stretches are longer or shorter, so that the shares come out
        size = size if foreign == (utf8 < 0.5) else round(size * (1 - utf8) / utf8 if utf8 < 0.5 else size * utf8 / (1 - utf8))
        pieces.append(text[position : position + size].encode("utf-8" if foreign else codec))
        position += size
        foreign = not foreign
    return b"".join(pieces)
