"""What comes and goes with the days behind the build, so that Today is right without a new one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from renmai.rules.facts import Facts
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.item import Given
from renmai.rules.followups.meetings import event_end
from renmai.text.values import shift

#: For how many days behind the build a page is right by itself.
DAYS_AHEAD = 31

#: The kinds whose items come and go with the days of an event.
_BY_EVENT = ("recontact", "card", "checklist", "gathering")

DAY = timedelta(days=1)

#: A follow-up whatever the day: kind, id, event, path, line, due.
Key = tuple[str, str, str | None, str, int, date]


class Span(NamedTuple):
    """A follow-up with the first and the last day on which it arises, where they are bounded."""

    item: FollowUp
    since: date | None = None
    until: date | None = None


def key_of(item: FollowUp) -> Key:
    """What tells a follow-up from others, whatever the day."""
    return item.kind, item.id, item.about, item.path, item.line, item.due


def last_day_ahead(today: date) -> date:
    """The last day that a page of Today can be read on and still be right."""
    return shift(today, DAYS_AHEAD, "d") or date.max


def spans(facts: Facts) -> dict[Key, Span]:
    """What comes and goes with events in the days ahead: with its first day, its last one, or both.

    The rules themselves are asked, on the days on which an event begins, ends or is too long ago.
    """
    found: dict[Key, Span] = {}
    before: dict[Key, FollowUp] = {}
    for day in [facts.today, *_turns(facts, last_day_ahead(facts.today))]:
        given = Given(facts.book, day, facts.settings, facts.interactions)
        here = {key_of(item): item for kind in _BY_EVENT for item in KINDS[kind](given)}
        if day > facts.today:
            for key in here.keys() - before.keys():
                found[key] = Span(here[key], since=day)
            for key in before.keys() - here.keys():
                since = found[key].since if key in found else None
                found[key] = Span(before[key], since, day - DAY)
        before = here
    return found


def _turns(facts: Facts, last: date) -> list[date]:
    """The days until `last` on which what an event leaves to do can change."""
    window = facts.settings.recontact_window
    days: set[date] = set()
    for event in facts.book.events.values():
        end = event_end(event)
        if event.date is None or end is None or event.is_cancelled:
            continue
        days.update((event.date, end))
        days.update(day + DAY for day in (event.date, end, window.after(end)) if day and day < last)
    return sorted(day for day in days if facts.today < day <= last)
