"""Charts as inline SVG: leather lays them out, the style of the report colours them.

leather knows scales, ticks and shapes, and its colours and fonts are constants of its own. So what it draws is walked once: colours and fonts go, classes
come, and light and dark, print and forced colours follow the style sheet like everything else. No `style` attribute is ever made, which the content
security policy would refuse. Widths are those of a phone, so text is as large there as it is drawn and grows with the screen.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import count
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from cleaner.views.document import seen

__all__ = ["Bar", "bars", "columns", "line"]

WIDTH = 380  # units; the cards of the report are 340 to 560 pixels wide
ROW = 24  # units a bar, with the gap to the next
LABEL = 26  # columns of a bar's name; a rule's name has at most 24, longer names of hosts lose their middle
COLUMN = 6.4  # units a column of 12 units' text takes; names without wide letters measured up to 6.2
WIDE, CAPITAL = 1.75, 1.3  # columns of an m or w (11.2 and 9.5 units), and of a capital
TALL = 190  # units of columns and lines
LEAST = 0.2  # of the width beside the names is for the longest bar, however much its value says
MARGIN = 0.05 * WIDTH  # leather's own, on all sides
TICK = 5  # characters of a label between: 0.8 has 0.75 below it, 5k has 3.75k
HALO = 16  # units of it kept around columns and lines: half a label of the outermost ticks, which has TICK characters
BELOW = 22.0  # units for the labels below


class Bar(NamedTuple):
    """A bar: its name, how long it is, what stands behind it, and the class that colours it."""

    name: str
    value: float
    said: str
    kind: str = "plain"


def bars(title: str, values: Sequence[Bar]) -> str:
    """Bars from left to right, the first on top, each with its name before and its value behind it."""
    leather = import_module("leather")
    names = _different([_cut(seen(bar.name)) for bar in values])
    chart = leather.Chart()
    chart.add_bars([(bar.value, name) for bar, name in zip(values, names, strict=True)], fill_color=lambda _: "bar")
    label = max(map(_drawn, names)) + 12
    room = (max(_drawn(bar.said) for bar in values) + 10) / (WIDTH - 2 * MARGIN - label)
    chart.add_x_scale(0, (max(bar.value for bar in values) or 1) / max(1 - room, LEAST))
    chart.set_x_axis(_axis([0], 0.0))
    chart.set_y_axis(_axis(None, label))
    height = len(values) * ROW
    group = chart.to_svg_group(WIDTH, height + 2 * MARGIN)
    series = _find(group, "series bars")
    for rect, bar in zip(list(series), reversed(values), strict=True):
        rect.set("class", f"bar {bar.kind}")
        _tell(rect, f"{seen(bar.name)}: {bar.said}")
        width = max(float(rect.get("width", "0")), 1.0 if bar.value else 0.0)  # little is not nothing
        rect.set("width", str(width))
        end = float(rect.get("x", "0")) + width
        middle = float(rect.get("y", "0")) + float(rect.get("height", "0")) / 2
        value = ET.SubElement(series, "text", {"class": "value", "x": str(end + 5), "y": str(middle), "dy": "0.35em"})
        value.text = seen(bar.said)
    return _svg(group, title, height, 0)


def columns(title: str, values: Sequence[tuple[str, float, str]], *, named: int) -> str:
    """Columns side by side, each (name, height, what a pointer tells); every `named`-th has its name below."""
    leather = import_module("leather")
    chart = leather.Chart()
    chart.add_columns([(name, value) for name, value, _ in values], fill_color=lambda _: "bar plain")
    highest = max(value for _, value, _ in values) or 1
    chart.add_y_scale(0, highest)
    chart.set_x_axis(_axis([name for name, _, _ in values][::named], BELOW))
    chart.set_y_axis(_axis(None, _tick_width(highest)))
    group = chart.to_svg_group(WIDTH, TALL + 2 * MARGIN)
    for rect, (_, _, said) in zip(list(_find(group, "series columns")), values, strict=True):
        _tell(rect, said)
    return _svg(group, title, TALL, HALO)


def line(title: str, points: Sequence[tuple[float, float]]) -> str:
    """A line through points."""
    leather = import_module("leather")
    chart = leather.Chart()
    chart.add_line(points, stroke_color="curve", width=2)
    highest = max(value for _, value in points) or 1
    chart.add_x_scale(0, max(at for at, _ in points) or 1)
    chart.add_y_scale(0, highest)
    chart.set_x_axis(_axis(None, BELOW))
    chart.set_y_axis(_axis(None, _tick_width(highest)))
    return _svg(chart.to_svg_group(WIDTH, TALL + 2 * MARGIN), title, TALL, HALO)


def _axis(ticks: list[Any] | None, margin: float) -> Any:
    """An axis whose labels take as much room as ours do, not as leather's own font would."""
    leather = import_module("leather")

    class Axis(leather.Axis):  # type: ignore[name-defined,misc]
        def estimate_label_margin(self, scale: Any, orient: str) -> float:
            return margin

    return Axis(ticks, lambda value, *_: value if isinstance(value, str) else _short(float(value)))


