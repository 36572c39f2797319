"""`cleaner show PAGE`: the whole page in the terminal, or in one HTML file, with what goes and by which rule."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cleaner.cli import DONE, UNREADABLE
from cleaner.commands.choices import known_rules, takes_options
from cleaner.commands.files import write_document
from cleaner.commands.inputs import Unreadable, answer_on
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["colour_wanted", "show"]


def colour_wanted(choice: str) -> bool:
    """Colour in a terminal unless NO_COLOR is set (https://no-color.org), or as the caller says."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("page", type=click.Path(allow_dash=True))
@click.option("--charset", metavar="NAME", help="The charset that the HTTP header gave.")
@click.option("--url", metavar="URL", help="Where the page came from; never fetched.")
@click.option("--colour", "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to use colour.")
@click.option("--html", "html_file", metavar="FILE", help="Write one HTML file to look at in a browser; - is stdout.")
@takes_options
@click.pass_context
def show(
    ctx: click.Context,
    page: str,
    charset: str | None,
    url: str | None,
    colour: str,
    html_file: str | None,
    *,
    options: Options,
) -> None:
    """Print PAGE with what goes marked where it stood.

    Kept text is plain, navigation dim, spam red, repairs green; behind each removal stands its rule. Without colour the
    marks are [-removed-] and {+repaired+}. --html writes the same for a browser: one file that loads nothing and runs
    nothing of the page.
    """
    from cleaner.views.terminal import shown

    try:
        result, remark, unreadable = answer_on(page, url=url, charset=charset, options=options)
    except Unreadable as error:
        click.echo(f"cleaner: {error}", err=True)
        ctx.exit(UNREADABLE)
    if html_file is None:
        click.echo(shown(result, colour=colour_wanted(colour)), color=True)
    else:
        write_document("--html", html_file, _document(result, page, options))
    if remark:
        click.echo(f"cleaner: {remark}", err=True)
    ctx.exit(UNREADABLE if unreadable else DONE)


def _document(result: Result, page: str, options: Options) -> str:
    from cleaner.views.document import document

    reasons = {known.name: known.why for known in known_rules(options.rules)}
    return document(result, name="standard input" if page == "-" else Path(page).name, reasons=reasons)
