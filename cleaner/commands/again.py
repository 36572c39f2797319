"""`cleaner again OUT ADDRESS`: one page of a run again, as the run cleaned it. Reports print this command for each page they name."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from cleaner.batch.values import DEAD, BatchError
from cleaner.cli import DONE, UNREADABLE
from cleaner.commands.choices import known_rules, options_from
from cleaner.commands.files import write_document
from cleaner.commands.show import colour_wanted
from cleaner.commands.sizes import Size

__all__ = ["again"]

AGAIN_HELP = """Clean one page of a run again and show what goes.

\b
Examples:
  cleaner again out 12-5f0c3a9b12                     in the terminal
  cleaner again out 12-5f0c3a9b12 --html page.html    for a browser
  cleaner again out 12-5f0c3a9b12 --page-timeout 60   with more time
  cleaner again out 12-5f0c3a9b12 --raw > page.html   the bytes as they came

`cleaner report` gives the address of each page it names. The page comes from the dead letters or is read again from the input; it is cleaned with the options
and limits of the run, in a process of its own, and nothing in OUT changes. Exit code 1 when it cannot be cleaned this time either.
"""


@click.command(help=AGAIN_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(exists=True, file_okay=False))
@click.argument("address")
@click.option("--html", "html_file", metavar="FILE", help="Write one HTML file to look at in a browser; - is stdout.")
@click.option("--raw", is_flag=True, help="Do not clean: write the page's bytes to standard output.")
@click.option(
    "--page-timeout", type=click.FloatRange(0, min_open=True), help="Seconds the page may take.  [default: as in the run]"
)
@click.option("--max-page-bytes", type=Size(), help="[default: as in the run]")
@click.option("--memory", type=Size(), help="Memory the page may take.  [default: as in the run]")
@click.option("--rules", multiple=True, metavar="MODULE:NAME", help="The rules of your own that the run had.")
@click.option("--colour", "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to use colour.")
def again(out: str, address: str, **given: Any) -> None:
    """Clean one page of a run again."""
    try:
        code = _again(Path(out), address, given)
    except BatchError as error:
        click.echo(f"cleaner: {error}", err=True)
        code = error.code
    click.get_current_context().exit(code)


def _again(out: Path, address: str, given: dict[str, Any]) -> int:
    from dataclasses import replace

    from cleaner.batch.address import item_at
    from cleaner.batch.retry import config_of_run
    from cleaner.batch.values import Damaged

    rules = options_from(None, (), (), given["rules"], ()).rules
    limits = {name: given[name] for name in ("page_timeout", "max_page_bytes", "memory") if given[name]}
    config = replace(config_of_run(out, rules), **limits)
    item = item_at(out, address, config)
    if given["raw"]:
        data = item.raw if isinstance(item, Damaged) else item.data
        sys.stdout.buffer.write(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
        return DONE
    if isinstance(item, Damaged):
        raise BatchError(f"the page cannot be read: {item.error}", UNREADABLE)
    result, seconds = _cleaned(item, config)
    _show(result, item.source, given, {known.name: known.why for known in known_rules(rules)})
    click.echo(f"cleaner: {result.status} after {seconds:.2f} s; {item.source} at {item.offset:,}".translate(_SPACES), err=True)
    if result.error:
        click.echo(f"cleaner: {result.error.partition(chr(10))[0]}".translate(_SPACES), err=True)
    return UNREADABLE if result.status in DEAD else DONE


_SPACES = dict.fromkeys((*range(32), *range(127, 160)), " ")  # names and errors come from strangers; terminals obey controls


def _cleaned(item: Any, config: Any) -> tuple[Any, float]:
    """The page's result and its seconds, from a worker that has done one page before."""
    from cleaner.batch.stream import Cleaners

    limits = {"page_timeout": config.page_timeout, "max_page_bytes": config.max_page_bytes, "memory": config.memory}
    with Cleaners(jobs=1, options=config.options, **limits) as cleaners:
        list(cleaners.clean_many(["<p>A page that loads what cleaning needs.</p>"]))
        started = time.perf_counter()
        (result,) = cleaners.clean_many([item])
        return result, time.perf_counter() - started


def _show(result: Any, name: str, given: dict[str, Any], reasons: dict[str, str]) -> None:
    if given["html_file"] is None:
        from cleaner.views.terminal import shown

        click.echo(shown(result, colour=colour_wanted(given["colour"])), color=True)
        return
    from cleaner.views.document import document

    write_document("--html", given["html_file"], document(result, name=name, reasons=reasons))
