"""The commands `cleaner run`, `cleaner verify` and `cleaner retry`. Exit codes are in the table of `docs/batch.md`, the same for all commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleaner.batch.values import MAX_PAGE_BYTES, MEMORY, PAGE_TIMEOUT, BatchError
from cleaner.commands.batch_ends import ended, engine_of
from cleaner.commands.choices import options_from, takes_options
from cleaner.commands.sizes import Share, Size

__all__ = ["retry", "run", "verify"]


RUN_HELP = """Clean folders, WARC and WET files, JSONL and Parquet into shards.

\b
Examples:
  cleaner run pages/ -o out                       a folder of .html, .txt, .gz
  cleaner run 'crawl/*.warc.gz' -o out --jobs 8   WARC files, eight workers
  cleaner run docs.jsonl.zst -o out --html-field raw --id-field doc_id
  cleaner run @files.txt -o out --format parquet --with markdown
  cleaner run crawl/ -o out --shard 3/16          the third of 16 machines
  cleaner run crawl/ -o out --learn-sites         without what each site repeats
  cat docs.jsonl | cleaner run - -o - > clean.jsonl

Kill it whenever you like: the same command goes on where it stopped. A page that hangs, crashes or eats memory costs only itself and lands in
OUT/dead with its raw bytes (`cleaner retry OUT`). `cleaner verify OUT` proves that nothing was lost.

