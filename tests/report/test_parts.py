"""The parts of the report: charts, samples, throughput."""

from __future__ import annotations

import random
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.batch.samples import KEPT, Draw
from cleaner.views.report.figures import Span, host_of
from cleaner.views.report.samples import Samples
from cleaner.views.report.throughput import throughput_of


def test_library_is_loaded_only_by_who_draws() -> None:
    import subprocess

    script = "import sys, cleaner.commands.report, cleaner.views.report.document; sys.exit('leather' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@given(st.lists(st.tuples(st.text(alphabet=st.characters(), max_size=40), st.integers(0, 10**9)), min_size=1, max_size=14))
@settings(max_examples=60, deadline=None)
def test_any_names_give_a_drawing_that_parses_and_holds_them_as_text(names: list[tuple[str, int]]) -> None:
    pytest.importorskip("leather")
    from cleaner.views.report.charts import Bar, bars

    drawing = bars("x", [Bar(name, value, f"{value:,}") for name, value in names])
    drawing.encode("utf-8")
    root = ET.fromstring(drawing.replace("\ufffe", "").replace("\uffff", ""))
    assert {element.tag for element in root.iter()} <= {"svg", "g", "rect", "line", "text", "title"}
    assert not any(name in element.attrib for element in root.iter() for name in ("style", "fill", "stroke", "href", "onload"))
    assert sum(element.tag == "rect" for element in root.iter()) == len(names)


def test_longest_bar_and_its_value_fit() -> None:
    pytest.importorskip("leather")
    from cleaner.views.report.charts import Bar, bars

    root = ET.fromstring(bars("x", [Bar("navigation/previous-next", 10**9, "1,000,000,000 · 100 %"), Bar("a", 0, "0 · 0 %")]))
    _, _, width, _ = map(float, root.attrib["viewBox"].split())
    left = float(
        next(e for e in root.iter("g") if "translate(0 0)" not in e.get("transform", "translate(0 0)"))
        .get("transform", "")[10:]
        .split()[0]
    )
    value = next(element for element in root.iter("text") if element.get("class") == "value" and "100 %" in (element.text or ""))
    assert float(value.attrib["x"]) + 6.4 * len(value.text or "") < width - left + 19 * 2


def samples(count: int, rule: str = "spam/x") -> list[dict[str, object]]:
    chance = random.Random(4)
    return [{"rule": rule, "draw": chance.randrange(1 << 48), "page": number} for number in range(count)]


def drawn(offers: list[dict[str, object]]) -> list[dict[str, object]]:
    draw = Draw()
    for offer in offers:
        draw.take(offer, {"source": "a", "offset": offer["page"]})
    return list(draw.samples())


@pytest.mark.parametrize("chunks", [1, 2, 7, 40])
def test_draw_does_not_depend_on_where_chunks_are_cut(chunks: int) -> None:
    """The lowest of the whole are among the lowest of the parts, so any cutting shows the same first samples."""
    offers = samples(400)
    pool = Samples()
    for chunk in range(chunks):
        pool.add_file(0, drawn(offers[chunk::chunks]))
    lowest = sorted(int(str(offer["draw"])) for offer in offers)[:KEPT]
    fair = sorted(sample.draw for sample in pool.chosen("spam/x", 10_000, 0))
    assert fair[:KEPT] == lowest
    assert fair == sorted(int(str(offer["draw"])) for offer in offers)[: len(fair)]  # no gaps: none was left out for its chunk


def test_seeds_choose_among_all_and_are_fair() -> None:
    pool = Samples()
    pool.add_file(0, drawn(samples(300)))
    times: dict[int, int] = {}
    for seed in range(400):
        for sample in pool.chosen("spam/x", 4, seed):
            times[sample.draw] = times.get(sample.draw, 0) + 1
    assert len(times) == KEPT
    assert min(times.values()) > 50  # of 100 expected
    assert max(times.values()) < 150


def test_throughput_leaves_pauses_out_and_counts_every_page() -> None:
    day = 86_400.0
    spans = [Span(0, 10, 100), Span(5, 10, 50), Span(10.2, 20, 100), Span(day, day + 10, 100)]
    found = throughput_of(spans)
    assert found is not None
    assert (found.worked, found.pauses) == (30.0, 1)
    assert found.paused == day - 20
    width = found.worked / len(found.points)
    assert sum(pace * width for _, pace in found.points) == pytest.approx(350)


@pytest.mark.parametrize("spans", [[], [Span(5, 5, 3)], [Span(9, 4, 1)]])
def test_times_that_say_nothing_give_no_throughput(spans: list[Span]) -> None:
    assert throughput_of(spans) is None


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_address_has_a_host_or_none(url: str) -> None:
    assert isinstance(host_of(url), str)
    assert isinstance(host_of(f"http://{url}"), str)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://[::1", ""),
        ("https://www.Town.example:80/a?b", "town.example"),
        (None, ""),
        ("mailto:a@b.example", ""),
        ("/a", ""),
    ],
)
def test_host_of_an_address(url: str | None, host: str) -> None:
    assert host_of(url) == host


def labels_of(node: ET.Element, moved: float = 0.0) -> Iterator[tuple[float, str]]:
    """The middle of every label that is centred, across the picture, and what it says."""
    if match := re.match(r"translate\(([-\d.]+)", node.get("transform", "")):
        moved += float(match[1])
    if node.get("text-anchor") == "middle":
        yield moved + float(node.get("x", "0")), node.text or ""
    for child in node:
        yield from labels_of(child, moved)


@pytest.mark.parametrize("last", [0.25, 0.75, 0.8, 1.0, 7.5, 40.0, 3750.0])
def test_labels_below_a_line_end_inside_the_chart(last: float) -> None:
    pytest.importorskip("leather")
    from cleaner.views.report.charts import COLUMN, line

    picture = ET.fromstring(line("pages a second", [(0.0, 1.0), (last / 2, 5.0), (last, 3.0)]))
    left, _, width, _ = map(float, picture.get("viewBox", "").split())
    labels = list(labels_of(picture))
    assert len(labels) > 2
    for middle, said in labels:
        assert left - 1 <= middle - len(said) * COLUMN / 2
        assert middle + len(said) * COLUMN / 2 <= left + width + 1
