"""Days that come back every year, by the common calendar and by the Chinese one."""

from __future__ import annotations

import calendar
import functools
from datetime import date

from renmai.text.values import Birthday, LunarDate, PartialDate

#: Julian days count from elsewhere than `date.toordinal`.
_JULIAN_DAY_OF_ORDINAL_0 = 1721425


def next_occurrence(value: Birthday, today: date) -> date | None:
    """The next day on which `value` is kept: today included, not before the day itself.

    29 February falls on 28 February in other years. None where it names no day, or where no
    calendar reaches.
    """
    if isinstance(value, LunarDate):
        return _next_lunar(value, today)
    if value.month is None or value.day is None:
        return None
    for year in range(max(today.year, value.year or 1), date.max.year + 1):
        day = _in_year(value, year)
        if day >= today:
            return day
    return None


def _in_year(value: PartialDate, year: int) -> date:
    month, day = value.month or 1, value.day or 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _next_lunar(value: LunarDate, today: date) -> date | None:
    # A lunar year begins in January or February: that of last year may still be running.
    for year in range(max(today.year - 1, value.year or 1), today.year + 2):
        day = lunar_day(year, value.month, value.day, value.leap)
        if day is not None and day >= today:
            return day
    if value.year and value.year > today.year:
        return lunar_day(value.year, value.month, value.day, value.leap)
    return None


@functools.lru_cache(maxsize=4096)
def lunar_day(year: int, month: int, day: int, leap: bool) -> date | None:
    """The day of a Chinese lunar date; None outside of the years that the calendar reaches.

    Day 30 of a month of 29 is its 29th; a leap month that the year lacks is the ordinary one.
    """
    # Only books with lunar birthdays pay for the calendar.
    from lunar_python import LunarMonth

    try:
        found = LunarMonth.fromYm(year, -month) if leap else None
        found = found or LunarMonth.fromYm(year, month)
        if found is None:
            return None
        first = round(found.getFirstJulianDay()) - _JULIAN_DAY_OF_ORDINAL_0
        return date.fromordinal(first + min(day, found.getDayCount()) - 1)
    except (ValueError, OverflowError):
        return None
