"""What the parent sends to a worker. Light on purpose: the parent never loads what cleans pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cleaner.batch.values import Chunk, Item, Record

__all__ = ["EXIT_MEMORY", "ChunkTask", "Failure", "LearnTask", "PagesTask", "Task", "Thaw", "Verdict"]

EXIT_MEMORY = 86  # the exit code that says: out of memory


class Verdict(NamedTuple):
    """What the parent found out about a page whose worker died: the page is not tried again."""

    status: str
    error: str


class Failure(NamedTuple):
    """The task cannot be done, and not because of a page: the disk is full, a library is missing. `code` is the exit code."""

    message: str
    code: int


class Thaw(NamedTuple):
    """Where pages were put away, and the files of templates that are known now."""

    folder: str
    templates: tuple[str, ...]


class ChunkTask(NamedTuple):
    """Clean a chunk into a shard below `folder`. `stop_at` ends it early at an item that cannot even be read. `thaw`, where the workers were started for
    another task: finish pages that were put away."""

    chunk: Chunk
    folder: str
    verdicts: Mapping[int, Verdict]
    stop_at: int = -1
    thaw: Thaw | None = None


class PagesTask(NamedTuple):
    """Clean records that come with the task and send each result back at once. `lines` asks for rows as bytes of JSON; `make`, a function that
    pickles, for what it makes of a record instead of a Result."""

    records: tuple[Item, ...]
    lines: bool
    verdicts: Mapping[int, Verdict]
    make: Callable[[Record], Any] | None = None


class LearnTask(NamedTuple):
    """Learn from the pages that a first pass left in `folder`, and write the templates of their sites to `out`."""

    folder: str
    out: str


Task = ChunkTask | PagesTask | LearnTask
