"""How warm a tie was over a year or two: the levels as bands, what happened as strokes below."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

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
#: The least warmth of each band, the uppermost first.
_BANDS = (*LEVELS, ("cold", 0.0))


class Mark(Struct, frozen=True):
    """A day named below the picture."""

    day: date
    label: str


def warmth_chart(
    points: list[Point],
    touches: Iterable[tuple[date, bool]],
    levels: Mapping[str, str],
    marks: Iterable[Mark],
    label: str,
) -> Markup:
    """The course of a tie. `touches` are the days in touch, and whether it was a deep talk.

    `levels` are the words of the levels. Height follows the logarithm of one more than the
    warmth: the borders of the levels (0.5, 2, 6) lie well apart, and a fading tie falls evenly.
    """
    start, end = points[0].day, points[-1].day
    width = max(1, (end - start).days)
    top = _height(max(_LEAST_TOP, 1.08 * max([point.warmth for point in points])))
    bands, names = _bands(top, width, *(levels[key] for key, _ in _BANDS))
    # There is one of these for each contact: plain strings, for speed.
    log2 = math.log2
    line = "L".join(
        [
            f"{(point.day - start).days} {round(_HEIGHT * (1 - log2(1 + point.warmth) / top))}"
            for point in points
        ]
    )
    seen = {((day - start).days, deep) for day, deep in touches if start <= day <= end}
    shapes = [
        bands,
        f'<path d="M0 {_HEIGHT}L{line}V{_HEIGHT}Z" class="under"/><path d="M{line}" class="line"/>',
        _strokes("tick", [day for day, deep in seen if not deep], _STROKE),
        _strokes("tick-deep", [day for day, deep in seen if deep], _DEEP_STROKE),
    ]
    below = _below(start, width, tuple(marks))
    last = percent(_down(points[-1].warmth, top), _HEIGHT)
    here = f'<circle cx="100%" cy="{last}" class="here"/>'
    return picture("warmth", label, [stretched(width, _HEIGHT, shapes), names, below, here])


def _height(warmth: float) -> float:
    return math.log2(1 + warmth)


def _down(warmth: float, top: float) -> int:
    """How far below the upper end of the picture a warmth lies."""
    return round(_HEIGHT * (1 - _height(warmth) / top))


def _strokes(kind: str, days: list[int], length: int) -> str:
    path = "".join([f"M{day} {_HEIGHT}v-{length}" for day in sorted(days)])
    return f'<path d="{path}" class="{kind}"/>' if path else ""


@lru_cache(maxsize=64)
def _bands(top: float, width: int, *names: str) -> tuple[str, str]:
    """A band for each level, and their names; of most ties the picture is as high."""
    bands, labels, above = [], [], 0
    for (key, least), name in zip(_BANDS, names, strict=True):
        below = _down(least, top)
        bands.append(f'<rect y="{above}" width="{width}" height="{below - above}" class="{key}"/>')
        labels.append(text(name, "0", percent(above + below, 2 * _HEIGHT), "level"))
        above = below
    return "".join(bands), "".join(labels)


@lru_cache(maxsize=16)
def _below(start: date, width: int, marks: tuple[Mark, ...]) -> str:
    """The days that are named: the same for all whom one knows as long."""
    places = [(mark.label, percent((mark.day - start).days, width)) for mark in marks]
    return "".join([text(label, place, "100%", "mark") for label, place in places])
