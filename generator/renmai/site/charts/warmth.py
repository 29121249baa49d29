"""How warm a tie was over a year or two: the levels as bands, what happened as strokes below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.course import Point
from renmai.rules.warmth import LEVELS
from renmai.site.charts.svg import percent, picture, stretched, text

#: The picture's own height; its width is a unit a day.
_HEIGHT = 400
#: The least that the top of the picture stands for, so that a cold tie does not look like a warm.
_LEAST_TOP = 9.0
_STROKE, _DEEP_STROKE = 20, 36


class Mark(Struct, frozen=True):
    """A day named below the picture."""

    day: date
    label: str


def warmth_chart(
    points: list[Point],
    touches: Iterable[tuple[date, bool]],
    levels: dict[str, str],
    marks: Iterable[Mark],
    label: str,
) -> Markup:
    """The course of a tie. `touches` are the days in touch, and whether it was a deep talk.

    `levels` are the words of the levels. Height follows the logarithm of one more than the
    warmth: the borders of the levels (0.5, 2, 6) lie well apart, and a fading tie falls evenly.
    """
    start, end = points[0].day, points[-1].day
    width = max(1, (end - start).days)
    top = _height(max(_LEAST_TOP, 1.08 * max(point.warmth for point in points)))

    def x(day: date) -> int:
        return (day - start).days

    def y(warmth: float) -> int:
        return round(_HEIGHT * (1 - _height(warmth) / top))

    def strokes(kind: str, days: set[int], length: int) -> str:
        path = "".join(f"M{day} {_HEIGHT}v-{length}" for day in sorted(days))
        return f'<path d="{path}" class="{kind}"/>' if path else ""

    bands = _bands(y)
    # There is one of these for each contact: plain strings, for speed.
    log2 = math.log2
    line = "L".join(
        [
            f"{(point.day - start).days} {round(_HEIGHT * (1 - log2(1 + point.warmth) / top))}"
            for point in points
        ]
    )
    seen = [(x(day), deep) for day, deep in touches if start <= day <= end]
    shapes = [
        *(
            f'<rect y="{above}" width="{width}" height="{below - above}" class="{key}"/>'
            for key, above, below in bands
        ),
        f'<path d="M0 {_HEIGHT}L{line}V{_HEIGHT}Z" class="under"/><path d="M{line}" class="line"/>',
        strokes("tick", {day for day, deep in seen if not deep}, _STROKE),
        strokes("tick-deep", {day for day, deep in seen if deep}, _DEEP_STROKE),
    ]
    words = [
        text(levels[key], "0", percent(above + below, 2 * _HEIGHT), "level")
        for key, above, below in bands
    ]
    words += [text(mark.label, percent(x(mark.day), width), "100%", "mark") for mark in marks]
    here = f'<circle cx="100%" cy="{percent(y(points[-1].warmth), _HEIGHT)}" class="here"/>'
    return picture("warmth", label, [stretched(width, _HEIGHT, shapes), *words, here])


def _height(warmth: float) -> float:
    return math.log2(1 + warmth)


def _bands(y: Callable[[float], int]) -> list[tuple[str, int, int]]:
    """Each level with the upper and the lower border of its band."""
    found: list[tuple[str, int, int]] = []
    above = 0
    for key, least in (*LEVELS, ("cold", 0.0)):
        below = y(least)
        found.append((key, above, below))
        above = below
    return found
