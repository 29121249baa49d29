"""The months and the quarters up to a day, as they are named in figures: `2026-11`, `2026-Q4`."""

from __future__ import annotations

from datetime import date


def months_until(today: date, count: int) -> list[str]:
    """The last `count` months, that of `today` the last; fewer at the beginning of the calendar."""
    last = today.year * 12 + today.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(12, last - count + 1), last + 1)]


def quarters_until(today: date, count: int) -> list[str]:
    """The last `count` quarters, that of `today` the last; fewer at the calendar's beginning."""
    last = today.year * 4 + (today.month - 1) // 3
    return [f"{n // 4:04}-Q{n % 4 + 1}" for n in range(max(4, last - count + 1), last + 1)]
