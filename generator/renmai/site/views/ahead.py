"""What comes and goes with the days behind the build, so that pages are right without a new one.

The rules themselves are asked, on the days on which something can change (a turn); what they say
of such a day stands in the page until the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from renmai.model.records import Community, Contact, Event
from renmai.rules.facts import Facts
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.item import Given
from renmai.rules.followups.meetings import event_end
from renmai.rules.interactions import Interactions, attendees, interactions, people_of
from renmai.site.views import turns
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
    """The last day that a page can be read on and still be right."""
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


#: What follows from a book whatever the day, or is told of the day of the build on later ones too.
_LASTING = (
    *("relations", "introduced", "backlinks", "events_of", "communities_of"),
    *("matches", "matches_of"),
)
#: The follow-ups that the page of an event asks for.
_BY_MEETING = ("recontact", "card", "second_meeting")


class Ahead:
    """What follows from a book on the days behind the build."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.last = facts, last_day_ahead(facts.today)
        self._on: dict[date, Facts] = {}
        self._interactions: dict[date, Interactions] = {}

    @cached_property
    def changes(self) -> dict[str, set[date]]:
        """By the id of a contact, the days from which on other interactions of theirs count."""
        book, found = self.facts.book, dict[str, set[date]]()
        for record in book.records:
            for entry in record.log:
                if entry.in_touch and self._is_ahead(entry.day):
                    for contact in people_of(book, record, entry):
                        found.setdefault(contact.id, set()).add(entry.day)
        for event in book.events.values():
            days = {day for day in (event.date, event.end) if day and self._is_ahead(day)}
            for attendee in attendees(book, event) if days else ():
                if attendee.person.met and attendee.contact:
                    found.setdefault(attendee.contact.id, set()).update(days)
        return found

    def contact(self, contact: Contact) -> list[Facts]:
        """The facts of one contact on each day on which what is due with them can change."""
        if contact is self.facts.book.me:
            return []
        days = turns.of_contact(self.facts, contact, self.changes.get(contact.id, set()))
        return [self._of(contact, day) for day in self._ahead(days)]

    def story(self, contact: Contact) -> list[Facts]:
        """The facts of one contact on each day on which something is added to what happened."""
        days = set(self.changes.get(contact.id, ()))
        days.update(event.date for event in self.facts.events_of.get(contact.id, ()) if event.date)
        return [self._of(contact, day) for day in self._ahead(days)]

    def event(self, event: Event) -> list[Facts]:
        """The facts on each day on which an event's page can change."""
        met = [each for each in attendees(self.facts.book, event) if each.person.met]
        days = turns.of_event(self.facts, event, met)
        for each in met:
            days |= self.changes.get(each.contact.id, set()) if each.contact else set()
        return [self._at(day) for day in self._ahead(days)]

    def community(self, community: Community) -> list[Facts]:
        """The facts on each day on which a community's gatherings can change."""
        days = turns.of_community(self.facts, community, self.last)
        return [self._at(day) for day in self._ahead(days)]

    def _is_ahead(self, day: date) -> bool:
        return self.facts.today < day <= self.last

    def _ahead(self, days: Iterable[date]) -> list[date]:
        return sorted(filter(self._is_ahead, days))

    def _at(self, day: date) -> Facts:
        """The facts of a day ahead; of follow-ups those alone that a meeting leaves."""
        known = self._on.get(day)
        if known is None:
            made = self._lasting(Facts(self.facts.book, day, self.facts.settings), day)
            given = Given(made.book, day, made.settings, made.interactions)
            made.follow_ups = [item for kind in _BY_MEETING for item in KINDS[kind](given)]
            known = self._on[day] = made
        return known

    def _of(self, contact: Contact, day: date) -> Facts:
        """The facts of a day ahead, from one contact and the events that list it alone."""
        part = copy(self.facts.book)
        events = self.facts.events_of.get(contact.id, ())
        part.contacts, part.communities = {contact.id: contact}, {}
        part.events = {event.id: event for event in events}
        return self._lasting(Facts(part, day, self.facts.settings), day)

    def _lasting(self, made: Facts, day: date) -> Facts:
        for name in _LASTING:
            setattr(made, name, getattr(self.facts, name))
        made.interactions = self._interactions_on(day)
        return made

    def _interactions_on(self, day: date) -> Interactions:
        turned = max((at for days in self.changes.values() for at in days if at <= day), default=None)
        if turned is None:
            return self.facts.interactions
        if turned not in self._interactions:
            self._interactions[turned] = interactions(self.facts.book, turned)
        return self._interactions[turned]
