"""`cleaner PAGE`: the clean text of a page on stdout, and nothing else there."""

from __future__ import annotations

import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import click

from cleaner.cli import DONE, UNREADABLE, front
from cleaner.commands.choices import takes_options
from cleaner.commands.inputs import Unreadable, answer_on
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["page"]


OUTPUT_FLAGS = ("-o", "--out", "--output")  # that other programs have
NEAR = 0.85  # verfy and verify: 0.91; clean and learn: 0.80


class PageCommand(click.Command):
    """Its help is the front page's; whoever looks for a flag that names an output is told where the text goes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name not in OUTPUT_FLAGS:
                raise
            hint = f"there is no {error.option_name}: the text goes to standard output; cleaner page.html > article.txt"
            raise click.UsageError(hint, ctx) from None

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
    if len(pages) > 1 and "." not in pages[0] and not Path(pages[0]).exists():
        near = get_close_matches(pages[0], COMMANDS, n=1, cutoff=NEAR)
        hint = f"did you mean {near[0]}?" if near else "one page needs no command: cleaner page.html"
        _refuse(f"there is neither a command nor a file {pages[0]!r}; {hint}")
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
