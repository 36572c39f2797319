"""`cleaner PAGE`: the clean text of a page on stdout, and nothing else there."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click

from cleaner.cli import DONE, UNREADABLE, front
from cleaner.commands.choices import takes_options
from cleaner.commands.inputs import Unreadable, answer_on
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["page"]


class PageCommand(click.Command):
    """Its help is the front page's."""

    def get_help(self, ctx: click.Context) -> str:
        return front.get_help(ctx.parent or ctx)


@click.command(cls=PageCommand, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("pages", nargs=-1, required=True, metavar="PAGE", type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text", help="What to write.")
@click.option("--charset", metavar="NAME", help="The charset that the HTTP header gave, or the whole Content-Type.")
@click.option("--url", metavar="URL", help="Where the page came from; used for links and names, never fetched.")
@takes_options
@click.pass_context
def page(
    ctx: click.Context, pages: tuple[str, ...], form: str, charset: str | None, url: str | None, *, options: Options
) -> None:
    """Write the clean text of PAGE (a file, or - for standard input) to stdout."""
    _check_use(pages, form, url)
    code = DONE
    for name in pages:
        try:
            code = max(code, _write_page(name, form, charset, url, options))
        except Unreadable as error:
            click.echo(f"cleaner: {error}", err=True)
            code = UNREADABLE
    ctx.exit(code)


def _check_use(pages: tuple[str, ...], form: str, url: str | None) -> None:
    from cleaner.cli import COMMANDS

    if pages[0] in COMMANDS:
        wrong_place = f"`{pages[0]}` is a command and comes first: cleaner {pages[0]} …; a file of this name is ./{pages[0]}"
        raise click.UsageError(wrong_place)
    if len(pages) > 1 and form != "json":
        _refuse("several pages are written as JSON only, a line each: add --format json")
    if len(pages) > 1 and url:
        _refuse("--url names one page; clean the pages one by one, or put the addresses into a JSONL file for `cleaner run`")


def _refuse(sentence: str) -> NoReturn:
    raise click.UsageError(sentence)


def _write_page(name: str, form: str, charset: str | None, url: str | None, options: Options) -> int:
    """Clean one page and write it; returns its exit code."""
    result, remark, unreadable = answer_on(name, url=url, charset=charset, options=options)
    if form == "json" or not unreadable:
        sys.stdout.buffer.write(_rendered(result, name, form).encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    if remark:
        click.echo(f"cleaner: {remark}", err=True)
    return UNREADABLE if unreadable else DONE


def _rendered(result: Result, name: str, form: str) -> str:
    if form == "json":
        return json.dumps({"input": name, **result.to_dict()}, ensure_ascii=False) + "\n"
    text = {"text": lambda: result.text, "markdown": lambda: result.markdown, "html": lambda: result.html}[form]()
    return text + "\n" if text and not text.endswith("\n") else text
