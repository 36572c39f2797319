"""Scrapy: a real crawl of pages on this machine through the item pipeline."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.pages import page

pytestmark = [pytest.mark.engine, pytest.mark.timeout(180)]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    pytest.importorskip("scrapy")
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.html").write_text(page(number), encoding="utf-8")
    (folder / "3.html").write_text("<html><body></body></html>", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_crawl_gives_clean_items_and_drops_what_the_settings_say(site: str, tmp_path: Path) -> None:
    script = tmp_path / "crawl.py"
    script.write_text(
        textwrap.dedent(f"""
        import scrapy
        from scrapy.crawler import CrawlerProcess

        class Pages(scrapy.Spider):
            name = "pages"
            start_urls = [f"{site}/{{number}}.html" for number in range(4)]

            def parse(self, response):
                yield {{"url": response.url, "html": response.body}}

        if __name__ == "__main__":
            process = CrawlerProcess(settings={{
                "ITEM_PIPELINES": {{"cleaner.integrations.scrapy.CleanPipeline": 300}},
                "CLEANER_DROP": ["empty"],
                "FEEDS": {{"items.jsonl": {{"format": "jsonlines", "encoding": "utf8"}}}},
                "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
            }})
            process.crawl(Pages)
            process.start()
        """)
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert sorted(item["url"][-6:] for item in items) == ["0.html", "1.html", "2.html"]
    for item in items:
        assert item["status"] == "ok"
        assert "ferry" in item["text"]
        assert "html" not in item
        assert item["removals"]


def test_an_item_without_a_page_goes_on_as_it_is() -> None:
    pytest.importorskip("scrapy")
    from cleaner.integrations.scrapy import CleanPipeline

    assert CleanPipeline().process_item({"name": "a"}) == {"name": "a"}
