"""The heat map: on which days of the last year one was in touch with somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.circles import year_ago
from renmai.rules.spans import months_until
from renmai.site.charts.heat import HeatWords, gap, heat_map, steps, swatch
from renmai.site.views.lens import Lens
from renmai.site.views.new_people import month_name


class Swatch(Struct, frozen=True):
    """A step of the legend."""

    picture: Markup
    label: str


class MonthInTouch(Struct, frozen=True):
    """A month as text: on how many days, and how many times."""

    label: str
    days: int
    times: int


class Days(Struct, frozen=True):
    """A year of days: two halves of the picture, its legend, sentences, and the same as text."""

    halves: list[Markup]
    legend: list[Swatch]
    sentences: list[str]
    months: list[MonthInTouch]


def days_in_touch_box(lens: Lens) -> Days:
    """The days behind the day a year ago, up to today."""
    until = lens.today
    since = (year_ago(until) or date.min) + timedelta(days=1)
    counts = {
        day: count for day, count in lens.facts.days_in_touch.items() if since <= day <= until
    }
    return Days(
        halves=heat_map(counts, since, until, _words(lens)),
        legend=_legend(lens, counts),
        sentences=_sentences(lens, counts, since),
        months=[_month(lens, name, counts) for name in reversed(months_until(until, 13))],
    )


def _words(lens: Lens) -> HeatWords:
    words = lens.words
    return HeatWords(
        months=[words(f"month.{number}") for number in range(1, 13)],
        weekdays=[words(f"weekday.{number}") for number in range(1, 8)],
        said=lambda day, count: words("insight.days.said", day=words.date(day), n=count),
        half=lambda since, until, count: words(
            "insight.days.half", since=words.date(since), until=words.date(until), n=count
        ),
    )


def _legend(lens: Lens, counts: Mapping[date, int]) -> list[Swatch]:
    least = steps(counts)
    labels = ["0"]
    for place, low in enumerate(least):
        high = least[place + 1] - 1 if place + 1 < len(least) else None
        labels.append(f"{low}+" if high is None else str(low) if low == high else f"{low}–{high}")
    return [Swatch(swatch(step), label) for step, label in enumerate(labels)]


def _sentences(lens: Lens, counts: Mapping[date, int], since: date) -> list[str]:
    """On how many days, the fullest one, and the longest silence."""
    words = lens.words
    found = [words("insight.days.count", n=len(counts))]
    if not counts:
        return found
    fullest = max(counts, key=lambda day: (counts[day], day))
    found.append(words("insight.days.fullest", day=words.date(fullest), n=counts[fullest]))
    silence = gap(counts, since, lens.today)
    if silence is not None:
        start, end = silence
        length = (end - start).days + 1
        found.append(words("insight.days.silence", n=length, since=words.date(start)))
    return found


def _month(lens: Lens, name: str, counts: Mapping[date, int]) -> MonthInTouch:
    mine = [count for day, count in counts.items() if day.isoformat().startswith(name)]
    return MonthInTouch(month_name(lens, name), len(mine), sum(mine))
