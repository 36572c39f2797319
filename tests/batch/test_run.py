"""A run: rows in are rows out plus dead letters, the same bytes each time, and another configuration is refused."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cleaner.batch.chunks import clean_chunk
from cleaner.batch.values import BatchConfig, Chunk
from cleaner.commands.batch import retry, run, verify
from tests.batch.inputs import read_dead, read_rows, warc_record, write_folder, write_jsonl, write_warc


def call(*arguments: object, code: int = 0, command: click.Command = run) -> str:
    """Run the command in this process (its workers are processes of their own)."""
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
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
    assert sorted(path.name for path in out.iterdir()) == [
        "manifest.jsonl",
        "plan.jsonl",
        "samples",
        "shard-00000.jsonl.gz",
        "summary.json",
    ]


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


@pytest.mark.parametrize("form", ["jsonl.zst", "jsonl", "parquet", "text", "dolma"])
def test_verify_proves_that_every_page_is_there_once(inputs: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    call(inputs, "-o", out, "--jobs", 1, "--chunk-bytes", 6000, "--format", form)
    assert "90 pages in = 90 rows out + 0 dead letters; all is well" in call(out, command=verify)
    victim = next(path for path in sorted(out.rglob("*")) if path.is_file() and "shard-00002" in str(path))
    victim.write_bytes(victim.read_bytes()[:-1])
    assert "has other bytes" in call(out, "--quick", command=verify, code=1)


def test_verify_sees_a_page_that_is_missing(inputs: Path, tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "docs.jsonl", 20)
    out = tmp_path / "out"
    call(source, "-o", out, "--jobs", 1)
    with open(source, "ab") as file:
        file.write(b'{"html": "<p>one more</p>"}\n')
    assert "lost (1)" in call(out, command=verify, code=1)


def test_retry_makes_rows_of_pages_that_were_too_large(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "pages", 5)
    (folder / "large.html").write_text("<p>" + "many words and more " * 10_000 + "</p>")
    write_warc(tmp_path / "crawl.warc.gz", [warc_record(0), warc_record(1, b"<p>" + b"words, words " * 9_000), warc_record(2)])
    out = tmp_path / "out"
    call(folder, tmp_path / "crawl.warc.gz", "-o", out, "--jobs", 1, "--max-page-bytes", "20k", code=1)
    assert [letter["status"] for letter in read_dead(out)] == ["too-large", "too-large"]
    call(out, "--max-page-bytes", "30k", command=retry, code=1)
    assert "8 pages in = 7 rows out" not in call(out, command=verify)
    call(out, "--max-page-bytes", "1MB", command=retry)
    assert read_dead(out) == []
    assert "9 pages in = 9 rows out + 0 dead letters; all is well" in call(out, command=verify)
    assert json.loads((out / "summary.json").read_text())["dead_letters"] == 0


def test_a_chunk_that_an_engine_submits_gives_the_shard_of_a_run(inputs: Path, tmp_path: Path) -> None:
    call(inputs, "-o", tmp_path / "run", "--jobs", 1, "--chunk-bytes", 3000)
    out = tmp_path / "engine"
    out.mkdir()
    line = (tmp_path / "run" / "plan.jsonl").read_text().splitlines()[1]
    report = clean_chunk(Chunk.from_dict(json.loads(line)), BatchConfig(), str(out))
    assert sorted(path.name for path in out.iterdir()) == ["samples", "shard-00001.jsonl.zst"]
    assert hashes(out)["shard-00001.jsonl.zst"] == hashes(tmp_path / "run")["shard-00001.jsonl.zst"]
    assert report.rows == report.rows_in > 0
