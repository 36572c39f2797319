"""`cleaner learn`, `cleaner run --learn-sites` and `--templates`: the same templates and the same rows, whoever does the work and however often it is stopped."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from benchmarks.site_simulator import SimulatedSite, simulated
from cleaner import Options, clean, clean_many
from cleaner.cli import status_of
from cleaner.commands.batch import retry, run, verify
from cleaner.commands.learn import learn
from cleaner.sites import templates_of
from tests.batch.inputs import read_dead, read_rows


def call(*arguments: object, code: int = 0, command: click.Command = run) -> str:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def sites() -> list[SimulatedSite]:
    return [simulated(70, "en", "news", 12), simulated(71, "zh", "manual", 12)]


@pytest.fixture(scope="module")
def crawl(sites: list[SimulatedSite], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JSONL file of the pages of both sites, mixed, a quarter of them as text; a line that is no JSON, a page that is too large."""
    path = tmp_path_factory.mktemp("crawl") / "crawl.jsonl"
    mixed = [
        (number % 4 == 1, page)
        for number, pages in enumerate(zip(*(site.pages for site in sites), strict=True))
        for page in pages
    ]
    lines = [
        json.dumps({"id": p.url, "url": p.url, "text" if plain else "html": p.lines if plain else p.html}) for plain, p in mixed
    ]
    lines[5:5] = ["{not json", json.dumps({"id": "large", "url": sites[0].pages[0].url, "text": "x " * 60_000}), ""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


LIMIT = ("--max-page-bytes", 100_000)


def hashes(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*shard-*")) if path.is_file()}


def test_learned_templates_are_the_same_for_any_number_of_workers_and_chunks(
    crawl: Path, sites: list[SimulatedSite], tmp_path: Path
) -> None:
    call(crawl, "-o", tmp_path / "one", "--jobs", 1, *LIMIT, command=learn, code=1)
    call(crawl, "-o", tmp_path / "two", "--jobs", 2, "--chunk-bytes", 20_000, *LIMIT, command=learn, code=1)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    pages = [(page.url, page.lines if number % 4 == 1 else page.html) for site in sites for number, page in enumerate(site.pages)]
    assert (tmp_path / "one").read_text(encoding="utf-8") == templates_of(pages)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_file_that_is_there_is_not_replaced_unless_asked(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("# edited\n", encoding="utf-8")
    assert "--force" in call(crawl, "-o", tmp_path / "templates", *LIMIT, command=learn, code=2)
    assert (tmp_path / "templates").read_text(encoding="utf-8") == "# edited\n"
    assert "24 pages" not in call(crawl, "-o", tmp_path / "templates", "--force", "-q", *LIMIT, command=learn, code=1)
    assert "site: news70.example\t12 pages" in (tmp_path / "templates").read_text(encoding="utf-8")


def test_learning_that_was_interrupted_goes_on(crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import cleaner.batch.learning as learning

    call(crawl, "-o", tmp_path / "whole", "--chunk-bytes", 20_000, *LIMIT, command=learn, code=1)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(learning, "_written", stopped)
        assert "Aborted" in call(crawl, "-o", tmp_path / "parts", "--chunk-bytes", 20_000, *LIMIT, command=learn, code=1)
    manifest = tmp_path / ".parts.learning" / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    assert len(lines) > 3
    manifest.write_bytes(b"".join(lines[:2]) + lines[2][:30])  # as after a power cut
    call(crawl, "-o", tmp_path / "parts", "--chunk-bytes", 20_000, *LIMIT, command=learn, code=1)
    assert (tmp_path / "parts").read_bytes() == (tmp_path / "whole").read_bytes()


@pytest.mark.parametrize("form", ["jsonl", "parquet", "dolma", "text"])
def test_learning_and_cleaning_at_once_gives_the_rows_of_cleaning_with_templates(form: str, crawl: Path, tmp_path: Path) -> None:
    more = ("--format", form, "--chunk-bytes", 20_000, *LIMIT, "--with", "removed", "--with", "markdown", "--with", "html")
    call(crawl, "-o", tmp_path / "at-once", "--learn-sites", *more, code=1)
    templates = tmp_path / "at-once" / "templates"
    call(crawl, "-o", tmp_path / "after", "--templates", templates, *more, code=1)
    assert hashes(tmp_path / "at-once") == hashes(tmp_path / "after")
    one, other = (json.loads((tmp_path / name / "summary.json").read_text()) for name in ("at-once", "after"))
    for name in (
        "rows_in",
        "rows",
        "dead_letters",
        "bytes_in",
        "characters_out",
        "pages_by_status",
        "removed_characters_by_rule",
        "skipped_by_reason",
        "dead_letters_by_error",
    ):
        assert one[name] == other[name], name
    assert one["removed_characters_by_rule"]["navigation/site-template"] > 1000
    assert len(read_dead(tmp_path / "at-once")) == 2
    assert "all is well" in call(tmp_path / "at-once", command=verify)
    call(tmp_path / "at-once", "--max-page-bytes", "20MB", command=retry, code=1)
    assert "all is well" in call(tmp_path / "at-once", command=verify)


def test_a_run_that_was_killed_in_either_pass_goes_on_with_the_same_bytes(crawl: Path, tmp_path: Path) -> None:
    arguments = (crawl, "--learn-sites", "--chunk-bytes", 20_000, *LIMIT)
    call(*arguments, "-o", tmp_path / "whole", code=1)
    whole = hashes(tmp_path / "whole")
    call(*arguments, "-o", tmp_path / "whole", code=1)  # once more: nothing is left to do
    assert hashes(tmp_path / "whole") == whole
    import cleaner.batch.learning as learning

    out = tmp_path / "parts"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning.shutil, "rmtree", _stopped)
        assert "Aborted" in call(*arguments, "-o", out, code=1)
    manifest = out / "manifest.jsonl"
    manifest.write_bytes(b"".join(manifest.read_bytes().splitlines(keepends=True)[:3]))
    call(*arguments, "-o", out, code=1)
    assert hashes(out) == whole


def test_a_page_that_comes_between_the_passes_is_left_for_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import cleaner.batch.learning as learning

    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(6):
        (pages / f"{number}.html").write_text(f"<p>Page {number} has a few words, and that is all.</p>")
    (pages / "notes.doc").write_text("no page")
    written = learning._written

    def late(*arguments: Any) -> list[str]:
        (pages / "late.html").write_text("<p>Nobody had read this page when the first pass began.</p>")
        return written(*arguments)

    monkeypatch.setattr(learning, "_written", late)
    call(pages, "-o", tmp_path / "out", "--learn-sites", "--site", "example.org")
    assert len(read_rows(tmp_path / "out")) == 6
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["skipped_by_reason"] == {"suffix .doc": 1}
    assert "late.html" not in (tmp_path / "out" / "plan.jsonl").read_text()
    assert "all is well" in call(tmp_path / "out", command=verify)


def _stopped(path: object, **_: object) -> None:
    if str(path).endswith(("lines", "pages")):
        raise KeyboardInterrupt


def test_edited_templates_belong_to_the_configuration(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call(crawl, "-o", out, "--learn-sites", *LIMIT, code=1)
    (out / "templates").write_text("# none\n", encoding="utf-8")
    assert "templates" in call(crawl, "-o", out, "--learn-sites", *LIMIT, code=2)
    call(crawl, "-o", out, "--learn-sites", "--force", *LIMIT, code=1)
    assert "site: news70.example" in (out / "templates").read_text(encoding="utf-8")


def test_one_page_takes_templates(
    crawl: Path, sites: list[SimulatedSite], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call(crawl, "-o", tmp_path / "templates", *LIMIT, command=learn, code=1)
    page = sites[0].pages[3]
    (tmp_path / "page.txt").write_text(page.lines, encoding="utf-8")
    assert status_of([str(tmp_path / "page.txt"), "--url", page.url, "--templates", str(tmp_path / "templates")]) == 0
    found = capfdbinary.readouterr().out.decode()
    assert (
        found.strip() == clean(page.lines, url=page.url, options=Options(templates=(str(tmp_path / "templates"),))).text.strip()
    )
    assert len(found) < len(clean(page.lines, url=page.url).text)
    assert status_of(["show", str(tmp_path / "page.txt"), "--url", page.url, "--templates", str(tmp_path / "templates")]) == 0
    assert b"navigation/site-template" in capfdbinary.readouterr().out
    assert status_of([str(tmp_path / "page.txt"), "--templates", str(tmp_path / "none")]) == 2
    assert b"cleaner learn" in capfdbinary.readouterr().err


def test_streams_of_pages_take_templates(sites: list[SimulatedSite], tmp_path: Path) -> None:
    (tmp_path / "templates").write_text(templates_of([(page.url, page.html) for page in sites[0].pages]), encoding="utf-8")
    options = Options(templates=(str(tmp_path / "templates"),))
    page = sites[0].pages[2]
    (found,) = clean_many([{"data": page.lines, "url": page.url}], options=options, jobs=1)
    assert any(edit.rule == "navigation/site-template" for edit in found.removals)


def test_pages_without_an_address_are_of_the_site_that_is_named(sites: list[SimulatedSite], tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number, page in enumerate(sites[0].pages):
        (tmp_path / "pages" / f"{number}.txt").write_text(page.lines, encoding="utf-8")
    assert "0 with 0 lines" in call(tmp_path / "pages", "-o", tmp_path / "none", command=learn)
    assert "1 with" in call(tmp_path / "pages", "-o", tmp_path / "templates", "--site", "news70.example", command=learn)
    assert "site: news70.example\t12 pages" in (tmp_path / "templates").read_text(encoding="utf-8")
    call(tmp_path / "pages", "-o", tmp_path / "out", "--learn-sites", "--site", "news70.example")
    assert all("navigation/site-template" in {edit["rule"] for edit in row["removals"]} for row in read_rows(tmp_path / "out"))


def test_what_cannot_be_learned_from_says_so(crawl: Path, tmp_path: Path) -> None:
    assert "file first" in call("-", "-o", tmp_path / "t", command=learn, code=2)
    assert "--templates" in call("-", "-o", tmp_path / "out", "--learn-sites", code=2)
    assert "--templates" in call(crawl, "-o", "-", "--learn-sites", code=2)
    assert "shares" in call(crawl, "-o", tmp_path / "out", "--learn-sites", "--shard", "1/2", code=2)
    assert "folder" in call(crawl, "-o", tmp_path, command=learn, code=2)


def test_wet_files_are_learned_from(sites: list[SimulatedSite], tmp_path: Path) -> None:
    path = tmp_path / "crawl.wet.gz"
    with open(path, "wb") as file:
        for page in sites[1].pages:
            body = page.lines.encode()
            head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {page.url}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
            file.write(gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0))
    call(path, "-o", tmp_path / "out", "--learn-sites")
    rows = read_rows(tmp_path / "out")
    assert len(rows) == 12
    assert sum(sum(edit["rule"] == "navigation/site-template" for edit in row["removals"]) for row in rows) > 100


def test_pages_of_bytes_keep_what_was_known_of_their_source(tmp_path: Path) -> None:
    seed = "鄉(xiāng)親們來(lái)到橋頭,說(shuō)起鄉(xiāng)里的事。來(lái)的人說(shuō)起小麥?zhǔn)袌?chǎng)價。"
    (tmp_path / "pages").mkdir()
    for number, page in enumerate(simulated(72, "zh", "news", 8).pages):
        (tmp_path / "pages" / f"{number}.txt").write_bytes(f"{page.lines}\n{seed}".encode("gb18030"))
    call(tmp_path / "pages", "-o", tmp_path / "at-once", "--learn-sites", "--site", "a.example")
    call(tmp_path / "pages", "-o", tmp_path / "after", "--templates", tmp_path / "at-once" / "templates", "--site", "a.example")
    assert read_rows(tmp_path / "at-once")[0]["encoding_how"] != "str"
    assert hashes(tmp_path / "at-once") == hashes(tmp_path / "after")
    assert _samples(tmp_path / "at-once") == _samples(tmp_path / "after")
    assert "repair/" in _samples(tmp_path / "after").decode()


def _samples(out: Path) -> bytes:
    import zstandard

    return b"".join(
        zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes()) for path in sorted((out / "samples").iterdir())
    )
