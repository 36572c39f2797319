"""The command `cleaner learn`: from a crawl to a file that says what its sites repeat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleaner.batch.values import MAX_PAGE_BYTES, MEMORY, PAGE_TIMEOUT, BatchConfig, BatchError, Fields
from cleaner.commands.batch_ends import ended, engine_of
from cleaner.commands.choices import takes_options
from cleaner.commands.sizes import Size

__all__ = ["learn"]

HELP = """Learn from a crawl what its sites repeat: menus, notices, adverts, footers.

\b
Examples:
  cleaner learn crawl/*.warc.gz -o templates
  cleaner learn docs.jsonl.zst -o templates --url-field source_url
  cleaner learn example.org/ -o templates --site example.org
  cleaner page.html --url https://example.org/a --templates templates
  cleaner run crawl/*.warc.gz -o out --templates templates

The file is text, to be read and edited: a line for each line of a site, with the number of its pages that have it. Sites with fewer than 5 pages are
left alone. Lines that many unrelated sites share are listed at its end, for review. Kill it whenever you like: the same command goes on.

\b
Exit codes: 0 done; 1 done, but some pages could not be read;
2 wrong call; 3 stopped early, can go on; 130 Ctrl-C after a clean stop.
"""


@click.command(help=HELP, context_settings={"max_content_width": 110, "help_option_names": ["-h", "--help"]})
@click.argument("inputs", nargs=-1, required=True, metavar="IN…")
@click.option("-o", "--out", required=True, metavar="FILE", help="The file of templates.")
@click.option("--site", default="", metavar="HOST", help="Whose the pages are that have no address.")
@click.option("--jobs", "-j", type=click.IntRange(1), help="Workers.  [default: one a processor]")
@click.option("--html-field", default="html", show_default=True, help="Field or column that holds HTML.")
@click.option(
    "--text-field", default="text", show_default=True, help="Field or column that holds plain text, where there is no HTML."
)
@click.option("--id-field", default="id", show_default=True)
@click.option("--url-field", default="url", show_default=True)
@click.option("--page-timeout", type=click.FloatRange(0, min_open=True), default=PAGE_TIMEOUT, show_default=True)
@click.option("--max-page-bytes", type=Size(), default=MAX_PAGE_BYTES, show_default="20MB")
@click.option("--memory", type=Size(), default=MEMORY, show_default="2GB", help="Memory a worker may take.")
@click.option("--chunk-bytes", type=Size(), help="Input that is read at one go.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who does the chunks.")
@click.option("--address", metavar="ADDRESS", help="Of a running Ray cluster.  [default: Ray on this machine]")
@click.option("--force", is_flag=True, help="Replace FILE.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
@takes_options
def learn(inputs: tuple[str, ...], **given: Any) -> None:
    """Learn what sites repeat."""
    ended(lambda: _learn(inputs, given))


def _config(given: dict[str, Any]) -> BatchConfig:
    return BatchConfig(
        options=replace(given["options"], templates=(), shared_blocks=False, rules=()),
        fields=Fields(text=given["text_field"], html=given["html_field"], id=given["id_field"], url=given["url_field"]),
        page_timeout=given["page_timeout"],
        max_page_bytes=given["max_page_bytes"],
        memory=given["memory"],
        task="learn",
        site=given["site"],
    )


def _learn(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    from cleaner.batch.learning import learn_sites
    from cleaner.batch.plan import inputs_of
    from cleaner.batch.progress import progress_for
    from cleaner.batch.supervisor import Run, default_jobs

    out = Path(given["out"])
    if out.is_dir():
        raise BatchError(f"{out} is a folder; -o names the file of templates")
    paths = inputs_of(inputs)
    if paths == ["-"]:
        raise BatchError("learning reads files, so that it can be interrupted; write the lines to a file first")
    work = out.with_name(f".{out.name}.learning")
    run = Run(work, _config(given), given["jobs"] or default_jobs(), (1, 1), given["chunk_bytes"] or 0, given["force"])
    progress = progress_for("quiet" if given["quiet"] else "auto")
    try:
        learned = learn_sites(run, paths, out, progress, engine_of(given))
    finally:
        progress.close()
    for line in learned.sentences:
        progress.say(line)
    return 1 if learned.troubled else 0
