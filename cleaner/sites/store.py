"""The pages of a site brought together, whatever the crawl: in files on the disk, with memory that does not grow.

Lines go into buckets by the hash of their domain, a bucket is small enough to be held, and one site after the other is counted. Of a large site the pages with
the smallest hashes are taken, which is a sample that does not depend on the order. Lines that might be shared by unrelated sites go into
buckets by their own hash and are counted there. Why not a database: docs/decisions/sites.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from cleaner.rules.site_file import Row
from cleaner.sites.buckets import BUCKETS, Buckets
from cleaner.sites.counts import counted
from cleaner.sites.extract import SitePage, Texts, head_of, read_line
from cleaner.sites.keys import KeysOf
from cleaner.sites.shared import Sharable, add_sharable, unknown
from cleaner.sites.verdict import LEAST_PAGES, rows_of
from cleaner.sites.written import Learned, section_of, write_templates

__all__ = ["Store"]

MOST_PAGES = 500  # of a host that are counted: enough for a line on one page in twenty
LEAST_HOSTS = 2  # hosts of a domain that must have a line before it is taken for the domain's
_SIZE, _NUMBER = 4, 8  # bytes before a line in a bucket: how long it is, and by which number `Texts` knows its page


class _Waiting(NamedTuple):
    """A page of a host that waits to be counted."""

    place: int
    line: bytes
    number: int


class _Domain:
    """The lines of a domain's pages, by host: the same page once, and of too many those with the smallest hashes."""

    def __init__(self) -> None:
        self.hosts: dict[str, dict[int, _Waiting]] = {}  # host -> hash of content -> page
        self.seen: Counter[str] = Counter()

    def add(self, host: str, content: int, page: _Waiting) -> None:
        pages = self.hosts.setdefault(host, {})
        self.seen[host] += 1
        known = pages.get(content)
        if known is None or page < known:
            pages[content] = page
        if len(pages) > 2 * MOST_PAGES:
            self.hosts[host] = dict(self._smallest(pages))

    @staticmethod
    def _smallest(pages: dict[int, _Waiting]) -> list[tuple[int, _Waiting]]:
        return nsmallest(MOST_PAGES, pages.items(), key=lambda item: item[1])

    def pages(self, host: str) -> list[SitePage]:
        by_place: dict[int, _Waiting] = {}
        for _, page in self._smallest(self.hosts[host]):
            by_place.setdefault(page.place, page)  # an address that was fetched twice
        return [read_line(page.line, page.number) for _, page in sorted(by_place.items())]


class _Section(NamedTuple):
    """Where a section of the result waits."""

    site: str
    start: int
    size: int


@dataclass
class Store:
    """Takes the lines of pages, then writes the file of templates. `folder` is for what does not fit into memory; `texts` gives the blocks of a page, by the
    number that came with its line, for the few pages that are asked for what a learned line says."""

    folder: Path
    texts: Texts
    pages: int = 0
    learned: Learned = field(default_factory=Learned)

    def __post_init__(self) -> None:
        self._pages = Buckets(self.folder, "pages")
        self._shared = Sharable(self.folder)
        self._keys_of = KeysOf(self.texts)

    def add(self, line: bytes, number: int) -> None:
        """The line of a page, as `line_of` gives it, and the page's number."""
        self.pages += 1
        data = len(line).to_bytes(_SIZE, "little") + number.to_bytes(_NUMBER, "little") + line
        self._pages.add(crc32(head_of(line).domain) % BUCKETS, data)

    def write(self, out: Path) -> Learned:
        """Learn, write the file, and say what was learned."""
        sections: list[_Section] = []
        with open(self.folder / "sections", "w+b") as file:
            for domain, found in self._domains():
                for site, text in self._sections(domain, found):
                    start = file.tell()
                    file.write(text.encode())
                    sections.append(_Section(site, start, file.tell() - start))
            shared = list(unknown(self._candidates()))
            self.learned.shared = len(shared)
            write_templates(out, self.learned, _in_order(file, sections), shared)
        (self.folder / "sections").unlink()
        self._pages.close()
        self._shared.close()
        return self.learned

    def _domains(self) -> Iterator[tuple[str, _Domain]]:
        """All domains with their pages; a bucket is held at a time."""
        for packs in self._pages.each():
            yield from sorted(_by_domain(packs).items())

    def _sections(self, domain: str, found: _Domain) -> Iterator[tuple[str, str]]:
        """The sections of a domain: of each host, and of the whole where several hosts have something in common."""
        every: list[SitePage] = []
        sharable: set[int] = set()
        for host in sorted(found.hosts):
            pages = found.pages(host)
            every += pages[: MOST_PAGES // 10]
            add_sharable(pages, sharable)
            if learned := self._learn(host, found.seen[host], pages):
                yield host, section_of(host, *learned)
        self._shared.put(sharable)
        if len(found.hosts) >= LEAST_HOSTS and len(every) >= LEAST_PAGES:
            counts = counted(every)
            if common := rows_of(counts, LEAST_HOSTS):
                yield f"*.{domain}", section_of(f"*.{domain}", len(counts.pages), self._keys_of.rows(common, every))

    def _learn(self, name: str, seen: int, pages: list[SitePage]) -> tuple[int, dict[str, Row]] | None:
        self.learned.sites += 1
        if len(pages) < LEAST_PAGES:
            self.learned.small += 1
            if seen >= LEAST_PAGES:
                self.learned.one_text(name, seen, seen - len(pages), "")
            return None
        counts = counted(pages)
        copies = counts.unoriginal + max(0, min(seen, MOST_PAGES) - len(pages))
        if counts.unoriginal >= LEAST_PAGES or copies >= LEAST_PAGES:
            example = self._keys_of.found({counts.example}, pages).get(counts.example, "")
            self.learned.one_text(name, len(pages), counts.unoriginal, example)
        rows = rows_of(counts)
        if rows:
            self.learned.with_rows += 1
            self.learned.rows += len(rows)
        return (len(counts.pages), self._keys_of.rows(rows, pages)) if rows else None

    def _candidates(self) -> Iterator[tuple[int, str]]:
        """How many domains have each of the lines that many have, and its key."""
        wanted = self._shared.candidates()
        for _, found in self._domains() if wanted else ():
            for host in sorted(found.hosts):
                for key, text in self._keys_of.found(set(wanted), found.pages(host)).items():
                    yield wanted.pop(key), text
            if not wanted:
                return


def _by_domain(packs: Iterable[bytes]) -> dict[str, _Domain]:
    found: dict[str, _Domain] = {}
    for pack in packs:
        start = 0
        while start < len(pack):
            begin = start + _SIZE + _NUMBER
            end = begin + int.from_bytes(pack[start : start + _SIZE], "little")
            line, number = pack[begin:end], int.from_bytes(pack[start + _SIZE : begin], "little")
            head = head_of(line)
            domain = found.setdefault(head.domain.decode(), _Domain())
            domain.add(head.host.decode(), head.content, _Waiting(head.place, line, number))
            start = end
    return found


def _in_order(file: BinaryIO, sections: list[_Section]) -> Iterator[bytes]:
    for section in sorted(sections):
        file.seek(section.start)
        yield file.read(section.size)