\b
Exit codes: 0 done; 1 done, with dead letters or input that could not be read;
2 wrong call; 3 stopped early, can go on; 130 Ctrl-C after a clean stop.
"""


@click.command(help=RUN_HELP, context_settings={"max_content_width": 110, "help_option_names": ["-h", "--help"]})
@click.argument("inputs", nargs=-1, required=True, metavar="IN…")
@click.option(
    "-o", "--out", required=True, metavar="OUT", help="Folder for the shards; - for rows on standard output (with - as input)."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl.zst", "jsonl.gz", "jsonl", "parquet", "text", "dolma"]),
    default="jsonl.zst",
    show_default=True,
    help="What shards are; text: a file a page; dolma: documents and attributes.",
)
@click.option(
    "--with", "extra", multiple=True, type=click.Choice(["markdown", "html", "removed"]), help="Further fields of a row."
)
@click.option("--jobs", "-j", type=click.IntRange(1), help="Workers.  [default: one a processor]")
@click.option("--html-field", default="html", show_default=True, help="Field or column that holds HTML.")
@click.option(
    "--text-field", default="text", show_default=True, help="Field or column that holds plain text, where there is no HTML."
)
@click.option("--id-field", default="id", show_default=True)
@click.option("--url-field", default="url", show_default=True)
@click.option(
    "--page-timeout",
    type=click.FloatRange(0, min_open=True),
    default=PAGE_TIMEOUT,
    show_default=True,
    help="Seconds a page may take.",
)
@click.option("--max-page-bytes", type=Size(), default=MAX_PAGE_BYTES, show_default="20MB")
@click.option("--memory", type=Size(), default=MEMORY, show_default="2GB", help="Memory a worker may take.")
@click.option("--chunk-bytes", type=Size(), help="Input a shard is made of.  [default: by the size of the input, 8MB to 256MB]")
@click.option("--shard", type=Share(), default="1/1", help="Do only this share of the work, for clusters: 3/16.")
@takes_options
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who does the chunks.")
@click.option(
    "--address", metavar="ADDRESS", help="Of a running Ray cluster: auto, ray://host:10001.  [default: Ray on this machine]"
)
@click.option(
    "--learn-sites", is_flag=True, help="Learn what each site repeats on its pages and remove it; OUT/templates says what."
)
@click.option("--site", default="", metavar="HOST", help="Whose the pages are that have no address, for --learn-sites.")
@click.option("--force", is_flag=True, help="Start over: remove what an earlier run wrote to OUT.")
@click.option("--dry-run", is_flag=True, help="List the chunks and do nothing.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
@click.option("--log-json", is_flag=True, help="Progress as lines of JSON.")
def run(inputs: tuple[str, ...], **given: Any) -> None:
    """Clean inputs into an output folder."""
    ended(lambda: _run(inputs, given))


def _config(given: dict[str, Any]) -> Any:
    from cleaner.batch.values import BatchConfig, Fields

    return BatchConfig(
        options=given["options"],
        format=given["form"],
        extra=tuple(dict.fromkeys(given["extra"])),
        fields=Fields(text=given["text_field"], html=given["html_field"], id=given["id_field"], url=given["url_field"]),
        page_timeout=given["page_timeout"],
        max_page_bytes=given["max_page_bytes"],
        memory=given["memory"],
        site=given.get("site") or "",
    )


def _run(inputs: tuple[str, ...], given: dict[str, Any]) -> int:
    from cleaner.batch.plan import inputs_of
    from cleaner.batch.progress import progress_for
    from cleaner.batch.summary import summary_lines
    from cleaner.batch.supervisor import Run, default_jobs

    config = _config(given)
    _check_use(inputs, given["out"])
    paths = inputs_of(inputs)
    if given["out"] == "-":
        if given["learn_sites"]:
            raise BatchError("--learn-sites writes to a folder; for rows on standard output give --templates")
        return _to_standard_output(paths, config, given)
    if given["dry_run"]:
        return _list_chunks(paths, config, given)
    run = Run(
        Path(given["out"]), config, given["jobs"] or default_jobs(), given["shard"], given["chunk_bytes"] or 0, given["force"]
    )
    progress = progress_for("quiet" if given["quiet"] else "json" if given["log_json"] else "auto")
    try:
        engine = engine_of(given)
        learned: list[str] = []
        if given["learn_sites"]:
            from cleaner.batch.learning import run_with_sites

            summary, learned = run_with_sites(run, paths, progress, engine)
        else:
            summary = _cleaned(run, paths, progress, engine)
    finally:
        progress.close()
    if given["log_json"]:
        progress.say("done", event="summary", **summary.to_dict())
    else:
        for line in (*summary_lines(summary), *learned):
            progress.say(line)
        if not summary.rows + summary.dead:
            progress.say("nothing to clean was found; `cleaner run --help` says what is read")
    return 1 if summary.troubled else 0


def _check_use(inputs: tuple[str, ...], out: str) -> None:
    for name in inputs:
        if "://" in name:
            raise BatchError(f"{name}: cleaner fetches nothing; give it files")
    if Path(out).is_file():
        raise BatchError(f"{out} is a file; -o names the folder for the shards, or is - for standard output")


def _cleaned(run: Any, paths: list[str], progress: Any, engine: Any) -> Any:
    if paths == ["-"]:
        if engine:
            raise BatchError("standard input has no chunks to spread; give --engine ray files")
        from cleaner.batch.standard_input import run_standard_input

        return run_standard_input(run, sys.stdin.buffer, progress)
    from cleaner.batch.supervisor import run_chunks

    return run_chunks(run, paths, progress, engine)


def _to_standard_output(paths: list[str], config: Any, given: dict[str, Any]) -> int:
    """Rows and dead letters as lines of JSON, in the order of the input; nothing is kept, so there is nothing to resume."""
    from cleaner.batch.pool import Pool
    from cleaner.batch.standard_input import ready_batches
    from cleaner.batch.stream import batches_of, lines_of_items
    from cleaner.batch.supervisor import default_jobs
    from cleaner.batch.values import DEAD

    if config.format not in ("jsonl", "jsonl.zst"):
        raise BatchError(f"rows on standard output are JSONL, not {config.format}")
    dead = rows = 0
    with Pool(config, given["jobs"] or default_jobs()) as pool:
        batches: Any = ready_batches(sys.stdin.buffer, config) if paths == ["-"] else batches_of(_items(paths, config))
        for status, line in lines_of_items(pool, batches):
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.buffer.flush()
            rows, dead = rows + (status not in DEAD), dead + (status in DEAD)
    if not given["quiet"]:
        click.echo(f"{rows + dead:,} pages in = {rows:,} rows out + {dead:,} dead letters among them", err=True)
    return 1 if dead else 0


def _items(paths: list[str], config: Any) -> Iterator[Any]:
    from collections import Counter

    from cleaner.batch.plan import chunks_of
    from cleaner.batch.readers import items_of

    for chunk in chunks_of(paths, config, 0, Counter()):
        yield from items_of(chunk, config)


def _list_chunks(paths: list[str], config: Any, given: dict[str, Any]) -> int:
    from collections import Counter

    from cleaner.batch.json_lines import printable
    from cleaner.batch.plan import chunks_of

    skipped: Counter[str] = Counter()
    first, count = given["shard"]
    for chunk in chunks_of(paths, config, given["chunk_bytes"] or 0, skipped):
        if chunk.number % count == first - 1:
            files = printable(chunk.paths[0]) + (f" … {len(chunk.paths):,} files" if len(chunk.paths) > 1 else "")
            part = (
                ""
                if chunk.start == 0 and chunk.end < 0
                else f" [{chunk.start:,}, {'end' if chunk.end < 0 else f'{chunk.end:,}'})"
            )
            click.echo(f"{chunk.label}  {chunk.kind:10}  {files}{part}")
    for reason, number in sorted(skipped.items()):
        click.echo(f"skipped: {reason} {number:,}", err=True)
    return 0


VERIFY_HELP = """Prove that no page was lost: rows in = rows out + dead letters.

