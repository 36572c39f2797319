"""`cleaner demo`: the pages that come with cleaner, cleaned before your eyes on one screen."""

from __future__ import annotations

from importlib.resources import files

import click

from cleaner.commands.show import colour_wanted

__all__ = ["demo"]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--colour", "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to use colour.")
def demo(colour: str) -> None:
    """Clean the pages that come with cleaner: before, after and the removals of the first, a line for each of the others."""
    from cleaner.options import Options
    from cleaner.pipeline import clean
    from cleaner.views.before_after import before_after, one_line

    folder = files("cleaner") / "demo"
    pages = sorted((page for page in folder.iterdir() if page.name.endswith((".html", ".txt"))), key=lambda page: page.name)
    results = [(page.name, clean(page.read_bytes())) for page in pages]
    untouched = Options(extractor="none", ignore=("repair", "spam", "navigation", "article"))
    wanted = colour_wanted(colour)
    name, first = results[0]
    click.echo(before_after(name, clean(pages[0].read_bytes(), options=untouched).text, first, colour=wanted), color=True)
    for name, result in results[1:]:
        click.echo(one_line(name, result, colour=wanted), color=True)
    click.echo(f"\nThe pages are in {folder}; `cleaner show PAGE` shows one whole.")
