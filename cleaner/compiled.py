"""The parts in C: each is optional, and Python beside it does the same (docs/decisions/c-extension.md)."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

__all__ = ["compiled"]


def compiled(name: str) -> Any:
    """The extension of that name; None where it was not built, and with ``CLEANER_PURE=1`` in the environment, which asks for Python."""
    if os.environ.get("CLEANER_PURE"):
        return None
    try:
        return import_module(name)
    except ImportError:
        return None
