"""A cleaned page put away until the templates of its site are known.

What a site repeats is known only when all its pages were read; reading, decoding and judging them a second time would double the cost of a run. So
`run --learn-sites` cleans each page once and puts away three things: what is counted of it, its finished row, and what it takes to settle the templates' edits with
the page's own. Most pages of HTML have no line left that their site repeats, and their row is taken as it is.

A file of pages is a row of records, each with its sizes in front, so that one page can be read alone: the store asks for a few, to see what a line says that is known
by its hash. All of it is temporary, written and read by one version, therefore `marshal`: a tenth of the time of JSON. Nothing is compressed: 40 kB of a mean page of
140 kB are written, where zstd leaves 26 kB and takes more time than all the rest (docs/decisions/sites.md).
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from cleaner.batch.json_lines import dumps, loads
from cleaner.batch.readers.dead import letters_in
from cleaner.batch.values import Frozen, Item, Letter, Record, Skipped
from cleaner.edits import Edit
from cleaner.page import Metadata, Mirror, Page, Role, Source, Span, blocks_of
from cleaner.result import Result
from cleaner.rules.site_lines import columns_of

__all__ = ["Finished", "FrozenFile", "frozen", "frozen_items", "frozen_page", "skipped", "thawed", "unpacked"]

READ = 1 << 20  # bytes that are read at one go
MARSHAL = 2  # version of the format; later ones look for objects that come twice, which takes longer than writing them again
_RECORD = Struct("<cII")  # kind, bytes of the line, bytes of the pack
_PACK = Struct("<II")  # in a pack: bytes of the numbers, of the row; the rest is what the row was made of
_NUMBER = "I"  # array code of offsets and numbers of containers: no page has 4 GB of text
_PAGE, _SKIPPED = b"p", b"s"
_ROLES: dict[int, Role] = {ord("a"): "article", ord("c"): "comment", ord("o"): "outside"}


class Finished(NamedTuple):
    """What is in a pack: the numbers for the summary and the row, both as they will be written, and what `thawed` takes."""

    stats: dict[str, Any]
    row: bytes
    page: bytes


def frozen_page(page: Page, line: bytes) -> bytes:
    """The record of a page that is only counted."""
    return _record(_PAGE, line, _packed(b"", b"", (_texts(page), ())))


def frozen(result: Result, record: Record, line: bytes, finished: tuple[dict[str, Any], bytes, int], *, spans: bool) -> bytes:
    """The record of a cleaned page. finished: its numbers, its row, and how many of the samples in its numbers are of repairs. `spans` are only needed where
    rows have Markdown or HTML."""
    stats, row, repaired = finished
    page = result.page
    mirror = page.mirror
    rest = (
        (record.id, record.source, record.offset, record.url, record.note, repaired),
        (result.source.encoding, result.source.how, result.status),
        (page.kind, page.url, page.page_type, float(page.confidence)),
        tuple(vars(page.metadata).values()),
        tuple(vars(mirror).values()) if mirror else None,
        [tuple(mark) for mark in page.marks],
        [tuple(span) for span in page.spans] if spans else [],
        _columns_of_edits(result.removals),
    )
    return _record(_PAGE, line, _packed(dumps(stats), row, (_texts(page), rest)))


def skipped(reason: str) -> bytes:
    """The record of what was no page, so that it is counted again."""
    return _record(_SKIPPED, b"", reason.encode("utf-8", "replace"))


def _record(kind: bytes, line: bytes, pack: bytes) -> bytes:
    return _RECORD.pack(kind, len(line), len(pack)) + line + pack


def _packed(stats: bytes, row: bytes, page: tuple[Any, Any]) -> bytes:
    return b"".join((_PACK.pack(len(stats), len(row)), stats, row, marshal.dumps(page, MARSHAL)))


def _texts(page: Page) -> tuple[Any, ...]:
    """Text and blocks of a page; columns of one width, because they are written and read at one go."""
    return page.text, tuple(columns_of(page.blocks)), " ".join([block.tag for block in page.blocks])


def _columns_of_edits(edits: tuple[Edit, ...]) -> tuple[Any, ...]:
    """Edits as columns. A user's rule may have put numbers of numpy or a kind of string of its own into them."""
    starts, ends, new, rules, notes, scores = zip(*edits, strict=True) if edits else ((),) * 6
    texts = [list(map(str, column)) for column in (new, rules, notes)]
    return (array(_NUMBER, starts).tobytes(), array(_NUMBER, ends).tobytes(), *texts, array("d", scores).tobytes())


