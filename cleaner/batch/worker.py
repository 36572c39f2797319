"""The worker: one process, one task at a time; it reads its part of the input itself and holds nothing that its death would lose.

Everything a page may do to it is expected: the parent sees from the heartbeat which page it was. Only running out of memory is noticed here,
and then the worker ends, because a process that has once refused memory to a C library is in no state to be trusted.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.batch.finishing import outcome_of_frozen
from cleaner.batch.frozen import frozen_items, skipped
from cleaner.batch.heartbeat import CLEANING, FINISHING, READING, Beat
from cleaner.batch.json_lines import dumps
from cleaner.batch.lesson import learned
from cleaner.batch.readers import items_of
from cleaner.batch.rows import Cleaning, Outcome, dead_letter, outcome_of, outcome_of_letter, trace_of
from cleaner.batch.samples import Draw
from cleaner.batch.shards import Sink, dead_sink, sample_sink, shard_sink
from cleaner.batch.spool import Spool
from cleaner.batch.tasks import EXIT_MEMORY, ChunkTask, Failure, LearnTask, PagesTask, Task, Verdict
from cleaner.batch.values import BatchError, Chunk, Damaged, Frozen, Item, Letter, Record, ShardFile, ShardReport, Skipped

__all__ = ["work"]

RECYCLE = 0.5  # of the memory limit: a worker that holds more after a task ends and is replaced
SLOWEST = 5  # pages named in a chunk's report


class Place(NamedTuple):
    """Where a worker works."""

    channel: Connection[Any, Any]
    beat: Beat
    spool: Spool
    cleaning: Cleaning


def work(channel: Connection[Any, Any], beat: Beat, spool_descriptor: int, cleaning: Cleaning) -> None:
    """Do tasks until the other end of the channel closes."""
    while True:
        try:
            task: Task = channel.recv()
        except EOFError:
            return
        try:
            place = Place(channel, beat, Spool(spool_descriptor, beat.spooled), cleaning)
            channel.send(("done", _done(task, place)))
        except MemoryError:
            os._exit(EXIT_MEMORY)
        if _resident() > RECYCLE * cleaning.config.memory:
            return


def _done(task: Task, place: Place) -> Any:
    """Do a task; what keeps it from being done, and is no page's fault, is a Failure."""
    if isinstance(task, PagesTask):
        return _send_pages(task, place)
    try:
        if isinstance(task, LearnTask):
            place.beat.enter(FINISHING)
            return learned(task)
        return _shard_of(task, _place_for(task, place))
    except OSError as error:
        return Failure(f"{error.strerror or error}: {error.filename or task.folder}", 3)
    except BatchError as error:
        return Failure(str(error), error.code)


def _place_for(task: ChunkTask, place: Place) -> Place:
    return place._replace(cleaning=place.cleaning.thawing(task.thaw)) if task.thaw else place


def _shard_of(task: ChunkTask, place: Place) -> ShardReport:
    began = time.time()
    _clean_items(task, place)
    place.beat.enter(FINISHING)
    report = _shard(task, place)
    report.began, report.ended = round(began, 3), round(time.time(), 3)
    place.spool.clear()
    return report


def _send_pages(task: PagesTask, place: Place) -> int:
    for index, item in enumerate(task.records):
        if index < place.beat.done:
            continue
        place.beat.enter(CLEANING)
        verdict = task.verdicts.get(index)
        payload = _line(item, verdict, place) if task.lines else _result(item, verdict, task.make or place.cleaning.clean)
        place.channel.send((index, payload))
        place.beat.commit(index + 1, 0, _size(item))
    return len(task.records)


def _clean_items(task: ChunkTask, place: Place) -> None:
    beat, spool, done = place.beat, place.spool, place.beat.done
    config = place.cleaning.config
    items = frozen_items(Path(config.thaw), task.chunk.label) if config.thaw else items_of(task.chunk, config)
    index = 0
    while True:
        beat.enter(READING)
        item = _unreadable(task, index) if index == task.stop_at else next(items, None)
        if item is None:
            return
        if index >= done:
            beat.enter(CLEANING)
            outcome = _outcome(item, index, task, place.cleaning)
            spool.append(outcome)
            beat.commit(index + 1, spool.end, -1 if outcome.tag == b"s" else outcome.stats["b"])
        if index == task.stop_at:
            return
        index += 1


