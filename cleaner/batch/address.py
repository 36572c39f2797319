"""Addresses: a short name for each page of an output, by which it can be taken out of the input again.

An address is the number of the page's chunk and a hash of its source and offset: `12-5f0c3a9b12`. Names of files and records come from strangers; an address
holds nothing but digits, letters a-f and a hyphen, so a command with it can be printed in a report and pasted into a shell without a second thought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from cleaner.batch.manifest import reports_in
from cleaner.batch.readers import items_of
from cleaner.batch.values import BatchConfig, BatchError, Chunk, Damaged, Item, Record
from cleaner.batch.verify import plan_of

__all__ = ["address_of", "item_at"]

DIGEST = 5  # bytes: two of the 100,000 pages that a chunk may have share one with a chance of 1 in 200
_ADDRESS = re.compile(r"([0-9]{1,9})-([0-9a-f]{10})")


def address_of(chunk: int, source: str, offset: int) -> str:
    """The address of a page.

    >>> address_of(12, "crawl/site.warc.gz", 4096)
    '12-06ff08089f'
    """
    name = f"{offset}\0{source}".encode("utf-8", "surrogatepass")
    return f"{chunk}-{blake2b(name, digest_size=DIGEST).hexdigest()}"


def item_at(out: Path, address: str, config: BatchConfig) -> Record | Damaged:
    """The page of an output folder that has this address, from the dead letters or read again from the input. Raises BatchError."""
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise BatchError(
            f"{address!r} is no address; the report of a run gives one for each page it names, such as 12-5f0c3a9b12"
        )
    number = int(match[1])
    for item in _candidates(out, number, config):
        if isinstance(item, (Record, Damaged)) and address_of(number, item.source, item.offset) == address:
            return item
    raise BatchError(f"{out} has no page {address}, or its input is not there any more, or has changed")


def _candidates(out: Path, number: int, config: BatchConfig) -> Iterator[Item]:
    """Dead letters first: they hold the bytes themselves."""
    for report in reports_in(out):
        if report.chunk == number and report.dead_file and (out / report.dead_file.path).is_file():
            yield from items_of(Chunk(number, "dead", (str(out / report.dead_file.path),)), config)
    chunk = plan_of(out).get(number)
    if chunk:
        yield from items_of(chunk(), config)
