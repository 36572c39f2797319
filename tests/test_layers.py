"""Who may import whom, as ARCHITECTURE draws it: stages never import each other, lists are data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleaner"
BASE = {"compiled", "edits", "page", "options", "lists", "script"}
STAGES = {"decoding", "repair", "markup", "article", "rules", "render"}
TOP = {"pipeline", "result", "sites", "batch", "integrations", "views", "cli", "commands", "demo", "__main__", "__init__"}
ALLOWED = {stage: BASE | {stage} for stage in STAGES} | {
    "compiled": set(),
    "edits": set(),
    "page": {"edits"},
    "options": {"edits", "page", "rules"},  # rules only for typing
    "lists": {"lists"},
    "script": {"lists"},
    "result": BASE | {"render"},
    "pipeline": BASE | STAGES | {"result"},
    "sites": BASE | {"pipeline", "rules", "sites"},
    "batch": BASE | {"pipeline", "result", "sites", "batch", "decoding", "rules", "lists", ""},
    "integrations": BASE | {"pipeline", "result", "batch", "integrations", ""},
    "views": BASE | {"pipeline", "result", "batch", "views", "rules", "render", "demo", ""},
    "cli": BASE | {"pipeline", "result", "batch", "views", "integrations", "rules", "render", "demo", "cli", "commands", ""},
    "commands": BASE | {"pipeline", "result", "repair", "rules", "views", "batch", "integrations", "cli", "commands", "demo", ""},
    "__main__": {"cli"},
}


def imports_of(path: Path) -> set[str]:
    """The parts of `cleaner` that a module imports at run time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for node in ast.walk(branch)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "cleaner":
                names.update(f"cleaner.{alias.name}" for alias in node.names if (PACKAGE / f"{alias.name}.py").exists())
    return {name.partition("cleaner")[2].strip(".").partition(".")[0] for name in names if name.split(".")[0] == "cleaner"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_imports_only_what_its_layer_may(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part == "__init__":
        return
    allowed = ALLOWED.get(part, BASE | STAGES | TOP)
    typing_ok = imports_of(path) - allowed
    if path.parent.name == "build":
        typing_ok -= BASE  # scripts that make the lists
    if part == "render":
        typing_ok -= {"result"}  # record needs the schema number
    assert typing_ok == set(), f"{path.name} imports {typing_ok}"
