"""Heartbeats: what each worker is doing, in memory that parent and workers share.

A worker writes before each page when it starts (8 bytes at a time, so no lock and no torn number), and after it how much is safely done. The
parent can therefore tell at any moment, also from the memory of a worker that is dead, which page it was and from where another goes on; it costs
a worker two microseconds a page and the parent nothing.
"""

from __future__ import annotations

import mmap
import os
import tempfile
import time

__all__ = ["CLEANING", "FINISHING", "IDLE", "READING", "Beat", "Heartbeats"]

IDLE, READING, CLEANING, FINISHING = range(4)
WORDS = 8  # of 8 bytes a worker


class Beat:
    """One worker's part of the shared memory."""

    def __init__(self, memory: mmap.mmap, slot: int) -> None:
        view = memoryview(memory)[slot * WORDS * 8 : (slot + 1) * WORDS * 8]
        self._numbers = view.cast("q")
        self._times = view.cast("d")

    @property
    def phase(self) -> int:
        return self._numbers[0]

    @property
    def done(self) -> int:
        """Items of the chunk that are safely in the spool."""
        return self._numbers[1]

    @property
    def spooled(self) -> int:
        """Bytes of the spool that hold them."""
        return self._numbers[2]

    @property
    def pages(self) -> int:
        """Pages cleaned by the workers of this slot, over all chunks."""
        return self._numbers[3]

    @property
    def bytes(self) -> int:
        return self._numbers[4]

    @property
    def started(self) -> float:
        """When the phase began, on the monotonic clock that all processes share."""
        return self._times[5]

    @property
    def processor(self) -> float:
        """The worker's processor time at that moment."""
        return self._times[6]

    def enter(self, phase: int) -> None:
        """The worker begins something that may hold it up."""
        self._times[5] = time.monotonic()
        self._times[6] = time.process_time()
        self._numbers[0] = phase

    def commit(self, done: int, spooled: int, size: int = -1) -> None:
        """Item number `done` - 1 is in the spool; `size` counts a page's bytes."""
        self._numbers[2] = spooled
        self._numbers[1] = done
        if size >= 0:
            self._numbers[3] += 1
            self._numbers[4] += size

    def rest(self) -> None:
        """Nobody is doing anything; what is done stays done."""
        self._numbers[0] = IDLE

    def reset(self) -> None:
        """A new chunk begins."""
        self._numbers[0] = IDLE
        self._numbers[1] = self._numbers[2] = 0

    def release(self) -> None:
        self._numbers.release()
        self._times.release()


class Heartbeats:
    """The shared memory for some workers. It has no name: when the last process that holds it ends, it is gone."""

    def __init__(self, slots: int, descriptor: int | None = None) -> None:
        self.slots = slots
        self.descriptor = _nameless() if descriptor is None else descriptor
        size = slots * WORDS * 8
        os.truncate(self.descriptor, size)
        self._memory = mmap.mmap(self.descriptor, size)
        self.beats = [Beat(self._memory, slot) for slot in range(slots)]

    def close(self) -> None:
        for beat in self.beats:
            beat.release()
        os.close(self.descriptor)


def _nameless() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("cleaner-heartbeats")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
