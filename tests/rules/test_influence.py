"""What one did that others can see, by quarter."""

from __future__ import annotations

import pytest

from tests.books import card, event, facts


def deeds(*log: str) -> dict[str, dict[str, list[str]]]:
    """By quarter and deed the words of the entries, those with none left out."""
    found = facts({"contacts/me": card("me: yes", *log)}).quarters
    return {
        quarter.name: {
            deed: [done.entry.text for done in all_done]
            for deed, all_done in quarter.deeds.items()
            if all_done
        }
        for quarter in found
    }


@pytest.mark.parametrize(
    ("kind", "deed"),
    [
        ("gave", "helped"),
        ("帮助", "helped"),
        ("intro", "helped"),
        ("output", "published"),
        ("案例", "cases"),
        ("collab", "collaborations"),
    ],
)
def test_what_each_kind_counts_as(kind: str, deed: str) -> None:
    assert deeds(f"2026-11-01 {kind}: x") == {"2026-Q4": {deed: ["x"]}}


@pytest.mark.parametrize("kind", ["meet", "call", "got", "asked", "gift", "note"])
def test_what_does_not_count(kind: str) -> None:
    assert deeds(f"2026-11-01 {kind}: x") == {}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2026-01-01", "2026-Q1"),
        ("2026-03-31", "2026-Q1"),
        ("2026-04-01", "2026-Q2"),
        ("2026-06-30", "2026-Q2"),
        ("2026-07-01", "2026-Q3"),
        ("2026-09-30", "2026-Q3"),
        ("2026-10-01", "2026-Q4"),
        ("2025-12-31", "2025-Q4"),
        ("0001-01-01", "0001-Q1"),
    ],
)
def test_the_borders_of_the_quarters(day: str, quarter: str) -> None:
    assert list(deeds(f"{day} output: x")) == [quarter]


def test_from_the_whole_book_the_first_first_and_not_ahead() -> None:
    found = facts(
        {
            "contacts/me": card("me: yes", "2026-11-21 output: b", "2026-11-22 output: c"),
            "contacts/li": card("", "2026-10-01 gave with [[me]]: a", "2026-02-01 gave: z"),
            "events/e": event("2026-11-01", "status: cancelled", log=["2026-11-02 case: d"]),
        }
    ).quarters
    assert [quarter.name for quarter in found] == ["2026-Q1", "2026-Q4"]
    assert [done.record for done in found[1].deeds["helped"]] == ["li"]
    assert [done.entry.text for done in found[1].deeds["published"]] == ["b"]
    assert [done.path for done in found[1].deeds["cases"]] == ["events/e.md"]
