"""An output folder as the report reads it: chunk by chunk, whatever the format and the version that wrote it, and never more than a row at a time.

Outputs differ: older ones have no samples, no times and do not say how an encoding was decided; Dolma keeps what was removed in another tree, `text` the
texts in files. What is not there is absent from the rows given here, and the report says so instead of guessing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from cleaner.batch.json_lines import dumps, loads
from cleaner.batch.manifest import manifests_in, reports_in
from cleaner.batch.readers.dead import letters_in, lines_in
from cleaner.batch.values import BatchError, ShardFile, ShardReport

__all__ = ["Output"]

FIELDS = ("id", "url", "text", "title", "author", "date", "site", "language", "encoding", "encoding_how", "status", "page_type")
COLUMNS = (*FIELDS, "confidence", "mirror", "removals", "source", "offset")
PLACE = ("source", "offset")
PARQUET_ROWS = 128  # rows turned into Python at once

Value = TypeVar("Value")


class Output:
    """What `cleaner run` wrote to a folder. Raises BatchError when it is none. `name` is the folder and `rules` are the
    rules of one's own as the caller wrote them, for commands."""

    def __init__(self, name: str, rules: Sequence[str] = ()) -> None:
        self.name = name
        self._rules = tuple(word for rule in rules for word in ("--rules", rule))
        self.path = Path(name)
        heads = [head for path in manifests_in(self.path) if (head := _head(path))]
        if not heads:
            raise BatchError(f"{name} has no manifest: it is no output of cleaner run")
        self.config: dict[str, Any] = heads[0].get("config", {})
        self.plan = str(heads[0].get("plan", ""))
        self.chunks = int(heads[0].get("chunks", -1))  # -1: standard input, nobody knows
        self.skipped: dict[str, int] = heads[0].get("skipped", {})
        self.inputs: list[str] = heads[0].get("inputs", [])

    def again(self, address: str, *more: str) -> tuple[str, ...]:
        """The words of the command that cleans a page again."""
        return ("cleaner", "again", self.name, address, *more, *self._rules)

    def retry(self, *more: str) -> tuple[str, ...]:
        """The words of the command that cleans all dead letters again."""
        return ("cleaner", "retry", self.name, *more, *self._rules)

    def reports(self) -> Iterator[ShardReport]:
        """What the manifest says of each finished chunk."""
        return reports_in(self.path)

    def rows(self, report: ShardReport, *, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """The rows of a chunk. Texts only when asked for where they cost something to read. A shard that is gone raises BatchError."""
        for file in _row_files(report):
            yield from self._read(file, self._rows_of(file, with_text))

    def lines(self, report: ShardReport) -> Iterator[bytes]:
        """Rows and dead letters of a chunk as lines of JSON, source and offset last. Equal lines are equal rows; nothing is parsed that is JSON already."""
        for file in _row_files(report):
            path = self.path / file.path
            if "jsonl" in path.name and path.parent == self.path:
                yield from self._read(file, lines_in(str(path)))
            else:
                yield from (_line(row) for row in self._read(file, self._rows_of(file, True)))
        yield from map(_line, self.letters(report))

    def _read(self, file: ShardFile, values: Iterator[Value]) -> Iterator[Value]:
        try:
            yield from values
        except (OSError, ValueError, KeyError) as error:
            raise BatchError(f"{file.path} cannot be read ({error}); `cleaner verify {self.name}` says what is wrong") from error

    def _rows_of(self, file: ShardFile, with_text: bool) -> Iterator[dict[str, Any]]:
        path = self.path / file.path
        if path.is_dir():
            for row in letters_in(str(path / "index.jsonl")):
                yield {**row, "text": (path / row["file"]).read_text(encoding="utf-8")} if with_text else row
        elif path.suffix == ".parquet":
            yield from _parquet_rows(path, with_text)
        elif path.parent.name == "documents":
            spans = self.path / "attributes" / "cleaner" / path.name
            for document, attributes in zip(letters_in(str(path)), letters_in(str(spans)), strict=True):
                yield {**document["metadata"], **document, "removals": list(_removals(attributes["attributes"]))}
        else:
            yield from map(loads, lines_in(str(path)))

    def samples(self, report: ShardReport) -> Iterator[list[dict[str, Any]]]:
        """The edits that were drawn from a chunk, a list for each file of them; none in an output of before."""
        for file in report.shard:
            if file.path.startswith("samples/") and (self.path / file.path).is_file():
                yield list(letters_in(str(self.path / file.path)))

    def letters(self, report: ShardReport) -> Iterator[dict[str, Any]]:
        """The dead letters of a chunk, without the bytes of their pages."""
        path = self.path / report.dead_file.path if report.dead_file else None
        if path and path.is_file():
            for line in lines_in(str(path)):
                head, raw, _ = line.rpartition(b',"raw":"')  # the last field, up to 27 MB of it
                yield loads(head + b"}" if raw else line)


def _row_files(report: ShardReport) -> Iterator[ShardFile]:
    return (file for file in report.shard if not file.is_beside)


def _line(row: dict[str, Any]) -> bytes:
    return (
        dumps({**{name: value for name, value in row.items() if name not in PLACE}, **{name: row[name] for name in PLACE}})
        + b"\n"
    )


def _head(path: Path) -> dict[str, Any]:
    with open(path, "rb") as file:
        try:
            head = json.loads(file.readline())
        except ValueError:
            return {}
    return head if isinstance(head, dict) and "config" in head else {}


def _parquet_rows(path: Path, with_text: bool) -> Iterator[dict[str, Any]]:
    parquet: Any = import_module("pyarrow.parquet")
    file = parquet.ParquetFile(path)
    there = [name for name in file.schema_arrow.names if name in COLUMNS and (with_text or name != "text")]
    for batch in file.iter_batches(batch_size=PARQUET_ROWS, columns=there, use_threads=False):
        yield from batch.to_pylist()


def _removals(attributes: dict[str, list[list[Any]]]) -> Iterator[dict[str, Any]]:
    """Dolma's spans as removals; `cleaner__spam_place-list` was spam/place-list before."""
    for name, spans in attributes.items():
        rule = name.removeprefix("cleaner__")
        if rule != "confidence":
            yield from ({"rule": rule.replace("_", "/", 1), "start": span[0], "end": span[1]} for span in spans)
