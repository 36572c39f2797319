"""Workers that stay for all that learning does: a first pass, the lesson, the pass that finishes what was put away.

Starting workers takes as long as cleaning a hundred pages, so the same ones do everything. They are started when there is the first thing to do.
"""

from __future__ import annotations

from types import TracebackType

from cleaner.batch.manifest import Manifest
from cleaner.batch.plan_file import Plan
from cleaner.batch.pool import Pool
from cleaner.batch.progress import Progress
from cleaner.batch.supervisor import Run, answer_of, work_with
from cleaner.batch.tasks import LearnTask

__all__ = ["KeptWorkers"]


class KeptWorkers:
    """The engine of this machine for `first` and for what comes after it; ends its workers when it is left."""

    def __init__(self, first: Run) -> None:
        self._first = first
        self._pool: Pool | None = None

    def __enter__(self) -> KeptWorkers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool:
            self._pool.close()

    def __call__(self, run: Run, plan: Plan, manifest: Manifest, todo: list[int], progress: Progress) -> None:
        work_with(self._started(len(plan)), run, plan, manifest, todo, progress)

    def learn(self, task: LearnTask) -> list[str]:
        """Have a worker learn from a first pass; what it learned, in sentences."""
        pool = self._started(self._first.jobs)
        pool.submit(pool.free()[0], task)
        while True:
            for event in pool.events():
                sentences: list[str] = answer_of(event.payload)
                return sentences

    def _started(self, most: int) -> Pool:
        """The workers, not more than `most` where they have to be started."""
        if self._pool is None:
            self._first.out.mkdir(parents=True, exist_ok=True)
            self._pool = Pool(self._first.config, min(self._first.jobs, most), str(self._first.out))
        return self._pool
