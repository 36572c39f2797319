"""The reference of the command line, made from the commands: `python -m tests.command_reference` writes docs/cli.md."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli import front

__all__ = ["PATH", "reference"]

PATH = Path(__file__).parent.parent / "docs" / "cli.md"
HEAD = """# The command line

This page is made from the commands themselves: `python -m tests.command_reference` writes it, and a test keeps it true.

## cleaner

```text
{help}```

The first word is a command or a page; a command's name wins over a file's (`./run` is a file). Standard output is UTF-8 in any locale and
holds nothing but what was asked for; sentences for people go to standard error.

| exit code | meaning |
|--:|---|
| 0 | done |
| 1 | some input could not be read; in a batch: done, with dead letters |
| 2 | wrong usage, with a sentence that says what is right |
| 3 | a batch stopped early and can be resumed |
| 130 | stopped by Ctrl-C |

`NO_COLOR` switches colour off. Completion of commands and flags: put `eval "$(_CLEANER_COMPLETE=bash_source cleaner)"` into `~/.bashrc`, or
`eval "$(_CLEANER_COMPLETE=zsh_source cleaner)"` into `~/.zshrc`, or `_CLEANER_COMPLETE=fish_source cleaner | source` into fish's configuration.
"""


def reference() -> str:
    """The whole page."""
    settings = front.context_settings  # as when it is called, so that -h is there
    context = click.Context(front, info_name="cleaner", max_content_width=100, terminal_width=100, **settings)
    parts = [HEAD.format(help=front.get_help(context) + "\n")]
    for name in front.list_commands(context):
        command = front.get_command(context, name)
        assert command is not None
        inner = command.make_context(name, [], parent=context, resilient_parsing=True, max_content_width=100, terminal_width=100)
        parts.append(f"## cleaner {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PATH.write_text(reference(), encoding="utf-8")
