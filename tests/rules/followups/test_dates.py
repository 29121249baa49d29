"""Birthdays and anniversaries."""

from __future__ import annotations

import pytest

from renmai.text.values import LunarDate, PartialDate
from tests.books import TODAY, card, day, due, facts, rows


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("birthday: 1985-11-21", ["2026-11-21"]),
        ("birthday: 1985-11-20", ["2027-11-20"]),
        ("birthday: 1985-11", []),
        ("birthday: 1985", []),
        ("birthday: --02-29", ["2027-02-28"]),
        ("birthday: lunar --01-01", ["2027-02-06"]),
        ("birthday: 2027-03-01", ["2027-03-01"]),
        (
            "dates: [{date: --12-01}, {date: 2020-12-02, what: wedding}]",
            ["2026-12-01", "2026-12-02"],
        ),
        ("dates: [{date: 2020-12, what: a month}]", []),
        ("dates: [{date: 2028-05-01}]", ["2028-05-01"]),
        ("birthday: --12-01\ndates: [{date: --12-01}]", ["2026-12-01", "2026-12-01"]),
    ],
)
def test_the_next_occurrence(front: str, expected: list[str]) -> None:
    assert rows({"contacts/li": card(front)}, "birthday") == [("li", each) for each in expected]


@pytest.mark.parametrize("status", ["wanted", "dormant", "deceased"])
def test_of_active_contacts_alone(status: str) -> None:
    front = f"status: {status}\nbirthday: --12-01\ndates: [{{date: --12-02}}]"
    assert rows({"contacts/li": card(front)}, "birthday") == []


def test_not_ones_own() -> None:
    assert rows({"contacts/me": card("me: yes\nbirthday: --12-01")}, "birthday") == []


def test_never_overdue() -> None:
    files = {"contacts/li": card("birthday: --02-29\ndates: [{date: --12-31}, {date: --01-01}]")}
    for year in (2024, 2026, 2027, 2028):
        for of_year in ("01-01", "02-28", "03-01", "12-31"):
            today = day(f"{year}-{of_year}")
            items = facts(files, today).follow_ups
            assert len(items) == 3
            assert all(item.days_overdue <= 0 for item in items)


@pytest.mark.parametrize(
    ("front", "reason", "n"),
    [
        ("birthday: 1985-12-01", "birthday.age", 41),
        ("birthday: 2026-12-01", "birthday.plain", 0),  # the day itself
        ("birthday: --12-01", "birthday.plain", 0),
        ("birthday: lunar 1985-01-01", "birthday.lunar", 42),
        ("dates: [{date: 2020-12-01, what: wedding}]", "birthday.date", 6),
        ("dates: [{date: 2020-12-01}]", "birthday.nameless", 6),
    ],
)
def test_its_reason(front: str, reason: str, n: int) -> None:
    (item,) = due({"contacts/li": card(front)}, "birthday")
    assert (item.reason, item.args["n"]) == (reason, n)


def test_its_line() -> None:
    front = "birthday: lunar --01-15\ndates:\n  - {date: --12-01, what: a}\n  - date: --12-02"
    items = due({"contacts/li": card(front)}, "birthday", TODAY)
    assert [item.line for item in items] == [5, 6, 3]
    assert items[2].args["value"] == LunarDate(None, 1, 15)
    assert items[0].args["value"] == PartialDate(None, 12, 1)
