"""Writers: a chunk's rows as a shard. Each writes below a temporary folder, makes sure the bytes are on the disk, and says what it wrote.

Equal rows give equal bytes: no time stamps in gzip headers, one thread for zstd, fixed row groups and a fixed schema for Parquet.
"""

from __future__ import annotations

import ctypes
import gzip
import hashlib
import os
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol

import zstandard

from cleaner.batch.chunks import sync_folder
from cleaner.batch.json_lines import dumps, loads
from cleaner.batch.values import BatchConfig, BatchError, ShardFile

__all__ = ["Sink", "dead_sink", "folder_file", "sample_sink", "shard_file", "shard_sink"]

ZSTD_LEVEL = 3  # 1.6 % larger than level 6 on cleaned text, at a third of the time
GZIP_LEVEL = 6
PARQUET_ROWS = 1_000  # rows a row group


class Sink(Protocol):
    """Takes rows, then says which files it wrote; without rows it writes none."""

    def write(self, body: bytes) -> None: ...

    def finish(self) -> tuple[ShardFile, ...]: ...


class Lines:
    """Lines of JSON in one file, compressed as its suffix says."""

    def __init__(self, folder: Path, path: str) -> None:
        self._folder = folder
        self._path = path
        self._rows = 0
        self._file: BinaryIO | None = None
        self._packed: Any = None

    def write(self, body: bytes) -> None:
        if self._packed is None:
            self._open()
        self._packed.write(body + b"\n")
        self._rows += 1

    def _open(self) -> None:
        target = self._folder / self._path
        target.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(target, "wb")  # noqa: SIM115  closed by finish
        if self._path.endswith(".zst"):
            compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True)
            self._packed = compressor.stream_writer(self._file, closefd=False)
        elif self._path.endswith(".gz"):
            self._packed = gzip.GzipFile(filename="", mode="wb", compresslevel=GZIP_LEVEL, fileobj=self._file, mtime=0)
        else:
            self._packed = self._file

    def finish(self) -> tuple[ShardFile, ...]:
        if self._file is None:
            return ()
        if self._packed is not self._file:
            self._packed.close()
        _settled(self._file)
        return (shard_file(self._folder, self._path, self._rows),)


class Dolma:
    """Documents and attributes in two trees with the same names, as Dolma's tools expect them."""

    def __init__(self, folder: Path, label: str) -> None:
        self._documents = Lines(folder, f"documents/shard-{label}.jsonl.gz")
        self._attributes = Lines(folder, f"attributes/cleaner/shard-{label}.jsonl.gz")

    def write(self, body: bytes) -> None:
        document, _, attributes = body.partition(b"\n")
        self._documents.write(document)
        self._attributes.write(attributes)

    def finish(self) -> tuple[ShardFile, ...]:
        return self._documents.finish() + self._attributes.finish()


class Pages:
    """Pages put away, as records that say themselves how long they are. Nobody compares them with anything: they are read once, by the same run, and have no hash."""

    def __init__(self, folder: Path, label: str) -> None:
        self._folder, self._path = folder, f"pages/shard-{label}.pages"
        self._file: BinaryIO | None = None
        self._rows = 0

    def write(self, body: bytes) -> None:
        if self._file is None:
            (self._folder / self._path).parent.mkdir(parents=True, exist_ok=True)
            self._file = open(self._folder / self._path, "wb")  # noqa: SIM115  closed by finish
        self._file.write(body)
        self._rows += 1

    def finish(self) -> tuple[ShardFile, ...]:
        if self._file is None:
            return ()
        size = self._file.tell()
        _settled(self._file)
        return (ShardFile(self._path, self._rows, size, ""),)


class Texts:
    """A folder of text files, one a page, and an index of the other fields beside them."""

    def __init__(self, folder: Path, label: str) -> None:
        self._root = folder
        self._folder = f"shard-{label}"
        self._index = Lines(folder, f"{self._folder}/index.jsonl")
        self._rows = 0

    def write(self, body: bytes) -> None:
        row = loads(body)
        text = row.pop("text").encode("utf-8")
        name = f"{self._rows:06d}-{_stem(row)}.txt"
        self._index.write(dumps({**row, "file": name}))
        (self._root / self._folder / name).write_bytes(text)
        self._rows += 1

    def finish(self) -> tuple[ShardFile, ...]:
        if not self._index.finish():
            return ()
        _sync_everything(self._root / self._folder)
        return (folder_file(self._root, self._folder, self._rows),)


