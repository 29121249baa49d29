"""How warm a tie was over a year or two: the levels as bands, what happened as strokes below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.course import Point
from renmai.rules.warmth import LEVELS
from renmai.site.charts.svg import number, percent, picture, stretched, tag, text

#: The picture's own height; its width is a unit a day.
_HEIGHT = 100
#: The least that the top of the picture stands for, so that a cold tie does not look like a warm.
_LEAST_TOP = 9.0
_STROKE, _DEEP_STROKE = 5, 9


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

    def y(warmth: float) -> float:
        return _HEIGHT * (1 - _height(warmth) / top)

    def strokes(kind: str, days: set[int], length: int) -> str:
        path = "".join(f"M{day} {_HEIGHT}v-{length}" for day in sorted(days))
        return tag("path", d=path, kind=kind) if path else ""

    bands = _bands(y)
    line = "L".join(f"{x(point.day)} {number(y(point.warmth))}" for point in points)
    seen = [(x(day), deep) for day, deep in touches if start <= day <= end]
    shapes = [
        *(
            tag("rect", y=number(above), width=width, height=number(below - above), kind=key)
            for key, above, below in bands
        ),
        tag("path", d=f"M0 {_HEIGHT}L{line}V{_HEIGHT}Z", kind="under"),
        tag("path", d=f"M{line}", kind="line"),
        strokes("touch", {day for day, deep in seen if not deep}, _STROKE),
        strokes("deep", {day for day, deep in seen if deep}, _DEEP_STROKE),
    ]
    words = [
        text(levels[key], "0", percent((above + below) / 2, _HEIGHT), "level")
        for key, above, below in bands
    ]
    words += [text(mark.label, percent(x(mark.day), width), "100%", "mark") for mark in marks]
    here = tag("circle", cx="100%", cy=percent(y(points[-1].warmth), _HEIGHT), kind="here")
    return picture("warmth", label, [stretched(width, _HEIGHT, shapes), *words, here])


def _height(warmth: float) -> float:
    return math.log2(1 + warmth)


def _bands(y: Callable[[float], float]) -> list[tuple[str, float, float]]:
    """Each level with the upper and the lower border of its band."""
    found: list[tuple[str, float, float]] = []
    above = 0.0
    for key, least in (*LEVELS, ("cold", 0.0)):
        found.append((key, above, y(least)))
        above = y(least)
    return found
