"""`cleaner rules [NAME]`: what a rule removes, why that is safe, and its numbers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from inspect import cleandoc
from typing import Any

import click

from cleaner.commands.choices import Known, known_rules, no_such_rule

__all__ = ["rules"]

LIST_HELP = """
Phrase lists of your own (--list FILE, or lists in --options) are UTF-8 files, one phrase or name a line; blocks that say nothing else go.
A star at an end of a line stands for any text there. Lines that start with "# " are remarks; the first may be "# family: spam" (else navigation).
Rules of your own (--rules module:NAME) are objects with name, why and find(page). More: docs/navigation.md."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """List the rules, or explain the rule or family NAME."""
    known = known_rules()
    if name is None:
        width = max(len(rule.name) for rule in known) + 2
        for rule in known:
            click.echo(f"{rule.name:<{width}}{rule.why}")
        click.echo(LIST_HELP)
        return
    chosen = [rule for rule in known if name in (rule.name, rule.name.partition("/")[0])]
    if not chosen:
        raise click.UsageError(no_such_rule(name, [rule.name for rule in known]))
    click.echo("\n\n".join(_explained(rule, chosen) for rule in _one_each(chosen)))


def _one_each(chosen: list[Known]) -> list[Any]:
    return list({id(rule.rule): rule.rule for rule in chosen}.values())


def _explained(rule: Any, chosen: list[Known]) -> str:
    names = [known for known in chosen if known.rule is rule]
    width = max(len(known.name) for known in names) + 2
    lines = [f"{known.name:<{width}}{known.why}" for known in names]
    if documented := cleandoc(type(rule).__doc__ or ""):
        lines += ["", *(f"  {line}".rstrip() for line in documented.split("\n"))]
    numbers = [field for field in fields(rule) if field.name not in ("name", "names", "why")] if is_dataclass(rule) else []
    if numbers:
        lines += ["", "  Numbers (dataclasses.replace changes them):"]
        lines += [f"    {field.name} = {getattr(rule, field.name)!r}"[:200] for field in numbers]
    return "\n".join(lines)
