"""What the documents name is there: files, modules, flags, rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from cleaner.cli import front
from cleaner.commands.choices import known_rules
from tests.docs.blocks import DOCUMENTS, ROOT

INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PATH = re.compile(r"(?:cleaner|tests|benchmarks|docs|fixtures|\.ci)/[\w./*-]*[\w*]")
MODULE = re.compile(r"python -m ((?:benchmarks|tests|cleaner)[\w.]*)((?: [^`]*)?)")
RULE = re.compile(r"(?:repair|spam|navigation|article)/[a-z][a-z-]+")
COMMAND = re.compile(r"cleaner (show|rules|demo|run|verify|retry|serve|learn|report)\b([^`|]*)")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HISTORY = "docs/decisions/"  # says what was there when it was decided


def mentions(document: str) -> Iterator[str]:
    """What stands between single backticks outside of blocks."""
    yield from INLINE.findall(FENCED.sub("", (ROOT / document).read_text(encoding="utf-8")))


@pytest.mark.parametrize("document", [document for document in DOCUMENTS if not document.startswith(HISTORY)])
def test_named_files_are_there(document: str) -> None:
    named = {path for text in mentions(document) for path in PATH.findall(text) if text.startswith(path)}
    assert sorted(path for path in named if not any(ROOT.glob(path))) == []


@pytest.mark.parametrize("document", [document for document in DOCUMENTS if not document.startswith(HISTORY)])
def test_named_modules_know_the_flags_that_are_named_with_them(document: str) -> None:
    wrong = []
    for text in mentions(document):
        for module, rest in MODULE.findall(text):
            path = ROOT / module.replace(".", "/")
            source = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__main__.py"
            known = source.read_text(encoding="utf-8") if source.is_file() else ""
            wrong += [f"{module} {flag}" for flag in FLAG.findall(rest) if f'"{flag}"' not in known]
            wrong += [module] if not known else []
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_rules_are_rules(document: str) -> None:
    known = {rule.name for rule in known_rules()}
    named = {rule for text in mentions(document) for rule in RULE.findall(text) if text == rule}
    assert sorted(named - known) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_flags_belong_to_their_command(document: str) -> None:
    context = click.Context(front)
    wrong = []
    for text in mentions(document):
        for name, rest in COMMAND.findall(text):
            command = front.get_command(context, name)
            known = {flag for parameter in command.params for flag in parameter.opts} if command else set()
            wrong += [f"{name} {flag}" for flag in FLAG.findall(rest) if flag not in known | {"--help"}]
    assert wrong == []
