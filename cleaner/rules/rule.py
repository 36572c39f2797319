"""What a rule is: a name, a reason, and a function from a page to the edits it proposes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from cleaner.edits import Edit
from cleaner.page import Page

__all__ = ["Rule"]


@runtime_checkable
class Rule(Protocol):
    """Any object with these members is a rule; there is no base class and no registry.

    `find` only proposes: it must not keep state, may be asked in any order, runs in linear time and never raises.
    """

    @property
    def name(self) -> str:
        """``family/name``, the same string in report, command line, docs, tests and fixtures."""

    @property
    def why(self) -> str:
        """One sentence for the person who reads the report."""

    def find(self, page: Page) -> Iterable[Edit]:
        """The edits this rule proposes, in `page.text`."""
