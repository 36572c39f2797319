"""The forward model of the mirror kit: from clean simplified text to what the kit makes of it.

The kit works on GBK bytes and does not mind where characters begin. Stage P puts a reading in brackets behind each pair of bytes that equals a
tabled character, one entry of the table after the other; stage M puts one byte that nobody sees in front of each pair that equals a stop. Whatever
reads the bytes as Windows does (an invalid pair becomes one `?`) then sees the damage. Nothing here is imported from what it tests, and neither of
its tables is read by it: the glosses come from the observations in the development data, the conversion from OpenCC's simplified-to-traditional
list (the tested code reads lists built for this project and OpenCC's list for the other direction).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.data import data_folder

__all__ = ["Entry", "converted", "damaged", "glossed", "glosses", "read_as_windows_936"]

UNSEEN = b"\x01"  # stands for the byte that stage M inserts; what it is does not show
STOPS = ("，", "！", "？", "；", "。")  # in this order 。 never splits the pairs that the others hit, as in the real pages
STOPS_LITERAL = ("。", "，", "！", "？", "；")  # the other order the facts allow
# What the kit converts otherwise than the first candidate of OpenCC's list; seen on real pages.
CONVERTED = {"台": "臺", "准": "準", "症": "癥", "云": "雲", "复": "復", "着": "著"}
STAYS = frozenset("于干斗范筑占托采后并群游余岳里征吃愿面系伙佣凶划厘吁咨咸唇夸尸岩帘朴栗涂涌淀熏皂腌膻蚝蝎跖郁丑仆辟杰制")


class Entry(NamedTuple):
    character: str
    reading: str


@lru_cache(maxsize=1)
def glosses() -> tuple[Entry, ...]:
    """The kit's table in its order; entries whose place is unknown come last."""
    path = data_folder() / "mirror" / "glossed_characters.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    return tuple(Entry(row[0], row[1]) for row in sorted(rows, key=lambda row: int(row[2] or 999)))


@lru_cache(maxsize=1)
def _conversion() -> dict[int, str]:
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the forward model needs opencc-python-reimplemented (extra: test)")
    path = Path(spec.submodule_search_locations[0]) / "dictionary" / "STCharacters.txt"
    table = dict(CONVERTED)
    for line in path.read_text(encoding="utf-8").splitlines():
        simplified, _, candidates = line.partition("\t")
        first = candidates.split(" ")[0]
        if simplified not in table and simplified not in STAYS and _in_gbk(first):
            table[simplified] = first
    return {ord(simplified): traditional for simplified, traditional in table.items()}


def _in_gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def converted(text: str) -> str:
    """The kit's naive conversion, one character to one."""
    return text.translate(_conversion())


def glossed(text: str, table: Sequence[Entry]) -> str:
    """What stage P would give if it minded characters: the part of its work that does no harm."""
    readings = {ord(entry.character): f"{entry.character}({entry.reading})" for entry in table}
    return text.translate(readings)


def damaged(text: str, table: Sequence[Entry], *, split: bool = True, stops: Sequence[str] = STOPS) -> str:
    """Traditional text after stages P (with `split`) and M (with `stops`), read as Windows-936."""
    raw = text.encode("gbk", "xmlcharrefreplace")
    if split:
        for character, reading in table:
            code = character.encode("gbk")
            raw = raw.replace(code, code + f"({reading})".encode("gbk"))
    else:
        raw = glossed(text, table).encode("gbk", "xmlcharrefreplace")
    for stop in stops:
        code = stop.encode("gbk")
        raw = raw.replace(code, UNSEEN + code)
    return read_as_windows_936(raw)


def read_as_windows_936(raw: bytes) -> str:
    """Bytes as Windows reads GBK: an invalid pair becomes one `?`, 0x80 is the euro sign."""
    out: list[str] = []
    place = 0
    while place < len(raw):
        byte = raw[place]
        if byte <= 0x80:
            out.append("€" if byte == 0x80 else "" if byte == UNSEEN[0] else chr(byte))
            place += 1
        else:
            try:
                out.append(raw[place : place + 2].decode("gbk"))
            except UnicodeDecodeError:
                out.append("?")
            place += 2
    return "".join(out)
