"""A function fits on a screen, a module in a sitting. What does not is listed here with its size, and the list only gets shorter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FUNCTION_LINES, MODULE_LINES = 40, 300
# Too long, each with the lines it may have: it may shrink, and once it fits the entry must go.
LONG = {
    "cleaner/markup/blocks.py _feed": 54,
    "cleaner/rules/navigation_features.py _look": 47,  # a table of 31 measurements, one a line
}


def sizes() -> Iterator[tuple[str, int]]:
    """Every module and function of the package that is too long, with its lines."""
    for path in sorted((ROOT / "cleaner").rglob("*.py")):
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > MODULE_LINES:
            yield name, lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f"{name} {node.name}", lines


def test_nothing_is_longer_than_it_may_be() -> None:
    assert {name: lines for name, lines in sizes() if lines > LONG.get(name, 0)} == {}


def test_the_list_holds_nothing_that_fits() -> None:
    assert sorted(set(LONG) - {name for name, _ in sizes()}) == []


def test_every_module_says_its_idea() -> None:
    modules = sorted((ROOT / "cleaner").rglob("*.py"))
    assert [path.name for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []
