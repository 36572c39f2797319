"""The values of a batch: what to do (`BatchConfig`), a part of the input (`Chunk`), what a reader gives (`Item`), what came of it (`ShardReport`).

All of them pickle, and `Chunk` and `ShardReport` are also lines of JSON in the plan and the manifest, so that a chunk can be handed to another
process, another machine or another day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, NamedTuple, get_args

from cleaner.options import Options

__all__ = [
    "BatchConfig",
    "BatchError",
    "Chunk",
    "Damaged",
    "Fields",
    "Format",
    "Frozen",
    "Item",
    "Letter",
    "Record",
    "ShardFile",
    "ShardReport",
    "Skipped",
]

Format = Literal["jsonl.zst", "jsonl.gz", "jsonl", "parquet", "text", "dolma"]
Task = Literal["clean", "learn", "freeze"]
Extra = Literal["markdown", "html", "removed"]
ChunkKind = Literal["files", "warc", "jsonl", "parquet", "unreadable", "dead"]

PAGE_TIMEOUT = 10.0  # seconds; an ordinary page takes 0.01-0.2, the slowest of 997 real ones under 2
MAX_PAGE_BYTES = 20_000_000  # the largest HTML page seen in the development data has 6 MB
DEAD = frozenset({"too-large", "error", "timeout", "crash"})  # the statuses of dead letters; rows have the others
MEMORY = 2_000_000_000  # bytes of address space a worker may have; a worker that has loaded everything takes about 0.5 GB


class BatchError(Exception):
    """Something the person who started the batch has to put right; `code` is the exit code of the command."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Fields:
    """The names of the fields that JSONL lines and Parquet rows keep their page in. `html` is looked for first, then `text`."""

    text: str = "text"
    html: str = "html"
    id: str = "id"
    url: str = "url"


@dataclass(frozen=True)
class BatchConfig:
    """Everything that decides the bytes of a shard, besides the chunk itself. Two runs with equal ones may share an output folder.

    task: what is done with a page. "learn" counts its blocks for the templates of its site, "freeze" cleans it, counts its blocks and puts it away until these
        are known; `site` is then whose the pages without an address are. `thaw`: the folder of pages that were put away, read in place of the input.
    """

    options: Options = field(default_factory=Options)
    format: Format = "jsonl.zst"
    extra: tuple[Extra, ...] = ()
    fields: Fields = field(default_factory=Fields)
    page_timeout: float = PAGE_TIMEOUT
    max_page_bytes: int = MAX_PAGE_BYTES
    memory: int = MEMORY
    task: Task = "clean"
    site: str = ""
    thaw: str = ""

    def __post_init__(self) -> None:
        if self.format not in get_args(Format):
            raise ValueError(f"format={self.format!r}: expected one of {', '.join(get_args(Format))}")
        if unknown := set(self.extra) - set(get_args(Extra)):
            raise ValueError(f"extra={sorted(unknown)}: expected some of {', '.join(get_args(Extra))}")
        if self.page_timeout <= 0 or self.max_page_bytes <= 0 or self.memory <= 0:
            raise ValueError("page_timeout, max_page_bytes and memory must be above 0")


@dataclass(frozen=True)
class Chunk:
    """A part of the input: some files, or the records of one file that start in ``[start, end)``.

    `start` and `end` are bytes (row groups for Parquet); ``end == -1`` means to the end. `paths` may hold surrogates where a name is not UTF-8
    (`os.fsencode` gives the bytes back). `name` stands for the path in rows when it is set: "-" for standard input.
    """

    number: int
    kind: ChunkKind
    paths: tuple[str, ...]
    start: int = 0
    end: int = -1
    size: int = 0
    name: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """The number as it stands in file names."""
        return f"{self.number:05d}-{self.note}" if self.kind == "dead" else f"{self.number:05d}"

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "paths": list(self.paths)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Chunk:
        return cls(**{**values, "paths": tuple(values["paths"])})