def _unreadable(task: ChunkTask, index: int) -> Damaged:
    verdict = task.verdicts[index]
    source = task.chunk.name or task.chunk.paths[0]
    return Damaged(f"reading stopped here ({verdict.error}); what follows in this chunk is missing", source, task.chunk.start)


def _outcome(item: Item, index: int, task: ChunkTask, cleaning: Cleaning) -> Outcome:
    if isinstance(item, Skipped):
        return Outcome(b"s", {"s": item.reason}, skipped(item.reason) if cleaning.config.task == "freeze" else b"")
    if isinstance(item, Letter):
        return outcome_of_letter(item)
    reread = partial(_locator, item, task.chunk, index)
    if isinstance(item, Damaged):
        return dead_letter(item, item.status, item.error, reread=reread)
    verdict = task.verdicts.get(index)
    if isinstance(item, Frozen):
        return outcome_of_frozen(item, cleaning, reread, verdict)
    if verdict:
        return dead_letter(item, verdict.status, verdict.error, reread=reread)
    return outcome_of(item, cleaning, reread)


def _locator(item: Record | Damaged | Frozen, chunk: Chunk, index: int) -> Mapping[str, Any] | None:
    """The chunk that has just this page; None where it cannot be read again, from standard input."""
    if not isinstance(item, Frozen) and item.locator:
        return item.locator
    if chunk.name or chunk.kind in ("dead", "unreadable"):
        return None
    if chunk.kind == "files":
        return Chunk(chunk.number, "files", (chunk.paths[index],)).to_dict()
    return chunk.to_dict()


def _shard(task: ChunkTask, place: Place) -> ShardReport:
    """One pass over the spool: rows to the shard, dead letters to theirs, numbers to the report."""
    config, folder = place.cleaning.config, Path(task.folder)
    report = ShardReport(task.chunk.number)
    rows = shard_sink(folder, task.chunk.label, config)
    letters = dead_sink(folder, task.chunk.label)
    draw = Draw()
    for tag, stats, body in place.spool.outcomes():
        if tag == b"s":
            report.skipped[stats["s"]] += 1
            if body:
                rows.write(body)
            continue
        (rows if tag == b"r" else letters).write(body)
        for offer in stats.get("p", ()):
            draw.take(offer, {"id": stats["i"], "source": stats["f"], "offset": stats["o"]})
        _count(report, stats, tag == b"r")
    report.shard = rows.finish() + _samples(draw, sample_sink(folder, task.chunk.label))
    report.dead_file = next(iter(letters.finish()), None)
    return report


def _samples(draw: Draw, sink: Sink) -> tuple[ShardFile, ...]:
    for sample in draw.samples():
        sink.write(dumps(sample))
    return sink.finish()


def _count(report: ShardReport, stats: dict[str, Any], lives: bool) -> None:
    report.statuses[stats["s"]] += 1
    report.bytes_in += stats["b"]
    if not lives:
        report.dead += 1
        report.errors[stats["x"]] += 1
        return
    report.rows += 1
    report.encodings[stats["e"]] += 1
    report.removed.update(stats["r"])
    report.characters_out += stats["c"]
    report.seconds = round(report.seconds + stats["t"], 4)
    if "n" in stats:
        report.notes[stats["n"]] += 1
    report.slowest.append([stats["t"], stats["i"], stats["f"], stats["o"]])
    if len(report.slowest) > SLOWEST:
        report.slowest.sort(key=lambda entry: entry[0], reverse=True)
        report.slowest.pop()


def _line(item: Item, verdict: Verdict | None, place: Place) -> tuple[str, bytes] | None:
    """Status and line of an item for a stream: dead letters stand in it too, without their bytes' being lost."""
    if isinstance(item, (Skipped, Letter, Frozen)):
        return None
    if isinstance(item, Damaged):
        outcome = dead_letter(item, item.status, item.error)
    elif verdict:
        outcome = dead_letter(item, verdict.status, verdict.error)
    else:
        outcome = outcome_of(item, place.cleaning)
    return outcome.stats["s"], outcome.body


def _result(item: Item, verdict: Verdict | None, make: Callable[[Record], Any]) -> Any:
    """What `make` makes of an item, or the Verdict where there can be nothing."""
    assert isinstance(item, Record)
    if verdict:
        return verdict
    try:
        return make(item)
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001  a page becomes a result with the reason
        return Verdict("error", f"{type(error).__name__}: {error}\n{trace_of(error)}")


def _size(item: Item) -> int:
    return len(item.data) if isinstance(item, Record) else -1


def _resident() -> int:
    """The most memory this process has had at once, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
