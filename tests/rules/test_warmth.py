"""Warmth, its levels, drifting apart, and meetings wanted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from renmai.rules import warmth as subject
from renmai.rules.interactions import Interaction
from renmai.rules.warmth import is_drifting, level, meetings, meetings_needed, warmth
from renmai.text.log import KINDS
from tests.books import TODAY, card, contact, day, event, facts, met


def ago(days: int, kind: str = "meet", deep: bool = False, today: date = TODAY) -> Interaction:
    """An interaction so many days ago."""
    return Interaction(today - timedelta(days=days), kind, "contacts/li.md", 1, deep=deep)


@pytest.mark.parametrize(
    ("kind", "weight"),
    [
        ("meet", 3),
        ("call", 2),
        ("message", 1),
        ("gave", 3),
        ("got", 3),
        ("asked", 1),
        ("intro", 3),
        ("gift", 2),
        ("event", 3),
    ],
)
def test_the_weight_of_each_kind_twice_when_deep(kind: str, weight: int) -> None:
    assert warmth([ago(0, kind)], TODAY) == weight
    assert warmth([ago(0, kind, deep=True)], TODAY) == 2 * weight


def test_every_kind_that_is_in_touch_has_a_weight() -> None:
    assert {kind.name for kind in KINDS.values() if kind.in_touch} == {
        *("meet", "call", "message", "gave", "got", "asked", "intro", "gift")
    }
    assert all(bool(kind.weight) == kind.in_touch for kind in KINDS.values())


def test_it_halves_in_180_days() -> None:
    assert warmth([ago(180)], TODAY) == 1.5
    assert warmth([ago(360)], TODAY) == 0.75
    assert warmth([ago(179)], TODAY) > 1.5 > warmth([ago(181)], TODAY)


def test_it_is_a_sum() -> None:
    # 3·½ + 2·1 + 2·1·¼ = 4
    mine = [ago(180), ago(0, "call"), ago(360, "message", deep=True)]
    assert warmth(mine, TODAY) == 4


def test_what_is_dated_after_the_day_counts_nothing() -> None:
    assert warmth([ago(-1), ago(0, "call")], TODAY) == 2
    assert warmth([ago(0)], TODAY - timedelta(days=1)) == 0
    assert warmth([], TODAY) == 0


def test_age_is_in_days_in_a_leap_year_too() -> None:
    # 3 September 2023 to 1 March 2024: 27 + 31 + 30 + 31 + 31 + 29 + 1 = 180 days.
    mine = [Interaction(day("2023-09-03"), "meet", "contacts/li.md", 1)]
    assert warmth(mine, day("2024-03-01")) == 1.5
    # In 2023 there is no 29 February, so the same dates are 179 days apart.
    mine = [Interaction(day("2022-09-03"), "meet", "contacts/li.md", 1)]
    assert warmth(mine, day("2023-03-01")) == 3 * 2 ** (-179 / 180)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (6, "hot"),
        (5.999999999, "warm"),
        (2, "warm"),
        (1.999999999, "cool"),
        (0.5, "cool"),
        (0.499999999, "cold"),
        (0, "cold"),
    ],
)
def test_the_borders_of_the_levels(value: float, name: str) -> None:
    assert level(value) == name


@pytest.mark.parametrize(
    ("mine", "name"),
    [
        ([ago(0), ago(0)], "hot"),  # 3 + 3 = 6
        ([ago(180)] * 4, "hot"),  # 4 · 1.5 = 6
        ([ago(180)] * 3 + [ago(181)], "warm"),
        ([ago(0, "gift")], "warm"),  # 2
        ([ago(1, "gift")], "cool"),
        ([ago(180, "message")], "cool"),  # 1 · ½
        ([ago(360, "call")], "cool"),  # 2 · ¼
        ([ago(181, "message")], "cold"),
    ],
)
def test_levels_by_the_exact_value(mine: list[Interaction], name: str) -> None:
    assert level(warmth(mine, TODAY)) == name


@pytest.mark.parametrize(
    ("before", "now", "drifts"),
    [
        (8, 2, True),
        (8, 2.000001, False),
        (2, 0.5, True),
        (1.999999, 0.1, False),
        (2, 0, True),
        (8, 9, False),
    ],
)
def test_the_borders_of_drifting(
    monkeypatch: pytest.MonkeyPatch, before: float, now: float, drifts: bool
) -> None:
    values = {day("2025-11-21"): before, TODAY: now}
    monkeypatch.setattr(subject, "warmth", lambda mine, day: values[day])
    assert is_drifting(contact(card()), [], TODAY) is drifts


def test_drifting_by_interactions() -> None:
    # A year ago, 365 days: 54 (nine deep meetings on that day); now 54 · 2^(-365/180) = 13.246.
    # A message a day later is worth 2^(-364/180) = 0.246: 13.492, and a quarter is 13.5.
    year_ago = [ago(365, deep=True)] * 9
    assert is_drifting(contact(card()), [*year_ago, ago(364, "message")], TODAY)
    # With eight: 48, of which 11.774 + 0.246 = 12.020 is left, and a quarter is 12.
    assert not is_drifting(contact(card()), [*year_ago[1:], ago(364, "message")], TODAY)


def test_who_was_never_warm_does_not_drift() -> None:
    assert is_drifting(contact(card()), [ago(365, "call")], TODAY)  # 2 a year ago
    assert not is_drifting(contact(card()), [ago(366, "call")], TODAY)  # a little less
    assert not is_drifting(contact(card()), [], TODAY)


def test_a_year_before_29_february_is_28_february() -> None:
    leap_day = day("2028-02-29")
    on_28 = Interaction(day("2027-02-28"), "call", "contacts/li.md", 1)
    on_1 = Interaction(day("2027-03-01"), "call", "contacts/li.md", 1)
    assert is_drifting(contact(card()), [on_28], leap_day)
    assert not is_drifting(contact(card()), [on_1], leap_day)


@pytest.mark.parametrize("status", ["wanted", "dormant", "deceased"])
def test_only_active_ones_drift(status: str) -> None:
    assert not is_drifting(contact(card(f"status: {status}")), [ago(365)], TODAY)


def test_before_the_first_year_nobody_drifts() -> None:
    assert not is_drifting(contact(card()), [], date.min)
    assert meetings_needed(contact(card("met: {date: 0001-01-01}")), [], date.min) == 0


def test_meetings_are_those_in_person() -> None:
    kinds = ["meet", "event", "call", "message", "gave", "got", "asked", "intro", "gift"]
    assert meetings([ago(0, kind) for kind in kinds]) == 2


@pytest.mark.parametrize(
    ("since", "held", "needed"),
    [
        ("2025-11-21", 0, 3),  # a year ago to the day is within a year
        ("2025-11-20", 0, 0),
        ("2026-11-21", 1, 2),
        ("2026-11-22", 0, 0),  # not met yet
        ("2026-05", 2, 1),
        ("2026-05", 3, 0),
        ("2026-05", 4, 0),
        ("2026", 0, 3),
        ("2025", 0, 0),  # counted from 1 January 2025
        ("--11-21", 0, 0),
    ],
)
def test_a_new_person_wants_three_meetings(since: str, held: int, needed: int) -> None:
    person = contact(card(f"met: {{date: {since}}}"))
    assert meetings_needed(person, [ago(0)] * held, TODAY) == needed


def test_nobody_needs_meetings_who_was_met_nowhere() -> None:
    assert meetings_needed(contact(card()), [], TODAY) == 0
    assert meetings_needed(contact(card("met: {at: somewhere}")), [], TODAY) == 0


def test_a_year_after_29_february() -> None:
    person = contact(card("met: {date: 2028-02-29}"))
    assert meetings_needed(person, [], day("2029-02-28")) == 3
    assert meetings_needed(person, [], day("2029-03-01")) == 0  # a year before: 1 March 2028


def test_warmth_of_a_book() -> None:
    # A deep meeting today 6, behind `with` 1.5 at 180 days (25 May), met at an event today 3.
    files = {
        "contacts/li": card("", "2026-11-21 meet!"),
        "contacts/me": card("me: yes", "2026-05-25 meet with [[li]]"),
        "events/e": event("2026-11-21", "", met("li")),
    }
    known = facts(files)
    li = known.book.contacts["li"]
    assert known.warmth(li) == 10.5
    assert known.level(li) == "hot"
    assert known.meetings(li) == 3
    me = known.book.contacts["me"]
    assert (known.warmth(me), known.level(me)) == (0, "cold")
