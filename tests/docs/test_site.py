"""The site builds strictly, holds what it must, and loads nothing from anywhere else."""

from __future__ import annotations

import doctest
import importlib.util
import re
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

import cleaner
from tests.browser.chromium import chromium
from tests.docs.blocks import DOCUMENTS, ROOT

DOCS = ROOT / "docs"
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["']?([^"'\s>]+)|<link\b[^>]*\bhref=["']?([^"'\s>]+)"""
)
ASKED_FOR = (  # by issue: each is a page of its own
    "getting-started", "rules", "encoding", "mirror-spam", "extraction", "batch", "pipelines", "api", "write-a-rule",
    "add-a-fixture", "add-a-language", "benchmarks", "contributing",
)  # fmt: skip


def module_of(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; building fails where a link or an anchor leads nowhere."""
    pytest.importorskip("zensical")
    out = tmp_path_factory.mktemp("site") / "site"
    module_of(DOCS / "build_site.py").build(out)
    return out


def test_every_document_is_a_page(site: Path) -> None:
    names = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md"}
    pages = [names.get(document, document.removeprefix("docs/")) for document in DOCUMENTS]
    assert [page for page in pages if not (site / page).with_suffix(".html").is_file()] == []
    assert [name for name in ASKED_FOR if not (site / f"{name}.html").is_file()] == []


def test_nothing_is_loaded_from_outside(site: Path) -> None:
    """As the files say it; the next test asks the browser."""
    outside = {
        address
        for page in site.rglob("*.html")
        for found in LOADED.findall(page.read_text(encoding="utf-8"))
        for address in found
        if re.match(r"(?:https?:)?//", address)
    }
    assert outside == set()
    styles = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    assert [style for style in styles if re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", style)] == []


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    page = (site / "api.html").read_text(encoding="utf-8")
    names = [name for name in cleaner.__all__ if not name.startswith("__")]
    assert [name for name in names if not re.search(rf'id="cleaner\.{name}"', page)] == []


def test_doctests_are_shown_as_code(site: Path) -> None:
    assert "<blockquote>" not in (site / "api.html").read_text(encoding="utf-8")


def test_docstrings_are_made_markdown() -> None:
    pytest.importorskip("griffe")
    assert doctest.testmod(module_of(DOCS / "docstrings.py")).failed == 0


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("zensical")
    builder = module_of(DOCS / "build_site.py")
    lay = builder._lay

    def with_a_bad_link(folder: Path) -> None:
        lay(folder)
        (folder / "index.md").write_text("# Index\n\n[nowhere](nowhere.md)\n")

    monkeypatch.setattr(builder, "_lay", with_a_bad_link)
    with pytest.raises(builder.SiteError, match=r"nowhere\.md"):
        builder.build(tmp_path / "site")


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    http.server_close()


@pytest.mark.browser
def test_browser_asks_nobody_else_and_finds_words(address: str) -> None:
    asked: list[str] = []
    with chromium("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        for name in ("index", "api", "rules", "mirror-spam"):
            page.goto(f"{address}/{name}.html", wait_until="networkidle")
            assert page.locator("article h1").inner_text()
        page.keyboard.press("Control+k")
        page.keyboard.type("gazetteer")
        page.get_by_role("link", name=re.compile("Contributing")).first.wait_for()
    assert [url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))] == []
