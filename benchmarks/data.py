"""Where the development data are: in the folder that CLEANER_DATA names, else in shared/data beside the clone.

They are texts of others under several licences, and no part of the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["data_file", "data_folder"]


def data_folder() -> Path:
    """The folder of the development data, which may be missing."""
    return Path(os.environ.get("CLEANER_DATA") or Path(__file__).parents[2] / "shared" / "data")


def data_file(name: str) -> Path:
    """A file of the development data, such as "extraction/wcxb.jsonl.gz"; ends the program with a sentence where it is missing."""
    path = data_folder() / name
    if not path.is_file():
        raise SystemExit(f"there is no {path}: set CLEANER_DATA to the folder of the development data")
    return path
