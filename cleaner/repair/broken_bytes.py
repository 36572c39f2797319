"""repair/broken-bytes: characters that the mirror kit cut in two.

The kit works on GBK bytes without minding where characters begin. It puts a reading behind every pair of bytes that looks like a tabled
character and a byte in front of every pair that looks like ， 。 ！ ？ ；, also where the pair straddles two characters, and everything behind
is then read one byte off until a single byte realigns it. Nearly all of it can be undone, because the bytes are still there: `alignment`
looks for the original bytes that explain what is seen, and where two bytes were swallowed into one `?` a small language model says which
character they were. What stays open is left as it is and flagged.

Only two patterns start a search: `Y?py)` where Y and a tabled character of the reading py share a byte (chance 1 in 126 times the reading),
and on a page that shows the kit a `?` before punctuation. `什么?!` in a dialogue is neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.edits import Edit, apply
from cleaner.repair.alignment import Aligner
from cleaner.repair.draft import Draft, Finding
from cleaner.repair.kit import READING, is_split
from cleaner.repair.language import Language

__all__ = ["BrokenBytes"]

_SPLIT = rf"\?(?={READING}\))"
_STOPPED = r"\?(?=[，！？；。,!?;])"
_START = re.compile(rf"({_SPLIT})|({_STOPPED})")


@dataclass(frozen=True)
class BrokenBytes:
    """Undoes the kit's byte damage; leaves every question mark alone that it cannot prove to be damage."""

    name: str = "repair/broken-bytes"
    why: str = "A mirror kit cut characters in two; their bytes say what they were."
    min_runs: int = 4  # so many damaged runs are worth a second look with what the first one restored
    max_effort: int = (
        100_000  # hypotheses followed on a page; damage beyond is only flagged (the worst of 58 made pages takes 9,000)
    )

    def find(self, draft: Draft) -> Finding:
        if draft.evidence is None or "?" not in draft.text:
            return Finding()
        first = self._restored(Aligner(draft, Language(draft.text)))
        if len(first.edits) < self.min_runs:
            return first
        return self._restored(Aligner(draft, Language(apply(draft.text, first.edits))))

    def _restored(self, aligner: Aligner) -> Finding:
        text = aligner.text
        edits: list[Edit] = []
        unresolved: list[tuple[int, int]] = []
        spots = position = shift = 0
        while match := _START.search(text, position):
            start = match.start()
            position = match.end()
            if match[1] and not is_split(text, start):
                continue
            if aligner.effort > self.max_effort:
                spots += 1
                unresolved.append((start + shift, start + shift + 1))
                continue
            run = aligner.restored(start)
            position = max(position, run.end)
            spots += run.spots
            for piece in run.pieces:
                edits.append(Edit(piece.start, piece.end, piece.new, self.name, piece.note))
                unresolved += [(piece.start + shift + low, piece.start + shift + high) for low, high in piece.lost]
                shift += len(piece.new) - (piece.end - piece.start)
        return Finding(tuple(edits), tuple(unresolved), spots)
