"""The manifest: an append-only file of JSON lines that says which chunks are done; it alone decides what exists.

First line: the configuration and its hash, the number of chunks and the plan's hash. Then a line for each finished chunk, on the disk before the next
is begun. A torn last line (power loss) is cut off: its chunk is done again and gives the same bytes. One process at a time may write, which a lock
on the folder ensures; the kernel gives it back when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.batch.fingerprint import differences
from cleaner.batch.values import BatchError, ShardReport

__all__ = ["MANIFEST_SCHEMA", "Manifest", "OutputLock", "manifests_in", "reports_in"]

MANIFEST_SCHEMA = 1


class OutputLock:
    """The right to write below an output folder (for one share of the work). Not inherited: workers are started by exec."""

    def __init__(self, folder: Path, share: str) -> None:
        self._path = folder / f".lock{share}"
        while True:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
                os.close(self._descriptor)
                raise BatchError(
                    f"another run is writing to {folder} (process {holder}); wait for it or choose another folder"
                ) from None
            if self._is_current():
                break
            os.close(self._descriptor)  # the one who held it has just removed it
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def _is_current(self) -> bool:
        try:
            return os.path.samestat(os.stat(self._path), os.fstat(self._descriptor))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Give it back and leave no file behind."""
        with contextlib.suppress(OSError):
            os.unlink(self._path)
        os.close(self._descriptor)


class Manifest:
    """The manifest of one run (or of one share `i/n` of it), open for appending."""

    def __init__(self, folder: Path, share: str) -> None:
        self.path = folder / f"manifest{share}.jsonl"
        self.head: dict[str, Any] = {}
        self.done: set[int] = set()
        self.inputs: dict[int, str] = {}  # the hash of what a chunk of standard input held
        self.finished = -1  # chunks of standard input, once it was read to its end
        if self.path.exists():
            self._load()

    def _load(self) -> None:
        size = 0
        with open(self.path, "rb") as file:
            for line in file:
                value = _value(line)
                if value is None:
                    break
                size += len(line)
                if "schema" in value:
                    self.head = value
                elif "chunk" in value:
                    self.done.add(value["chunk"])
                    if "input" in value:
                        self.inputs[value["chunk"]] = value["input"]
                else:
                    self.finished = value["finished"]
        os.truncate(self.path, size)

    def begin(self, head: dict[str, Any]) -> None:
        """Write the first line, or check that the one there says the same."""
        if not self.head:
            self.head = {"schema": MANIFEST_SCHEMA, **head}
            self._append(self.head)
            return
        if self.head["hash"] != head["hash"]:
            found = "; ".join(differences(self.head["config"], head["config"])[:4])
            raise BatchError(
                f"{self.path.parent} was begun with another configuration: {found}. "
                "Use the old one to go on, --force to start over, or another folder."
            )
        if self.head["plan"] != head["plan"]:
            raise BatchError(
                f"the input of {self.path.parent} has changed since the run began (files added, removed or of another size). "
                "Put it back to go on, use --force to start over, or another folder."
            )

    def add(self, report: ShardReport, **more: Any) -> None:
        """A chunk is done: say so, on the disk."""
        self._append({**report.to_dict(), **more})
        self.done.add(report.chunk)

    def finish(self, chunks: int) -> None:
        """Standard input was read to its end."""
        if self.finished < 0:
            self._append({"finished": chunks})

    def _append(self, value: dict[str, Any]) -> None:
        data = json.dumps(value).encode() + b"\n"
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            size = os.fstat(descriptor).st_size
            try:
                if os.write(descriptor, data) < len(data):
                    raise OSError(28, os.strerror(28), str(self.path))
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, size)  # no torn line when the disk is full
                raise
        finally:
            os.close(descriptor)


def _value(line: bytes) -> dict[str, Any] | None:
    """A line's value; None for a torn one."""
    if not line.endswith(b"\n"):
        return None
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def manifests_in(folder: Path) -> list[Path]:
    """The manifests of an output folder: one, or one for each share."""
    return sorted(folder.glob("manifest*.jsonl"))


def reports_in(folder: Path, only: Path | None = None) -> Iterator[ShardReport]:
    """What the manifests of a folder (or only one of them) say of each chunk; a later line (of a retry) stands for the ones before."""
    for path in [only] if only else manifests_in(folder):
        latest: dict[int, int] = {}
        with open(path, "rb") as file:
            position = 0
            for line in file:
                value = _value(line)
                if value is not None and "chunk" in value:
                    latest[value["chunk"]] = position
                position += len(line)
            for _, position in sorted(latest.items()):
                file.seek(position)
                yield ShardReport.from_dict(json.loads(file.readline()))
