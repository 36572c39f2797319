"""The targets on simulated sites: what the site repeats is found, what its articles say stays, as HTML and as text dumps.

The benchmark (`python -m benchmarks.sites`) prints the same figures on all sites and on real pages; here a site of each genre has to hold them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.site_simulator import SimulatedSite, simulated
from benchmarks.sites import RULE, aligned
from cleaner import Options, clean
from cleaner.sites import templates_of

FOUND, LOST = 0.95, 0.001
SITES = [("news", "en"), ("manual", "de"), ("verse", "en"), ("recipe", "fr"), ("shop", "ru"), ("forum", "zh")]


def pages_of(site: SimulatedSite, kind: str) -> list[tuple[str, str]]:
    return [(page.url, page.html if kind == "html" else page.lines) for page in site.pages]


@pytest.mark.parametrize(("genre", "language"), SITES, ids=lambda value: value)
@pytest.mark.parametrize("kind", ["html", "text"])
def test_template_lines_are_found_and_articles_stay(genre: str, language: str, kind: str, tmp_path: Path) -> None:
    site = simulated(100, language, genre)
    file = tmp_path / "templates"
    file.write_text(templates_of(pages_of(site, kind)), encoding="utf-8")
    options = Options(templates=(str(file),))
    lines = found = characters = lost = 0
    for page in site.pages:
        result = clean(page.html if kind == "html" else page.lines, url=page.url, options=options)
        for part, rule in aligned(result, page.parts):
            if part.label == "site":
                lines += 1
                found += bool(rule)
            elif part.label == "article":
                characters += len(part.text)
                lost += len(part.text) * (rule == RULE)
    assert lost <= LOST * characters
    assert found >= FOUND * lines
