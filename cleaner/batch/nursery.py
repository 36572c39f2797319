"""The nursery: a small process that has everything loaded and does nothing but fork workers.

Why it exists: the caller of `clean_many` may have threads, and forking a process with threads is not safe; starting Python anew for each worker
costs a second, which a job with many bad pages cannot afford. A fresh interpreter that has loaded the libraries once forks a worker in milliseconds,
and the workers share its memory. It holds the spools, so what a dead worker had finished is still there.

Nobody is left behind: the nursery ends when its connection to the parent closes, which the kernel does even for kill -9, and takes its workers along;
on Linux they are also told by the kernel (PR_SET_PDEATHSIG). It holds no lock and no file of the output but the nameless spools.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import resource
import select
import signal
import socket
import struct
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["INSIDE", "ORDER", "REPORT", "THREADS", "main", "rest_of"]

ORDER = struct.Struct("<cxxxi")  # "f" fork a worker for the slot, "k" kill the one there is
REPORT = struct.Struct("<cxxxiq")  # "b" born: slot and process id; "x" gone: slot and wait status; "r" ready
# Numeric libraries must not start threads of their own: one worker is one processor.
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
PR_SET_PDEATHSIG = 1
INSIDE = "CLEANER_NURSERY"  # set while the caller's script is loaded again, so that it cannot start a batch in there
COLLECT = 20_000  # new objects before the garbage collector looks for cycles: cleaning 400 pages leaves none, and looking took 3 % of its time
WATCH = 0.5  # seconds between looks at whether the parent is still there, where the kernel does not tell


def rest_of(connection: socket.socket, size: int) -> bytes:
    """Exactly `size` bytes, or fewer when the other end closes."""
    data = b""
    while len(data) < size and (piece := connection.recv(size - len(data))):
        data += piece
    return data


class Nursery:
    """Forks, reaps and kills workers as it is told."""

    def __init__(self, control: socket.socket, descriptor: int, setup: dict[str, Any]) -> None:
        from cleaner.batch.heartbeat import Heartbeats
        from cleaner.batch.rows import Cleaning

        self._control = control
        self._beats = Heartbeats(setup["slots"], descriptor)
        self._config = pickle.loads(setup["config"])
        self._cleaning = Cleaning(self._config)
        self._spools = [tempfile.TemporaryFile(dir=setup["folder"]) if setup["folder"] else None for _ in range(setup["slots"])]  # noqa: SIM115
        self._workers: dict[int, int] = {}  # slot -> process id
        self._process = os.getpid()

    def run(self) -> None:
        """Until the parent goes."""
        wakeup, noise = os.pipe()
        os.set_blocking(noise, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(noise, warn_on_full_buffer=False)
        self._noise = (wakeup, noise)
        self._tell(b"r", 0, self._process)
        while True:
            readable, _, _ = select.select([self._control.fileno(), wakeup], [], [])
            if wakeup in readable:
                os.read(wakeup, 512)
            self._reap()
            if self._control.fileno() in readable and not self._obey():
                break
        for process in self._workers.values():
            _kill(process)
        for process in self._workers.values():
            os.waitpid(process, 0)  # so that their time is counted, and none is left when the parent goes on

    def _obey(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self._control, ORDER.size, 1)
        if not data:
            return False
        data += rest_of(self._control, ORDER.size - len(data))
        order, slot = ORDER.unpack(data)
        if order == b"f":
            self._fork(slot, descriptors[0])
        elif order == b"k" and slot in self._workers:
            _kill(self._workers[slot])
        return True

    def _fork(self, slot: int, descriptor: int) -> None:
        process = os.fork()
        if process == 0:
            self._grow_up(slot, descriptor)
        os.close(descriptor)
        self._workers[slot] = process
        self._tell(b"b", slot, process)

    def _grow_up(self, slot: int, descriptor: int) -> None:
        """The child's whole life."""
        from cleaner.batch.tasks import EXIT_MEMORY
        from cleaner.batch.worker import work

        code = 1
        try:
            self._control.close()
            signal.set_wakeup_fd(-1)
            for end in self._noise:
                os.close(end)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.setpgid(0, 0)
            _die_with(self._process)
            _limit(self._config.memory)
            spool = self._spools[slot]
            channel: Connection[Any, Any] = Connection(descriptor)
            work(channel, self._beats.beats[slot], spool.fileno() if spool else -1, self._cleaning)
            code = 0
        except MemoryError:
            code = EXIT_MEMORY
        except (BrokenPipeError, ConnectionResetError):
            code = 0  # the parent went
        except Exception:  # noqa: BLE001  said on stderr; the parent sees the exit code
            traceback.print_exc()
        finally:
            os._exit(code)

    def _reap(self) -> None:
        for slot, process in list(self._workers.items()):
            found, status = os.waitpid(process, os.WNOHANG)
            if found:
                del self._workers[slot]
                self._tell(b"x", slot, status)

    def _tell(self, report: bytes, slot: int, value: int) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._control.sendall(REPORT.pack(report, slot, value))


def _kill(process: int) -> None:
    """The worker and whatever it started."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(process, signal.SIGKILL)


def _die_with(parent: int) -> None:
    """End when the nursery ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


def _limit(memory: int) -> None:
    """No more address space than `memory`, and no core dumps (they would cost seconds and gigabytes a bad page)."""
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _warm(config: Any) -> None:
    """Load everything that cleaning a page loads, once for all workers; a user's rules are left for the workers."""
    from cleaner.pipeline import clean

    page = "<html><head><title>t</title></head><body><p>一段用来预热的文字，不会出现在任何结果里。</p><p>Some words.</p></body></html>"
    options = replace(config.options, rules=())
    with contextlib.suppress(Exception):
        result = clean(page.encode("gb18030"), "https://www.example.org/", options=options)
        clean("plain words, so that this kind of page is loaded as well", options=options)
        if config.task != "clean" or options.templates:  # the public suffix list and the tables of keys
            from cleaner.sites import line_of

            line_of(result.page)


def main(control_descriptor: int, beats_descriptor: int) -> None:
    """The nursery's whole life; `sys.path` is the parent's already."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    control = socket.socket(fileno=control_descriptor)
    size = int.from_bytes(rest_of(control, 8), "little")
    setup = pickle.loads(rest_of(control, size))
    if setup["main"] is not None:
        from multiprocessing import spawn

        os.environ[INSIDE] = "1"
        spawn.prepare(setup["main"])  # the caller's script, so that rules defined in it can be unpickled
        del os.environ[INSIDE]
    os.dup2(2, 1)  # what a rule prints must not get into rows on standard output
    nursery = Nursery(control, beats_descriptor, setup)
    _warm(nursery._config)
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT)
    nursery.run()
    os._exit(0)
