"""Times of day as people say them: `9:30`, `8pm`, `half past six`, `晚上8点`, `三点半`."""

from __future__ import annotations

import re

import msgspec

from renmai.spoken.numbers import CHINESE, number

_MORNING = re.compile("morning|早|晨|上午|凌晨", re.IGNORECASE)
_EVENING = re.compile("afternoon|evening|night|下午|傍晚|晚|夜", re.IGNORECASE)
_NOON = re.compile("noon|lunchtime|中午|午间", re.IGNORECASE)

_FIGURES = re.compile(
    r"(?:at\s+)?(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?:\s*(?P<half>[ap])\.?m\.?)?(?![0-9\w])",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"(?:at\s+)?(?P<hour>[0-9]{1,2})\s*(?P<half>[ap])\.?m\b\.?"
    r"|at\s+(?P<bare>[0-9]{1,2})(?:\s*o'?clock)?(?![0-9:：/.\w])"
    r"|(?P<clock>[0-9]{1,2})\s*o'?clock\b|(?:at\s+)?(?P<noon>noon)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    "(?P<part>凌晨|清晨|早晨|早上|早|上午|中午|下午|傍晚|晚上|晚间|夜里|晚)?"
    rf"(?P<hour>{CHINESE})(?:点钟?|时|點)(?:(?P<half>半)|(?P<quarter>[一三1-3])刻"
    rf"|(?P<minute>[0-5]?[0-9](?![0-9号日月])|{CHINESE})分?)?(?:整|左右)?"
    "|(?P<later>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜里)?"
    r"(?P<figures>[0-9]{1,2})[:：](?P<minutes>[0-9]{2})(?![0-9])"
)


class Clock(msgspec.Struct, frozen=True):
    """A time that was said: the place behind it, and the times, `HH:MM`, that it can be."""

    end: int
    times: tuple[str, ...]


def find_time(text: str, position: int, of_day: str = "") -> Clock | None:
    """The time that is said at `position`, or None.

    `of_day` are the words for the day it is a time of: `last night` makes an 8 that of the
    evening. A bare hour can be two.
    """
    best: Clock | None = None
    for found, said in (
        (found, said)
        for pattern, said in ((_FIGURES, _figures), (_HOUR, _hour), (_CHINESE, _chinese))
        if (found := pattern.match(text, position))
    ):
        times = said(found, of_day)
        if best is None or found.end() > best.end:
            best = Clock(found.end(), times)
    return best


def _figures(found: re.Match[str], of_day: str) -> tuple[str, ...]:
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        return _times(_in_half(hour, found["half"]), minute)
    if hour < 12 and _EVENING.search(of_day):
        return _times(hour + 12, minute)
    return _times(hour, minute)


def _hour(found: re.Match[str], of_day: str) -> tuple[str, ...]:
    if found["noon"]:
        return ("12:00",)
    if found["half"]:
        return _times(_in_half(int(found["hour"]), found["half"]), 0)
    return _open(int(found["bare"] or found["clock"]), 0, of_day)


def _chinese(found: re.Match[str], of_day: str) -> tuple[str, ...]:
    part = found["part"] or found["later"] or of_day
    if found["figures"]:
        hour, minute = int(found["figures"]), int(found["minutes"])
        return _open(hour, minute, part) if part else _times(hour, minute)
    if found["half"]:
        minute = 30
    elif found["quarter"]:
        minute = 15 * number(found["quarter"])
    else:
        minute = number(found["minute"]) if found["minute"] else 0
    return _open(number(found["hour"]), minute, part)


def _open(hour: int, minute: int, part: str) -> tuple[str, ...]:
    """A time of twelve hours: the part of the day settles which, or it can be both."""
    if hour > 12 or hour == 0:
        return _times(hour, minute)
    if _NOON.search(part):
        return _times(hour if hour > 9 else hour + 12, minute)
    if _EVENING.search(part):
        return _times(hour + 12, minute) if hour < 12 else ()
    if _MORNING.search(part):
        return _times(hour % 12, minute)
    return _times(hour % 12, minute) + _times(hour % 12 + 12, minute)


def _in_half(hour: int, half: str) -> int:
    """The hour of the day of an hour before or after noon; 24 where there is none such."""
    if not 1 <= hour <= 12:
        return 24
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _times(hour: int, minute: int) -> tuple[str, ...]:
    return (f"{hour:02}:{minute:02}",) if hour < 24 and minute < 60 else ()
