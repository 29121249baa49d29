"""Is the circle narrowing: circles, outside share, evenness, new people."""

from __future__ import annotations

import math
from datetime import date

import pytest

from renmai.rules.circles import evenness, new_by_month, year_ago
from renmai.settings import Circle, Settings
from tests.books import TODAY, book, card, day, event, facts, met

THREE = Settings(
    circles={"family": Circle(built_in=True), "work": Circle(), "hobby": Circle(), "art": Circle()}
)
LATELY = "2026-11-01 call"
LONG_AGO = "2024-01-01 call"


@pytest.mark.parametrize(
    ("counts", "k", "value"),
    [
        ([], 4, 0),
        ([0, 0], 4, 0),
        ([3], 1, 1),
        ([], 1, 0),
        ([5], 4, 0),  # all in one of four: −1 ln 1
        ([1, 1], 4, 0.5),  # ln 2 / ln 4
        ([2, 2, 2, 2], 4, 1),
        ([1, 1, 0], 2, 1),
        # −(¾ ln ¾ + ¼ ln ¼) / ln 2 = 0.8113
        ([3, 1], 2, 0.8112781244591328),
    ],
)
def test_evenness(counts: list[int], k: int, value: float) -> None:
    assert evenness(counts, k) == pytest.approx(value, abs=1e-12)
    assert math.copysign(1, evenness(counts, k)) == 1  # never −0.0


def test_each_circle_of_the_settings_in_their_order() -> None:
    files = {
        "contacts/c": card("circles: [work, work, family]", LATELY),
        "contacts/a": card("circles: work", LONG_AGO),
        "contacts/b": card("circles: [work, elsewhere]"),
        "contacts/d": card("circles: work\nstatus: dormant", LATELY),
        "contacts/me": card("circles: work\nme: yes"),
    }
    found = {each.name: each for each in facts(files, settings=THREE).circles}
    assert list(found) == ["family", "work", "hobby", "art"]
    work = found["work"]
    assert (work.active, work.in_touch, work.cold) == (["a", "b", "c"], ["c"], ["a", "b"])
    assert (found["family"].active, found["family"].in_touch) == (["c"], ["c"])
    assert found["hobby"].active == []


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ("2025-11-21 call", True),  # today − 365
        ("2025-11-20 call", False),
        ("2026-11-21 call", True),
        ("2026-11-22 call", False),
        ("2026-11-01 note", False),
    ],
)
def test_in_touch_is_within_365_days(entry: str, counts: bool) -> None:
    known = facts({"contacts/li": card("circles: work", entry)}, settings=THREE)
    assert known.shape().outside_share == int(counts)


def test_in_touch_by_an_event() -> None:
    files = {
        "contacts/li": card("circles: work"),
        "events/e": event("2025-11-20", "end: 2025-11-21", met("li")),
    }
    assert facts(files, settings=THREE).shape().outside_share == 1


def test_outside_share_and_evenness() -> None:
    files = {
        "contacts/a": card("circles: family", LATELY),
        "contacts/b": card("circles: [family, work]", LATELY),
        "contacts/c": card("circles: elsewhere", LATELY),
        "contacts/d": card("", LATELY),
        "contacts/e": card("circles: hobby", LONG_AGO),
        "contacts/f": card("circles: hobby\nstatus: dormant", LATELY),
    }
    found = facts(files, settings=THREE).shape()
    # Of a, b, c, d one belongs to a circle that one was not born into.
    assert found.outside_share == 0.25
    # Memberships: family 2, work 1: −(⅔ ln ⅔ + ⅓ ln ⅓) / ln 4.
    expected = -(2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3)) / math.log(4)
    assert found.evenness == pytest.approx(expected)


def test_nobody() -> None:
    found = facts({"contacts/a": card("circles: work")}, settings=THREE).shape()
    assert (found.outside_share, found.evenness) == (0, 0)


def test_a_year_ago() -> None:
    files = {
        "contacts/a": card("circles: family", "2025-11-01 call"),
        "contacts/b": card("circles: work", "2024-12-01 call", "2025-11-22 call"),
    }
    known = facts(files, settings=THREE)
    then = year_ago(TODAY)
    assert then == day("2025-11-21")
    assert known.shape(then).outside_share == 0.5
    assert known.shape().outside_share == 1  # family was last in touch 385 days ago
    assert year_ago(day("2028-02-29")) == day("2027-02-28")
    assert year_ago(date.min) is None
    assert facts(files, date.min, THREE).shape().outside_share == 0


def test_new_people_by_month() -> None:
    fronts = {
        "a": "met: {date: 2026-11-05}",
        "b": "met: {date: 2026-11}",
        "c": "met: {date: 2026-02-01}",
        "d": "met: {date: 2026}",  # a year alone
        "e": "met: {date: --11-05}",
        "f": "met: {date: 2026-12-22}",  # after today: only a year alone is left out
        "g": "met: {date: 2026-11-01}\nstatus: wanted",
        "h": "",
    }
    read = book({f"contacts/{id}": card(front) for id, front in fronts.items()})
    assert new_by_month(read) == {"2026-02": ["c"], "2026-11": ["a", "b"], "2026-12": ["f"]}
