"""Runs a batch with a rule that kills its worker once: python -m tests.faults.once SOURCE OUT MARK."""

from __future__ import annotations

import sys
from pathlib import Path

from cleaner import Options
from cleaner.batch.progress import progress_for
from cleaner.batch.supervisor import Run, run_chunks
from cleaner.batch.values import BatchConfig
from tests.faults.poison import Poison

if __name__ == "__main__":
    source, out, mark = sys.argv[1:]
    config = BatchConfig(Options(rules=(Poison(mark=mark),)))
    summary = run_chunks(Run(Path(out), config, 1), [source], progress_for("quiet"))
    sys.exit(summary.troubled)
