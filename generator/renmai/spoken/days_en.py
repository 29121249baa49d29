"""How days are said in English, and in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from renmai.spoken.days import (
    Context,
    Meaning,
    Ways,
    calendar_day,
    day_of_month,
    full_year,
    in_month,
    in_year,
    nearest,
    of_week,
)
from renmai.spoken.numbers import ENGLISH, number
from renmai.text.values import parse_duration, shift

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    "(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    "|sun(?:day)?)"
)
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PART = r"(?: (?:early |late )?(?:in the )?(?:morning|afternoon|evening|night|noon|lunchtime))?"
_NTH = "(?:the )?(?P<nth>[0-9]{1,2})(?:st|nd|rd|th)"
_UNIT = "(?P<unit>d|days?|w|wks?|weeks?|fortnights?|months?|mos?|y|yrs?|years?)"
_YESTERDAY = "yesterday"


def _weekday_of(text: str) -> int:
    return _WEEKDAYS.index(text[:3].lower())


def _today(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield context.today


def _days_from_now(days: int) -> Meaning:
    def meaning(found: re.Match[str], context: Context) -> Iterator[date | None]:
        yield shift(context.today, days, "d")

    return meaning


def _shifted(context: Context, start: date, found: re.Match[str], step: int) -> date | None:
    """So many units before or after a day."""
    unit = found["unit"][0].lower()
    count = step * number(found["count"])
    if unit == "f":
        return shift(start, 2 * count, "w")
    return shift(start, count, unit)  # type: ignore[arg-type]


def _ago(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield _shifted(context, context.today, found, -1)


def _ahead(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield _shifted(context, context.today, found, 1)


def _span(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`2w`: a distance without a direction is one to come; of a past one it says too little."""
    duration = parse_duration(found[0].lower())
    if context.sense == "future" and duration:
        yield duration.after(context.today)


