"""The scalar types of `format.md`: dates, partial dates, birthdays, durations.

Each `parse_…` takes the text of a scalar and gives the value, or None when the text is none.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import msgspec

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTIAL = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<yearless_month>[0-9]{2})-(?P<yearless_day>[0-9]{2})"
)
_LUNAR = re.compile(r"lunar +(?:([0-9]{4})|-)-([0-9]{2})-([0-9]{2})( +leap)?")
_DURATION = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")

#: A leap year, to see whether a month and a day without a year exist at all.
_ANY_LEAP_YEAR = 2000

YES = frozenset({"true", "yes", "on", "是"})
NO = frozenset({"false", "no", "off", "否"})


class Duration(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="duration"):
    """`7d`, `2w`, `3m`, `1y` or `never`: calendar months and years, clamped."""

    count: int
    unit: Literal["d", "w", "m", "y", "never"]

    def after(self, start: date) -> date | None:
        """The day this long after `start`; None if it never comes (`never`, or past 9999)."""
        return shift(start, self.count, self.unit) if self.unit != "never" else None

    def before(self, end: date) -> date | None:
        """The day this long before `end`; None if there is none (`never`, or before year 1)."""
        return shift(end, -self.count, self.unit) if self.unit != "never" else None

    def reaches(self, start: date, day: date) -> bool:
        """Whether `day` is not after `start` plus this; a day that never comes is after all."""
        limit = self.after(start)
        return limit is None or day <= limit

    @property
    def is_never(self) -> bool:
        return self.unit == "never"

    def __str__(self) -> str:
        return "never" if self.unit == "never" else f"{self.count}{self.unit}"


NEVER = Duration(0, "never")


class PartialDate(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="partial"):
    """`2026-11-21`, `2026-11`, `2026` or `--11-21`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date | None:
        """The first day it can mean; None without a year."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    def __str__(self) -> str:
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}"
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class LunarDate(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="lunar"):
    """`lunar 1985-01-15`, `lunar --01-15`, either with ` leap` behind: a Chinese lunar date."""

    year: int | None
    month: int
    day: int
    leap: bool = False

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        return f"lunar {year}-{self.month:02}-{self.day:02}{' leap' if self.leap else ''}"


Birthday = PartialDate | LunarDate


def shift(day: date, count: int, unit: Literal["d", "w", "m", "y"]) -> date | None:
    """`day` moved by `count` units, clamped to the month's end; None outside years 1 to 9999."""
    return _shifted(day, count, unit)


@lru_cache(maxsize=4096)
def _shifted(day: date, count: int, unit: str) -> date | None:
    try:
        if unit in "dw":
            return day + timedelta(days=count * (7 if unit == "w" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)  # the days of a book are few, and most are written many times
def parse_date(text: str) -> date | None:
    """`2026-11-21`."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_partial(text: str) -> PartialDate | None:
    """`2026-11-21`, `2026-11`, `2026`, `--11-21`."""
    found = _PARTIAL.fullmatch(text)
    if not found:
        return None
    year, month, day = (
        int(part) if part else None
        for part in (
            found["year"],
            found["month"] or found["yearless_month"],
            found["day"] or found["yearless_day"],
        )
    )
    try:
        date(
            _ANY_LEAP_YEAR if year is None else year,
            1 if month is None else month,
            1 if day is None else day,
        )
    except ValueError:
        return None
    return PartialDate(year, month, day)


def parse_birthday(text: str) -> Birthday | None:
    """A partial date, or a lunar one: `lunar 1985-01-15`, `lunar --01-15 leap`."""
    found = _LUNAR.fullmatch(text)
    if not found:
        return parse_partial(text)
    year, month, day = int(found[1]) if found[1] else None, int(found[2]), int(found[3])
    if year == 0 or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    return LunarDate(year, month, day, leap=bool(found[4]))


def parse_duration(text: str) -> Duration | None:
    """`7d`, `2w`, `3m`, `1y`, from 1 to 9999; or `never`."""
    if text == "never":
        return NEVER
    found = _DURATION.fullmatch(text)
    return Duration(int(found[1]), found[2]) if found else None  # type: ignore[arg-type]


def parse_number(text: str) -> int | None:
    """A whole number, not negative, in ASCII digits."""
    # Eighteen digits fit 64 bits; no count of people needs more.
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def parse_yes_no(text: str) -> bool | None:
    """`true`, `yes`, `on`, `是`; `false`, `no`, `off`, `否`."""
    word = text.lower()
    return True if word in YES else False if word in NO else None


def parse_time(text: str) -> str | None:
    """`HH:MM`, from 00:00 to 23:59."""
    return text if _TIME.fullmatch(text) else None


def parse_inner_path(text: str) -> str | None:
    """A path below the book, with `/`: neither absolute nor above it by way of `..`."""
    depth = 0
    for step in text.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(step, 1)
        if depth < 0:
            return None
    return None if text.startswith("/") or "\0" in text else text


def nfc(text: str) -> str:
    """`text` in Unicode's normal form C."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_nfc(text: str) -> bool:
    """Whether `text` is in Unicode's normal form C."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def folded(text: str) -> str:
    """`text` as names are compared: NFC, without case, runs of white space as one."""
    folded = text.lower() if text.isascii() else nfc(nfc(text).casefold())
    return " ".join(folded.split())
