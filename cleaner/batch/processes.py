"""What the parent asks the system about other processes, and what it hands to them."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from typing import Any

from cleaner.batch.values import BatchConfig

__all__ = ["cause_of", "packed", "processor_time", "start_failed"]


def packed(config: BatchConfig) -> dict[str, Any]:
    """The configuration for another process, and what it needs to unpack it."""
    try:
        data = pickle.dumps(config)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(
            f"a rule in Options(rules=…) cannot go to the worker processes: {error}; define it at the top of a module"
        ) from error
    main = None
    if b"__main__" in data:
        from multiprocessing import spawn

        main = spawn.get_preparation_data("cleaner-nursery")
        main.pop("authkey", None)
    return {"config": data, "main": main}


def start_failed(main: Any) -> str:
    hint = " (a script that defines rules and starts a batch needs: if __name__ == '__main__':)" if main else ""
    return f"the process that starts the workers ended at once; its error is above{hint}"


def processor_time(process: int) -> float:
    """Seconds of processor time of another process; infinite where the system does not tell, so that the clock decides."""
    if not process:
        return 0.0
    if not sys.platform.startswith("linux"):
        return float("inf")
    try:
        return time.clock_gettime(((~process) << 3) | 2)  # CPUCLOCK_SCHED of the whole process: clock_getcpuclockid(3)
    except OSError:
        return 0.0


def cause_of(status: int | None) -> str:
    if status is None:
        return "cause unknown"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
        return f"killed by {name}" + (" (perhaps by the kernel, out of memory)" if number == signal.SIGKILL else "")
    return f"ended with code {os.WEXITSTATUS(status)}"
