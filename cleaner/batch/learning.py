"""Learning over a crawl: a first run counts the blocks of every page, chunk by chunk like any run, and what it counted becomes a file of templates.

The first run is a run: it has a plan, a manifest, dead letters, the isolation of pages, any engine, and can be interrupted at any time. What comes after
it, bringing the pages of a site together, is done by one worker in seconds, from the beginning if it was interrupted; the file appears whole or not at all.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.kept import KeptWorkers
from cleaner.batch.progress import Progress
from cleaner.batch.summary import Summary
from cleaner.batch.supervisor import Engine, Run, run_chunks
from cleaner.batch.tasks import LearnTask
from cleaner.batch.values import BatchError

__all__ = ["learn_sites", "run_with_sites"]

FOLDER = "sites"  # below the output of a run: what the first pass put away
FILE = "templates"


class Lesson(NamedTuple):
    """What came of learning, in sentences, and whether some pages could not be read."""

    sentences: list[str]
    troubled: bool


def learn_sites(run: Run, inputs: Sequence[str], out: Path, progress: Progress, engine: Engine | None = None) -> Lesson:
    """Write the templates of the sites of `inputs` to `out`. `run` has the task "learn"; `run.out` is the folder to work in, and goes at the end."""
    if out.exists() and not run.force:
        raise BatchError(f"{out} is there already, and may have been edited; --force replaces it, another name keeps it")
    with KeptWorkers(run) as kept:
        summary = run_chunks(run, inputs, progress, engine or kept)
        sentences = _written(kept, run.out, out)
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
    with KeptWorkers(first) as kept:
        run_chunks(first, inputs, progress, engine or kept)
        sentences = [] if templates.exists() else _written(kept, folder, templates)
        summary = run_chunks(second, inputs, progress, engine or kept)
    for name in ("pages", "dead"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return summary, sentences


def _written(kept: KeptWorkers, folder: Path, out: Path) -> list[str]:
    """Have the templates written of the pages that a first run left in `folder`."""
    return kept.learn(LearnTask(str(folder), str(out)))
