"""The report in a real browser: what a person sees at a desk and on a phone, in light and dark, without script; and that no page speaks in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.views.report import charts
from cleaner.views.report.document import report
from tests.browser.chromium import CHROMIUM, chromium
from tests.report_kit import cleaner, crawl

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium: apt-get install chromium fonts-noto-cjk"),
]
pytest.importorskip("playwright", reason="needs playwright")
pytest.importorskip("leather", reason="needs the extra report")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3 Contrast (Minimum)
SHAPES = 3.0  # WCAG 2.2, 1.4.11 Non-text Contrast
LIGHT = """const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = (node) => { for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor; if (!/, 0\\)$/.test(colour)) return colour; } return 'rgb(255, 255, 255)'; };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a crawl of the fixtures, with hostile pages in it, against an older run."""
    folder = tmp_path_factory.mktemp("report")
    crawl(folder / "crawl.warc.gz")
    for name, more in (("out", ("--max-page-bytes", "150k")), ("older", ("--ignore", "navigation,spam/place-list"))):
        cleaner("run", "crawl.warc.gz", "-o", name, "--chunk-bytes", "60k", *more, folder=folder)
    path = folder / "report.html"
    path.write_text(report(str(folder / "out"), against=str(folder / "older")), encoding="utf-8")
    return path


class Tab:
    """A page of the browser, with what it asked for and complained about."""

    def __init__(self, browser: Any, file: Path, **context: Any) -> None:
        self.asked: list[str] = []
        self.problems: list[str] = []
        self.page = browser.new_context(**context).new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.goto(file.as_uri())


@pytest.fixture(
    params=[("light", 1200), ("dark", 1200), ("light", 360), ("dark", 360)], ids=lambda param: f"{param[0]}-{param[1]}"
)
def tab(request: pytest.FixtureRequest, browser: Any, file: Path) -> Iterator[Tab]:
    scheme, width = request.param
    opened = Tab(browser, file, color_scheme=scheme, viewport={"width": width, "height": 800})
    yield opened
    opened.page.context.close()


def _open_all(page: Any) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def test_nothing_loads_nothing_runs_and_nothing_complains(tab: Tab, file: Path) -> None:
    _open_all(tab.page)
    assert tab.asked == [file.as_uri()]
    assert tab.problems == []
    assert tab.page.evaluate("[typeof window.boom, document.scripts.length, document.images.length]") == ["undefined", 0, 0]
    assert "boom" in tab.page.inner_text("body")


def test_everything_fits_the_width(tab: Tab) -> None:
    _open_all(tab.page)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = """() => [...document.querySelectorAll('.chart text')].filter((node) => {
      const box = node.getBoundingClientRect(), chart = node.closest('svg').getBoundingClientRect();
      return box.width && (box.left < chart.left - 1 || box.right > chart.right + 1); }).map((node) => node.textContent)"""
    assert tab.page.evaluate(wide) == []


def test_no_two_words_of_a_chart_lie_over_each_other(tab: Tab) -> None:
    script = """() => [...document.querySelectorAll('.chart')].flatMap((chart) => { const nodes = [...chart.querySelectorAll('text')].filter((n) => n.getBoundingClientRect().width);
      const boxes = nodes.map((n) => n.getBoundingClientRect());
      return nodes.flatMap((a, i) => nodes.slice(i + 1).filter((b, j) => { const p = boxes[i], q = boxes[i + 1 + j];
        return p.left < q.right - 1 && q.left < p.right - 1 && p.top + 3 < q.bottom - 3 && q.top + 3 < p.bottom - 3; }).map((b) => a.textContent + ' | ' + b.textContent)); })"""
    assert tab.page.evaluate(script) == []


def test_text_and_bars_have_contrast_and_dark_is_dark(tab: Tab) -> None:
    _open_all(tab.page)
    script = f"""() => {{ {LIGHT} const seen = {{}};
      for (const node of document.querySelectorAll('.m, .note, .count, .name, .why, .error, .line, h1, h2, h3, a, p, dt, dd, code, td, th, summary, .tile b, .more'))
        seen[node.className || node.tagName] = ratio(light(getComputedStyle(node).color), light(paper(node)));
      for (const node of document.querySelectorAll('.chart text')) seen['chart ' + node.getAttribute('class')] = ratio(light(getComputedStyle(node).fill), light(paper(node)));
      const bars = {{}};
      for (const node of document.querySelectorAll('.bar')) bars[node.getAttribute('class')] = ratio(light(getComputedStyle(node).fill), light(paper(node)));
      return [seen, bars, light(getComputedStyle(document.body).backgroundColor), matchMedia('(prefers-color-scheme: dark)').matches]; }}"""
    seen, bars, paper, dark = tab.page.evaluate(script)
    assert {name: round(ratio, 2) for name, ratio in seen.items() if ratio < CONTRAST} == {}
    assert {name: round(ratio, 2) for name, ratio in bars.items() if ratio < SHAPES} == {}
    assert (len(seen) > 15, len(bars) > 3) == (True, True)
    assert (paper < 0.05) == dark


def test_letters_of_charts_are_large_enough_to_read(tab: Tab) -> None:
    script = "() => Math.min(...[...document.querySelectorAll('.chart')].map((node) => 12 * node.getScreenCTM().a))"
    assert tab.page.evaluate(script) > 10


def test_jump_to_a_rule_opens_its_samples_without_script(browser: Any, file: Path) -> None:
    tab = Tab(browser, file, java_script_enabled=False)
    passage = tab.page.locator("details.rule", has_text="spam/place-list").locator(".passage").first
    assert not passage.is_visible()
    tab.page.locator("#rules a", has_text="spam/place-list").click()
    assert passage.is_visible()
    assert passage.locator("del.m.spam").count() == 1
    tab.page.context.close()


def test_pointer_on_a_bar_is_told_its_figure(browser: Any, file: Path) -> None:
    tab = Tab(browser, file)
    bar = tab.page.locator("#rules .bar.spam").first
    assert bar.locator("title").text_content().startswith("spam/")
    assert tab.page.get_by_role("img", name="Removed characters by rule", exact=True).count() == 1
    tab.page.context.close()


def test_paper_has_the_charts_and_no_menu(browser: Any, file: Path) -> None:
    tab = Tab(browser, file)
    tab.page.emulate_media(media="print")
    assert not tab.page.locator(".report nav").is_visible()
    assert tab.page.locator(".chart").first.is_visible()
    tab.page.context.close()


@pytest.mark.parametrize(
    "name", ["spam/keyword-head", "www.mamma-mia.com", "WINDOWS-1252 MIME", "mmmmmmmmmmmmwwwwwwwwwwww", "汉字汉字汉字", "iiiiii"]
)
def test_names_of_bars_fit_beside_them(browser: Any, name: str) -> None:
    page = browser.new_page()
    static = Path(charts.__file__).parent.parent / "static"
    style = "".join((static / sheet).read_text(encoding="utf-8") for sheet in ("view.css", "report.css"))
    chart = charts.bars("t", [charts.Bar(name, 3, "3 pages")])
    page.set_content(f"<style>{style}</style><div class=report>{chart}</div>")
    beyond = """() => { const chart = document.querySelector('svg').getBoundingClientRect();
      return [...document.querySelectorAll('svg text')].map((node) => node.getBoundingClientRect())
        .filter((box) => box.width && (box.left < chart.left - 1 || box.right > chart.right + 1)).length; }"""
    assert page.evaluate(beyond) == 0
    page.close()
