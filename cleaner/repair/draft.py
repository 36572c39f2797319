"""The value that goes from one repair rule to the next: a text that is still being repaired, and what is known of it."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

from cleaner.edits import Edit
from cleaner.options import Script
from cleaner.page import Kind
from cleaner.repair.gate import EVERYTHING
from cleaner.repair.kit import Evidence

__all__ = ["Draft", "Finding", "Repair"]


class Draft(NamedTuple):
    """A text under repair. `seen` says what occurs in it (`gate.flags`), `evidence` is what was seen of the mirror kit on the page as it came in (None: nothing)."""

    text: str
    kind: Kind = "text"
    evidence: Evidence | None = None
    script: Script = "page"
    seen: int = EVERYTHING


class Finding(NamedTuple):
    """What a repair rule found: sorted, disjoint edits in `Draft.text`, and spans that it knows to be damaged and cannot restore.

    The spans count in the text after the edits.
    """

    edits: tuple[Edit, ...] = ()
    unresolved: tuple[tuple[int, int], ...] = ()
    spots: int = 0  # damaged places, restored or not


@runtime_checkable
class Repair(Protocol):
    """Any object with these members is a repair rule. `find` is pure, linear and never raises."""

    @property
    def name(self) -> str:
        """``repair/name``, the same string in report, command line, docs and tests."""

    @property
    def why(self) -> str:
        """One sentence for the person who reads the report."""

    def find(self, draft: Draft) -> Finding:
        """What this rule would change."""
