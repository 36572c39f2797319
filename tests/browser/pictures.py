"""The pictures of the documentation, made by the browser of the tests: `python -m tests.browser.pictures` writes docs/pictures/ (with the word
`report` only those of the report)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.chromium import chromium
from tests.report_kit import cleaner, crawl
from tests.server_kit import MIRROR, ROOT, running

__all__ = ["PICTURES"]

PICTURES = ROOT / "docs" / "pictures"
SIZE: Any = {"width": 1080, "height": 640}


def _desk(browser: Any, base: str, token: str, scheme: str) -> Any:
    page = browser.new_page(viewport=SIZE, color_scheme=scheme)
    page.goto(f"{base}/#token={token}")
    page.wait_for_selector("body[data-ready]")
    page.set_input_files("#file", MIRROR)
    page.wait_for_selector(".view")
    return page


def _to_view(page: Any) -> None:
    page.evaluate("document.querySelector('.view').scrollIntoView()")


def _take(browser: Any, base: str, token: str) -> None:
    page = _desk(browser, base, token, "light")
    page.screenshot(path=PICTURES / "desk.png")
    page.locator(".rule[data-rule='spam/place-list'] summary").click()
    page.locator(".rule[data-rule='spam/place-list'] a").first.click()
    page.screenshot(path=PICTURES / "marked.png")
    page.check("#mode-before")
    page.locator(".row:has-text('羅秀蘭')").first.evaluate("node => node.scrollIntoView({block: 'start'})")
    page.screenshot(path=PICTURES / "before.png")
    page.check("#mode-after")
    _to_view(page)
    page.screenshot(path=PICTURES / "after.png")
    page.check("#mode-side")
    page.locator(".row:has-text('羅秀蘭')").first.evaluate("node => node.scrollIntoView({block: 'start'})")
    page.screenshot(path=PICTURES / "side-by-side.png")
    dark = _desk(browser, base, token, "dark")
    dark.locator(".rule[data-rule='repair/glossed-pinyin'] summary").click()
    dark.locator(".row .m.repair").nth(40).click()
    dark.screenshot(path=PICTURES / "dark.png")


def _take_report(browser: Any, folder: Path) -> None:
    """The report of a crawl of the fixtures; samples of a rule in a picture of their own."""
    crawl(folder / "crawl.warc.gz", copies=4, hostile=False)
    cleaner("run", "crawl.warc.gz", "-o", "clean", "--chunk-bytes", "60k", "--max-page-bytes", "150k", folder=folder)
    cleaner("report", "clean", "-o", "report.html", folder=folder)
    page = browser.new_page(viewport={"width": 1080, "height": 1320}, color_scheme="light")
    page.goto((folder / "report.html").as_uri())
    page.screenshot(path=PICTURES / "report.png")
    page = browser.new_page(viewport=SIZE, color_scheme="dark")
    page.goto((folder / "report.html").as_uri())
    page.locator("#rules a", has_text="spam/place-list").click()
    page.locator("details[open]").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.screenshot(path=PICTURES / "report-samples.png")


def main() -> None:
    """Write all pictures, or only those of the report where that is asked for."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        _take_report(browser, Path(place))
    if "report" in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as server, chromium() as browser:
        _take(browser, server.base, server.token)


if __name__ == "__main__":
    main()
