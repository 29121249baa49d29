"""How warm a tie was over the time behind one: the course of `warmth` between two days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from renmai.rules.interactions import Interaction
from renmai.rules.warmth import left
from renmai.text.values import Duration

#: Between two interactions warmth only fades: so many days apart it is told well enough.
STEP = 30

_YEAR = Duration(1, "y")


class Course(msgspec.Struct, frozen=True, gc=False):
    """The warmth on days, counted from `start` on. Two of one day are a jump, the lower first."""

    start: date
    days: list[int]
    warmths: list[float]


def since(mine: Iterable[Interaction], today: date) -> date | None:
    """From when on the course of a tie is worth seeing: a year back, or two when it is older.

    None with no interaction at all by `today`.
    """
    first = min([each.day for each in mine], default=None)
    if first is None or first > today:
        return None
    year = _YEAR.before(today) or date.min
    return year if first >= year else _YEAR.before(year) or date.min


def course(mine: Iterable[Interaction], start: date, end: date) -> Course:
    """The warmth from `start` to `end`: every `STEP` days, and twice where it jumps.

    The last one is `warmth(mine, end)`.
    """
    gains: dict[int, int] = {}
    first, last = start.toordinal(), (end - start).days
    for each in mine:
        if (day := each.day.toordinal() - first) <= last:
            gains[day] = gains.get(day, 0) + each.weight
    value, at, step = 0.0, 0, left(STEP)
    for day, gain in gains.items():
        if day <= 0:
            value += gain * left(-day)
    days, warmths = [0], [value]
    for day in (*sorted([day for day in gains if day > 0]), last):
        while day - at >= STEP:
            at += STEP
            value *= step
            days.append(at)
            warmths.append(value)
        if at < day:
            value *= left(day - at)
            at = day
            days.append(at)
            warmths.append(value)
        if at and (gain := gains.pop(at, 0)):
            value += gain
            days.append(at)
            warmths.append(value)
    return Course(start, days, warmths)
