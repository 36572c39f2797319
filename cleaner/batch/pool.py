"""The pool: the parent's side of the workers. It hands out tasks, watches heartbeats, and finds out which page it was when a worker dies.

A page is blamed on evidence only. A worker past the time limit is killed, and its page is a time-out. A worker that dies is replaced and its page
is tried again, because somebody else may have killed it; when the page has cost two workers (three for kill -9, the signal that comes from outside)
it is the page. Time is the worker's processor time, so that a busy machine does not turn slow pages into time-outs.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from cleaner.batch.heartbeat import CLEANING, FINISHING, IDLE, READING, Heartbeats
from cleaner.batch.nursery import INSIDE, ORDER, REPORT, THREADS, rest_of
from cleaner.batch.processes import cause_of, packed, processor_time, start_failed
from cleaner.batch.tasks import EXIT_MEMORY, ChunkTask, LearnTask, PagesTask, Task, Verdict
from cleaner.batch.values import BatchConfig, BatchError

__all__ = ["Event", "Pool"]

POLL = 0.25  # seconds between looks at the heartbeats
WALL_FACTOR = 3  # a page may take this many times the limit on the clock before it counts as blocked (waiting, stopped)
READ_LIMIT = 600.0  # seconds of processor time for reading one record; passing over 100 GB of zeros takes less
ATTEMPTS = 2  # workers a page may cost before it is blamed
ATTEMPTS_KILLED = 3  # the same for SIGKILL, which the page itself cannot send
IDLE_DEATHS = 20  # workers that may die without a task in a row
NURSERY_DEATHS = 5  # nurseries that may die before the pool gives up


class Event(NamedTuple):
    """Something a slot has to say: a page's payload (`item` ≥ 0), or the end of its task (`item` == -1)."""

    slot: int
    item: int
    payload: Any


