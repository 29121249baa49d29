"""Days as people say them: `yesterday`, `last friday`, `Nov 3rd`, `上周三`, `三天前`.

A day is looked for at one place of a text. What is said may leave open which day is meant: then
there are several, and somebody has to be asked. Months by name and dates in figures are read by
dateparser; what people say of weeks, and Chinese, it knows too little of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal

import msgspec

from renmai.text.values import shift

#: Whether a day that has been is meant, or one that comes.
Sense = Literal["past", "future"]


class Said(msgspec.Struct, frozen=True):
    """A day that was said: the place behind it in the text, and the days that it can be.

    No day at all: the words are about time, and name none (`last week`, `31 November`).
    """

    end: int
    days: tuple[date, ...]


class Context(msgspec.Struct, frozen=True):
    """What a way of saying a day depends on besides its words.

    `language` is the book's: it says what `3/11` is.
    """

    today: date
    sense: Sense
    language: str = "en"


#: What makes the days of a match; an empty answer: no day of the calendar.
Meaning = Callable[[re.Match[str], Context], Iterable[date | None]]
Ways = tuple[tuple[re.Pattern[str], Meaning], ...]


def find_day(text: str, position: int, context: Context) -> Said | None:
    """The day that is said at `position`: the longest way that fits; None when there is none."""
    from renmai.spoken.days_en import WAYS as ENGLISH
    from renmai.spoken.days_zh import WAYS as CHINESE

    best: tuple[re.Match[str], Meaning] | None = None
    for pattern, meaning in (*ENGLISH, *CHINESE):
        found = pattern.match(text, position)
        if found and (best is None or found.end() > best[0].end()):
            best = found, meaning
    if best is None:
        return None
    found, meaning = best
    days = dict.fromkeys(day for day in meaning(found, context) if day is not None)
    return Said(found.end(), tuple(days))


def the_day(text: str, context: Context) -> Said | None:
    """The day that is all of `text`; None when it is something else, or more."""
    text = text.strip()
    said = find_day(text, 0, context)
    return said if said and not text[said.end :].strip(" .。,，") else None


def of_week(context: Context, weeks: int, weekday: int) -> date | None:
    """That weekday (Monday is 0) of the calendar week so many weeks from this one."""
    monday = context.today - timedelta(days=context.today.weekday())
    first = shift(monday, weeks, "w")
    return shift(first, weekday, "d") if first else None


def nearest(context: Context, weekday: int, *, today: bool) -> date | None:
    """The nearest such weekday in the direction meant; `today`: this day may be it."""
    if context.sense == "past":
        back = (context.today.weekday() - weekday) % 7
        return shift(context.today, -(back or (0 if today else 7)), "d")
    ahead = (weekday - context.today.weekday()) % 7
    return shift(context.today, ahead or 7, "d")


def day_of_month(context: Context, day: int) -> date | None:
    """The nearest day of that number in the direction meant, today included in the past."""
    step = -1 if context.sense == "past" else 1
    for months in range(4):
        found = in_month(context, step * months, day)
        if found and _fits(found, context):
            return found
    return None


def in_month(context: Context, months: int, day: int) -> date | None:
    """The day of that number, so many months from this one."""
    month = shift(context.today.replace(day=1), months, "m")
    return calendar_day(month.year, month.month, day) if month else None


def in_year(context: Context, month: int, day: int) -> date | None:
    """That day in the nearest year in the direction meant, today included in the past."""
    step = -1 if context.sense == "past" else 1
    # A 29 February comes every eight years at the least.
    years = (context.today.year + step * years for years in range(9))
    found = (calendar_day(year, month, day) for year in years)
    return next((each for each in found if each and _fits(each, context)), None)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None when there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str) -> int:
    """`2026` or `26`."""
    return int(text) + (2000 if len(text) == 2 else 0)


def _fits(day: date, context: Context) -> bool:
    return day <= context.today if context.sense == "past" else day > context.today
