"""What held a year ago, as Circles compares it with today."""

from __future__ import annotations

import pytest

from renmai.rules.circles import year_ago
from renmai.rules.ledger import Balance
from renmai.settings import Circle, Settings
from tests.books import TODAY, card, facts

TWO = Settings(circles={"family": Circle(built_in=True), "work": Circle()})
FILES = {
    "contacts/a": card("circles: work", "2025-11-01 meet"),
    "contacts/b": card("circles: [work, family]", "2024-12-01 meet!", "2026-11-01 call"),
    "contacts/c": card("circles: work", "2024-11-20 call"),
    "contacts/d": card("circles: work\nstatus: dormant", "2025-11-01 call"),
    "contacts/me": card("circles: work\nme: yes", "2025-11-01 gave with [[c]]"),
}


def test_circles_on_a_day() -> None:
    known = facts(FILES, settings=TWO)
    then = year_ago(TODAY)
    assert then is not None
    family, work = known.census(then).circles
    # A year before that day is 2024-11-21: c had been called on the day before, and was helped.
    assert (work.active, work.in_touch) == (3, 3)
    assert (family.active, family.in_touch) == (1, 1)
    now = known.census(TODAY).circles
    found = [(each.name, each.active, each.in_touch, each.cold) for each in now]
    assert found == [
        (each.name, len(each.active), len(each.in_touch), len(each.cold)) for each in known.circles
    ]
    assert known.circles[1].in_touch == ["b"]


def test_people_in_touch() -> None:
    known = facts(FILES, settings=TWO)
    then = year_ago(TODAY)
    assert then is not None
    assert known.census(TODAY).in_touch == 1  # b
    assert known.census(then).in_touch == 3  # a, b, c
    assert known.census(then).active == 3


@pytest.mark.parametrize(
    ("gave", "asked", "times"),
    [(0, 0, 2), (1, 0, 1), (2, 0, 0), (2, 1, 1), (3, 1, 0), (4, 2, 1), (0, 1, 3), (9, 0, 0)],
)
def test_how_often_to_give_first(gave: int, asked: int, times: int) -> None:
    mine = Balance(gave=gave, asked=asked)
    assert mine.until_ready == times
    assert mine.ready_to_ask == (times == 0)
    assert Balance(gave=gave + times, asked=asked).ready_to_ask


def test_what_one_owes() -> None:
    assert Balance(gave=1, got=3).owed == 2
    assert Balance(gave=3, got=3).owed == 0
    assert Balance(gave=4, got=3).owed == 0
