"""What a worker does once a first pass is over: it brings the pages of each site together and writes the file of templates.

A worker does it because it has loaded everything that this needs; the parent has not, and would take as long for that as for cleaning a hundred pages.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from cleaner.batch.frozen import FrozenFile
from cleaner.batch.tasks import LearnTask
from cleaner.sites import Store

__all__ = ["learned"]

PLACE_BITS = 40  # of the number by which the store knows a page: where its record begins, below the number of its file


def learned(task: LearnTask) -> list[str]:
    """Write the templates, and say in sentences what was learned. Raises OSError; the file is there whole or not at all."""
    files = [FrozenFile(path) for path in sorted(Path(task.folder, "pages").glob("shard-*.pages"))]
    scratch = Path(tempfile.mkdtemp(prefix=".working-sites-", dir=task.folder))
    try:
        store = Store(scratch, lambda number: files[number >> PLACE_BITS].texts(number & (1 << PLACE_BITS) - 1))
        for number, file in enumerate(files):
            for start, line in file.lines():
                store.add(line, number << PLACE_BITS | start)
        return store.write(Path(task.out)).sentences()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