def _short(value: float) -> str:
    """A number for an axis.

    >>> [_short(value) for value in (0, 0.25, 40, 1500, 2000000)]
    ['0', '0.25', '40', '1.5k', '2M']
    """
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{sign}"
    return f"{value:g}"


def _tick_width(highest: float) -> float:
    return max(len(_short(float(f"{highest:.2g}"))), TICK) * COLUMN + 24


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _drawn(text: str) -> float:
    """The units that a text takes at most."""
    wide = sum(character in "mwMW@%" for character in text)
    capitals = sum(character.isupper() for character in text)
    return COLUMN * (_columns(text) + (WIDE - 1) * wide + (CAPITAL - 1) * capitals)


def _cut(name: str) -> str:
    """A name of bounded width: what is too long loses its middle, because hosts differ at both ends."""
    if _columns(name) <= LABEL:
        return name
    half = LABEL // 2
    head, tail = name[:half], name[-half:]
    while _columns(head) > half:
        head = head[:-1]
    while _columns(tail) >= half:
        tail = tail[1:]
    return f"{head}…{tail}"


def _different(names: Sequence[str]) -> list[str]:
    """Names that were cut may have become the same; leather would draw them over each other."""
    found: list[str] = []
    for name in names:
        others = (f"{name[:-4]}…({number})" for number in count(2))
        found.append(name if name not in found else next(other for other in others if other not in found))
    return found


def _find(group: ET.Element, name: str) -> ET.Element:
    return next(element for element in group.iter("g") if element.get("class") == name)


def _tell(element: ET.Element, text: str) -> None:
    """What a pointer that rests on the element is told."""
    ET.SubElement(element, "title").text = text


def _svg(group: ET.Element, title: str, height: float, halo: float) -> str:
    """The drawing in our colours, without the margin around it, with a name for those who cannot see it."""
    group.remove(group[0])  # the background
    for element in _elements(group):
        for name in ("font-family", "font-size", "fill", "stroke", "stroke-width", "stroke-dasharray"):
            colour = element.attrib.pop(name, "")
            if colour.startswith(("bar", "curve")) and "class" not in element.attrib:
                element.set("class", colour)
        for name in ("x", "y", "x1", "x2", "y1", "y2", "width", "height"):
            if name in element.attrib:
                element.set(name, f"{float(element.attrib[name]):.1f}")
    left, width, tall = MARGIN - halo, WIDTH - 2 * (MARGIN - halo), height + 2 * halo
    named = {"role": "img", "aria-label": seen(title)}
    kind = "chart" if halo else "chart across"
    root = ET.Element("svg", {"class": kind, "viewBox": f"{left:g} {left:g} {width:g} {tall:g}", **named})
    root.append(group)
    return ET.tostring(root, encoding="unicode")


def _elements(group: ET.Element) -> Iterator[ET.Element]:
    for parent in group.iter("g"):
        if parent.get("class") == "tick":
            parent.set("class", "tick" if parent[0].get("stroke") == "#eee" else "tick zero")
    yield from group.iter()
