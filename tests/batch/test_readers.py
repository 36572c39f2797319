"""Readers give every row of their input once, whatever the cut, the compression and the damage."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections import Counter
from pathlib import Path

import brotli
import pytest
import zstandard

from cleaner.batch.plan import chunks_of, inputs_of
from cleaner.batch.readers import items_of
from cleaner.batch.readers.http import http_body
from cleaner.batch.values import BatchConfig, Damaged, Item, Record, Skipped
from tests.batch.inputs import page, warc_record, write_folder, write_jsonl, write_warc

CONFIG = BatchConfig()


@pytest.fixture(params=["isal", "zlib"], autouse=True)
def deflate(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test with the fast library and with the standard one."""
    library = zlib if request.param == "zlib" else pytest.importorskip("isal.isal_zlib")
    monkeypatch.setattr("cleaner.batch.readers.streams._deflate", library)


def items(path: Path, chunk_bytes: int = 0, config: BatchConfig = CONFIG) -> list[Item]:
    return [
        item for chunk in chunks_of(inputs_of([str(path)]), config, chunk_bytes, Counter()) for item in items_of(chunk, config)
    ]


def records(path: Path, chunk_bytes: int = 0) -> list[Record]:
    return [item for item in items(path, chunk_bytes) if isinstance(item, Record)]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("chunk_bytes", [0, 700, 5_000])
def test_warc_gives_each_record_once_however_it_is_cut(tmp_path: Path, suffix: str, chunk_bytes: int) -> None:
    path = tmp_path / f"crawl.warc{suffix}"
    starts = write_warc(path, [warc_record(number) for number in range(60)])
    found = records(path, chunk_bytes)
    assert [(r.id, r.offset, r.data) for r in found] == [
        (f"urn:uuid:{number:08d}", starts[number], page(number).encode()) for number in range(60)
    ]
    assert found[3].url == "http://site.example/3"
    assert found[3].charset == "text/html; charset=utf-8"


def test_warc_compressed_as_one_stream_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(b"".join(warc_record(number) for number in range(30))))
    assert [r.id for r in records(path, 500)] == [f"urn:uuid:{number:08d}" for number in range(30)]


