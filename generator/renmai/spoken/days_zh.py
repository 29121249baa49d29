"""How days are said in Chinese, and in figures that need no language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from renmai.spoken.days import (
    Context,
    Ways,
    calendar_day,
    day_of_month,
    full_year,
    in_month,
    in_year,
    nearest,
    of_week,
)
from renmai.spoken.numbers import CHINESE, number
from renmai.text.values import shift

_WEEKDAYS = {
    **{sign: day for day, sign in enumerate("一二三四五六日")},
    **{sign: day for day, sign in enumerate("1234567")},
    "天": 6,
}
#: The part of the day, which may stand behind a day.
_PART = (
    "(?:的?(?:一?大?清早|大?早上|早晨|清晨|凌晨|上午|中午|午间|下午|傍晚"
    "|晚上|晚间|夜里|半夜|早|晚|夜))?"
)
_WEEK = "(?:个?(?:周|星期|礼拜))"
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m", "年": "y"}
_NEAR = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip
_FROM_NOW = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}
_YEARS = {"大前": -3, "前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}


def _near(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield shift(context.today, _NEAR[found[1]], "d")


def _today(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield context.today


def _distance(found: re.Match[str], context: Context) -> Iterator[date | None]:
    step = 1 if found["side"] in ("后", "以后", "之后") else -1
    count, unit = number(found["count"]), _UNITS[found["unit"]]
    yield shift(context.today, step * count, unit)  # type: ignore[arg-type]


def _span(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`两周`: a distance to come; of a past one it says too little."""
    if context.sense == "future":
        count, unit = number(found["count"]), _UNITS[found["unit"]]
        yield shift(context.today, count, unit)  # type: ignore[arg-type]


def _half(found: re.Match[str], context: Context) -> Iterator[date | None]:
    step = 1 if found["side"] in ("后", "以后", "之后") else -1
    months = found["unit"] == "年"
    yield shift(context.today, step * (6 if months else 15), "m" if months else "d")


def _weekday(found: re.Match[str], context: Context) -> Iterator[date | None]:
    side, sign = found["side"], found["day"]
    weekend = (5, 6) if context.sense == "past" else (5,)
    for weekday in weekend if sign == "末" else (_WEEKDAYS[sign],):
        if side:
            yield of_week(context, _FROM_NOW[side], weekday)
        else:
            yield nearest(context, weekday, today=True)


def _of_month(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield in_month(context, _FROM_NOW[found["side"]], number(found["day"]))


def _of_year(found: re.Match[str], context: Context) -> Iterator[date | None]:
    month, day = number(found["month"]), number(found["day"])
    if found["year"]:
        yield calendar_day(full_year(found["year"]), month, day)
    elif found["side"]:
        yield calendar_day(context.today.year + _YEARS[found["side"]], month, day)
    else:
        yield in_year(context, month, day)


def _day_alone(found: re.Match[str], context: Context) -> Iterator[date | None]:
    yield day_of_month(context, number(found["day"]))


def _end_of_month(found: re.Match[str], context: Context) -> Iterator[date | None]:
    months = _FROM_NOW[found["side"]] if found["side"] else 0
    first = in_month(context, months + 1, 1)
    yield shift(first, -1, "d") if first else None


def _span_ahead(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`下周`, `下个月`, `明年`: the first day of it, where a day to come is meant."""
    if context.sense == "future":
        if found["unit"] is None:
            yield calendar_day(context.today.year + 1, 1, 1)
        elif found["unit"] == "月":
            yield in_month(context, 1, 1)
        else:
            yield of_week(context, 1, 0)


def _nowhere(found: re.Match[str], context: Context) -> Iterator[date | None]:
    """`上周`, `最近`: about a time, and no day."""
    yield from ()


_DAY = f"(?P<day>{CHINESE})[号日]"
_SIDE = "(?P<side>上上|上|这|本|当|下下|下)"

WAYS: Ways = tuple(
    (re.compile(pattern + _PART), meaning)
    for pattern, meaning in (
        ("(大前|前|昨|今|当|明|大后|后)[天日]", _near),
        ("(前|昨|今|明)[早晚夜晨]上?", _near),
        ("刚才|刚刚|方才|现在|上午|中午|下午|早上|晚上|傍晚", _today),
        (
            rf"(?P<count>{CHINESE})\s*个?(?P<unit>天|日|周|星期|礼拜|月|年)"
            "(?P<side>前|以前|之前|后|以后|之后)",
            _distance,
        ),
        (
            rf"(?P<count>{CHINESE})\s*(?:个(?=[星礼月]))?(?P<unit>天|周|星期|礼拜|(?<=个)月|年)",
            _span,
        ),
        ("半个?(?P<unit>月|年)(?P<side>前|以前|之前|后|以后|之后)", _half),
        (rf"(?P<side>上上|上|这|本|下下|下)?{_WEEK}的?(?P<day>[一二三四五六日天1-7])", _weekday),
        (rf"(?P<side>上上|上|这|本|下下|下)?{_WEEK}(?P<day>末)", _weekday),
        (rf"{_SIDE}个?月的?{_DAY}", _of_month),
        (
            rf"(?:(?P<year>[0-9]{{4}})\s*年\s*|(?P<side>大前|前|去|今|本|明|后)年的?)?"
            rf"(?P<month>{CHINESE})\s*月\s*(?P<day>{CHINESE})\s*[号日]?",
            _of_year,
        ),
        (_DAY, _day_alone),
        (f"(?:{_SIDE}个?)?月底", _end_of_month),
        ("(?:下个?(?P<unit>周|星期|礼拜|月)|明年)", _span_ahead),
        (rf"(?:上上|上|这|本)(?:{_WEEK}|个?月)|去年|今年|前年|最近|前几天|前两天|这几天", _nowhere),
    )
)
