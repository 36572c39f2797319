"""Files of one folder and of nothing else, for a caller who is not trusted with paths.

A path is resolved first and must still lie in the folder; then it is opened part by part from the folder's own descriptor and no part may be a link, so
that nothing swapped in between leads outside. Only ordinary files are read (a pipe would wait for ever), and names with a leading dot are not there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

__all__ = ["Entry", "Folder", "Refused"]

ENTRIES = 2_000  # of a folder that are listed; more cannot be looked through by eye


class Refused(Exception):
    """A path that is not read: the sentence for the caller, and the HTTP status that fits."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Entry(NamedTuple):
    """Something in a folder: kind is "folder" or "page"."""

    name: str
    kind: str
    bytes: int


class Folder:
    """The folder that a server was started with."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))

    def entries(self, path: str) -> tuple[list[Entry], int]:
        """What lies in a folder below the root, folders first, and how many entries are not listed."""
        descriptor = self._opened(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with os.scandir(descriptor) as there:
                names = sorted(entry.name for entry in there if not entry.name.startswith("."))
        finally:
            os.close(descriptor)
        found = [entry for name in names[:ENTRIES] if (entry := self._entry(path, name))]
        return sorted(found, key=lambda entry: (entry.kind, entry.name)), max(0, len(names) - ENTRIES)

    def _entry(self, path: str, name: str) -> Entry | None:
        if not name.isprintable():
            return None
        place = Path(os.path.realpath(self.root / path / name))
        try:
            mode = place.stat()
        except OSError:
            return None
        if not place.is_relative_to(self.root):
            return None
        if stat.S_ISDIR(mode.st_mode):
            return Entry(name, "folder", 0)
        return Entry(name, "page", mode.st_size) if stat.S_ISREG(mode.st_mode) else None

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file below the root; raises Refused with a sentence for anything else."""
        descriptor = self._opened(path, os.O_RDONLY)
        told = os.fstat(descriptor)
        if not stat.S_ISREG(told.st_mode):
            os.close(descriptor)
            raise Refused(f"{path} is no file", 400)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise Refused(f"{path} is larger than {limit:,} bytes", 413)
        return data

    def _opened(self, path: str, flags: int) -> int:
        """A descriptor of what the path means, after all links, if that lies in the folder."""
        outside = Refused(f"{path} does not lie in the folder that cleaner serve was started with", 403)
        if "\0" in path or any(part.startswith(".") for part in path.split("/")) or os.path.isabs(path):
            raise outside
        try:
            place = Path(os.path.realpath(self.root / path))
            if not place.is_relative_to(self.root):
                raise outside
            parts = place.relative_to(self.root).parts
            if any(part.startswith(".") for part in parts):
                raise outside
            return self._walked(parts, flags)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise Refused(f"{path}: there is no such file", 404) from None
        except OSError as error:
            raise Refused(f"{path}: {error.strerror or 'it cannot be read'}", 403) from None

    def _walked(self, parts: tuple[str, ...], flags: int) -> int:
        safe = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | safe)
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            try:
                inner = os.open(part, (flags if last else os.O_RDONLY | os.O_DIRECTORY) | safe, dir_fd=descriptor)
            finally:
                os.close(descriptor)
            descriptor = inner
        return descriptor