def test_warc_skips_what_is_no_page_by_reason(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    image = warc_record(1, b"\x89PNG", head="Content-Type: image/png")
    request = warc_record(2, b"GET / HTTP/1.1\r\n\r\n", kind="request")
    write_warc(path, [warc_record(0), image, request, warc_record(3, "网页的文字".encode(), kind="conversion")])
    found = items(path)
    assert [item.reason for item in found if isinstance(item, Skipped)] == ["type image/png", "record type request"]
    assert [item.kind for item in found if isinstance(item, Record)] == ["auto", "text"]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("seed", range(6))
def test_flipped_bytes_cost_only_the_records_they_are_in(tmp_path: Path, suffix: str, seed: int) -> None:
    path = tmp_path / f"crawl.warc{suffix}"
    count = 120
    starts = write_warc(path, [warc_record(number) for number in range(count)])
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    hit = set()
    for _ in range(5):
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
        hit.add(max(number for number in range(count) if starts[number] <= at))
    path.write_bytes(data)
    whole = {f"urn:uuid:{number:08d}" for number in range(count) if number not in hit}
    for chunk_bytes in (0, 3_000):
        assert whole <= {r.id for r in records(path, chunk_bytes)}
        assert len(items(path, chunk_bytes)) >= count - 2 * len(hit)


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_a_wrong_length_or_noise_between_records_is_a_row_and_no_end(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"crawl.warc{suffix}"
    wrong = warc_record(1).replace(b"Content-Length: ", b"Content-Length: 9999999999")
    write_warc(path, [warc_record(0), wrong, b"noise that nobody wrote\r\n", warc_record(2)])
    found = items(path)
    assert [item.id for item in found if isinstance(item, Record)] == ["urn:uuid:00000000", "urn:uuid:00000002"]
    assert any(isinstance(item, Damaged) for item in found)


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_a_cut_file_says_so(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"crawl.warc{suffix}"
    write_warc(path, [warc_record(number) for number in range(5)])
    path.write_bytes(path.read_bytes()[:-100])
    found = items(path)
    assert [type(item) for item in found] == [Record] * 4 + [Damaged]
    assert "cut off" in found[-1].error or "ends inside" in found[-1].error


def test_a_bomb_is_too_large_and_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    bomb = gzip.compress(b"<p>" + b"0" * 60_000_000)
    inner = warc_record(1, bomb, head="Content-Type: text/html\r\nContent-Encoding: gzip")
    outer = warc_record(2, b"<p>" + b"0" * 30_000_000)
    write_warc(path, [warc_record(0), inner, outer, warc_record(3)])
    found = items(path)
    assert [getattr(item, "status", "ok") for item in found] == ["ok", "too-large", "too-large", "ok"]
    assert all(len(item.raw) <= 65_536 for item in found if isinstance(item, Damaged))


BODY = page(7).encode() * 5


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
        ("br", brotli.compress(BODY)),
        ("gzip", BODY),
        ("br", BODY),
        ("identity", BODY),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_http_codings_are_taken_off_where_they_are_there(coding: str, data: bytes, chunked: bool) -> None:
    if chunked:
        pieces = [data[start : start + 100] for start in range(0, len(data), 100)]
        data = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n"
    head += "Transfer-Encoding: chunked\r\n\r\n" if chunked else "\r\n"
    assert http_body(head.encode() + data, 10**6) == (BODY, "text/html", "", False)


def test_a_cut_body_gives_what_can_be_read_and_says_so() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    noise = random.Random(1).randbytes(40_000)
    body = http_body(head + gzip.compress(noise)[:20_000], 10**6)
    assert noise.startswith(body.data)
    assert len(body.data) > 10_000
    assert body.problem == "the body is cut off"


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("chunk_bytes", [0, 300, 4_000])
def test_jsonl_gives_each_line_once_however_it_is_cut(tmp_path: Path, suffix: str, chunk_bytes: int) -> None:
    path = write_jsonl(tmp_path / f"docs.jsonl{suffix}", 50)
    found = records(path, chunk_bytes)
    assert [(r.id, r.data) for r in found] == [(f"doc-{n}", page(n)) for n in range(50)]
    assert len({r.offset for r in found}) == 50


def test_jsonl_lines_that_are_broken_are_rows_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    bad = [b'{"html": "<p>a', b"[1, 2]", b'{"body": "x"}', b'{"html": 5}']
    path.write_bytes(b"\n".join([b'{"html": "<p>one</p>"}', *bad, b"", b'{"text": "two"}']) + b"\n")
    found = items(path)
    assert [type(item) for item in found] == [Record, Damaged, Damaged, Damaged, Damaged, Skipped, Record]
    assert [item.raw for item in found if isinstance(item, Damaged)][:3] == [line + b"\n" for line in bad[:3]]
    assert found[-1].kind == "text"


def test_jsonl_bytes_that_are_not_utf8_reach_the_decoder(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_bytes(b'{"html": "' + "<p>中文</p>".encode("gb18030") + b'"}\n')
    assert [r.data for r in records(path)] == ["<p>中文</p>".encode("gb18030")]


def test_folder_gives_pages_and_counts_the_rest(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "pages", 3)
    (folder / "logo.png").write_bytes(b"\x89PNG")
    (folder / "words.txt").write_text("words")
    (folder / "packed.html.gz").write_bytes(gzip.compress(b"<p>packed</p>"))
    (folder / "cut.html.gz").write_bytes(gzip.compress(random.Random(1).randbytes(9_000))[:5_000])
    (folder / "large.html").write_bytes(b"x" * 2_000)
    config = BatchConfig(max_page_bytes=1_500)
    skipped: Counter[str] = Counter()
    found = [item for chunk in chunks_of([str(folder)], config, 0, skipped) for item in items_of(chunk, config)]
    assert skipped == {"suffix .png": 1}
    kinds = {
        Path(item.source).name: (type(item).__name__, getattr(item, "kind", item[1]))
        for item in found
        if not isinstance(item, Skipped)
    }
    assert kinds["words.txt"] == ("Record", "text")
    assert kinds["packed.html.gz"] == ("Record", "auto")
    assert kinds["cut.html.gz"][0] == "Damaged"
    assert kinds["large.html"][0] == "Damaged"
    assert len(found) == 7


def test_a_name_that_is_not_utf8_is_cleaned_and_noted(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    Path(str(tmp_path / "pages") + "/caf\udce9.html").write_bytes(b"<p>words</p>")
    (found,) = records(tmp_path / "pages")
    assert found.id.endswith("caf\\xe9.html")
    assert "not UTF-8" in found.note


def test_parquet_is_cut_at_row_groups_and_a_missing_column_is_a_row(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "docs.parquet"
    table = pyarrow.table({"id": [f"d{n}" for n in range(50)], "html": [page(n) for n in range(50)], "other": list(range(50))})
    parquet.write_table(table, path, row_group_size=7)
    assert [(r.id, r.offset) for r in records(path, 1)] == [(f"d{n}", n) for n in range(50)]
    parquet.write_table(table.select(["other"]), path)
    (found,) = items(path)
    assert isinstance(found, Damaged)
    assert "'other'" in found.error or "other" in found.error
    path.write_bytes(b"no parquet at all")
    (found,) = items(path)
    assert isinstance(found, Damaged)


def test_lines_end_and_start_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    values = [json.dumps({"id": n, "text": "x" * (n % 13)}).encode() for n in range(40)]
    path.write_bytes(b"\n".join(values))  # no line end at the end
    for size in range(1, 60, 7):
        assert [r.id for r in records(path, size)] == [str(n) for n in range(40)]


def test_a_line_that_unfolds_without_end_is_too_large_and_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl.zst"
    lines = b'{"html": "' + b"0" * 300_000_000 + b'"}\n{"html": "<p>the next page</p>"}\n'
    path.write_bytes(zstandard.ZstdCompressor().compress(lines))
    assert [getattr(item, "status", "ok") for item in items(path)] == ["too-large", "ok"]
