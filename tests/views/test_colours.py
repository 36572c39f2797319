"""The colours of the marks are told apart by readers who see no red, no green or no blue, in light and in dark."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from cleaner.views.document import static

# What a reader without one kind of cone sees, for linear RGB: Machado, Oliveira, Fernandes (2009), severity 1.0.
SEEN = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LEAST = 10.0  # CIE 1976 difference; 2.3 is just noticeable side by side, the least here is 10.8
KINDS = ("spam", "navigation", "outside", "repair", "other")


def colours(scheme: str) -> dict[str, tuple[str, str]]:
    """Ink and paper of each kind of mark, and of kept text, from the style itself."""
    light, dark = re.split(r"@media \(prefers-color-scheme: dark\)", static("view.css"))[:2]
    values = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))
    return {"kept": (values["ink"], values["paper"])} | {kind: (values[kind], values[f"{kind}-paper"]) for kind in KINDS}


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    """CIE Lab of a colour as that reader sees it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SEEN[eye])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str, eye: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(lab(one, eye), lab(other, eye), strict=True)) ** 0.5)


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kinds_of_marks_are_told_apart(scheme: str, eye: str) -> None:
    shown = colours(scheme)
    close = {
        (one, other): round(most, 1)
        for one, other in combinations(shown, 2)
        if (most := max(difference(shown[one][part], shown[other][part], eye) for part in (0, 1))) < LEAST
    }
    assert close == {}
