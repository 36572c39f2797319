"""The command `cleaner`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Clean one page from standard input."""
    from cleaner.pipeline import clean

    sys.stdout.write(clean(sys.stdin.buffer.read()).text + "\n")
