"""An address leads back to its page, whatever the page came in, and holds nothing that a stranger chose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.batch.address import address_of, item_at
from cleaner.batch.readers.dead import letters_in
from cleaner.batch.retry import config_of_run
from cleaner.batch.values import BatchError, Record
from tests.batch.inputs import warc_record, write_folder, write_jsonl, write_warc
from tests.batch.test_run import call


@pytest.fixture(params=["pages", "crawl.warc", "crawl.warc.gz", "docs.jsonl", "docs.jsonl.gz", "docs.parquet"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    if path.name == "pages":
        write_folder(path, 12)
        (path / "-o $(boom) `boom`; \n'x.html").write_text("<p>A page with a name that means harm.</p>")
        return path
    if "warc" in path.name:
        write_warc(path, [warc_record(number) for number in range(12)])
    elif path.suffix == ".parquet":
        arrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(
            arrow.table({"id": [f"p{n}" for n in range(12)], "text": [f"Page {n} of some words." for n in range(12)]}), path
        )
    else:
        write_jsonl(path, 12)
    return path


def test_every_page_has_an_address_that_leads_to_it(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call(source, "-o", out, "--jobs", 1, "--chunk-bytes", 2000, "--format", "jsonl")
    config = config_of_run(out)
    found = 0
    for path in sorted(out.glob("shard-*")):
        for row in letters_in(str(path)):
            address = address_of(int(path.name[6:11]), row["source"], row["offset"])
            assert re.fullmatch(r"[0-9]+-[0-9a-f]{10}", address)
            item = item_at(out, address, config)
            assert isinstance(item, Record)
            assert (item.id, item.source, item.offset) == (row["id"], row["source"], row["offset"])
            found += 1
    assert found >= 12


def test_input_that_is_gone_is_said(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "pages", 2)
    call(folder, "-o", tmp_path / "out", "--jobs", 1)
    page = folder / "page-0000.html"
    address = address_of(0, str(page), 0)
    assert item_at(tmp_path / "out", address, config_of_run(tmp_path / "out")).source == str(page)
    page.rename(tmp_path / "elsewhere.html")
    item = item_at(tmp_path / "out", address, config_of_run(tmp_path / "out"))
    assert "cannot be read" in getattr(item, "error", "")


def test_no_address_is_a_wrong_call(tmp_path: Path) -> None:
    call(write_folder(tmp_path / "pages", 2), "-o", tmp_path / "out", "--jobs", 1)
    for address in ("", "0", "0-xyz", "0-0123456789\n", "../0-0123456789", "9-0123456789"):
        with pytest.raises(BatchError):
            item_at(tmp_path / "out", address, config_of_run(tmp_path / "out"))
