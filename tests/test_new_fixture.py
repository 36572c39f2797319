"""The command that makes a fixture never writes an expectation, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import new_fixture


@pytest.fixture
def fixtures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(new_fixture, "FIXTURES", tmp_path / "fixtures")
    return tmp_path / "fixtures"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("<html><title>A title</title><body><p>One sentence that is long enough to be read.</p></body></html>")
    return path


def test_new_fixture_has_a_draft_and_no_expectation(fixtures: Path, page: Path) -> None:
    assert new_fixture.main(["news/en-new", str(page)]) == 0
    folder = fixtures / "news" / "en-new"
    assert sorted(path.name for path in folder.iterdir()) == ["about.toml", "draft.txt", "page.html"]


def test_nothing_is_overwritten(fixtures: Path, page: Path) -> None:
    new_fixture.main(["news/en-new", str(page)])
    expectation = fixtures / "news" / "en-new" / "expected.txt"
    expectation.write_text("written by hand\n")
    assert new_fixture.main(["news/en-new", str(page)]) == 1
    assert expectation.read_text() == "written by hand\n"


@pytest.mark.parametrize("name", ["news", "News/x", "../x", "a/b/c", "news/a b"])
def test_name_has_a_family_and_a_slug(name: str, fixtures: Path, page: Path) -> None:
    assert new_fixture.main([name, str(page)]) == 1
    assert not fixtures.exists()
