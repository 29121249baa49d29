"""Birthdays and anniversaries."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.rules.calendar import next_occurrence
from renmai.rules.followups.item import FollowUp, Given
from renmai.text.values import Birthday, LunarDate


def birthdays(given: Given) -> Iterator[FollowUp]:
    """The next birthday and anniversaries of every active contact; never overdue."""
    for contact in given.book.others:
        if contact.status != "active":
            continue
        kept: list[tuple[Birthday, int, str | None]] = [
            (each.date, each.line, each.what or "") for each in contact.dates if each.date
        ]
        if contact.birthday is not None:
            kept.append((contact.birthday, contact.line_of("birthday"), None))
        for value, line, what in kept:
            due = next_occurrence(value, given.today)
            if due is None:
                continue
            years = due.year - value.year if value.year else 0
            yield FollowUp(
                kind="birthday",
                id=contact.id,
                title=contact.label,
                due=due,
                today=given.today,
                path=contact.path,
                line=line,
                reason=_reason(value, years, what),
                args={"value": value, "n": years, "what": what or ""},
            )


def _reason(value: Birthday, years: int, what: str | None) -> str:
    if what is not None:
        return "birthday.date" if what else "birthday.nameless"
    if isinstance(value, LunarDate):
        return "birthday.lunar"
    return "birthday.age" if years > 0 else "birthday.plain"
