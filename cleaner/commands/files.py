"""Files that commands write: one HTML document each."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["write_document"]


def write_document(flag: str, name: str, text: str) -> None:
    """Write a document where `flag` says, - for stdout, and tell the person; raises click.UsageError when it cannot be written."""
    if name == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(name).write_text(text, encoding="utf-8")
    except FileNotFoundError:
        raise click.UsageError(f"{flag} {name}: there is no folder {Path(name).parent}") from None
    except OSError as error:
        raise click.UsageError(f"{flag} {name}: {error.strerror or error}") from None
    click.echo(f"cleaner: written to {name}; open it in a browser", err=True)