def _distance(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`two weeks`, likewise."""
    if context.sense == "future":
        yield from _ahead(found, context)


def _ago_from(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`a week ago friday`, `two weeks ago yesterday`."""
    said = found["from"].lower()
    past = Context(context.today, "past")
    start = shift(context.today, -1, "d") if said == _YESTERDAY else None
    start = start or nearest(past, _weekday_of(said), today=False)
    yield _shifted(context, start, found, -1) if start else None


def _weekday(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`friday`, `last friday`, `next friday`: the nearest one; of `last`, not this day."""
    side = (found["side"] or "").lower()
    direction = {"last": "past", "past": "past", "next": "future", "coming": "future"}
    context = Context(context.today, direction.get(side, context.sense))  # type: ignore[arg-type]
    yield nearest(context, _weekday_of(found["day"]), today=not side)


def _weekday_of_week(found: re.Match[str], context: Context) -> Iterator[date | None]:
    weeks = {"last": -1, "this": 0, "next": 1}[found["week"].lower()]
    yield of_week(context, weeks, _weekday_of(found["day"]))


def _weekdays_ago(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`two fridays ago`, `friday before last`."""
    first = nearest(Context(context.today, "past"), _weekday_of(found["day"]), today=False)
    count = number(found["count"]) if found.groupdict().get("count") else 2
    yield shift(first, 1 - count, "w") if first else None


def _weekend(found: re.Match[str], context: Context) -> Iterator[date | None]:
    weeks = {"last": -1, "next": 1}.get((found["side"] or "").lower(), 0)
    if context.sense == "future":
        yield nearest(context, 5, today=False) if not weeks else of_week(context, weeks, 5)
        return
    if not weeks and context.today.weekday() < 5:
        weeks = -1
    for day in (of_week(context, weeks, 5), of_week(context, weeks, 6)):
        yield day if day and day <= context.today else None


def _nth(found: re.Match[str], context: Context) -> Iterator[date | None]:
    day = int(found["nth"])
    if side := found.groupdict().get("month"):
        months = {"last": -1, "this": 0, "next": 1}[side.lower()]
        yield in_month(context, months, day)
    else:
        yield day_of_month(context, day)


def _by_month(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`Nov 3rd`, `3 November 2025`, `the 5th of May`: what dateparser knows best."""
    from dateparser import parse

    today = datetime(context.today.year, context.today.month, context.today.day)
    read = parse(
        found["date"],
        languages=["en"],
        settings={
            "RELATIVE_BASE": today,
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["absolute-time"],
        },
    )
    if read is None:
        yield from ()
    elif re.search("[0-9]{4}", found["date"]):
        yield read.date()
    else:
        yield in_year(context, read.month, read.day)


def _checked(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`Friday, 20 Nov` and `friday the 13th`: both must be true of the day."""
    meaning = _by_month if found.groupdict().get("date") else _nth
    weekday = _weekday_of(found["weekday"])
    for day in meaning(found, context):
        if day and day.weekday() == weekday:
            yield day


def _iso(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield calendar_day(int(found[1]), int(found[2]), int(found[3]))


def _figures(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`11/3`: the month comes first in China and America; where it may be either, both."""
    first, second = int(found[1]), int(found[2])
    orders = [(first, second)] if context.language == "zh" else [(first, second), (second, first)]
    for month, day in orders:
        if found[3]:
            yield calendar_day(full_year(found[3]), month, day)
        elif month <= 12:
            yield in_year(context, month, day)


def _dotted(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`25.10.2026`: the day comes first."""
    day, month = int(found[1]), int(found[2])
    if found[3]:
        yield calendar_day(full_year(found[3]), month, day)
    else:
        yield in_year(context, month, day)


def _next_span(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`next week`: its first day, where a day to come is meant."""
    if context.sense == "future":
        unit = found["unit"].lower()
        if unit == "week":
            yield of_week(context, 1, 0)
        elif unit == "month":
            yield in_month(context, 1, 1)
        else:
            yield calendar_day(context.today.year + 1, 1, 1)


def _end_of_month(found: re.Match[str], context: Context) -> Iterator[date | None]:
    first = in_month(context, 2 if found["next"] else 1, 1)
    yield shift(first, -1, "d") if first else None


def _nowhere(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`last week`, `recently`: about a time, and no day."""
    yield from ()


_BY_MONTH = (
    rf"(?P<date>(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? [0-9]{{4}})?"
    rf"|{_MONTH}(?: the)? [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? [0-9]{{4}})?)"
)

_WORDS = (
    (r"(?:earlier |later )?today|tonight|this (?:morning|afternoon|evening|noon)|just now", _today),
    (rf"{_YESTERDAY}|last night", _days_from_now(-1)),
    (rf"(?:the )?day before {_YESTERDAY}", _days_from_now(-2)),
    ("tomorrow", _days_from_now(1)),
    ("(?:the )?day after tomorrow", _days_from_now(2)),
    (rf"(?P<count>{ENGLISH}) ?{_UNIT} (?:ago|back|earlier)", _ago),
    (rf"(?P<count>{ENGLISH}) ?{_UNIT} ago (?:on )?(?P<from>{_YESTERDAY}|{_WEEKDAY})", _ago_from),
    (rf"(?:in )(?P<count>{ENGLISH}) ?{_UNIT}", _ahead),
    (rf"(?P<count>{ENGLISH}) ?{_UNIT} (?:from now|later)", _ahead),
    (r"[0-9]{1,4} ?[dwmy]", _span),
    (rf"(?:for )?(?P<count>{ENGLISH}) {_UNIT}", _distance),
    (rf"(?:this )?(?:(?P<side>last|past|next|coming) )?(?P<day>{_WEEKDAY})", _weekday),
    (rf"(?P<week>this|last|next) week(?:'s)?,?(?: on)? (?P<day>{_WEEKDAY})", _weekday_of_week),
    (rf"(?P<day>{_WEEKDAY})(?: of)? (?P<week>this|last|next) week", _weekday_of_week),
    (rf"(?P<count>{ENGLISH}) (?P<day>{_WEEKDAY})s ago", _weekdays_ago),
    (rf"(?:the )?(?P<day>{_WEEKDAY}) before last", _weekdays_ago),
    (r"(?:(?P<side>last|this|past|next|the) )?weekend", _weekend),
    (_NTH, _nth),
    (rf"{_NTH}(?: of)? (?P<month>last|this|next) month", _nth),
    (rf"(?P<month>last|this|next) month,?(?: on)? {_NTH}", _nth),
    (_BY_MONTH, _by_month),
    (rf"(?P<weekday>{_WEEKDAY}),? {_BY_MONTH}", _checked),
    (rf"(?P<weekday>{_WEEKDAY}),? {_NTH}", _checked),
    ("next (?P<unit>week|month|year)", _next_span),
    ("(?:the )?end of (?:the|this|(?P<next>next)) month", _end_of_month),
    (
        "(?:earlier )?(?:last|this) (?:week|month|year)|recently|the other day|a few days ago"
        rf"|(?P<side>{_MONTH})? ?[0-9]{{1,2}} (?:or|to) [0-9]{{1,2}}",
        _nowhere,
    ),
)

_FIGURES = (
    (r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", _iso),
    (r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", _iso),
    (r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?", _figures),
    (r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})?", _dotted),
)


def _pattern(words: str) -> re.Pattern[str]:
    """White space is free, `on` may stand before, a part of the day behind."""
    spaced = re.sub(" ", r"\\s+", f"(?:(?:on|from|since) )?(?:{words}){_PART}")
    return re.compile(spaced.replace(r"\s+?", r"\s*") + r"(?![^\W_\u3400-\u9fff])", re.IGNORECASE)


WAYS: Ways = (
    *((_pattern(words), meaning) for words, meaning in _WORDS),
    *(
        (re.compile(rf"(?:on\s+)?{figures}(?![0-9/-])", re.IGNORECASE), meaning)
        for figures, meaning in _FIGURES
    ),
)
