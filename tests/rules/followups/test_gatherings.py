"""When a community should gather again."""

from __future__ import annotations

import pytest

from renmai.text.values import Duration
from tests.books import community, day, due, event, rows

EVERY = "role: owner\ngather_every: 2m"


def tea(front: str = EVERY, **events: str) -> dict[str, str]:
    """A community, and events of it by id: their date and what else."""
    files = {"communities/tea": community(front)}
    for id, written in events.items():
        held, _, more = written.partition(" ")
        files[f"events/{id}"] = event(held, f"community: tea\n{more}")
    return files


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (tea(a="2026-10-01"), "2026-12-01"),
        (tea(a="2026-10-01", b="2026-08-01"), "2026-12-01"),
        (tea(f"{EVERY}\nsince: 2026", a="2026-11-21"), "2027-01-21"),  # today is no future
        (tea(a="2026-11-22"), None),
        (tea(a="2026-10-01", b="2026-11-22"), None),
        (tea(a="2026-10-01", b="2026-11-22 status: cancelled"), "2026-12-01"),
        (tea(a="2026-10-01", b="2026-11-01 status: cancelled"), "2026-12-01"),
        (tea(a="2026-10-01", b="2026-11-01 status: considering"), "2027-01-01"),
        (tea(a="2026-10-01 end: 2026-10-09"), "2026-12-01"),  # from its date
        (tea(a="2026-12-31 status: cancelled"), "2027-01-21"),  # from today
        (tea(), "2027-01-21"),
        (tea(f"{EVERY}\nsince: 2026-10-05"), "2026-12-05"),
        (tea(f"{EVERY}\nsince: 2026-10"), "2026-12-01"),
        (tea(f"{EVERY}\nsince: 2026"), "2026-03-01"),
        (tea(f"{EVERY}\nsince: --10-05"), "2027-01-21"),  # no year: as if it were absent
        (tea(f"{EVERY}\nsince: 2026", a="2026-10-01"), "2026-12-01"),
        (tea("role: admin\ngather_every: 1m", a="2025-12-31"), "2026-01-31"),
        (tea("role: owner\ngather_every: 1m", a="2026-01-31"), "2026-02-28"),
        (tea("role: owner\ngather_every: never", a="2026-01-31"), None),
        (tea("role: owner\ngather_every: 9999y", a="2026-01-31"), None),
        (tea("role: owner", a="2026-01-31"), None),
        (tea("role: member\ngather_every: 1m"), None),
        (tea("role: observer\ngather_every: 1m"), None),
        (tea("gather_every: 1m"), None),
        (tea(f"{EVERY}\nleft: 2026-10"), None),
        (tea(f"{EVERY}\nleft: 2027"), None),
    ],
)
def test_when(files: dict[str, str], expected: str | None) -> None:
    assert rows(files, "gathering") == ([("tea", expected)] if expected else [])


def test_events_of_another_do_not_count() -> None:
    files = tea(a="2026-10-01")
    files["communities/other"] = community()
    files["events/b"] = event("2026-11-22", "community: other")
    assert rows(files, "gathering") == [("tea", "2026-12-01")]


def test_from_what_and_where() -> None:
    (item,) = due(tea(a="2026-10-01"), "gathering")
    assert (item.title, item.path, item.line) == ("C", "communities/tea.md", 4)
    assert (item.reason, item.args) == (
        "gathering.last",
        {"day": day("2026-10-01"), "every": Duration(2, "m")},
    )
    (item,) = due(tea(), "gathering")
    assert item.reason == "gathering.first"
