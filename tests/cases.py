"""The cases in fixtures/: a page, the text a careful reader would want from it, and what is to be known about it.

about.toml holds `shows` (one sentence), what `clean` is given besides the page (`url`, `charset`, [options]), `control = true` where no
spam rule and no repair may touch anything, [metadata] and [result] as expected (a list means: any of these), and [known_failure] with a
line of diagnosis for `text`, `metadata`, `result` or `again` (cleaning the clean text once more) where cleaner is not there yet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from cleaner import Options, Result, clean

__all__ = ["FIXTURES", "Case", "cases", "cleaned", "met_unless_known"]

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class Case:
    """One folder of fixtures/."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.relative_to(FIXTURES).as_posix()

    @property
    def page(self) -> Path:
        (page,) = [path for path in self.folder.iterdir() if path.name in ("page.html", "page.txt")]
        return page

    @property
    def expected(self) -> str:
        return (self.folder / "expected.txt").read_text(encoding="utf-8").removesuffix("\n")

    @property
    def about(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "about.toml").read_text(encoding="utf-8"))

    def known_failure(self, claim: str) -> str | None:
        """The diagnosis when `claim` ("text", "metadata", "result" or "again") is known not to hold yet."""
        known: str | None = self.about.get("known_failure", {}).get(claim)
        return known


def cases() -> list[Case]:
    return [Case(about.parent) for about in sorted(FIXTURES.glob("*/*/about.toml"))]


@lru_cache(maxsize=128)
def cleaned(case: Case) -> Result:
    """The result of a case's page; made once for all tests."""
    about = case.about
    options = Options.from_mapping(about.get("options", {}))
    return clean(case.page.read_bytes(), url=about.get("url"), charset=about.get("charset"), options=options)


def met_unless_known(case: Case, claim: str, check: Callable[[], None]) -> None:
    """Run a check; a known failure has to fail (strict), with its diagnosis as the reason."""
    diagnosis = case.known_failure(claim)
    if diagnosis is None:
        check()
        return
    try:
        check()
    except AssertionError:
        pytest.xfail(diagnosis)
    pytest.fail(f"fixtures/{case.name}: {claim} is right now; remove the known failure (python -m tests.new_fixture --passing)")
