"""How warm a tie was over the time behind one: the course of `warmth` between two days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from renmai.rules.interactions import Interaction
from renmai.rules.warmth import HALF_LIFE
from renmai.text.values import Duration

#: Between two interactions warmth only fades: so many days apart it is told well enough.
STEP = 30

_STEP = timedelta(days=STEP)
_YEAR = Duration(1, "y")


class Point(msgspec.Struct, frozen=True):
    """The warmth on a day. Two points of one day are a jump, the lower one first."""

    day: date
    warmth: float


def since(mine: Iterable[Interaction], today: date) -> date | None:
    """From when on the course of a tie is worth seeing: a year back, or two when it is older.

    None with no interaction at all by `today`.
    """
    first = min((each.day for each in mine if each.day <= today), default=None)
    if first is None:
        return None
    year = _YEAR.before(today) or date.min
    return year if first >= year else _YEAR.before(year) or date.min


def course(mine: Iterable[Interaction], start: date, end: date) -> list[Point]:
    """The warmth from `start` to `end`: a point every `STEP` days, and two where it jumps.

    The last point is `warmth(mine, end)`.
    """
    gains: dict[date, int] = {}
    for each in mine:
        if each.day <= end:
            gains[each.day] = gains.get(each.day, 0) + each.weight
    value, at = 0.0, start
    for day, gain in gains.items():
        if day <= start:
            value += gain * _left((start - day).days)
    points = [Point(start, value)]
    for day in sorted(day for day in gains if day > start):
        value, at = _fade(points, value, at, day)
        value += gains[day]
        points.append(Point(day, value))
    _fade(points, value, at, end)
    return points


def _fade(points: list[Point], value: float, at: date, until: date) -> tuple[float, date]:
    """Add the points behind `at` up to `until`; gives the warmth there."""
    left = (until - at).days
    while left > 0:
        if left >= STEP:
            at += _STEP
            value *= _LEFT_OF_STEP
        else:
            at += timedelta(days=left)
            value *= _left(left)
        left -= STEP
        points.append(Point(at, value))
    return value, at


def _left(days: int) -> float:
    return float(2.0 ** (-days / HALF_LIFE))


_LEFT_OF_STEP = _left(STEP)
