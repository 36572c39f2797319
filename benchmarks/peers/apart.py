"""Peers in an environment of their own: a worker process each, fed with JSON lines."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

__all__ = ["NAMES", "apart"]

NAMES = ("readability", "magic-html")
PYTHON = os.environ.get("CLEANER_PEERS", "")


def apart(name: str) -> Callable[[str, str | None], tuple[str, float]] | None:
    """A function to text and seconds of CPU, or None when the peer is not installed there."""
    if not PYTHON or not Path(PYTHON).exists():
        return None
    worker = subprocess.Popen(
        [PYTHON, str(Path(__file__).with_name("worker.py")), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert worker.stdin is not None and worker.stdout is not None
    if not worker.stdout.readline():
        return None
    stdin, stdout = worker.stdin, worker.stdout

    def extract(text: str, url: str | None) -> tuple[str, float]:
        stdin.write(json.dumps({"text": text, "url": url}) + "\n")
        stdin.flush()
        answer = json.loads(stdout.readline())
        return answer["text"], answer["seconds"]

    return extract
