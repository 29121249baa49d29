"""How a cadence resolves, from when it counts, and when it falls due."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from renmai.rules.cadence import CadenceDue, cadence_due, cadence_of, cadence_start, resolve_cadence
from renmai.settings import Circle, Settings
from renmai.text.values import NEVER, Duration, parse_duration
from tests.books import DEFAULTS, TODAY, card, contact, day

LAST = day("2026-10-12")


def duration(text: str) -> Duration:
    found = parse_duration(text)
    assert found is not None
    return found


def circles(**cadences: str) -> Settings:
    """Settings with these circles; "" is a circle without a cadence."""
    made = {name: Circle(cadence=parse_duration(text)) for name, text in cadences.items()}
    return Settings(circles=made)


def due_of(front: str, last: date | None = LAST, settings: Settings = DEFAULTS) -> CadenceDue:
    found = cadence_due(contact(card(front)), last, TODAY, settings)
    assert found is not None
    return found


BOTH = Settings(
    circles={"work": Circle(cadence=duration("5d")), "none": Circle()}, cadence=duration("9d")
)


@pytest.mark.parametrize(
    ("front", "resolved"),
    [
        ("cadence: 2d\ntier: 15\ncircles: work", "2d"),
        ("cadence: never\ntier: 15\ncircles: work", "never"),
        ("tier: 5", "1w"),
        ("tier: 15\ncircles: work", "1m"),
        ("tier: 50", "3m"),
        ("tier: 150", "6m"),
        ("tier: 7\ncircles: work", "5d"),  # no such tier: as if it were not written
        ("circles: work", "5d"),
        ("circles: [none, work]", "5d"),
        ("circles: none", "9d"),
        ("circles: elsewhere", "9d"),
        ("", "9d"),
    ],
)
def test_own_then_tier_then_circle_then_book(front: str, resolved: str) -> None:
    assert str(resolve_cadence(contact(card(front)), LAST, BOTH)) == resolved


def test_no_cadence_at_all() -> None:
    assert resolve_cadence(contact(card("circles: work")), LAST, DEFAULTS) is None
    assert cadence_due(contact(card()), LAST, TODAY, DEFAULTS) is None


@pytest.mark.parametrize(
    ("start", "shortest"),
    [
        ("2026-02-01", "1m"),  # 28 days
        ("2028-02-01", "1m"),  # 29 days
        ("2026-01-01", "30d"),  # a month of 31
        ("2026-01-31", "1m"),  # clamped to 28 February: 28 days
        ("2026-04-01", "1m"),  # 30 days both: the first as written
    ],
)
def test_the_shortest_of_the_circles_in_days_from_the_start(start: str, shortest: str) -> None:
    person = contact(card("circles: [month, days]"))
    settings = circles(month="1m", days="30d")
    assert str(resolve_cadence(person, day(start), settings)) == shortest


def test_never_is_the_longest_circle() -> None:
    person = contact(card("circles: [one, other]"))
    assert str(resolve_cadence(person, LAST, circles(one="never", other="9999y"))) == "9999y"
    assert resolve_cadence(person, LAST, circles(one="never", other="never")) == NEVER
    assert cadence_due(person, LAST, TODAY, circles(one="never", other="never")) is None


@pytest.mark.parametrize(
    ("front", "last", "start"),
    [
        ("", "2026-10-12", "2026-10-12"),
        ("met: {date: 2026-11-01}", "2026-10-12", "2026-10-12"),
        ("met: {date: 2026-11-01}", None, "2026-11-01"),
        ("met: {date: 2026-11}", None, "2026-11-01"),
        ("met: {date: 2026}", None, "2026-01-01"),
        ("met: {date: 2026-11-21}", None, "2026-11-21"),
        ("met: {date: 2026-11-22}", None, None),  # after today
        ("met: {date: 2027}", None, None),
        ("met: {date: --11-01}", None, None),  # no year
        ("met: {at: somewhere}", None, None),
        ("", None, None),
    ],
)
def test_what_it_counts_from(front: str, last: str | None, start: str | None) -> None:
    found = cadence_start(contact(card(front)), day(last) if last else None, TODAY)
    assert found == (day(start) if start else None)


@pytest.mark.parametrize(
    ("front", "last", "due", "days", "ratio"),
    [
        # The worked example: 12 October + 1m, 31 days; nine days since.
        ("tier: 15", "2026-10-12", "2026-11-12", 31, Fraction(9, 31)),
        ("tier: 150", "2026-04-01", "2026-10-01", 183, Fraction(51, 183)),
        ("cadence: 1w", "2026-11-14", "2026-11-21", 7, Fraction(0)),
        ("cadence: 1w", "2026-11-13", "2026-11-20", 7, Fraction(1, 7)),
        ("cadence: 1d", "2026-11-21", "2026-11-22", 1, Fraction(-1)),
        # 31 January + 1m is 28 February, 28 days; from there to today
        # 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 21 = 266.
        ("cadence: 1m", "2026-01-31", "2026-02-28", 28, Fraction(266, 28)),
        # In 2024 to 29 February, 29 days; 365 + 365 + 266 to today.
        ("cadence: 1m", "2024-01-31", "2024-02-29", 29, Fraction(996, 29)),
        ("cadence: 1y", "2024-02-29", "2025-02-28", 365, Fraction(631, 365)),
    ],
)
def test_when_it_is_due(front: str, last: str, due: str, days: int, ratio: Fraction) -> None:
    found = due_of(front, day(last))
    assert (found.due, found.days, found.ratio(TODAY)) == (day(due), days, ratio)
    assert not found.never_in_touch


def test_never_in_touch_is_due_today() -> None:
    found = due_of("tier: 15", None)
    assert (found.due, found.never_in_touch, found.ratio(TODAY)) == (TODAY, True, 0)
    assert (found.start, found.days) == (TODAY, 30)  # 21 November + 1m


@pytest.mark.parametrize(
    ("snooze", "due", "snoozed"),
    [
        ("2026-11-11", "2026-11-12", False),
        ("2026-11-12", "2026-11-12", False),
        ("2026-11-13", "2026-11-13", True),
        ("2027-01-15", "2027-01-15", True),
    ],
)
def test_snooze_puts_it_off(snooze: str, due: str, snoozed: bool) -> None:
    found = due_of(f"tier: 15\nsnooze: {snooze}")
    assert (found.due, found.snoozed) == (day(due), snoozed)
    # The cadence is as long as it was: the ratio is in lengths of it.
    assert found.ratio(TODAY) == Fraction((TODAY - day(due)).days, 31)


def test_snooze_puts_off_somebody_never_in_touch() -> None:
    assert due_of("tier: 15\nsnooze: 2026-12-01", None).due == day("2026-12-01")
    assert due_of("tier: 15\nsnooze: 2026-11-01", None).due == TODAY


@pytest.mark.parametrize("status", ["wanted", "dormant", "deceased"])
def test_only_active_ones(status: str) -> None:
    assert cadence_due(contact(card(f"tier: 5\nstatus: {status}")), LAST, TODAY, DEFAULTS) is None


def test_not_the_own_card() -> None:
    assert cadence_due(contact(card("tier: 5\nme: yes")), LAST, TODAY, DEFAULTS) is None


def test_never_is_no_date() -> None:
    assert cadence_due(contact(card("cadence: never")), LAST, TODAY, DEFAULTS) is None
    assert cadence_due(contact(card("cadence: never")), None, TODAY, DEFAULTS) is None


def test_past_the_year_9999_never_comes() -> None:
    assert cadence_due(contact(card("cadence: 9999y")), LAST, TODAY, DEFAULTS) is None
    # But who was never in touch is due today, however long the cadence.
    assert due_of("cadence: 9999y", None).due == TODAY


def test_on_the_last_day_of_the_calendar() -> None:
    found = cadence_due(contact(card("tier: 15")), None, date.max, DEFAULTS)
    assert found
    assert (found.due, found.ratio(date.max)) == (date.max, 0)


def test_as_it_resolves_today() -> None:
    person = contact(card("circles: [month, days]\nstatus: dormant"))
    settings = circles(month="1m", days="30d")
    assert str(cadence_of(person, day("2026-02-01"), TODAY, settings)) == "1m"
    # Never in touch: from today, 21 November; a month from there has 30 days, the first counts.
    assert str(cadence_of(person, None, TODAY, settings)) == "1m"
    assert str(cadence_of(person, None, day("2026-12-21"), settings)) == "30d"
    assert str(cadence_of(contact(card("cadence: never")), None, TODAY, settings)) == "never"
    assert cadence_of(contact(card()), None, TODAY, settings) is None
