"""Learning over a crawl: a first run counts the blocks of every page, chunk by chunk like any run, and what it counted becomes a file of templates.

The first run is a run: it has a plan, a manifest, dead letters, the isolation of pages, any engine, and can be interrupted at any time. What comes after
it, bringing the pages of a site together, is done by the parent in seconds, from the beginning if it was interrupted; the file appears whole or not at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.progress import Progress
from cleaner.batch.summary import Summary
from cleaner.batch.supervisor import TEMPORARY, Engine, Run, kept_workers, run_chunks
from cleaner.batch.values import BatchError

__all__ = ["learn_sites", "run_with_sites"]

FOLDER = "sites"  # below the output of a run: what the first pass put away
FILE = "templates"
PLACE_BITS = 40  # of the number by which the store knows a page: where its record begins, below the number of its file


class Lesson(NamedTuple):
    """What came of learning, in sentences, and whether some pages could not be read."""

    sentences: list[str]
    troubled: bool


def learn_sites(run: Run, inputs: Sequence[str], out: Path, progress: Progress, engine: Engine | None = None) -> Lesson:
    """Write the templates of the sites of `inputs` to `out`. `run` has the task "learn"; `run.out` is the folder to work in, and goes at the end."""
    if out.exists() and not run.force:
        raise BatchError(f"{out} is there already, and may have been edited; --force replaces it, another name keeps it")
    summary = run_chunks(run, inputs, progress, engine)
    sentences = _written(run.out, out)
    shutil.rmtree(run.out, ignore_errors=True)
    troubles = [f"{summary.dead:,} pages could not be read and taught nothing"] if summary.dead else []
    return Lesson([f"{summary.rows + summary.dead:,} pages read", *troubles, *sentences], summary.troubled)


def run_with_sites(
    run: Run, inputs: Sequence[str], progress: Progress, engine: Engine | None = None
) -> tuple[Summary, list[str]]:
    """A run that learns the templates of its own pages and uses them. Each page is cleaned once, put away, and finished when the templates are there."""
    if inputs == ["-"]:
        raise BatchError(
            "--learn-sites has to know all pages before the first goes out; write them to a file, or give --templates"
        )
    if run.share != (1, 1):
        raise BatchError(
            "--learn-sites needs all pages of a site; learn once with `cleaner learn`, then give the shares --templates"
        )
    folder, templates = run.out / FOLDER, run.out / FILE
    if run.force:
        shutil.rmtree(folder, ignore_errors=True)
        templates.unlink(missing_ok=True)
    first = replace(run, out=folder, config=replace(run.config, task="freeze"))
    options = replace(run.config.options, templates=(*run.config.options.templates, str(templates)))
    second = replace(run, config=replace(run.config, options=options, thaw=str(folder.resolve())))
    with kept_workers(first) as kept:
        run_chunks(first, inputs, progress, engine or kept)
        sentences = [] if templates.exists() else _written(folder, templates)
        summary = run_chunks(second, inputs, progress, engine or kept)
    for name in ("pages", "dead"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return summary, sentences


def _written(folder: Path, out: Path) -> list[str]:
    """Learn from the pages that a first run left in `folder`."""
    from cleaner.batch.frozen import FrozenFile
    from cleaner.sites import Store

    files = [FrozenFile(path) for path in sorted((folder / "pages").glob("shard-*.pages"))]
    scratch = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY}-sites-", dir=folder))
    try:
        store = Store(scratch, lambda number: files[number >> PLACE_BITS].texts(number & (1 << PLACE_BITS) - 1))
        for number, file in enumerate(files):
            for start, line in file.lines():
                store.add(line, number << PLACE_BITS | start)
        return store.write(out).sentences()
    except OSError as error:
        raise BatchError(f"{error.strerror or error} ({error.filename or out}); the same command goes on from here", 3) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
