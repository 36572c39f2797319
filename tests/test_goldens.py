"""Every page in fixtures/ comes out as its expected text, written by hand, with its metadata.

A claim marked in [known_failure] must fail; when it holds, remove the mark: `python -m tests.new_fixture --passing` does that.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.cases import FIXTURES, Case, cases, cleaned, met_unless_known

CASES = cases()


def case_id(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_text_is_what_a_careful_reader_wants(case: Case) -> None:
    def check() -> None:
        assert cleaned(case).text == case.expected

    met_unless_known(case, "text", check)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_metadata_are_what_the_page_says(case: Case) -> None:
    def check() -> None:
        assert faults(case, "metadata") == {}

    met_unless_known(case, "metadata", check)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_result_says_what_kind_of_page_it_was(case: Case) -> None:
    def check() -> None:
        assert faults(case, "result") == {}

    met_unless_known(case, "result", check)


def faults(case: Case, table: str) -> dict[str, Any]:
    """What differs from [metadata] or [result] of about.toml: field -> (actual, expected)."""
    result, expected = cleaned(case), case.about.get(table, {})
    actual: dict[str, Any] = {name: getattr(result, name) for name in expected}
    if "mirror" in actual:
        actual["mirror"] = result.mirror is not None
    return {name: (actual[name], value) for name, value in expected.items() if not same(name, actual[name], value)}


def same(name: str, actual: Any, expected: Any) -> bool:
    """Equal; or one of a list; dates as far as the expected one goes."""
    if isinstance(expected, list):
        return any(same(name, actual, value) for value in expected)
    if name in ("published", "modified", "date") and isinstance(actual, str) and isinstance(expected, str):
        if len(expected) == len("2020-01-01"):
            return actual[:10] == expected
        try:
            return datetime.fromisoformat(actual) == datetime.fromisoformat(expected)
        except (TypeError, ValueError):
            return False
    return bool(actual == expected)


@pytest.mark.parametrize("case", [case for case in CASES if case.about.get("control")], ids=case_id)
def test_control_is_not_touched_by_spam_rules_or_repairs(case: Case) -> None:
    result = cleaned(case)
    assert [edit for edit in result.removals if edit.rule.startswith("spam/")] == []
    assert result.repairs == ()
    assert result.mirror is None


def test_every_folder_is_whole() -> None:
    folders = {path for path in FIXTURES.glob("*/*") if path.is_dir()}
    assert {case.folder for case in CASES} == folders
    for case in CASES:
        assert case.page.stat().st_size > 0, case.name
        assert case.about["shows"].endswith("."), case.name
        assert case.expected.strip() == case.expected, case.name
        assert "\n\n\n" not in case.expected, case.name


def test_there_are_enough_kinds_of_pages() -> None:
    assert len(CASES) >= 30
    assert len([case for case in CASES if case.about.get("control")]) >= 3