class _Slot:
    """What the parent knows of one worker."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.channel: Connection[Any, Any] | None = None
        self.process = 0
        self.status: int | None = None  # wait status, when the nursery has told it
        self.task: Task | None = None
        self.overdue = False
        self.deaths: Counter[int] = Counter()  # by item
        self.idle_deaths = 0
        self.received = 0  # payloads of a PagesTask that have arrived


class Pool:
    """Some workers. `submit` to a free slot, then take `events`; everything about dying workers happens inside."""

    def __init__(self, config: BatchConfig, jobs: int, folder: str | None = None) -> None:
        if os.environ.get(INSIDE):
            raise RuntimeError("a script that defines rules and starts a batch must start it under: if __name__ == '__main__':")
        self.config = config
        self.jobs = jobs
        self._folder = folder
        self.beats = Heartbeats(jobs)
        self._slots = [_Slot(number) for number in range(jobs)]
        self._nurseries = 0
        self._packed = packed(config)
        self._start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the nursery --------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """A nursery, and a worker for each slot."""
        self._nurseries += 1
        if self._nurseries > NURSERY_DEATHS:
            raise BatchError("the process that starts the workers died again and again; is there memory left?", 3)
        ours, theirs = socket.socketpair()
        code = (
            f"import sys; sys.path[:] = {sys.path!r}; from cleaner.batch.nursery import main; "
            f"main({theirs.fileno()}, {self.beats.descriptor})"
        )
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(), self.beats.descriptor),
            env={**os.environ, **THREADS, "PYTHONHASHSEED": "0"},
        )
        theirs.close()
        self._control = ours
        if not self._ready():
            if self._nursery.wait() >= 0:
                raise BatchError(start_failed(self._packed["main"]), 3)
            ours.close()  # somebody killed it
            self._start()
            return
        for slot in self._slots:
            self._fork(slot)

    def _ready(self) -> bool:
        """Tell the nursery what it needs, and wait until it has loaded everything."""
        setup = pickle.dumps({"slots": self.jobs, "folder": self._folder, **self._packed})
        try:
            self._control.sendall(len(setup).to_bytes(8, "little") + setup)
        except OSError:
            return False
        return self._report()

    def _report(self) -> bool:
        """Take one report of the nursery; False when it is gone."""
        try:
            data = rest_of(self._control, REPORT.size)
        except ConnectionResetError:
            return False
        if len(data) < REPORT.size:
            return False
        report, number, value = REPORT.unpack(data)
        if report == b"b":
            self._slots[number].process = value
        elif report == b"x":
            self._slots[number].status = value
        return True

    def _fork(self, slot: _Slot) -> None:
        self.beats.beats[slot.number].rest()  # what the last worker did must not count against this one
        ours, theirs = socket.socketpair()
        try:
            socket.send_fds(self._control, [ORDER.pack(b"f", slot.number)], [theirs.fileno()])
        except OSError:  # the nursery is dead too: `events` sees it and restarts everything
            ours.close()
            slot.channel = None
            return
        finally:
            theirs.close()
        slot.channel = Connection(ours.detach())
        slot.process, slot.status, slot.overdue = 0, None, False

    def _restart(self) -> None:
        """The nursery died (the kernel's choice when memory runs out, or somebody's kill): begin the running tasks again."""
        self._nursery.wait()
        self._control.close()
        for slot in self._slots:
            if slot.channel:
                slot.channel.close()
            self.beats.beats[slot.number].reset()
        self._start()
        for slot in self._slots:
            self._send(slot)

    # -- tasks --------------------------------------------------------------------------------------------------------------

    def free(self) -> list[int]:
        """Slots without a task."""
        return [slot.number for slot in self._slots if slot.task is None]

    def submit(self, number: int, task: Task) -> None:
        """Give a task to a free slot."""
        slot = self._slots[number]
        slot.task, slot.received = task, 0
        slot.deaths.clear()
        self.beats.beats[number].reset()
        self._send(slot)

    def _send(self, slot: _Slot) -> None:
        if slot.task is not None and slot.channel is not None:
            if isinstance(slot.task, PagesTask):
                self.beats.beats[slot.number].commit(slot.received, 0)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # dead: its end of the channel says so
                slot.channel.send(slot.task)

    def events(self, timeout: float = POLL) -> Iterator[Event]:
        """What has happened, waiting up to `timeout` seconds for something to happen."""
        channels: dict[Any, _Slot] = {slot.channel: slot for slot in self._slots if slot.channel}
        control = self._control
        for ready in wait([*channels, control], timeout):
            if self._control is not control:  # a dead worker led to the dead nursery: all is started anew
                return
            if ready is control:
                if not self._report():
                    self._restart()
                    return
                continue
            slot = channels[ready]
            if ready is slot.channel:
                yield from self._receive(slot)
        self._check()

    def _receive(self, slot: _Slot) -> Iterator[Event]:
        assert slot.channel is not None
        try:
            index, payload = slot.channel.recv()
        except (EOFError, OSError, pickle.UnpicklingError):  # closed, or in the middle of a message
            self._bury(slot)
            return
        if index == "done":
            slot.task, slot.idle_deaths = None, 0
            yield Event(slot.number, -1, payload)
        else:
            slot.received = index + 1
            yield Event(slot.number, index, payload)

    def _check(self) -> None:
        """Kill workers whose page takes too long."""
        now = time.monotonic()
        for slot in self._slots:
            beat = self.beats.beats[slot.number]
            if slot.task is None or slot.overdue or beat.phase not in (CLEANING, READING):
                continue
            reading = beat.phase == READING
            limit = READ_LIMIT if reading else self.config.page_timeout
            done, elapsed = beat.done, now - beat.started
            if elapsed <= limit:
                continue
            used = processor_time(slot.process) - beat.processor
            if beat.done == done and (used > limit or (elapsed > WALL_FACTOR * limit and not reading)):
                slot.overdue = True
                self._kill(slot)

    def _kill(self, slot: _Slot) -> None:
        with contextlib.suppress(OSError):  # dead: `events` sees it
            self._control.sendall(ORDER.pack(b"k", slot.number))

    # -- deaths -------------------------------------------------------------------------------------------------------------

    def _bury(self, slot: _Slot) -> None:
        """A worker is dead: find out why, judge its page, start another that goes on."""
        assert slot.channel is not None
        slot.channel.close()
        deadline = time.monotonic() + 5
        while slot.status is None and time.monotonic() < deadline:
            if wait([self._control], 0.2) and not self._report():
                self._restart()
                return
        beat = self.beats.beats[slot.number]
        if slot.task is not None and beat.phase != IDLE:
            self._judge(slot, beat.done, beat.phase)
        else:
            slot.idle_deaths += 1
            if slot.idle_deaths > IDLE_DEATHS:
                raise BatchError(f"workers die before they begin ({cause_of(slot.status)}); is --memory too small?", 3)
        self._fork(slot)
        self._send(slot)

    def _judge(self, slot: _Slot, index: int, phase: int) -> None:
        task = slot.task
        assert task is not None
        slot.deaths[index] += 1
        killed = slot.status is not None and os.WIFSIGNALED(slot.status) and os.WTERMSIG(slot.status) == signal.SIGKILL
        if not slot.overdue and slot.deaths[index] < (ATTEMPTS_KILLED if killed else ATTEMPTS):
            return
        if phase == FINISHING or isinstance(task, LearnTask):
            raise BatchError(f"the worker died again and again while it wrote what it had done ({cause_of(slot.status)})", 3)
        verdict = self._verdict(slot, phase)
        task = task._replace(verdicts={**task.verdicts, index: verdict})
        if phase == READING and isinstance(task, ChunkTask):
            task = task._replace(stop_at=index)
        slot.task = task

    def _verdict(self, slot: _Slot, phase: int) -> Verdict:
        if slot.overdue:
            limit = READ_LIMIT if phase == READING else self.config.page_timeout
            return Verdict("timeout", f"took more than {limit:g} seconds")
        if slot.status is not None and os.WIFEXITED(slot.status) and os.WEXITSTATUS(slot.status) == EXIT_MEMORY:
            return Verdict("error", f"MemoryError: more than {self.config.memory:,} bytes of memory")
        return Verdict("crash", f"the worker died: {cause_of(slot.status)}")

    def pages(self) -> tuple[int, int]:
        """Pages and bytes done since the pool was made."""
        return sum(beat.pages for beat in self.beats.beats), sum(beat.bytes for beat in self.beats.beats)

    def close(self) -> None:
        """End all workers now, whatever they do."""
        self._control.close()  # the nursery kills its workers and ends
        for slot in self._slots:
            if slot.channel:
                slot.channel.close()
        try:
            self._nursery.wait(2)
        except subprocess.TimeoutExpired:
            self._nursery.kill()
            self._nursery.wait()
        self.beats.close()
