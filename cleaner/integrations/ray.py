"""Ray: `CleanPages` for `Dataset.map_batches`, and the engine behind ``cleaner run … --engine ray``.

Ray retries a task whose process died for ever or not at all, so a page that crashes the parser would end the job; here it dies in a guarded
worker process below Ray's own, and Ray never sees it. The engine submits the chunks of the same plan that the local supervisor would do, so files, resume,
dead letters and `cleaner verify` are the same. The output folder must be one that all machines of the cluster see.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

from cleaner.batch.arrow import clean_batch
from cleaner.batch.chunks import clean_chunk
from cleaner.batch.manifest import Manifest
from cleaner.batch.plan_file import Plan
from cleaner.batch.progress import Progress
from cleaner.batch.stream import Cleaners
from cleaner.batch.supervisor import Engine, Run, Totals
from cleaner.batch.values import MAX_PAGE_BYTES, MEMORY, PAGE_TIMEOUT, BatchError
from cleaner.options import Options

__all__ = ["CleanPages", "ray_engine"]

RAY_MISSING = "Ray is not installed; pip install 'webpage-cleaner[ray]'"
RETRIES = 3  # of a chunk whose machine went away; a page never costs one
AHEAD = 2  # chunks submitted for each worker, so that none waits for the driver


class CleanPages:
    """Cleans batches of pages for ``dataset.map_batches(CleanPages, batch_format="pyarrow", concurrency=2)``.

    html, text, url: the columns that hold pages and their addresses, as for `cleaner.clean_batch`; the other columns stay. Gives a table with
    a row for each row, with its status. Leave Ray some processors for reading: two actors on two processors need ``num_cpus=0.5`` each.
    """

    def __init__(
        self,
        *,
        html: str = "html",
        text: str = "text",
        url: str = "url",
        options: Options | None = None,
        page_timeout: float = PAGE_TIMEOUT,
        max_page_bytes: int = MAX_PAGE_BYTES,
        memory: int = MEMORY,
    ) -> None:
        self._columns: Any = {"html": html, "text": text, "url": url}
        self._cleaners = Cleaners(
            jobs=1, options=options, page_timeout=page_timeout, max_page_bytes=max_page_bytes, memory=memory
        )

    def __call__(self, batch: Any) -> Any:
        """A pyarrow.Table in, one with as many rows out."""
        import pyarrow

        cleaned = clean_batch(batch, cleaners=self._cleaners, **self._columns)
        return pyarrow.Table.from_batches([cleaned])

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self._cleaners.close()


def ray_engine(address: str | None = None) -> Engine:
    """An engine for `cleaner.batch.supervisor.run_chunks`.

    address: of a running cluster ("auto", "ray://host:10001"); without one Ray starts on this machine with a processor for each of the run's jobs.
    Raises BatchError (exit code 2) when Ray is not installed or the cluster does not answer.
    """
    try:
        import ray
    except ImportError as error:
        raise BatchError(RAY_MISSING) from error

    def work(run: Run, plan: Plan, manifest: Manifest, todo: list[int], progress: Progress) -> None:
        with _connected(ray, address, run.jobs):
            _submit_all(ray, run, plan, manifest, todo, progress)

    return work


@contextlib.contextmanager
def _connected(ray: Any, address: str | None, jobs: int) -> Iterator[None]:
    """A connection to Ray; one that was there before stays."""
    if ray.is_initialized():
        yield
        return
    # Ray's own metrics agents and usage reports look for a network; a job that cleans pages needs neither.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    where = {"address": address} if address else {"num_cpus": jobs, "include_dashboard": False}
    try:
        ray.init(**where, configure_logging=False, log_to_driver=False)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise BatchError(f"no connection to Ray{f' at {address}' if address else ''}: {error}") from error
    try:
        yield
    finally:
        ray.shutdown()


def _submit_all(ray: Any, run: Run, plan: Plan, manifest: Manifest, todo: list[int], progress: Progress) -> None:
    """Keep a few chunks per worker under way; write down each as it comes back."""
    totals = Totals.before(run, plan, manifest)
    submit: Callable[..., Any] = ray.remote(num_cpus=1, max_retries=RETRIES)(clean_chunk).remote
    out = str(run.out.resolve())
    config = ray.put(run.config)
    waiting = iter(todo)
    running: dict[Any, int] = {}
    lost: dict[int, str] = {}
    slots = max(run.jobs, int(ray.cluster_resources().get("CPU", 1))) * AHEAD
    while True:
        while len(running) < slots and (number := next(waiting, None)) is not None:
            running[submit(plan.chunk(number), config, out)] = number
        if not running:
            break
        done, _ = ray.wait(list(running), num_returns=1, timeout=1.0)
        for reference in done:
            number = running.pop(reference)
            try:
                report = ray.get(reference)
            except ray.exceptions.RayTaskError as error:
                if isinstance(error.cause, BatchError):
                    raise BatchError(f"{error.cause}; the same command goes on from here", error.cause.code) from None
                lost[number] = str(error.cause)
            except ray.exceptions.RayError as error:
                lost[number] = str(error).partition("\n")[0]
            else:
                manifest.add(report)
                totals.add(report, plan.sizes[number])
        progress.show(totals.state(0, 0))
    if lost:
        number, reason = min(lost.items())
        raise BatchError(
            f"{len(lost)} of {len(todo)} chunks did not come back (chunk {number}: {reason}); the same command does them again", 3
        )
