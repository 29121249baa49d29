"""What comes and goes with the days behind the build, so that pages are right without a new one.

The rules themselves are asked, on the days on which something can change (a turn); what they say
of such a day stands in the page until the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from functools import cached_property

from msgspec import structs

from renmai.model.records import Community, Contact, Event
from renmai.rules.facts import Facts
from renmai.rules.followups import KINDS
from renmai.rules.followups.item import Given
from renmai.rules.interactions import Interactions, attendees, interactions, people_of
from renmai.site.views import turns
from renmai.text.values import shift

#: For how many days behind the build a page is right by itself.
DAYS_AHEAD = 31


def last_day_ahead(today: date) -> date:
    """The last day that a page can be read on and still be right."""
    return shift(today, DAYS_AHEAD, "d") or date.max


#: What follows from a book whatever the day, or is told of the day of the build on later ones too.
_LASTING = "relations", "introduced", "backlinks", "events_of", "communities_of", "matches_of"
#: The follow-ups that the page of an event asks for.
_LEFT_BY_MEETING = ("recontact", "card", "second_meeting")


class Ahead:
    """What follows from a book on the days behind the build."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.last = facts, last_day_ahead(facts.today)
        self._on: dict[date, Facts] = {}
        #: Of the contact who was asked for last: the page asks, then the index.
        self._asked: tuple[str, list[Facts]] = ("", [])
        self._interactions: dict[date, Interactions] = {}

    @cached_property
    def changes(self) -> dict[str, set[date]]:
        """By the id of a contact, the days from which on other interactions of theirs count."""
        with self.facts.aside():
            return self._changes()

    def _changes(self) -> dict[str, set[date]]:
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
        id, known = self._asked
        if id != contact.id:
            days = turns.of_contact(self.facts, contact, self.met(contact))
            days |= self.changes.get(contact.id, set())
            known = [] if contact is self.facts.book.me else self._of(contact, days)
            self._asked = contact.id, known
        return known

    def story(self, contact: Contact) -> list[Facts]:
        """The facts of one contact on each day on which something is added to what happened."""
        days = set(self.changes.get(contact.id, ()))
        days.update(event.date for event in self.facts.events_of.get(contact.id, ()) if event.date)
        return self._of(contact, days)

    def event(self, event: Event) -> list[Facts]:
        """The facts on each day on which an event's page can change."""
        met = [each for each in attendees(self.facts.book, event) if each.person.met]
        days = turns.of_event(self.facts, event, met)
        for each in met:
            days |= self.changes.get(each.contact.id, set()) if each.contact else set()
        return [self._at(day) for day in self.sorted(days)]

    def community(self, community: Community) -> list[Facts]:
        """The facts on each day on which a community's gatherings can change."""
        days = turns.of_community(self.facts, community, self.last)
        return [self._at(day) for day in self.sorted(days)]

    def _is_ahead(self, day: date) -> bool:
        return self.facts.today < day <= self.last

    def sorted(self, days: Iterable[date]) -> list[date]:
        """Those of some days that are ahead, in order."""
        return sorted(filter(self._is_ahead, days))

    def _at(self, day: date) -> Facts:
        """The facts of a day ahead; of follow-ups those alone that a meeting leaves."""
        known = self._on.get(day)
        if known is None:
            with self.facts.aside():
                made = self._lasting(Facts(self.facts.book, day, self.facts.settings), day)
                given = Given(made.book, day, made.settings, made.interactions)
                made.follow_ups = [item for kind in _LEFT_BY_MEETING for item in KINDS[kind](given)]
            known = self._on[day] = made
        return known

    def _of(self, contact: Contact, days: Iterable[date]) -> list[Facts]:
        """The facts of one contact alone and the events that leave them to do, on days ahead."""
        ahead = self.sorted(days)
        if not ahead:
            return []
        part = copy(self.facts.book)
        part.contacts, part.communities = {contact.id: contact}, {}
        part.events = {event.id: event for event in self.met(contact)}
        return [self._lasting(Facts(part, day, self.facts.settings), day) for day in ahead]

    def met(self, contact: Contact) -> list[Event]:
        """The events at which somebody was met, or agreed to meet again.

        With nobody else in them, and without tasks: so the rules are quick to ask of one contact.
        """
        return self._met.get(contact.id, [])

    @cached_property
    def _met(self) -> dict[str, list[Event]]:
        with self.facts.aside():
            return self._meetings()

    def _meetings(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.facts.book.events.values():
            for attendee in attendees(self.facts.book, event):
                contact, person = attendee.contact, attendee.person
                if contact and (person.met or person.next):
                    alone = structs.replace(event, people=[person], tasks=[])
                    found.setdefault(contact.id, []).append(alone)
        return found

    def _lasting(self, made: Facts, day: date) -> Facts:
        for name in _LASTING:
            setattr(made, name, getattr(self.facts, name))
        made.interactions = self.interactions_on(day)
        return made

    def interactions_on(self, day: date) -> Interactions:
        """The interactions as they will be on a day ahead."""
        turned = max(
            (at for days in self.changes.values() for at in days if at <= day), default=None
        )
        if turned is None:
            return self.facts.interactions
        if turned not in self._interactions:
            # Of the others there are the same as on the day of the build.
            with self.facts.aside():
                part = interactions(self.facts.book.around(self.changes), turned)
            those = {id: part[id] for id in self.changes if id in part}
            self._interactions[turned] = self.facts.interactions | those
        return self._interactions[turned]
