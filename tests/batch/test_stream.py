"""Streams keep their order and their pages: clean_many, clean_batch, standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner
from cleaner import Options, clean, clean_batch, clean_many
from tests.batch.inputs import page, read_rows, write_jsonl
from tests.faults.poison import EXIT, MEMORY, RAISE, SEGFAULT, Poison

ROOT = Path(__file__).parents[2]


def command(*arguments: object, given: bytes, code: int = 0) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *map(str, arguments)], input=given, capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    return done


def test_clean_many_gives_what_clean_gives_in_order() -> None:
    pages = [page(number).encode() for number in range(50)]
    assert [result.text for result in clean_many(pages, jobs=2)] == [clean(data).text for data in pages]


def test_clean_many_isolates_bad_pages() -> None:
    bad = {3: SEGFAULT, 7: RAISE, 20: EXIT, 21: MEMORY, 22: SEGFAULT}
    pages = [f"<p>{bad.get(number, 'a page of words')} {number}</p>" for number in range(40)]
    results = list(clean_many(pages, jobs=2, options=Options(rules=(Poison(),))))
    statuses = {number: result.status for number, result in enumerate(results) if result.status not in ("ok", "empty", "spam")}
    assert statuses == {3: "crash", 7: "error", 20: "error", 21: "error", 22: "crash"}
    assert "SIGSEGV" in results[3].error
    assert "MemoryError" in results[21].error


def test_clean_many_reads_only_a_little_ahead() -> None:
    taken = []

    def endless():
        number = 0
        while True:
            taken.append(number)
            yield f"<p>page {number} of words</p>"
            number += 1

    results = clean_many(endless(), jobs=1)
    for _ in range(5):
        next(results)
    results.close()
    assert len(taken) < 200


def test_clean_many_says_at_once_what_is_wrong_with_a_call() -> None:
    with pytest.raises(TypeError, match="one page use clean"):
        clean_many("a page")
    with pytest.raises(TypeError, match="record 1 is no page"):
        list(clean_many(["a page", 5], jobs=1))


def test_clean_batch_keeps_rows_order_and_other_columns() -> None:
    arrow = pytest.importorskip("pyarrow")
    batch = arrow.RecordBatch.from_pydict(
        {"html": [page(1), None, page(2)], "text": ["", "plain words", ""], "number": [1, 2, 3]}
    )
    cleaned = clean_batch(batch)
    assert cleaned.column("number").to_pylist() == [1, 2, 3]
    assert cleaned.column("text").to_pylist() == [
        clean(page(1)).text,
        clean("plain words", options=Options(kind="text")).text,
        clean(page(2)).text,
    ]
    assert cleaned.column("status").to_pylist() == ["ok"] * 3


def test_standard_input_to_standard_output_keeps_order_and_says_what_broke(tmp_path: Path) -> None:
    lines = write_jsonl(tmp_path / "docs.jsonl", 40).read_bytes().splitlines(keepends=True)
    lines[5] = b'{"html": \n'
    done = command("run", "-", "-o", "-", "--jobs", 2, given=b"".join(lines), code=1)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [f"doc-{n}" if n != 5 else rows[5]["id"] for n in range(40)]
    assert rows[5]["status"] == "error"


def test_standard_input_to_a_folder_is_resumed_and_other_input_refused(tmp_path: Path) -> None:
    data = write_jsonl(tmp_path / "docs.jsonl", 40).read_bytes()
    out = tmp_path / "out"
    arguments = ("run", "-", "-o", out, "--jobs", 2, "--chunk-bytes", 3000)
    command(*arguments, given=data)
    shards = {path.name: path.read_bytes() for path in out.glob("shard-*")}
    assert len(shards) > 2
    assert [row["id"] for row in read_rows(out)] == [f"doc-{n}" for n in range(40)]
    manifest = (out / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    (out / "manifest.jsonl").write_bytes(b"".join(manifest[:2]))
    command(*arguments, given=data)
    assert {path.name: path.read_bytes() for path in out.glob("shard-*")} == shards
    assert b"is not what it was" in command(*arguments, given=b'{"html": "x"}\n' + data, code=2).stderr
    assert b"40 pages in = 40 rows out" in command("verify", out, given=b"").stdout


def test_importing_the_names_loads_no_parser() -> None:
    code = "import cleaner, sys; cleaner.clean_many; print([m for m in ('lxml', 'selectolax', 'chardet', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
    assert {"clean_many", "clean_batch"} <= set(dir(cleaner))
