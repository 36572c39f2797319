"""A hypothesis of the search in `alignment`: where in the original the reading stands, how it came about, and which of many are worth following.

`State` is all that decides what may come next, so that hypotheses in one state can be merged; `Path` is what it took to get there.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.repair.kit import double_byte

__all__ = ["Path", "State", "after", "behind", "best", "last_bytes", "single_byte"]

BEAM = 24  # hypotheses kept at a position …
BEAM_AT_MARK = 12  # … and where each is tried with every character that may have been swallowed
MARGIN = 12.0  # hypotheses this much worse than the best one at their place are given up


class State(NamedTuple):
    """Where a hypothesis stands: lead byte that waits for its trail (None: aligned; -t: unknown, but it makes no character behind t), the last two original bytes, context."""

    pending: int | None
    bytes: tuple[int, int]
    context: str  # the last two characters


class Path(NamedTuple):
    """How a hypothesis came about, as a linked list."""

    score: float
    before: Path | None
    start: int
    end: int
    new: str
    note: str  # what was lost here; "" when nothing was


def best(states: dict[State, Path], mark: bool) -> list[tuple[State, Path]]:
    """The hypotheses worth following, at most `BEAM`."""
    if len(states) == 1:
        return list(states.items())
    beam = BEAM_AT_MARK if mark else BEAM
    least = max(path.score for path in states.values()) - MARGIN
    found = [item for item in states.items() if item[1].score >= least]
    if len(found) > beam:
        found = sorted(found, key=lambda item: -item[1].score)[:beam]
    # What is read as it stands is never given up: it has paid for its question mark, the others will pay for what they make of the rest.
    aligned = max((item for item in states.items() if item[0].pending is None), key=lambda item: item[1].score, default=None)
    if aligned is not None and aligned not in found:
        found.append(aligned)
    return found


def behind(state: State, original: str, trail: int, byte: int) -> tuple[State, str]:
    """The state behind a unit whose first byte was `trail` of `original`, and the text it stands for: `byte` is a lead byte or ASCII."""
    if byte > 0x80:
        return State(byte, (trail, byte), (state.context + original)[-2:]), original
    original += "€" if byte == 0x80 else chr(byte)
    return after(state, original), original


def after(state: State, new: str) -> State:
    """The aligned state behind `new`."""
    context = (state.context + new)[-2:]
    return State(None, last_bytes(context), context)


def last_bytes(context: str) -> tuple[int, int]:
    """The last two original bytes of a context of two characters."""
    found = b"".join(double_byte(c) or bytes((single_byte(c) & 0xFF,)) for c in context)[-2:]
    return (found[0], found[1]) if len(found) == 2 else (0, found[0] if found else 0)


def single_byte(character: str) -> int:
    """The one byte of a character that has one, else 0."""
    if character == "€":
        return 0x80
    return ord(character) if character < "\x80" else 0
