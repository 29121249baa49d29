"""Circles: is the circle narrowing?"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup
from msgspec import Struct

from renmai.rules.circles import Census, CircleCount, Shape, year_ago
from renmai.site.charts.against import against
from renmai.site.views.days_in_touch import Days, days_in_touch_box
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.new_people import NewPeople, new_people_box
from renmai.site.views.shapes import Named
from renmai.site.views.today import last_contact

#: More people than this are left to the table of contacts.
MOST_DRIFTING = 24


class Measure(Struct, frozen=True):
    """A figure, what it was a year ago, and what it means; `trend` is up, down, same or empty."""

    key: str
    label: str
    value: str
    before: str
    meaning: str
    trend: str
    picture: Markup


class CircleLine(Struct, frozen=True):
    """A circle: its people, those in touch with them today and a year ago, its cold ones.

    `state` is `empty` with nobody in it, `quiet` with nobody in touch, else nothing; `before` is
    None where there is no year ago.
    """

    name: str
    href: str
    active: int
    in_touch: int
    before: int | None
    cold: int
    state: str
    picture: Markup


class Empty(Struct, frozen=True):
    """What is missing, and what to do about it."""

    names: str
    advice: str


class CirclesPage(Struct, frozen=True):
    """The ecosystems of the net, against a year ago."""

    title: str
    verdict: str
    measures: list[Measure]
    circles: list[CircleLine]
    empties: list[Empty]
    drifting: list[Named]
    drifting_count: int
    new: NewPeople
    days: Days


def circles_page(lens: Lens) -> CirclesPage:
    """Circles today and a year ago, and who comes, goes and stays."""
    facts, words = lens.facts, lens.words
    then = year_ago(lens.today)
    now, before = facts.census(lens.today), facts.census(then) if then else None
    measures = _measures(lens, now, before)
    drifting = sorted(facts.drifting, key=lambda one: (facts.last_contact(one) or date.min, one.id))
    return CirclesPage(
        title=words("insight.nav.circles"),
        verdict=_verdict(lens, measures, now, before),
        measures=measures,
        circles=_lines(lens, now.circles, before.circles if before else None),
        empties=_empties(lens, now.circles),
        drifting=[lens.named(one, last_contact(lens, one)) for one in drifting[:MOST_DRIFTING]],
        drifting_count=len(drifting),
        new=lens.part("new-people", new_people_box, NewPeople, fronts=True),
        days=days_in_touch_box(lens),
    )


# -- against a year ago ---------------------------------------------------------------------------


def _measures(lens: Lens, now: Census, then: Census | None) -> list[Measure]:
    """People in touch, outside share and evenness: today's, and those of `then`."""
    # With nobody in touch a year ago there is nothing to compare with.
    known = then is not None and then.in_touch > 0
    before = then.shape if then is not None and known else Shape(0.0, 0.0)
    people = now.in_touch, then.in_touch if then else 0
    outside = round(100 * now.shape.outside_share), round(100 * before.outside_share)
    even = round(now.shape.evenness, 2), round(before.evenness, 2)
    return [
        _measure(lens, "in_touch", people, now.active, known, "{}"),
        _measure(lens, "outside", outside, 100, known, "{}%"),
        _measure(lens, "evenness", even, 1, known, "{:.2f}"),
    ]


def _measure(
    lens: Lens, key: str, pair: tuple[float, float], whole: float, known: bool, shape: str
) -> Measure:
    words, (now, then) = lens.words, pair
    built_in = _built_in(lens)
    meaning = "all" if key == "outside" and not built_in else "meaning"
    trend = ("up" if now > then else "down" if now < then else "same") if known else ""
    return Measure(
        key=key,
        label=words(f"insight.circles.{key}.label"),
        value=shape.format(now),
        before=words(f"insight.circles.{trend}", then=shape.format(then)) if trend else "",
        meaning=words(f"insight.circles.{key}.{meaning}", built_in=built_in),
        trend=trend,
        picture=against(now, then if known else None, whole),
    )


def _built_in(lens: Lens) -> str:
    """The circles one is born or sent into, as a list of words."""
    circles = lens.facts.settings.circles
    names = [lens.circle_labels[name] for name in circles if circles[name].built_in]
    return lens.words.listed(names)


def _verdict(lens: Lens, measures: list[Measure], now: Census, then: Census | None) -> str:
    """Wider, narrower or neither: by how many of the measures grew and how many shrank."""
    words, trends = lens.words, [measure.trend for measure in measures]
    if not now.in_touch:
        return words("insight.circles.verdict.nobody")
    if then is None or not any(trends):
        return words("insight.circles.verdict.young")
    grew, shrank = trends.count("up"), trends.count("down")
    key = "wider" if grew > shrank else "narrower" if shrank > grew else "same"
    return words(f"insight.circles.verdict.{key}")


def _lines(
    lens: Lens, counts: list[CircleCount], before: list[CircleCount] | None
) -> list[CircleLine]:
    most = max((count.active for count in counts), default=0)
    found = []
    for place, count in enumerate(counts):
        then = before[place].in_touch if before else None
        active, now = count.active, count.in_touch
        found.append(
            CircleLine(
                name=lens.circle_labels[count.name],
                href=filtered(circle=count.name, status="active"),
                active=active,
                in_touch=now,
                before=then,
                cold=count.cold,
                state="quiet" if active and not now else "" if active else "empty",
                picture=against(now, then, active, most),
            )
        )
    return found


def _empties(lens: Lens, counts: list[CircleCount]) -> list[Empty]:
    """The circles with nobody in them, then those with nobody in touch, and what to do."""
    circles = lens.facts.settings.circles
    groups = {
        "outside": [s.name for s in counts if not s.active and not circles[s.name].built_in],
        "built_in": [s.name for s in counts if not s.active and circles[s.name].built_in],
        "quiet": [s.name for s in counts if s.active and not s.in_touch],
    }
    return [
        Empty(
            lens.words.listed([lens.circle_labels[name] for name in names]),
            lens.words(f"insight.circles.advice.{key}"),
        )
        for key, names in groups.items()
        if names
    ]
