"""Months and quarters up to a day."""

from __future__ import annotations

from renmai.rules.spans import months_until, quarters_until
from tests.books import TODAY, day


def test_months() -> None:
    assert months_until(TODAY, 3) == ["2026-09", "2026-10", "2026-11"]
    assert months_until(day("2026-01-31"), 2) == ["2025-12", "2026-01"]
    assert len(months_until(TODAY, 24)) == 24
    assert months_until(TODAY, 24)[0] == "2024-12"


def test_quarters() -> None:
    assert quarters_until(TODAY, 2) == ["2026-Q3", "2026-Q4"]
    assert quarters_until(day("2026-03-31"), 2) == ["2025-Q4", "2026-Q1"]
    assert quarters_until(TODAY, 12)[0] == "2024-Q1"


def test_the_calendar_begins_in_the_year_1() -> None:
    assert months_until(day("0001-02-01"), 5) == ["0001-01", "0001-02"]
    assert quarters_until(day("0001-04-01"), 5) == ["0001-Q1", "0001-Q2"]
