"""A year of days, week by week, as in a calendar: on which was one in touch with somebody?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from statistics import quantiles

from markupsafe import Markup
from msgspec import Struct

from renmai.site.charts.svg import percent, picture, stretched, tag, text

#: Weeks in each half of the year: two halves reach over any 366 days.
WEEKS = 27
#: The least number of times of each of the four steps, while no day has many more.
STEPS = (1, 2, 3, 5)
_MANY = 9

#: A day's place is `_PITCH` wide and high, in the units of the picture; a dot grows by its step.
_PITCH = 10
_SIDES = (1.6, 5, 6.4, 7.6, 8.8)
_LABELLED = (0, 2, 4, 6)


class HeatWords(Struct, frozen=True):
    """The words of a heat map: twelve months, seven weekdays, a day, and a half of the year."""

    months: list[str]
    weekdays: list[str]
    said: Callable[[date, int], str]
    half: Callable[[date, date, int], str]


def steps(counts: Mapping[date, int]) -> tuple[int, ...]:
    """The least number of times of each step: fixed ones, or quarters of the days in a busy book.

    They grow; of a book whose days are much alike there are fewer than four.
    """
    if max(counts.values(), default=0) < _MANY:
        return STEPS
    quarters = quantiles(counts.values(), n=4, method="inclusive") if len(counts) > 1 else []
    return tuple(sorted({1, *(max(1, round(each)) for each in quarters)}))


def heat_map(
    counts: Mapping[date, int], since: date, until: date, words: HeatWords
) -> list[Markup]:
    """The days from `since` to `until`, at most 366, in two halves that lie side by side."""
    least = steps({day: count for day, count in counts.items() if since <= day <= until})
    monday = until.toordinal() - until.weekday()
    first = [monday - 7 * (2 * WEEKS - 1), monday - 7 * (WEEKS - 1)]
    return [
        _half(counts, max(since.toordinal(), start), min(until.toordinal(), start + 7 * WEEKS - 1),
              start, least, words)
        for start in first
    ]  # fmt: skip


def swatch(step: int) -> Markup:
    """A dot as it stands in the map, for the legend."""
    return picture("swatch", "", [stretched(_PITCH, _PITCH, [_dot(0, 0, step)])])


def _half(
    counts: Mapping[date, int],
    since: int,
    until: int,
    start: int,
    least: tuple[int, ...],
    words: HeatWords,
) -> Markup:
    """The days `since` to `until` (ordinals) in columns of weeks from the Monday `start` on."""
    dots, marks, total, month = [], [], 0, 0
    for ordinal in range(since, until + 1):
        day = date.fromordinal(ordinal)
        column, row = divmod(ordinal - start, 7)
        count = counts.get(day, 0)
        total += bool(count)
        step = sum(count >= each for each in least)
        dots.append(_dot(column, row, step, words.said(day, count) if count else ""))
        # A month is named at the first week that begins in it, unless there is no room.
        if row == 0 and day.month != month and day.day <= 7 and column <= WEEKS - 2:
            month = day.month
            marks.append(text(words.months[month - 1], percent(column, WEEKS), "0", "month"))
    marks += [text(words.weekdays[row], "0", percent(row + 0.5, 7), "weekday") for row in _LABELLED]
    ends = date.fromordinal(since), date.fromordinal(max(since, until))
    cells = stretched(_PITCH * WEEKS, _PITCH * 7, dots)
    return picture("heat", words.half(*ends, total), [cells, *marks])


def _dot(column: int, row: int, step: int, said: str = "") -> str:
    """One day; how much there was is told by its size as well as by its colour."""
    side = _SIDES[step]
    inset = (_PITCH - side) / 2
    title = tag("title", Markup.escape(said)) if said else ""
    x, y = _PITCH * column + inset, _PITCH * row + inset
    return f'<rect x="{x:g}" y="{y:g}" class="s{step}">{title}</rect>'


def gap(counts: Mapping[date, int], since: date, until: date) -> tuple[date, date] | None:
    """The longest run of days with nobody, the latest of equal ones; None when there is none."""
    best, start = 0, since
    found: tuple[date, date] | None = None
    days = sorted(day for day in counts if since <= day <= until)
    for day in [*days, until + timedelta(days=1)]:
        length = (day - start).days
        if length >= max(best, 1):
            best, found = length, (start, day - timedelta(days=1))
        start = day + timedelta(days=1)
    return found
