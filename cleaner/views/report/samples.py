"""Which samples of a rule the report shows: a fair draw among the pages that the rule touched, the same for the same seed.

Chunks keep the lowest hashes they saw. A chunk that kept all it could has dropped higher ones, so only hashes up to the lowest such limit are a fair draw of the whole
run; among those the seed chooses. In outputs of before there are no samples, and the rows take their place: where a rule cut, and with `--with removed`
also what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from cleaner.batch.address import address_of
from cleaner.batch.samples import KEPT, draw_of

__all__ = ["Sample", "Samples"]

POOL = 64  # samples a rule among which the seed chooses
NO_LIMIT = 1 << 48


class Sample(NamedTuple):
    """An edit with its surroundings. `old` is None where the output does not say what was removed."""

    rule: str
    draw: int
    name: str
    address: str
    before: str
    old: str | None
    new: str
    after: str
    characters: int
    note: str
    score: float | None


class Samples:
    """The samples of a run, as its chunks are read."""

    def __init__(self) -> None:
        self._pools: dict[str, list[Sample]] = defaultdict(list)
        self._limits: dict[str, int] = {}

    def add_file(self, chunk: int, drawn: Sequence[Mapping[str, Any]]) -> None:
        """Take what a chunk drew."""
        by_rule: dict[str, list[Sample]] = defaultdict(list)
        for value in drawn:
            by_rule[value["rule"]].append(_sample(chunk, value))
        for rule, found in by_rule.items():
            if len(found) >= KEPT:
                self._limits[rule] = min(self._limits.get(rule, NO_LIMIT), max(sample.draw for sample in found))
            self._pools[rule].extend(found)
            self._prune(rule)

    def add_row(self, chunk: int, row: Mapping[str, Any]) -> None:
        """Take a row of an output that has no samples: the longest removal of each rule."""
        longest: dict[str, Mapping[str, Any]] = {}
        for removal in row.get("removals") or ():
            best = longest.get(removal["rule"])
            if best is None or removal["end"] - removal["start"] > best["end"] - best["start"]:
                longest[removal["rule"]] = removal
        for rule, removal in longest.items():
            draw = draw_of(row["source"], row["offset"], rule)
            pool = self._pools[rule]
            if len(pool) < POOL or draw < self._limits.get(rule, NO_LIMIT):
                value = {"rule": rule, "draw": draw, "old": removal.get("text"), "characters": removal["end"] - removal["start"]}
                pool.append(_sample(chunk, {**value, **{name: row.get(name) for name in ("id", "url", "source", "offset")}}))
                self._prune(rule)

    def _prune(self, rule: str) -> None:
        pool = self._pools[rule]
        if len(pool) > 2 * POOL:
            pool.sort(key=lambda sample: (sample.draw, sample.address))
            del pool[POOL:]
            self._limits[rule] = min(self._limits.get(rule, NO_LIMIT), pool[-1].draw)

    def chosen(self, rule: str, number: int, seed: int) -> list[Sample]:
        """So many samples of a rule; other ones for another seed, as far as there are others."""
        limit = self._limits.get(rule, NO_LIMIT)
        fair = sorted((sample for sample in self._pools.get(rule, ()) if sample.draw <= limit), key=lambda sample: sample.draw)[
            :POOL
        ]
        return sorted(fair, key=lambda sample: _place(sample, seed))[:number]

    def rules(self) -> Iterator[str]:
        yield from sorted(self._pools)


def _place(sample: Sample, seed: int) -> bytes:
    return blake2b(f"{seed} {sample.draw} {sample.address}".encode(), digest_size=8).digest()


def _sample(chunk: int, value: Mapping[str, Any]) -> Sample:
    """A sample from a line of the output; whatever is missing is empty."""
    source, offset = str(value.get("source") or ""), int(value.get("offset") or 0)
    old = value.get("old")
    return Sample(
        rule=str(value["rule"]),
        draw=int(value["draw"]),
        name=str(value.get("url") or value.get("id") or source),
        address=address_of(chunk, source, offset),
        before=str(value.get("before") or ""),
        old=None if old is None else str(old),
        new=str(value.get("new") or ""),
        after=str(value.get("after") or ""),
        characters=int(value.get("characters") or 0),
        note=str(value.get("note") or ""),
        score=float(value["score"]) if value.get("score") is not None else None,
    )
