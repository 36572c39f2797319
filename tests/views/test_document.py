"""The view as one HTML file: complete, true to the edits, and dead: nothing of the page is alive in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Edit, Options, clean, cli
from cleaner.page import Page
from cleaner.result import Result
from cleaner.views.document import document, visible
from cleaner.views.marked import patches_of, rows_of

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((ROOT / "fixtures").rglob("page.*"))
HOSTILE = """<html><head><title>A</title><base href="http://evil.invalid/"><meta http-equiv="refresh" content="0;url=http://evil.invalid/">
</head><body><script>boom()</script><img src=x onerror="boom()"><svg onload="boom()"><script>boom()</script></svg>
<p>A long enough paragraph for a page, with a <a href="javascript:boom()">link</a> and &lt;script&gt;boom()&lt;/script&gt; as text.</p>
<p>&lt;/main&gt;&lt;/style&gt;&lt;img src=x onerror=boom()&gt; and more words that make it a paragraph of text.</p></body></html>"""


class Elements(HTMLParser):
    """What elements and attributes a document has, and the text of its after column."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.after: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag == "div":
            self._inside = dict(attributes).get("class") == "a"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "div"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.after.append(data)


def shown(data: bytes | str, **options: object) -> tuple[Result, Elements]:
    result = clean(data, options=Options(**options))  # type: ignore[arg-type]
    return result, Elements(document(result, name="page.html", reasons={}))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_after_column_is_the_clean_text(path: Path) -> None:
    result, elements = shown(path.read_bytes())
    assert "".join("".join(elements.after).split()) == "".join(result.text.split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_pieces_cover_each_block_and_name_every_removal(path: Path) -> None:
    result = clean(path.read_bytes())
    rows = list(rows_of(result, patches_of(result)))
    for block, row in zip(result.page.blocks, rows, strict=True):
        assert "".join(result.page.text[p.start : p.end] for p in row.pieces) == result.page.text[block.start : block.end]
    seen = {piece.removal for row in rows for piece in row.pieces} - {-1}
    assert seen == {n for n, e in enumerate(result.removals) if result.page.text[e.start : e.end].strip()}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_every_jump_has_its_place_and_every_place_is_there_once(path: Path) -> None:
    result, elements = shown(path.read_bytes())
    places = [attributes["id"] for _, attributes in elements.tags if "id" in attributes]
    jumps = [str(attributes["href"])[1:] for tag, attributes in elements.tags if tag == "a"]
    assert len(places) == len(set(places))
    assert set(jumps) <= set(places)
    items = [attributes["data-l"] for tag, attributes in elements.tags if tag == "li"]
    assert len(items) == len(result.repairs) + len(result.removals)


def test_glosses_of_a_mirror_page_are_marked_where_they_stood() -> None:
    result = clean((ROOT / "cleaner" / "demo" / "1-hacked-mirror.html").read_bytes())
    patches = patches_of(result)
    in_text = sum(1 for edit in result.repairs if edit.rule == "repair/glossed-pinyin")
    assert len(patches) >= 0.95 * in_text  # the rest stands in attributes and the head
    glossed = {patch.old: result.page.text[patch.start - 1] for patch in patches if patch.end == patch.start}
    assert (glossed["(shuō)"], glossed["(xué)"]) == ("說", "學")


def test_repair_in_an_attribute_marks_nothing_in_the_text() -> None:
    page = '<p title="縣(xiàn)城">Nothing here.</p>'
    edit = Edit(page.index("(xi"), page.index("(xi") + 6, "", "repair/glossed-pinyin")
    result = clean(page)
    with_repair = Result(clean(page).source, result.page, (edit,), result.removals, result.kept, result.text, result.status)
    assert patches_of(with_repair) == ()


def test_nothing_of_the_page_is_alive() -> None:
    _, elements = shown(HOSTILE, extractor="none")
    tags = [tag for tag, _ in elements.tags]
    assert tags.count("script") == 1  # ours
    assert not set(tags) & {"img", "svg", "iframe", "object", "embed", "link", "base", "form", "video", "audio"}
    attributes = [(name, value) for _, given in elements.tags for name, value in given.items()]
    assert [name for name, _ in attributes if name.startswith("on") or name in ("src", "srcset", "style", "action")] == []
    assert all(str(value).startswith("#") for name, value in attributes if name == "href")
    refresh = [value for name, value in attributes if name == "http-equiv"]
    assert refresh == ["Content-Security-Policy"]


def test_policy_names_the_style_and_the_script_by_hash_and_allows_nothing_else() -> None:
    text = document(clean("<p>A paragraph of words.</p>"), name="x", reasons={})
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert found is not None
    policy = found[1]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not any(word in policy for word in ("unsafe", "http", "*", "'self'", "data:"))


@given(st.text(alphabet=st.characters(), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_utf_8_without_controls_or_marks_of_direction(text: str) -> None:
    out = visible(text + "\x00\x1b\x85\u202e\u2066\ud800<b>")
    out.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069<>]", out)


@given(st.binary(max_size=300), st.sampled_from(["html", "text"]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_document(data: bytes, kind: str) -> None:
    result = clean(data, options=Options(kind=kind))  # type: ignore[arg-type]
    document(result, name="\udcff", reasons={}).encode("utf-8")


def test_failed_page_shows_its_error() -> None:
    failed = Result(clean("").source, Page("", (), "text"), (), (), "", "", "timeout", "took more than 5 seconds")
    assert "took more than 5 seconds" in document(failed, name="x", reasons={})


def test_show_writes_the_file_and_says_so(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    out = tmp_path / "out.html"
    status = cli.status_of(["show", str(ROOT / "cleaner" / "demo" / "3-news.html"), "--html", str(out)])
    output, errors = capsysbinary.readouterr()
    assert (status, output) == (0, b"")
    assert f"written to {out}".encode() in errors
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_show_answers_a_path_that_cannot_be_written(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status = cli.status_of(["show", str(ROOT / "cleaner" / "demo" / "3-news.html"), "--html", str(tmp_path / "no" / "out.html")])
    assert status == 2
    assert b"there is no folder" in capsysbinary.readouterr().err