def unpacked(pack: bytes) -> Finished:
    """What is in a pack."""
    stats, row = _PACK.unpack_from(pack)
    middle = _PACK.size + stats
    end = middle + row
    return Finished(loads(pack[_PACK.size : middle]) if stats else {}, pack[middle:end], pack[end:])


def thawed(finished: Finished) -> tuple[Result, Record, int]:
    """The result of a page, without its source and the scores of its blocks; its record, without the bytes; and how many of its samples are of repairs."""
    texts, rest = marshal.loads(finished.page)
    text, (*numbers, roles, hidden), tags = texts
    (name, source, offset, given, note, repaired), made, about, metadata, mirror, marks, spans, edits = rest
    starts, ends, paths, links = (array(_NUMBER, column) for column in numbers)
    kinds = map(_ROLES.__getitem__, roles)
    kind, url, page_type, confidence = about
    page = Page(
        text,
        blocks_of(zip(starts, ends, tags.split(" ") if tags else [], paths, links, kinds, map(bool, hidden), repeat(1.0))),
        kind,
        tuple(map(Span._make, spans)),
        url,
        Metadata(*metadata),
        Mirror(*mirror) if mirror else None,
        page_type,
        confidence,
        tuple(map(Span._make, marks)),
    )
    encoding, how, status = made
    record = Record(b"", name, source, offset, given, note=note)
    return Result(Source("", encoding, how), page, (), _edits(*edits), "", "", status), record, repaired


def _edits(starts: bytes, ends: bytes, new: list[str], rules: list[str], notes: list[str], scores: bytes) -> tuple[Edit, ...]:
    columns = (array(_NUMBER, starts), array(_NUMBER, ends), new, rules, notes, array("d", scores))
    return tuple(map(Edit._make, zip(*columns, strict=True)))


def frozen_items(folder: Path, label: str) -> Iterator[Item]:
    """The items of a chunk that was put away below `folder`: pages, what was skipped, and dead letters."""
    pages, letters = folder / f"pages/shard-{label}.pages", folder / f"dead/dead-{label}.jsonl.zst"
    if pages.exists():
        for _, kind, line, pack in FrozenFile(pages).records():
            yield Skipped(pack.decode()) if kind == _SKIPPED else Frozen(line, pack)
    if letters.exists():
        for value in letters_in(str(letters)):
            yield Letter(value)


class FrozenFile:
    """A file of records."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def records(self) -> Iterator[tuple[int, bytes, bytes, bytes]]:
        """Of each record where it begins, its kind, line and pack."""
        start = 0
        with open(self._path, "rb", buffering=READ) as file:
            while head := file.read(_RECORD.size):
                kind, line, pack = _RECORD.unpack(head)
                yield start, kind, file.read(line), file.read(pack)
                start += _RECORD.size + line + pack

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Of each page whose site is known where its record begins, and its line."""
        return ((start, line) for start, _, line, _ in self.records() if line)

    def texts(self, start: int) -> list[str]:
        """The blocks' texts of the page whose record begins there."""
        with open(self._path, "rb") as file:
            file.seek(start)
            _, line, pack = _RECORD.unpack(file.read(_RECORD.size))
            file.seek(line, 1)
            (text, numbers, *_), _ = marshal.loads(unpacked(file.read(pack)).page)
        starts, ends = (array(_NUMBER, column) for column in numbers[:2])
        return [text[begin:end] for begin, end in zip(starts, ends, strict=True)]
