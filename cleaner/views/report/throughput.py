"""Pages a second over the time that was worked: pauses between the parts of a resumed run are left out, and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.views.report.figures import Span

__all__ = ["Throughput", "throughput_of"]

POINTS = 40  # of the line
LEAST = 3  # chunks below which a line would only show how they were cut


class Throughput(NamedTuple):
    """Seconds worked, seconds of pauses, how many; and (seconds worked so far, pages a second)."""

    worked: float
    paused: float
    pauses: int
    points: tuple[tuple[float, float], ...]


def throughput_of(spans: Sequence[Span]) -> Throughput | None:
    """What the times of the chunks say; None when there are none. The pages of a chunk count evenly over its time."""
    stretches = _stretches(spans)
    worked = sum(end - start for start, end in stretches)
    if worked <= 0:
        return None
    paused = stretches[-1][1] - stretches[0][0] - worked
    count = min(POINTS, max(1, len(spans)))
    pages = [0.0] * count
    for span in spans:
        start, end = (_worked_until(stretches, at) / worked * count for at in (span.began, span.ended))
        first, last = min(int(start), count - 1), min(int(end), count - 1)
        for bin in range(first, last + 1):
            share = (min(end, bin + 1) - max(start, bin)) / (end - start) if end > start else 1 / (last - first + 1)
            pages[bin] += span.pages * share
    width = worked / count
    points = tuple(((bin + 0.5) * width, number / width) for bin, number in enumerate(pages))
    return Throughput(worked, paused, len(stretches) - 1, points if len(spans) >= LEAST else ())


def _stretches(spans: Sequence[Span]) -> list[tuple[float, float]]:
    """The times at which some chunk was worked on, in order, apart from each other by more than a breath."""
    found: list[tuple[float, float]] = []
    for span in sorted(spans):
        if found and span.began <= found[-1][1] + 1.0:  # a second: a worker takes its next chunk at once
            found[-1] = (found[-1][0], max(found[-1][1], span.ended))
        else:
            found.append((span.began, span.ended))
    return found


def _worked_until(stretches: Sequence[tuple[float, float]], at: float) -> float:
    return sum(min(end, at) - start for start, end in stretches if start < at)
