"""What the documents show is what happens: their examples run, their tables are made, their commands exist."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_reference import PATH, reference

ROOT = Path(__file__).parent.parent
DOCUMENTS = [path for path in (ROOT / "README.md", ROOT / "docs" / "getting-started.md") if path.exists()]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def fenced(path: Path, language: str) -> list[str]:
    return [text for name, text in FENCE.findall(path.read_text(encoding="utf-8")) if name == language]


def test_reference_of_the_command_line_is_made_from_the_commands() -> None:
    assert PATH.read_text(encoding="utf-8") == reference(), "run: python -m tests.command_reference"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_python_examples_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    namespace: dict[str, object] = {}
    for text in fenced(path, "python"):
        if ">>>" in text:
            example = parser.get_doctest(text, namespace, path.name, str(path), 0)
            runner.run(example, clear_globs=False)
            namespace = example.globs
        else:
            exec(compile(text, str(path), "exec"), namespace)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_console_examples_show_what_the_command_prints(path: Path) -> None:
    """In a ```console block each line after `$ cleaner …` is a line of the output; "…" stands for lines left out."""
    for text in fenced(path, "console"):
        command, *lines = text.removesuffix("\n").split("\n")
        arguments = command.removeprefix("$ cleaner ").split()
        assert command.startswith("$ cleaner "), command
        done = subprocess.run([sys.executable, "-m", "cleaner", *arguments], capture_output=True, cwd=ROOT, check=True)
        printed = [line.rstrip() for line in done.stdout.decode("utf-8").split("\n")]
        assert [line for line in lines if line.strip() not in ("…", "") and line not in printed] == []
