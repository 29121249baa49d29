"""Open tasks: those with a due date, and the checklists of events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from renmai.model.records import Contact, Event
from renmai.rules.followups.item import FollowUp, Given

_DAY = timedelta(days=1)


def tasks(given: Given) -> Iterator[FollowUp]:
    """Each open task with a due date, in any file but the checklist of a phase."""
    for record in given.book.records:
        if isinstance(record, Contact) and record.status == "deceased":
            continue
        if isinstance(record, Event) and record.is_cancelled:
            continue
        for task in record.tasks:
            if not task.done and not task.phase and task.due is not None:
                yield FollowUp(
                    kind="task",
                    id=record.id,
                    title=task.text,
                    what=given.book.readable(task.without_due),
                    due=task.due,
                    today=given.today,
                    path=record.path,
                    line=task.line,
                    reason="task",
                    args={"record": record.label},
                )


def checklists(given: Given) -> Iterator[FollowUp]:
    """Each open task of an event's phase, while that phase lasts."""
    for event in given.book.events.values():
        if event.is_cancelled or event.date is None:
            continue
        for task in event.tasks:
            if task.done or not task.phase or not _lasts(given, event, task.phase):
                continue
            due = task.due or _default_due(event, task.phase)
            if due is not None:
                yield FollowUp(
                    kind="checklist",
                    id=event.id,
                    title=task.text,
                    what=given.book.readable(task.without_due),
                    due=due,
                    today=given.today,
                    path=event.path,
                    line=task.line,
                    reason=f"checklist.{task.phase}",
                    args={"event": event.label},
                )


def _lasts(given: Given, event: Event, phase: str) -> bool:
    """Before: up to and on its date. During: on its days. After: from its end, in the window."""
    start, today = event.date, given.today
    if start is None:
        return False
    end = event.end or start
    if phase == "before":
        return today <= start
    if phase == "during":
        return start <= today <= end
    return today >= end and given.settings.recontact_window.reaches(end, today)


def _default_due(event: Event, phase: str) -> date | None:
    start = event.date
    if start is None:
        return None
    try:
        if phase == "before":
            return start - _DAY
        return start if phase == "during" else (event.end or start) + _DAY
    except OverflowError:
        return None
