"""Progress: a bar for a terminal, a plain line every ten seconds for a log, JSON lines for machines, nothing when asked for quiet."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from typing import Any, Literal, NamedTuple, Protocol

__all__ = ["Progress", "State", "progress_for"]

PLAIN_EVERY = 10.0  # seconds between plain lines
BAR_EVERY = 0.25  # seconds between pictures of the bar

Style = Literal["auto", "quiet", "json"]


class State(NamedTuple):
    """Where a run is: `done` and `total` are bytes of input in finished chunks and in all."""

    done: int
    total: int
    chunks: int
    all_chunks: int
    pages: int
    bytes: int
    dead: int
    errors: Counter[str]


class Progress(Protocol):
    def show(self, state: State) -> None: ...

    def say(self, line: str, **values: Any) -> None: ...

    def close(self) -> None: ...


class _Speed:
    """Pages and bytes a second since the start, and how long it will still take."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.first: State | None = None

    def of(self, state: State) -> dict[str, Any]:
        first = self.first = self.first or state
        seconds = max(time.monotonic() - self.started, 1e-6)
        done = state.done - first.done
        rest = (state.total - state.done) * seconds / done if done > 0 else None
        return {
            "pages": state.pages,
            "pages_per_second": round(state.pages / seconds, 1),
            "megabytes_per_second": round(state.bytes / seconds / 1e6, 2),
            "percent": round(100 * state.done / state.total, 1) if state.total else 100.0,
            "eta_seconds": None if rest is None else round(rest),
            "chunks": state.chunks,
            "all_chunks": state.all_chunks,
            "dead_letters": state.dead,
            "errors": dict(state.errors.most_common(4)),
        }


class Quiet:
    def show(self, state: State) -> None: ...

    def say(self, line: str, **values: Any) -> None: ...

    def close(self) -> None: ...


class Lines:
    """A line on stderr every ten seconds, for people or as JSON."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._speed = _Speed()
        self._next = self._speed.started + PLAIN_EVERY

    def show(self, state: State) -> None:
        self._speed.first = self._speed.first or state
        if time.monotonic() < self._next:
            return
        self._next += PLAIN_EVERY
        values = self._speed.of(state)
        self.say(_sentence(values), event="progress", **values)

    def say(self, line: str, **values: Any) -> None:
        if self._json:
            line = json.dumps({"event": "message", "message": line, "time": time.time(), **values}, ensure_ascii=False)
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def close(self) -> None: ...


def _sentence(values: dict[str, Any]) -> str:
    eta = values["eta_seconds"]
    errors = ", ".join(f"{name} {count}" for name, count in values["errors"].items())
    return (
        f"{values['percent']:.1f} % · {values['pages']:,} pages · {values['pages_per_second']:,.1f} pages/s · "
        f"{values['megabytes_per_second']:.1f} MB/s · {_clock(eta)} left" + (f" · {errors}" if errors else "")
    )


def _clock(seconds: int | None) -> str:
    if seconds is None:
        return "?"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}"


class Bar:
    """A bar on a terminal. It is drawn from the parent's own loop: no thread."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._console = Console(stderr=True)
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._live.start()
        self._speed = _Speed()
        self._next = 0.0

    def show(self, state: State) -> None:
        self._speed.first = self._speed.first or state
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BAR_EVERY
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        values = self._speed.of(state)
        bar = ProgressBar(total=max(state.total, 1), completed=state.done, width=min(60, self._console.width - 2))
        lines = Table.grid()
        lines.add_row(bar)
        lines.add_row(_sentence(values))
        self._live.update(lines, refresh=True)

    def say(self, line: str, **values: Any) -> None:
        self._console.print(line, markup=False, highlight=False)

    def close(self) -> None:
        self._live.stop()


def progress_for(style: Style) -> Progress:
    """The progress display for where stderr goes to."""
    if style == "quiet":
        return Quiet()
    if style == "json":
        return Lines(True)
    return Bar() if sys.stderr.isatty() else Lines(False)
