"""`cleaner report OUT -o FILE`: a run as one HTML file, for people."""

from __future__ import annotations

import click

from cleaner.batch.values import BatchError
from cleaner.cli import DONE
from cleaner.commands.choices import known_rules, options_from
from cleaner.commands.files import write_document

__all__ = ["report"]

REPORT_HELP = """Write the report of a run as one HTML file.

\b
Examples:
  cleaner report out -o report.html
  cleaner report out -o report.html --against out-of-last-week
  cleaner report out -o report.html --seed 2       other samples of each rule

Figures and charts of pages, rules, encodings, languages, hosts and time; samples of what each rule removed; the slowest pages and the failures, each with
the command that runs it again. --against says what changed since another run over the same input, page by page and by rule. The file loads nothing and
runs nothing. Needs the extra: pip install 'webpage-cleaner[report]'.
"""


@click.command(help=REPORT_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(exists=True, file_okay=False))
@click.option("-o", "--output", "file", required=True, metavar="FILE", help="The file to write; - is stdout.")
@click.option("--against", metavar="OUT2", type=click.Path(exists=True, file_okay=False), help="The output of an earlier run.")
@click.option("--samples", type=click.IntRange(0, 64), default=8, show_default=True, help="Samples a rule.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which samples.")
@click.option("--rules", multiple=True, metavar="MODULE:NAME", help="The rules of your own that the run had.")
@click.pass_context
def report(ctx: click.Context, out: str, file: str, against: str | None, samples: int, seed: int, rules: tuple[str, ...]) -> None:
    """Write the report of a run."""
    from cleaner.views.report.document import report as report_of

    own = options_from(None, (), (), rules, ()).rules
    reasons = {known.name: known.why for known in known_rules(own)}
    try:
        text = report_of(out, against=against, reasons=reasons, samples=samples, seed=seed, rules=rules)
    except BatchError as error:
        click.echo(f"cleaner: {error}", err=True)
        ctx.exit(error.code)
    write_document("-o", file, text)
    ctx.exit(DONE)
