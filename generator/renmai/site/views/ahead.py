"""What comes and goes with the days behind the build, so that pages are right without a new one.

The rules themselves are asked, on the days on which something can change (a turn); what they say
of such a day stands in the page until the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from msgspec import structs

from renmai.model.records import Community, Contact, Event
from renmai.rules.facts import Facts
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.item import Given
from renmai.rules.interactions import Interactions, attendees, interactions, people_of
from renmai.site.views import turns
from renmai.text.values import shift

#: For how many days behind the build a page is right by itself.
DAYS_AHEAD = 31

#: The kinds whose items come and go with the days of an event; gatherings, with those of many.
_BY_EVENT = ("recontact", "card", "checklist")
#: Those that do so when somebody is met at one, or need no longer be written to.
_BY_MEETING = ("follow_up", "second_meeting", "cadence")

DAY = timedelta(days=1)

#: A follow-up whatever the day: kind, id, event, path, line, due.
Key = tuple[str, str, str | None, str, int, date]


class Span(NamedTuple):
    """A follow-up with the first and the last day on which it arises, where they are bounded."""

    item: FollowUp
    since: date | None = None
    until: date | None = None


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

    def key_of(self, item: FollowUp) -> Key:
        """What tells a follow-up from others, whatever the day."""
        due = item.due if self.rolling(item) is None else date.min
        return item.kind, item.id, item.about, item.path, item.line, due

    def rolling(self, item: FollowUp) -> int | None:
        """In how many days it is due on whatever day, where nothing happened to count from."""
        if item.reason == "cadence.never":
            return 0
        if item.reason != "gathering.first":
            return None
        since = self.facts.book.communities[item.id].since
        return None if since and since.first_day else (item.due - item.today).days

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

    @cached_property
    def _changing(self) -> set[date]:
        return set().union(*self.changes.values())

    @cached_property
    def spans(self) -> dict[Key, Span]:
        """The follow-ups that come or go in the days ahead, with the first or the last of theirs.

        And those that a promise hides now (rules.md: one person, one call), and will not then.
        """
        events = self._turning_events
        left = self._left_by(events, self.facts.today)
        before = self._turning(self.facts.today, left)
        found = {
            key: Span(item)
            for key, item in before.items()
            if item.kind == "cadence" and key not in map(self.key_of, self._due_with(item.id))
        }
        for day in self._ahead({*self._changing, *chain.from_iterable(self._turns.values())}):
            is_stirred = day in self._changing
            turn = {id for id in events if is_stirred or day in self._turns.get(id, ())}
            left |= self._left_by({id: events[id] for id in turn}, day)
            here = self._turning(day, left)
            for key in here.keys() - before.keys():
                found[key] = Span(here[key], since=day)
            for key in before.keys() - here.keys():
                since = found[key].since if key in found else None
                found[key] = Span(before[key], since, day - DAY)
            # What is always due today keeps the first day on which it was.
            before = {key: before.get(key, item) for key, item in here.items()}
        return found

    def _due_with(self, id: str) -> list[FollowUp]:
        return self.facts.follow_ups_of.get(id, [])

    @cached_property
    def _turns(self) -> dict[str, list[date]]:
        """By the id of an event, the days ahead on which what it leaves to do can change."""
        events = self.facts.book.events.values()
        found = ((each.id, self._ahead(turns.of_meeting(self.facts, each))) for each in events)
        return {id: days for id, days in found if days}

    @cached_property
    def _stirred(self) -> dict[str, Contact]:
        """The people with whom not the same is left to do on all days ahead."""
        facts = self.facts
        ids = {item.id for item in facts.follow_ups_of_kind("recontact")} | set(self.changes)
        return {id: facts.book.contacts[id] for id in ids}

    @cached_property
    def _turning_events(self) -> dict[str, Event]:
        """The events that leave not the same to do on all days ahead, or to those people."""
        book = self.facts.book
        found = {id: book.events[id] for id in self._turns} | self._stirring
        people = (each.contact for event in found.values() for each in attendees(book, event))
        self.facts.expect({*self._stirred, *(each.id for each in people if each)})
        return found

    @cached_property
    def _stirring(self) -> dict[str, Event]:
        events_of = self.facts.events_of
        return {event.id: event for id in self._stirred for event in events_of.get(id, ())}

    def _left_by(self, events: Mapping[str, Event], day: date) -> dict[str, dict[Key, FollowUp]]:
        """By its id, what each event leaves to do on a day."""
        book, found = copy(self.facts.book), dict[str, dict[Key, FollowUp]]()
        given = Given(book, day, self.facts.settings, self._interactions_on(day))
        for id, event in events.items():
            book.events = {id: event}
            items = [item for kind in _BY_EVENT for item in KINDS[kind](given)]
            found[id] = {self.key_of(item): item for item in items}
        return found

    def _turning(
        self, day: date, left: Mapping[str, Mapping[Key, FollowUp]]
    ) -> dict[Key, FollowUp]:
        """What there is to do on a day, as far as the days of events decide it.

        `left` is what each event leaves to do.
        """
        facts, met = self.facts, copy(self.facts.book)
        met.contacts, met.events = self._stirred, self._stirring
        given = Given(facts.book, day, facts.settings, self._interactions_on(day))
        items = list(KINDS["gathering"](given))
        given = structs.replace(given, book=met)
        items += [item for kind in _BY_MEETING for item in KINDS[kind](given)]
        found = {self.key_of(item): item for item in items}
        for mine in left.values():
            found |= mine
        return found

    def contact(self, contact: Contact) -> list[Facts]:
        """The facts of one contact on each day on which what is due with them can change."""
        id, known = self._asked
        if id != contact.id:
            days = turns.of_contact(self.facts, contact, self._met.get(contact.id, ()))
            days |= self.changes.get(contact.id, set())
            is_me = contact is self.facts.book.me
            known = [] if is_me else [self._of(contact, day) for day in self._ahead(days)]
            self._asked = contact.id, known
        return known

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
            with self.facts.aside():
                made = self._lasting(Facts(self.facts.book, day, self.facts.settings), day)
                given = Given(made.book, day, made.settings, made.interactions)
                made.follow_ups = [item for kind in _LEFT_BY_MEETING for item in KINDS[kind](given)]
            known = self._on[day] = made
        return known

    def _of(self, contact: Contact, day: date) -> Facts:
        """The facts of a day ahead, of one contact alone and the events that leave them to do."""
        part = copy(self.facts.book)
        part.contacts, part.communities = {contact.id: contact}, {}
        part.events = {event.id: event for event in self._met.get(contact.id, ())}
        return self._lasting(Facts(part, day, self.facts.settings), day)

    @cached_property
    def _met(self) -> dict[str, list[Event]]:
        """By the id of a contact, the events at which they were met, or agreed to meet again.

        With nobody else in them, and without tasks: so the rules are quick to ask of one contact.
        """
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
        made.interactions = self._interactions_on(day)
        return made

    def _interactions_on(self, day: date) -> Interactions:
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
