"""The days on which something that follows from the book can change without a change to the book.

A day too many costs a moment; a day that is missing makes a page wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from renmai.model.records import Community, Contact, Event
from renmai.rules.facts import Facts
from renmai.rules.followups.meetings import event_end
from renmai.rules.interactions import Attendee
from renmai.rules.warmth import HALF_LIFE, LEVELS, warmth
from renmai.text.values import Duration

DAY = timedelta(days=1)
_YEAR = Duration(1, "y")
#: The days ahead that are looked at, and one more.
_MONTH = 32 * DAY
#: Whoever was so warm a year ago can be drifting apart.
_WARM = dict(LEVELS)["warm"]


def of_contact(facts: Facts, contact: Contact, met: Iterable[Event]) -> set[date]:
    """When a contact's due state, level or what waits for them can change.

    `met` are the events at which one met them, or agreed to meet again.
    """
    found = {*_cooling(facts, contact), *_drifting(facts, contact)}
    for item in facts.follow_ups_of.get(contact.id, ()):
        if item.kind not in ("cadence", "task"):
            # A promise that is due takes the place of a call; a birthday is over on the next day.
            found.update((*_appears(facts.settings.horizon, item.due), item.due, *_next(item.due)))
    for event in met:
        found |= of_meeting(facts, event)
    if contact.snooze:
        found.add(contact.snooze)
    first = contact.met.date.first_day if contact.met and contact.met.date else None
    if first and first.year >= facts.today.year - 2:
        # Within a year of it new people want meetings.
        found.update((first, *_next(_YEAR.after(first), 2)))
    return found


def of_event(facts: Facts, event: Event, met: Iterable[Attendee]) -> set[date]:
    """When an event's page can change: it begins, it is over, what it leaves to do is too old."""
    found = of_meeting(facts, event)
    for each in met:
        found.update(_next(each.person.next))
    return found


def of_community(facts: Facts, community: Community, last: date) -> set[date]:
    """When a community has gathered, and when it should have by now."""
    every = community.gather_every
    days = [event.date for event in facts.book.events_of(community) if not event.is_cancelled]
    found = {day for day in days if day and day <= last}
    since = community.since.first_day if community.since else None
    due = [every.after(day) for day in (*found, since) if day] if every else []
    return found.union(*(_next(day) for day in due))


def of_meeting(facts: Facts, event: Event) -> set[date]:
    """The days of an event, the day of the message, and the day that ends the reminding."""
    end, settings = event_end(event), facts.settings
    if event.date is None or end is None or event.is_cancelled:
        return set()
    due = settings.recontact_within.after(end)
    found = {event.date, end, *_next(end), *_next(settings.recontact_window.after(end))}
    return found | ({due, *_next(due)} if due else set())


def _appears(horizon: Duration, due: date) -> Iterator[date]:
    """The days one of which is the first from which on a day lies within the horizon."""
    first = horizon.before(due)
    if first is not None:
        yield first
        # Months are clamped: from the 29th to the 31st of a longer month one may reach as far.
        yield from _next(first, 3 if horizon.unit in "my" else 0)


def _next(day: date | None, count: int = 1) -> Iterator[date]:
    """The days behind a day."""
    for number in range(1, count + 1):
        if day is not None and day < date.max - count * DAY:
            yield day + number * DAY


def _cooling(facts: Facts, contact: Contact) -> Iterator[date]:
    """When the next lower level of warmth is reached."""
    value = facts.warmth(contact)
    yield from _halves(
        facts.today, value, next((least for _, least in LEVELS if value >= least), 0)
    )


def _drifting(facts: Facts, contact: Contact) -> Iterator[date]:
    """When somebody begins to drift apart, or was not close a year ago either.

    Today's warmth and that of a year ago fall alike, but where what happened a year ago comes in.
    """
    mine, then = facts.of(contact), _YEAR.before(facts.today)
    if contact.status != "active" or then is None or not mine or mine[-1].day > then + _MONTH:
        return
    coming = [each for each in mine if then < each.day <= then + _MONTH]
    before = warmth(mine, then)
    most = before + sum(each.weight for each in coming)
    # Within the month today's warmth keeps more than four fifths.
    if most < _WARM or facts.warmth(contact) > most / 4 / 0.8:
        return
    for each in coming:
        if again := _YEAR.after(each.day):
            yield from (again, *_next(again))
    yield from _halves(facts.today, before, _WARM)


def _halves(today: date, value: float, least: float) -> Iterator[date]:
    """When a warmth falls below `least`."""
    if 0 < least <= value < 4 * least:
        days = math.floor(HALF_LIFE * math.log2(value / least))
        # Further ahead nobody looks.
        if days <= _MONTH.days:
            yield from _next(today + days * DAY, 2)
