"""How warm a tie was over time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.rules.course import STEP, Course, course, since
from renmai.rules.interactions import Interaction
from renmai.rules.warmth import warmth
from tests.books import TODAY, day


def touch(on: str | date, kind: str = "call", deep: bool = False) -> Interaction:
    when = day(on) if isinstance(on, str) else on
    return Interaction(day=when, kind=kind, path="contacts/li.md", line=1, deep=deep)


def points(found: Course) -> list[tuple[date, float]]:
    days = [found.start + timedelta(after) for after in found.days]
    return list(zip(days, found.warmths, strict=True))


def told(found: Course) -> list[tuple[str, float]]:
    return [(on.isoformat(), round(value, 4)) for on, value in points(found)]


def test_it_jumps_and_fades() -> None:
    # A call weighs 2. 2^(−30/180) = 0.8909; 2^(−20/180) = 0.9259.
    found = course([touch("2026-10-02")], day("2026-09-30"), day("2026-11-21"))
    assert told(found) == [
        ("2026-09-30", 0),
        ("2026-10-02", 0),
        ("2026-10-02", 2),
        ("2026-11-01", 1.7818),
        ("2026-11-21", 1.6497),
    ]


def test_what_lies_before_the_first_day_counts_as_it_is_left() -> None:
    # A deep meeting (6) 180 days before the first day: half is left.
    start = day("2026-11-11")
    mine = [touch(start - timedelta(180), "meet", deep=True)]
    assert points(course(mine, start, start + timedelta(1)))[0] == (start, 3.0)


def test_several_of_one_day_are_one_jump() -> None:
    mine = [touch("2026-11-20"), touch("2026-11-20", "meet")]
    found = course(mine, day("2026-11-20"), day("2026-11-20"))
    assert told(found) == [("2026-11-20", 5)]
    found = course(mine, day("2026-11-19"), day("2026-11-20"))
    assert told(found) == [("2026-11-19", 0), ("2026-11-20", 0), ("2026-11-20", 5)]


def test_what_comes_after_the_last_day_does_not_count() -> None:
    assert told(course([touch("2026-11-22")], TODAY, TODAY)) == [("2026-11-21", 0)]


@pytest.mark.parametrize(
    ("first", "start"),
    [
        (None, None),
        ("2026-11-22", None),
        ("2026-11-21", "2025-11-21"),
        ("2025-11-21", "2025-11-21"),
        ("2025-11-20", "2024-11-21"),
        ("2010-01-01", "2024-11-21"),
    ],
)
def test_a_year_back_or_two(first: str | None, start: str | None) -> None:
    mine = [touch(first)] if first else []
    assert since(mine, TODAY) == (day(start) if start else None)


def test_in_the_first_year_of_the_calendar() -> None:
    assert since([touch("0001-01-02")], day("0001-03-01")) == date.min


AGES = st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=12)


@given(AGES)
def test_it_is_the_warmth_of_every_day_that_it_names(ages: list[tuple[int, bool]]) -> None:
    mine = [touch(TODAY - timedelta(age), deep=deep) for age, deep in ages]
    start = TODAY - timedelta(730)
    found = points(course(mine, start, TODAY))
    assert found[0][0] == start
    assert found[-1][0] == TODAY
    last = dict(found)  # behind the jump of the day
    for on, value in last.items():
        assert value == pytest.approx(warmth(mine, on), abs=1e-9)
    days = [on for on, _ in found]
    assert days == sorted(days)
    gaps = [(b - a).days for a, b in pairwise(days)]
    assert max(gaps) <= STEP