\b
Examples:
  cleaner verify out              files, hashes, rows; and the inputs, read again
  cleaner verify out --quick      without reading the inputs

Every shard must be there with the bytes and rows that the manifest says, and each page of the inputs must stand exactly once in the shards or in
the dead letters. Exit code 0 when all of this holds, else 1.
"""


@click.command(help=VERIFY_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(exists=True, file_okay=False))
@click.option("--quick", is_flag=True, help="Do not read the inputs again.")
def verify(out: str, quick: bool) -> None:
    """Check an output folder."""
    ended(lambda: _verify(Path(out), quick))


def _verify(out: Path, quick: bool) -> int:
    from cleaner.batch.verify import verified

    found = verified(out, with_inputs=not quick)
    for line in found.problems:
        click.echo(f"wrong: {line}")
    for line in found.notes:
        click.echo(f"note: {line}")
    click.echo(
        f"{found.rows_in:,} pages in = {found.rows:,} rows out + {found.dead:,} dead letters"
        + (f"; {len(found.problems)} things are wrong" if found.problems else "; all is well")
    )
    return 1 if found.problems else 0


RETRY_HELP = """Clean the dead letters of a run again, with other limits or a newer version.

\b
Examples:
  cleaner retry out --page-timeout 60 --memory 8GB
  cleaner retry out --max-page-bytes 100MB

What succeeds becomes further shards; what does not stays in OUT/dead. Exit code 1 when dead letters are left.
"""


@click.command(help=RETRY_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(exists=True, file_okay=False))
@click.option("--jobs", "-j", type=click.IntRange(1), help="Workers.  [default: one a processor]")
@click.option(
    "--page-timeout", type=click.FloatRange(0, min_open=True), help="Seconds a page may take.  [default: as in the run]"
)
@click.option("--max-page-bytes", type=Size(), help="[default: as in the run]")
@click.option("--memory", type=Size(), help="Memory a worker may take.  [default: as in the run]")
@click.option("--rules", multiple=True, metavar="MODULE:NAME", help="The rules of your own that the run had.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def retry(out: str, **given: Any) -> None:
    """Run dead letters again."""
    ended(lambda: _retry(Path(out), given))


def _retry(out: Path, given: dict[str, Any]) -> int:
    from cleaner.batch.progress import progress_for
    from cleaner.batch.retry import config_of_run, retried
    from cleaner.batch.supervisor import default_jobs

    rules = options_from(None, (), (), given["rules"], ()).rules
    limits = {name: given[name] for name in ("page_timeout", "max_page_bytes", "memory") if given[name]}
    config = replace(config_of_run(out, rules), **limits)
    before, after = retried(out, config, given["jobs"] or default_jobs(), progress_for("quiet"))
    if not given["quiet"]:
        click.echo(f"{before:,} dead letters were tried again: {before - after:,} became rows, {after:,} are left", err=True)
    return 1 if after else 0
