"""The report is the mechanism: the edits of a result, applied again, give exactly what came out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cleaner.edits import apply
from cleaner.render import text_of
from tests.cases import Case, cases, cleaned


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_removals_lead_from_the_page_to_what_was_kept(case: Case) -> None:
    result = cleaned(case)
    assert apply(result.page.text, result.removals) == result.kept
    assert text_of(result.kept) == result.text


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_what_only_removes_leaves_a_subsequence(case: Case) -> None:
    result = cleaned(case)
    removing = [edit for edit in result.removals if not edit.new]
    rest = iter(result.page.text)
    assert all(character in rest for character in apply(result.page.text, removing))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_edits_are_sorted_disjoint_and_named(case: Case) -> None:
    result = cleaned(case)
    for edits, text in ((result.repairs, result.source.text), (result.removals, result.page.text)):
        assert all(before.end <= after.start for before, after in pairwise(edits))
        assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits)
        assert all("/" in edit.rule for edit in edits)


@pytest.mark.parametrize("case", [case for case in cases() if case.page.suffix == ".txt"], ids=lambda case: case.name)
def test_repairs_lead_from_the_source_to_the_page(case: Case) -> None:
    result = cleaned(case)
    assert apply(result.source.text, result.repairs) == result.page.text