class Record(NamedTuple):
    """A row in: one page as a reader found it. `offset` is where in the source it starts (0 for a file of one page)."""

    data: bytes | str
    id: str
    source: str
    offset: int
    url: str | None = None
    charset: str | None = None  # the Content-Type as it came
    kind: Literal["auto", "text"] = "auto"
    note: str = ""  # something to count and to say in the report, e.g. that the name is not UTF-8
    locator: Mapping[str, Any] | None = None  # the chunk to find it in again, for a dead letter that is run again


class Damaged(NamedTuple):
    """A row in that no page could be made of: it goes to the dead letters as it is."""

    error: str
    source: str
    offset: int
    raw: bytes = b""
    status: Literal["error", "too-large"] = "error"
    id: str = ""
    url: str | None = None
    charset: str | None = None
    size: int = 0  # bytes it really has, where `raw` holds only the first of them
    locator: Mapping[str, Any] | None = None


class Skipped(NamedTuple):
    """Not a row: an image, a request record, a file of another kind. Counted by reason."""

    reason: str


class Letter(NamedTuple):
    """A dead letter as it was written when the page was put away."""

    value: Mapping[str, Any]


class Frozen(NamedTuple):
    """A page that was cleaned and put away until the templates of its site were known: what was counted of it, and all the rest, packed."""

    line: bytes
    pack: bytes


Item = Record | Damaged | Skipped | Letter | Frozen


@dataclass(frozen=True)
class ShardFile:
    """A finished file of a chunk: path relative to the output folder, rows, bytes, SHA-256 (of a folder: of its files' names and hashes)."""

    path: str
    rows: int
    bytes: int
    sha256: str

    @property
    def is_beside(self) -> bool:
        """Whether it holds something else than rows: Dolma's attributes, samples of the edits."""
        return self.path.startswith(("attributes/", "samples/"))


@dataclass
class ShardReport:
    """What came of a chunk: `rows_in == rows + dead`, counts for the summary, and the files that hold it all."""

    chunk: int
    rows: int = 0
    dead: int = 0
    shard: tuple[ShardFile, ...] = ()  # rows, and beside them what belongs to them: `is_beside` tells
    dead_file: ShardFile | None = None
    skipped: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)  # characters by rule
    errors: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    slowest: list[list[Any]] = field(default_factory=list)  # [seconds, id, source, offset]
    bytes_in: int = 0
    characters_out: int = 0
    seconds: float = 0.0  # worker seconds spent on its pages
    began: float = 0.0  # by the clock, seconds since 1970; 0 in outputs of before
    ended: float = 0.0

    def after_retry(self, again: ShardReport) -> ShardReport:
        """This report once its dead letters were run again with the report `again`."""
        rows = Counter({name: count for name, count in self.statuses.items() if name not in DEAD})
        return replace(
            self,
            rows=self.rows + again.rows,
            dead=again.dead,
            shard=self.shard + again.shard,
            dead_file=again.dead_file,
            statuses=rows + again.statuses,
            encodings=self.encodings + again.encodings,
            removed=self.removed + again.removed,
            errors=again.errors,
            notes=self.notes + again.notes,
            characters_out=self.characters_out + again.characters_out,
            seconds=round(self.seconds + again.seconds, 4),
        )

    @property
    def rows_in(self) -> int:
        return self.rows + self.dead

    def to_dict(self) -> dict[str, Any]:
        values: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in _COUNTERS:
            values[name] = dict(sorted(values[name].items()))
        values["shard"] = [asdict(file) for file in self.shard]
        values["dead_file"] = asdict(self.dead_file) if self.dead_file else None
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ShardReport:
        names = {item.name for item in fields(cls)}
        known: dict[str, Any] = {name: value for name, value in values.items() if name in names}
        for name in _COUNTERS:
            known[name] = Counter(known.get(name) or {})
        known["shard"] = tuple(ShardFile(**file) for file in known.get("shard") or ())
        known["dead_file"] = ShardFile(**known["dead_file"]) if known.get("dead_file") else None
        return cls(**known)


_COUNTERS = ("skipped", "statuses", "encodings", "removed", "errors", "notes")
