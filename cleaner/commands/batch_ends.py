"""What the commands of a batch have in common: who does the work, and how a command ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import click

from cleaner.batch.values import BatchError

__all__ = ["ended", "engine_of"]


def ended(work: Callable[[], int]) -> NoReturn:
    """Do the work and end with its exit code."""
    try:
        code = work()
    except BatchError as error:
        click.echo(f"cleaner: {error}", err=True)
        code = error.code
    click.get_current_context().exit(code)


def engine_of(given: dict[str, Any]) -> Any:
    """Who does the chunks; None for worker processes of this machine."""
    if given["engine"] == "local":
        if given["address"]:
            raise BatchError("--address goes with --engine ray")
        return None
    from cleaner.integrations.ray import ray_engine

    return ray_engine(given["address"])
