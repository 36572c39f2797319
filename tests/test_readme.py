"""docs/cli.md is what the commands say of themselves. (The blocks of all documents: tests/docs.)"""

from __future__ import annotations

from tests.command_reference import PATH, reference


def test_reference_of_the_command_line_is_made_from_the_commands() -> None:
    assert PATH.read_text(encoding="utf-8") == reference(), "run: python -m tests.command_reference"
