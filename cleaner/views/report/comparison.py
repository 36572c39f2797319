"""Two runs over the same input, page by page: what changed, and by which rule.

Most pages are the same in both, and equal rows are equal lines: so lines are compared by hash first, and only those that differ are parsed and matched, by source and
offset. Where both runs cut the input into the same chunks this goes chunk by chunk, in memory that does not grow with the run; otherwise it holds eight bytes a
page and some hundred a page that changed. The texts of the pages that changed most are read again, to show the lines that went and came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappush, heapreplace
from typing import Any, NamedTuple
from zlib import crc32

from cleaner.batch.address import address_of
from cleaner.batch.fingerprint import differences
from cleaner.batch.json_lines import dumps, loads
from cleaner.batch.values import DEAD, ShardReport
from cleaner.views.report.output import Output

__all__ = ["Change", "Comparison", "RuleChange", "compared"]

LISTED = 100  # pages named, those that changed most
ONLY = 20  # pages named that only one run has
READ = 40  # of the pages named, those whose lines are shown
LINES = 8  # lines shown that went, and that came
STATUS = 10_000  # characters that another status counts as much as: such pages come first
SHOWN = ("status", "encoding", "encoding_how", "language", "page_type")  # told with both values
HASHED = ("title", "author", "date", "site")  # told as changed


@dataclass(slots=True)
class RuleChange:
    """Characters that a rule removed in the earlier and in the later run, and the pages on which they differ."""

    before: int = 0
    after: int = 0
    pages: int = 0


class Change(NamedTuple):
    """A page that changed: its addresses in both runs, what changed in words, characters by rule, lines that went and came."""

    weight: int
    name: str
    source: str
    offset: int
    addresses: tuple[str, str]
    chunks: tuple[int, int]
    sizes: tuple[int, int]
    said: tuple[str, ...]
    rules: tuple[tuple[str, int], ...]  # more characters removed: above 0
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()


@dataclass
class Comparison:
    """What differs. `only` has the names of pages that just one run has, at most twenty of each."""

    same: int = 0
    changed: int = 0
    only_counts: list[int] = field(default_factory=lambda: [0, 0])
    only: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    fields: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: dict[str, RuleChange] = field(default_factory=lambda: defaultdict(RuleChange))
    characters: list[int] = field(default_factory=lambda: [0, 0])
    changes: list[Change] = field(default_factory=list)
    configuration: list[str] = field(default_factory=list)


class _State(NamedTuple):
    """What is remembered of a page."""

    chunk: int
    text: str
    size: int
    values: list[str]
    hashes: list[int]
    mirror: list[int]
    rules: dict[str, int]


def compared(before: Output, after: Output) -> Comparison:
    """Compare two runs."""
    found = Comparison(configuration=differences(before.config, after.config))
    reports = [{report.chunk: report for report in output.reports()} for output in (before, after)]
    _add_totals(reports, found)
    top: list[tuple[int, str, Change]] = []
    for numbers in _batches(before, after, reports):
        _compare_batch((before, after), numbers, reports, found, top)
    found.changes = [entry[2] for entry in sorted(top, key=lambda entry: (-entry[0], entry[1]))]
    _add_lines((before, after), reports, found)
    return found


def _add_totals(reports: Sequence[Mapping[int, ShardReport]], found: Comparison) -> None:
    """What the manifests say of all pages of both runs."""
    for side, of_side in enumerate(reports):
        for report in of_side.values():
            found.characters[side] += report.characters_out
            for rule, size in report.removed.items():
                change = found.rules[rule]
                change.before, change.after = (
                    (change.before + size, change.after) if side == 0 else (change.before, change.after + size)
                )


def _batches(before: Output, after: Output, reports: Sequence[Mapping[int, ShardReport]]) -> Iterator[list[int]]:
    """Numbers of chunks whose pages can only be among themselves."""
    numbers = sorted({*reports[0], *reports[1]})
    if before.plan and before.plan == after.plan:
        yield from ([number] for number in numbers)
    else:
        yield numbers


def _compare_batch(
    outputs: tuple[Output, Output],
    numbers: Sequence[int],
    reports: Sequence[Mapping[int, ShardReport]],
    found: Comparison,
    top: list[tuple[int, str, Change]],
) -> None:
    # A chunk is held rather than unpacked twice: 15 MB for 1,000 long pages.
    held = list(_lines(outputs[0], numbers, reports[0])) if len(numbers) == 1 else []

    def before() -> Iterable[tuple[bytes, int]]:
        return held or _lines(outputs[0], numbers, reports[0])

    earlier = {hash(line) for line, _ in before()}
    same: set[int] = set()
    later: dict[bytes, bytes] = {}
    for line, number in _lines(outputs[1], numbers, reports[1]):
        if hash(line) in earlier:
            same.add(hash(line))
            found.same += 1
        else:
            row = loads(line)
            later[_key(row)] = dumps([_name(row), *_state(row, number)])
    for line, number in before():
        if hash(line) in same:
            continue
        row = loads(line)
        new = later.pop(_key(row), None)
        if new is None:
            _count_only(found, 0, _name(row))
        else:
            _count_change(_change(row, _state(row, number), _State(*loads(new)[1:]), found), found, top)
    for new in later.values():
        _count_only(found, 1, loads(new)[0])


def _count_change(change: Change | None, found: Comparison, top: list[tuple[int, str, Change]]) -> None:
    """Keep a change if it is among the largest."""
    if change is None:
        found.same += 1
        return
    found.changed += 1
    entry = (change.weight, f"{change.source}\0{change.offset}", change)
    if len(top) < LISTED:
        heappush(top, entry)
    elif entry[:2] > top[0][:2]:
        heapreplace(top, entry)


def _lines(output: Output, numbers: Sequence[int], reports: Mapping[int, ShardReport]) -> Iterator[tuple[bytes, int]]:
    """Rows and dead letters alike: a page that fails now and did not before is a change."""
    for number in numbers:
        if report := reports.get(number):
            yield from ((line, number) for line in output.lines(report))


def _key(row: Mapping[str, Any]) -> bytes:
    return blake2b(f"{row['offset']}\0{row['source']}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("url") or row.get("id") or row.get("source"))


def _state(row: Mapping[str, Any], number: int) -> _State:
    text = (row.get("text") or "").encode("utf-8", "surrogatepass")
    rules: Counter[str] = Counter()
    for removal in row.get("removals") or ():
        rules[removal["rule"]] += removal["end"] - removal["start"]
    mirror = row.get("mirror") or {}
    return _State(
        chunk=number,
        text=blake2b(text, digest_size=8).hexdigest(),
        size=len(row.get("text") or ""),
        values=[str(row.get(name) or "") for name in SHOWN],
        hashes=[crc32(str(row.get(name) or "").encode("utf-8", "surrogatepass")) for name in HASHED],
        mirror=[int(mirror.get(name) or 0) for name in ("level", "glosses", "spots", "unresolved")],
        rules=dict(rules),
    )


def _change(row: Mapping[str, Any], old: _State, new: _State, found: Comparison) -> Change | None:
    """What differs on a page, counted; None when nothing does. Fields that one of the runs did not write yet do not count."""
    said = ["text"] if old.text != new.text else []
    pairs = [(name, a, b) for name, a, b in zip(SHOWN, old.values, new.values, strict=True) if a != b]
    pairs = [(name, a, b) for name, a, b in pairs if name != "encoding_how" or (a and b)]
    names = [name for name, a, b in zip(HASHED, old.hashes, new.hashes, strict=True) if a != b]
    names += ["mirror"] if old.mirror != new.mirror else []
    if DEAD & {old.values[0], new.values[0]}:  # a dead letter has no other fields
        pairs, names = [pair for pair in pairs if pair[0] == "status"], []
    said += [f"{name} {a or 'none'} → {b or 'none'}" for name, a, b in pairs]
    moved = {rule: new.rules.get(rule, 0) - old.rules.get(rule, 0) for rule in sorted({*old.rules, *new.rules})}
    differ = tuple((rule, size) for rule, size in moved.items() if size)
    if not (said or names or differ):
        return None
    found.fields.update([*(["text"] if said[:1] == ["text"] else []), *(name for name, _, _ in pairs), *names])
    found.fields.update(["removals"] if differ else [])
    for rule, _ in differ:
        found.rules[rule].pages += 1
    status = [(a, b) for name, a, b in pairs if name == "status"]
    found.statuses.update(status)
    weight = abs(new.size - old.size) + sum(abs(size) for _, size in differ) + STATUS * len(status) + len(said)
    source, offset = str(row["source"]), int(row["offset"])
    addresses = (address_of(old.chunk, source, offset), address_of(new.chunk, source, offset))
    sizes, chunks = (old.size, new.size), (old.chunk, new.chunk)
    return Change(weight, _name(row), source, offset, addresses, chunks, sizes, (*said, *names), differ)


def _count_only(found: Comparison, side: int, name: str) -> None:
    found.only_counts[side] += 1
    if len(found.only[side]) < ONLY:
        found.only[side].append(name)


def _add_lines(outputs: tuple[Output, Output], reports: Sequence[Mapping[int, ShardReport]], found: Comparison) -> None:
    """The lines that went and came on the pages that changed most; reads the chunks they are in once more, and parses what ends as they do."""
    wanted = [change for change in found.changes[:READ] if "text" in change.said]
    texts: tuple[dict[tuple[str, int], str], ...] = ({}, {})
    for side, output in enumerate(outputs):
        ends = tuple(f'"offset":{change.offset}}}{end}'.encode() for change in wanted for end in ("", "\n"))
        for number in sorted({change.chunks[side] for change in wanted}):
            for line in output.lines(reports[side][number]):
                if line.endswith(ends):
                    row = loads(line)
                    texts[side][row["source"], row["offset"]] = row.get("text") or ""
    for at, change in enumerate(found.changes[:READ]):
        page = (change.source, change.offset)
        if change in wanted:
            lines = [texts[side].get(page, "").split("\n") for side in (0, 1)]
            gone, came = _lines_only(lines[0], lines[1]), _lines_only(lines[1], lines[0])
            found.changes[at] = change._replace(gone=gone, came=came)


def _lines_only(lines: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Lines that the other text has less often, in order, a few of them."""
    left = Counter(others)
    found = []
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        elif line.strip():
            found.append(line)
            if len(found) == LINES:
                break
    return tuple(found)
