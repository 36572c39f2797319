"""docs/rules.md is what the code says, and says it of every rule."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parent.parent / "docs"
WITHOUT_EXAMPLE = {
    "navigation/own-list",
    "spam/own-list",
    "navigation/site-template",
    "spam/shared-block",
}  # they need a file of the caller's


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_rules", DOCS / "generate_rules.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(generator: ModuleType) -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == generator.generated(), (
        "run python docs/generate_rules.py > docs/rules.md"
    )


def test_every_rule_is_there_with_an_example(generator: ModuleType) -> None:
    examples = tomllib.loads((DOCS / "rule_examples.toml").read_text(encoding="utf-8"))
    names = {known.name for known in generator.known_rules()}
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert set(examples) == names - WITHOUT_EXAMPLE
    assert [name for name in names if f"### {name}\n" not in page] == []


def test_every_spam_rule_shows_its_numbers_and_what_it_leaves_alone(generator: ModuleType) -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    for part in page.split("### ")[1:]:
        if part.startswith("spam/") and not part.startswith(("spam/own-list", "spam/shared-block")):
            assert "Leaves alone" in part, part[:30]
            assert "| number |" in part, part[:30]
