"""The colours of the net: apart for every kind of colour vision, and against the sheet."""

from __future__ import annotations

import re
from itertools import combinations
from math import dist

import pytest

from renmai.site.statics import asset

# -- colours --------------------------------------------------------------------------------------

#: How colours look to eyes that lack one kind of cone, in linear light (Machado 2009).
SIGHTS = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
SHEETS = {"light": "#ffffff", "dark": "#1f1c1c"}


def colours(pattern: str, theme: str) -> list[str]:
    found = re.findall(
        rf"--net-({pattern}): light-dark\((#\w{{6}}), (#\w{{6}})\)", asset("network.css")
    )
    return [light if theme == "light" else dark for _, light, dark in found]


def linear(colour: str) -> list[float]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen_as(colour: str, sight: str) -> list[float]:
    rgb = linear(colour)
    mixed = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in SIGHTS[sight]]
    return [min(1.0, max(0.0, part)) for part in mixed]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """In the space of OKLab, where distances are about those that eyes see."""
    r, g, b = rgb
    long, middle, short = (
        max(0.0, value) ** (1 / 3)
        for value in (
            0.4122 * r + 0.5363 * g + 0.0514 * b,
            0.2119 * r + 0.6807 * g + 0.1074 * b,
            0.0883 * r + 0.2817 * g + 0.6300 * b,
        )
    )
    return (
        0.2105 * long + 0.7936 * middle - 0.0041 * short,
        1.9780 * long - 2.4286 * middle + 0.4506 * short,
        0.0259 * long + 0.7828 * middle - 0.8087 * short,
    )


def luminance(colour: str) -> float:
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", SHEETS)
@pytest.mark.parametrize("pattern", [r"\d", "hot|warm|cool|cold"])
def test_colours_stay_apart_for_everybody(theme: str, pattern: str) -> None:
    found = colours(pattern, theme)
    assert len(found) == (9 if pattern == r"\d" else 4)
    for sight in SIGHTS:
        least = min(
            dist(lab(seen_as(a, sight)), lab(seen_as(b, sight))) for a, b in combinations(found, 2)
        )
        assert least > 0.07, sight


@pytest.mark.parametrize("theme", SHEETS)
def test_colours_stand_out_from_the_sheet(theme: str) -> None:
    sheet = luminance(SHEETS[theme])
    for colour in colours(r"\d|hot|warm|cool|cold", theme):
        bright, dark = sorted([luminance(colour), sheet], reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 3, colour


@pytest.mark.parametrize("theme", SHEETS)
def test_warmth_goes_from_strong_to_faint(theme: str) -> None:
    """Hot is farthest from the sheet in brightness, cold nearest: it reads without colours too."""
    sheet = luminance(SHEETS[theme])
    hot, *_, cold = [abs(luminance(c) - sheet) for c in colours("hot|warm|cool|cold", theme)]
    assert hot > cold