class Parquet:
    """Rows in a Parquet file: zstd, fixed schema, row groups of 1,000 rows."""

    def __init__(self, folder: Path, label: str, config: BatchConfig) -> None:
        try:
            self._pyarrow: Any = import_module("pyarrow")
            self._parquet: Any = import_module("pyarrow.parquet")
        except ImportError as error:
            raise BatchError("--format parquet needs pyarrow: pip install 'webpage-cleaner[parquet]'") from error
        self._folder, self._path = folder, f"shard-{label}.parquet"
        self._schema = _schema(self._pyarrow, config)
        self._file: BinaryIO | None = None
        self._writer: Any = None
        self._rows: list[Any] = []
        self._total = 0

    def write(self, body: bytes) -> None:
        self._rows.append(loads(body))
        self._total += 1
        if len(self._rows) == PARQUET_ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._writer is None:
            self._file = open(self._folder / self._path, "wb")  # noqa: SIM115  closed by finish
            self._writer = self._parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._writer.write_table(self._pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def finish(self) -> tuple[ShardFile, ...]:
        if self._rows:
            self._flush()
        if self._file is None:
            return ()
        self._writer.close()
        _settled(self._file)
        return (shard_file(self._folder, self._path, self._total),)


def _schema(pyarrow: Any, config: BatchConfig) -> Any:
    text, whole = pyarrow.string(), pyarrow.int64()
    names = [
        "id",
        "url",
        "text",
        *(name for name in ("markdown", "html") if name in config.extra),
        "title",
        "author",
        "date",
        "site",
    ]
    columns = [("schema", whole), *((name, text) for name in names)]
    columns += [(name, text) for name in ("language", "encoding", "encoding_how", "status", "page_type")]
    mirror = pyarrow.struct([(name, whole) for name in ("level", "glosses", "spots", "unresolved")])
    removal = [("rule", text), ("start", whole), ("end", whole), *([("text", text)] if "removed" in config.extra else [])]
    columns += [("confidence", pyarrow.float64()), ("mirror", mirror), ("removals", pyarrow.list_(pyarrow.struct(removal)))]
    return pyarrow.schema([*columns, ("source", text), ("offset", whole)])


def _stem(row: dict[str, Any]) -> str:
    """Something of the page's name that any file system takes."""
    stem = PurePosixPath(str(row["source"])).name
    for suffix in (".gz", ".zst"):
        stem = stem.removesuffix(suffix)
    kept = "".join(character if character.isalnum() or character in "._-" else "_" for character in stem)
    return kept.encode("utf-8")[:120].decode("utf-8", "ignore") or "page"


def shard_sink(folder: Path, label: str, config: BatchConfig) -> Sink:
    """The writer for the rows of the chunk of that label, below `folder`."""
    if config.task != "clean":
        return Pages(folder, label)
    if config.format == "parquet":
        return Parquet(folder, label, config)
    if config.format == "text":
        return Texts(folder, label)
    if config.format == "dolma":
        return Dolma(folder, label)
    return Lines(folder, f"shard-{label}.{config.format}")


def dead_sink(folder: Path, label: str) -> Sink:
    """The writer for the dead letters of a chunk."""
    return Lines(folder, f"dead/dead-{label}.jsonl.zst")


def sample_sink(folder: Path, label: str) -> Sink:
    """The writer for the samples of a chunk."""
    return Lines(folder, f"samples/samples-{label}.jsonl.zst")


def _settled(file: BinaryIO) -> None:
    """On the disk, not only on its way there; then closed."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _sync_everything(folder: Path) -> None:
    """All files of the folder's file system on the disk: one call, where an fsync for each of 2,000 texts would take seconds."""
    sync_folder(folder)
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)  # Linux
        if syncfs is None:
            os.sync()
        elif syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)


def shard_file(folder: Path, path: str, rows: int) -> ShardFile:
    """What a finished file is, from its bytes as they can be read back."""
    with open(folder / path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return ShardFile(path, rows, size, digest)


def folder_file(folder: Path, path: str, rows: int) -> ShardFile:
    """What a finished folder of texts is: bytes in all, and the hash of its files' names and hashes."""
    digest, size = hashlib.sha256(), 0
    for entry in sorted((folder / path).iterdir()):
        file = shard_file(folder / path, entry.name, 1)
        digest.update(f"{entry.name} {file.sha256}\n".encode())
        size += file.bytes
    return ShardFile(path, rows, size, digest.hexdigest())
