"""Streams: pages in, results out, in order and with bounded memory, each page as isolated as in a run.

Here pages do travel between processes, because the caller has them; so records go out in batches and results come back one by one. What a dead
worker had sent has arrived, the page it died on is judged, and the next worker goes on behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cleaner.batch.pool import Pool
from cleaner.batch.readers.jsonl import value_item
from cleaner.batch.tasks import PagesTask, Verdict
from cleaner.batch.values import MAX_PAGE_BYTES, MEMORY, PAGE_TIMEOUT, BatchConfig, Fields, Item, Record
from cleaner.options import Options
from cleaner.page import Page, Source
from cleaner.result import Result

__all__ = ["Cleaners", "batches_of", "clean_many", "in_order", "lines_of_items"]

BATCH_PAGES = 16  # pages sent at once
BATCH_BYTES = 1_000_000  # or this many bytes: sending them takes a thousandth of cleaning them
AHEAD = 4  # batches a worker may be ahead of the oldest page that is not finished: bounds what waits to be given out


class _Batch:
    """Records on their way, and what has come back of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.payloads: deque[Any] = deque()
        self.given = 0


def in_order(
    pool: Pool, batches: Iterable[tuple[Item, ...] | None], *, lines: bool, make: Callable[[Record], Any] | None = None
) -> Iterator[Any]:
    """The payload of each record, in the order of the records. A None among the batches says that none is ready yet."""
    source = iter(batches)
    window: deque[_Batch] = deque()
    running: dict[int, _Batch] = {}
    ended = False
    while window or not ended:
        while not ended and len(window) < AHEAD * pool.jobs and (free := pool.free()):
            try:
                records = next(source)
            except StopIteration:
                ended = True
                break
            if records is None:
                break
            window.append(_Batch(len(records)))
            running[free[0]] = window[-1]
            pool.submit(free[0], PagesTask(records, lines, {}, make))
        if running:
            for event in pool.events():
                if event.item >= 0:
                    running[event.slot].payloads.append(event.payload)
                else:
                    del running[event.slot]
        while window:
            while window[0].payloads:
                window[0].given += 1
                yield window[0].payloads.popleft()
            if window[0].given < window[0].size:
                break
            window.popleft()


def batches_of(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Items in batches of bounded size."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.data) if isinstance(item, Record) else 0
        if len(batch) == BATCH_PAGES or size >= BATCH_BYTES:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


class Cleaners:
    """Worker processes that stay, for callers who clean many times: ``with Cleaners(jobs=4) as cleaners: cleaners.clean_many(…)``."""

    def __init__(
        self,
        *,
        jobs: int | None = None,
        options: Options | None = None,
        page_timeout: float = PAGE_TIMEOUT,
        max_page_bytes: int = MAX_PAGE_BYTES,
        memory: int = MEMORY,
    ) -> None:
        from cleaner.batch.supervisor import default_jobs

        if jobs is not None and jobs < 1:
            raise ValueError(f"jobs={jobs}: at least one worker is needed")
        config = BatchConfig(options or Options(), page_timeout=page_timeout, max_page_bytes=max_page_bytes, memory=memory)
        self._pool = Pool(config, jobs or default_jobs())

    def __enter__(self) -> Cleaners:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        self._pool.close()

    def clean_many(self, records: Iterable[object]) -> Iterator[Result]:
        """As the function `clean_many`. Take all results before the next call."""
        items = (_record(value, number) for number, value in enumerate(records))
        for payload in in_order(self._pool, batches_of(items), lines=False):
            yield _failed(payload) if isinstance(payload, Verdict) else payload

    def made_of(self, records: Iterable[Record], make: Callable[[Record], Any]) -> Iterator[Any]:
        """What `make` makes of each record in a worker, or the Verdict on a record that cost the worker too much. `make` must pickle."""
        yield from in_order(self._pool, batches_of(records), lines=False, make=make)


def clean_many(
    records: Iterable[object],
    *,
    jobs: int | None = None,
    options: Options | None = None,
    page_timeout: float = PAGE_TIMEOUT,
    max_page_bytes: int = MAX_PAGE_BYTES,
    memory: int = MEMORY,
) -> Iterator[Result]:
    """Clean many pages in worker processes; results come in the order of the records, one for each.

    records: bytes, str, or mappings with "data" (or "html", or "text"), "url" and "charset"; any iterable, also an endless one: it is read only a little
        ahead.
    jobs: worker processes; one a processor when not given.

    A page that hangs, crashes a parser or eats memory gives a result with status "timeout", "crash" or "error" and the reason in `error`; all others are
    untouched by it. No page stops the iteration; a record that is no page raises TypeError.

    >>> [result.status for result in clean_many(["One page of plain words.", b"<p>And another one.</p>"], jobs=1)]
    ['ok', 'ok']
    """
    if isinstance(records, (str, bytes, Mapping)):
        raise TypeError("clean_many() takes an iterable of pages; for one page use clean()")
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs={jobs}: at least one worker is needed")
    return _cleaned(
        records,
        Cleaners,
        {"jobs": jobs, "options": options, "page_timeout": page_timeout, "max_page_bytes": max_page_bytes, "memory": memory},
    )


def _cleaned(records: Iterable[object], make: type[Cleaners], given: dict[str, Any]) -> Iterator[Result]:
    with make(**given) as cleaners:
        yield from cleaners.clean_many(records)


def _record(value: object, number: int) -> Record:
    """What a caller gave as a record."""
    if isinstance(value, Record):
        return value
    if isinstance(value, (bytes, str)):
        return Record(value, str(number), "", number)
    if isinstance(value, (bytearray, memoryview)):
        return Record(bytes(value), str(number), "", number)
    if isinstance(value, Mapping):
        if isinstance(data := value.get("data"), (bytes, str)):
            return Record(data, str(value.get("id", number)), "", number, value.get("url"), value.get("charset"))
        item = value_item(dict(value), "", number, Fields())
        if isinstance(item, Record):
            return item._replace(charset=value.get("charset"))
    raise TypeError(
        f"record {number} is no page: clean_many() takes bytes, str, or mappings with data, html or text, not {type(value).__name__}"
    )


def _failed(verdict: Verdict) -> Result:
    """The result of a page that no result could be made of."""
    status: Any = verdict.status
    return Result(Source("", "unknown", "none"), Page("", (), "text"), (), (), "", "", status, verdict.error)


def lines_of_items(pool: Pool, batches: Iterable[tuple[Item, ...] | None]) -> Iterator[tuple[str, bytes]]:
    """Status and line of JSON for each item that is a page; a dead letter's line has its status, error and raw bytes."""
    for payload in in_order(pool, batches, lines=True):
        if payload is not None:
            yield payload
