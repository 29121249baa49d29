"""How warm a tie was over a year or two: the levels as bands, what happened as strokes below."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.course import Course
from renmai.rules.warmth import LEVELS
from renmai.site.charts.svg import percent, picture, stretched, text

#: The picture's own height; its width is a unit a day.
_HEIGHT = 400
#: The least that the top of the picture stands for, so that a cold tie does not look like a warm.
_LEAST_TOP = 9.0
_STROKE, _DEEP_STROKE = 20, 36
#: The least warmth of each band, the uppermost first.
_BANDS = (*LEVELS, ("cold", 0.0))
_BAND_HEIGHTS = [math.log2(1 + least) for _, least in _BANDS]


class Mark(Struct, frozen=True, eq=False, gc=False):
    """A day named below the picture; the same ones are below many."""

    day: date
    label: str


def warmth_chart(
    course: Course,
    touches: Iterable[tuple[date, bool]],
    levels: Mapping[str, str],
    marks: Iterable[Mark],
    label: str,
) -> Markup:
    """A tie over a year or two. `touches` are the days in touch, and whether it was a deep talk.

    `levels` are the words of the levels. Height follows the logarithm of one more than the
    warmth: the borders of the levels (0.5, 2, 6) lie well apart, and a fading tie falls evenly.
    """
    start, length = course.start, course.days[-1]
    width = max(1, length)
    top = _height(max(_LEAST_TOP, 1.08 * max(course.warmths)))
    below = tuple([round(_HEIGHT * (1 - height / top)) for height in _BAND_HEIGHTS])
    bands, names = _bands(below, width, *[levels[key] for key, _ in _BANDS])
    # There is one of these for each contact: plain strings, for speed.
    log2, first = math.log2, start.toordinal()
    line = "L".join(
        [
            f"{day} {round(_HEIGHT * (1 - log2(1 + warmth) / top))}"
            for day, warmth in zip(course.days, course.warmths, strict=True)
        ]
    )
    days = range(length + 1)
    seen = {(at, deep) for day, deep in touches if (at := day.toordinal() - first) in days}
    shapes = [
        bands,
        f'<path d="M0 {_HEIGHT}L{line}V{_HEIGHT}Z" class="under"/><path d="M{line}" class="line"/>',
        _strokes("tick", [day for day, deep in seen if not deep], _STROKE),
        _strokes("tick-deep", [day for day, deep in seen if deep], _DEEP_STROKE),
    ]
    under = _below(start, width, tuple(marks))
    last = percent(round(_HEIGHT * (1 - _height(course.warmths[-1]) / top)), _HEIGHT)
    here = f'<circle cx="100%" cy="{last}" class="here"/>'
    return picture("warmth", label, [stretched(width, _HEIGHT, shapes), names, under, here])


def _height(warmth: float) -> float:
    return math.log2(1 + warmth)


def _strokes(kind: str, days: list[int], length: int) -> str:
    path = "".join([f"M{day} {_HEIGHT}v-{length}" for day in sorted(days)])
    return f'<path d="{path}" class="{kind}"/>' if path else ""


@lru_cache(maxsize=1024)
def _bands(ends: tuple[int, ...], width: int, *names: str) -> tuple[str, str]:
    """A band for each level, down to each of `ends`, and their names: many ties look alike."""
    bands, labels, above = [], [], 0
    for (key, _), below, name in zip(_BANDS, ends, names, strict=True):
        bands.append(f'<rect y="{above}" width="{width}" height="{below - above}" class="{key}"/>')
        labels.append(text(name, "0", percent(above + below, 2 * _HEIGHT), "level"))
        above = below
    return "".join(bands), "".join(labels)


@lru_cache(maxsize=16)
def _below(start: date, width: int, marks: tuple[Mark, ...]) -> str:
    """The days that are named: the same for all whom one knows as long."""
    places = [(mark.label, percent((mark.day - start).days, width)) for mark in marks]
    return "".join([text(label, place, "100%", "mark") for label, place in places])
