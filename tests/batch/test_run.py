"""A run: rows in are rows out plus dead letters, the same bytes each time, and another configuration is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner.batch.commands import run
from tests.batch.inputs import read_dead, read_rows, warc_record, write_folder, write_jsonl, write_warc


def call(*arguments: object, code: int = 0) -> str:
    """Run the command in this process (its workers are processes of their own)."""
    result = CliRunner().invoke(run, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def hashes(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*shard-*")) if path.is_file()}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages, a WARC and a JSONL file."""
    folder = tmp_path_factory.mktemp("inputs")
    write_folder(folder / "pages", 30)
    write_warc(folder / "crawl.warc.gz", [warc_record(number) for number in range(30)])
    write_jsonl(folder / "docs.jsonl", 30)
    return folder


def test_all_inputs_become_rows_with_the_same_bytes_for_any_number_of_workers(inputs: Path, tmp_path: Path) -> None:
    for jobs in (1, 3):
        call(inputs, "-o", tmp_path / f"out{jobs}", "--jobs", jobs, "--chunk-bytes", 3000)
    assert hashes(tmp_path / "out1") == hashes(tmp_path / "out3")
    rows = read_rows(tmp_path / "out1")
    assert len({row["id"] for row in rows}) == 90
    assert {"schema", "id", "url", "text", "title", "status", "encoding", "removals", "source", "offset"} <= set(rows[0])
    assert not [path for path in (tmp_path / "out1").iterdir() if path.name.startswith(".")]
    summary = json.loads((tmp_path / "out1" / "summary.json").read_text())
    assert (summary["rows_in"], summary["rows"], summary["dead_letters"]) == (90, 90, 0)


def test_a_missing_shard_line_is_done_again_with_the_same_bytes(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call(inputs, "-o", out, "--jobs", 1, "--chunk-bytes", 3000)
    before = hashes(out)
    manifest = out / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[:3]) + lines[3][:20])  # power loss in the middle of a line
    call(inputs, "-o", out, "--jobs", 2, "--chunk-bytes", 3000)
    assert hashes(out) == before
    assert len(manifest.read_bytes().splitlines()) == len(lines)


def test_another_configuration_or_input_is_refused_with_a_sentence(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call(inputs / "docs.jsonl", "-o", out)
    assert "format was 'jsonl.zst' and is 'jsonl.gz'" in call(inputs / "docs.jsonl", "-o", out, "--format", "jsonl.gz", code=2)
    assert "input" in call(inputs / "pages", "-o", out, code=2)
    call(inputs / "docs.jsonl", "-o", out, "--format", "jsonl.gz", "--force")
    assert sorted(path.name for path in out.iterdir()) == ["manifest.jsonl", "plan.jsonl", "shard-00000.jsonl.gz", "summary.json"]


def test_broken_rows_are_dead_letters_and_exit_code_one(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_text('{"html": "<p>one page of words</p>"}\n{"html": \n{"html": "<p>another page</p>"}\n')
    output = call(path, "-o", tmp_path / "out", "--jobs", 1, code=1)
    assert "3 pages in = 2 rows out + 1 dead letters" in output
    assert [(letter["status"], letter["offset"]) for letter in read_dead(tmp_path / "out")] == [("error", 37)]


def test_shares_of_the_work_add_up(inputs: Path, tmp_path: Path) -> None:
    call(inputs, "-o", tmp_path / "whole", "--jobs", 1, "--chunk-bytes", 3000)
    for share in ("1/2", "2/2"):
        call(inputs, "-o", tmp_path / "parts", "--jobs", 1, "--chunk-bytes", 3000, "--shard", share)
    assert hashes(tmp_path / "parts") == hashes(tmp_path / "whole")


def test_a_name_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    assert "there is no file" in call(tmp_path / "missing.warc", "-o", tmp_path / "out", code=2)


def test_dry_run_lists_the_chunks_and_writes_nothing(inputs: Path, tmp_path: Path) -> None:
    output = call(inputs, "-o", tmp_path / "out", "--dry-run", "--chunk-bytes", 3000)
    assert output.splitlines()[0].startswith("00000  warc")
    assert not (tmp_path / "out").exists()
