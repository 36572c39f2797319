"""A user's rule that does to its worker whatever a page asks for: the way poison comes in without a hook in the product."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SEGFAULT, C_LOOP, PYTHON_LOOP, MEMORY = (
    "please-segfault",
    "please-loop-in-c",
    "please-loop-in-python",
    "please-take-ten-gigabytes",
)
RAISE, EXIT, LEAVE, SLEEP, CRASH_ONCE = "please-raise", "please-exit", "please-leave-at-once", "please-sleep", "please-crash-once"
BACKTRACKING = re.compile(r"(?:x+x+)+y")  # exponential on purpose: a loop inside C that holds the interpreter's lock


@dataclass(frozen=True)
class Poison:
    """Removes nothing; obeys the page."""

    name: str = "article/poison"
    why: str = "shows what a hostile page does"
    slow: float = 0.0
    mark: str = ""

    def find(self, page: Any) -> Iterable[Any]:
        text = page.text
        if SEGFAULT in text:
            ctypes.string_at(0)
        if C_LOOP in text:
            BACKTRACKING.match("x" * 60)
        while PYTHON_LOOP in text:
            pass
        if MEMORY in text:
            bytearray(10 << 30)
        if RAISE in text:
            raise KeyError("a rule that does not keep its promise")
        if EXIT in text:
            sys.exit(0)
        if LEAVE in text:
            os._exit(0)
        if SLEEP in text:
            time.sleep(1e6)
        if CRASH_ONCE in text and self.mark and not os.path.exists(self.mark):
            open(self.mark, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        if self.slow:
            time.sleep(self.slow)
        return ()


POISON = Poison()
SLOWLY = Poison(slow=0.01)
