"""All that follows from a book on one day, each part computed when it is first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cached_property

from renmai.model.book import Book
from renmai.model.records import Community, Contact, Event, Record
from renmai.problems import Problem
from renmai.rules import relations, warmth
from renmai.rules.cadence import cadence_of
from renmai.rules.checks import book_problems
from renmai.rules.circles import (
    Census,
    CircleState,
    Member,
    Shape,
    active_contacts,
    census,
    circle_states,
    circles_of,
    days_in_touch,
    in_touch,
)
from renmai.rules.communities import Health, health
from renmai.rules.events import Readiness, Yield, readiness, yielded
from renmai.rules.followups import FollowUp, follow_ups
from renmai.rules.influence import Quarter, quarters
from renmai.rules.interactions import Interaction, Interactions, attendees, interactions
from renmai.rules.ledger import Balance, balance, book_balance
from renmai.rules.matches import Matches, by_person, matches
from renmai.rules.paths import Net
from renmai.rules.ties import Ties, ties, weights_by_id
from renmai.rules.warmth import Level
from renmai.settings import Settings
from renmai.text.values import Duration


class Facts:
    """A book, a day and settings, and what follows from them."""

    def __init__(self, book: Book, today: date, settings: Settings) -> None:
        self.book, self.today, self.settings = book, today, settings
        self._warmth: dict[str, float] = {}
        self._drifting: dict[str, bool] = {}

    def aside(self) -> AbstractContextManager[None]:
        """Within it things are worked out for all who will ask, not for who asks first."""
        return nullcontext()

    @cached_property
    def interactions(self) -> Interactions:
        """The interactions of every contact but the own card, newest first."""
        return interactions(self.book, self.today)

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        """Every follow-up, however far ahead, in order."""
        return follow_ups(self.book, self.today, self.settings, self.interactions)

    def follow_ups_until(self, day: date) -> list[FollowUp]:
        """The follow-ups that are due by a day, in order."""
        return [item for item in self.follow_ups if item.due <= day]

    def follow_ups_of_kind(self, kind: str) -> list[FollowUp]:
        """The follow-ups of one kind, in order."""
        return [item for item in self.follow_ups if item.kind == kind]

    @cached_property
    def follow_ups_of(self) -> dict[str, list[FollowUp]]:
        """The follow-ups by the id that they are about."""
        found: dict[str, list[FollowUp]] = {}
        for item in self.follow_ups:
            found.setdefault(item.id, []).append(item)
        return found

    @cached_property
    def book_problems(self) -> list[Problem]:
        """The problems that only the whole book can show."""
        return book_problems(self.book, self.today, self.settings)

    @cached_property
    def relations(self) -> relations.Relations:
        return relations.relations(self.book)

    @cached_property
    def introduced(self) -> dict[str, list[str]]:
        return relations.introduced(self.book)

    @cached_property
    def backlinks(self) -> dict[str, list[Record]]:
        return relations.backlinks(self.book)

    @cached_property
    def events_of(self) -> dict[str, list[Event]]:
        """By the id of a contact, the events that list it, by date, then id; none cancelled."""
        found: dict[str, list[Event]] = {}
        events = self.book.events.values()
        for event in sorted(events, key=lambda each: (each.date or date.min, each.id)):
            for attendee in attendees(self.book, event):
                if attendee.contact:
                    found.setdefault(attendee.contact.id, []).append(event)
        return found

    @cached_property
    def communities_of(self) -> dict[str, list[Community]]:
        """By the id of a contact, the communities that list it, by id."""
        found: dict[str, list[Community]] = {}
        for community in sorted(self.book.communities.values(), key=lambda each: each.id):
            ids = {contact.id for ref in community.members if (contact := self.book.contact(ref))}
            for id in ids:
                found.setdefault(id, []).append(community)
        return found

    @cached_property
    def ties(self) -> Ties:
        """Every tie between two contacts."""
        return ties(self.book, self.today, self.relations)

    @cached_property
    def tied(self) -> Mapping[str, Mapping[str, float]]:
        """By the id of a contact, whom they are tied to and how strongly."""
        return weights_by_id(self.ties)

    @cached_property
    def net(self) -> Net:
        """The graph in which paths are looked for."""
        return Net(self.book, self.ties, self.tied, self.warmth)

    @cached_property
    def matches(self) -> Matches:
        return matches(self.book, self.today, self.relations, self.warmth)

    @cached_property
    def matches_of(self) -> Mapping[str, Matches]:
        """By the id of a contact or of the own card, the matches that they are in."""
        return by_person(self.matches)

    @cached_property
    def circles(self) -> list[CircleState]:
        """Every circle of the settings, in their order."""
        return circle_states(self.book, self.settings, self.interactions, self.today, self.level)

    def census(self, day: date) -> Census:
        """The active contacts as they were in touch on a day; who is cold is so today."""
        people = active_contacts(self.book)
        touched = {each.id for each in in_touch(people, self.interactions, day)}
        members = Counter(
            Member(
                tuple(circles_of(each, self.settings)),
                each.id in touched,
                self.level(each) == "cold",
            )
            for each in people
        )
        return census(members, self.settings)

    @cached_property
    def days_in_touch(self) -> Counter[date]:
        """How often one was in touch with somebody, by day."""
        return days_in_touch(self.interactions)

    @cached_property
    def quarters(self) -> list[Quarter]:
        """The quarters in which one did something that others can see, the first first."""
        return quarters(self.book, self.today)

    @cached_property
    def drifting(self) -> list[Contact]:
        """Everybody who is drifting apart, by id."""
        found = [contact for contact in self.book.others if self.is_drifting(contact)]
        return sorted(found, key=lambda contact: contact.id)

    def shape(self, day: date | None = None) -> Shape:
        """Outside share and evenness, today or on an earlier day."""
        return self.census(day or self.today).shape

    @cached_property
    def wanted(self) -> list[Contact]:
        """Those one wants to meet, by id."""
        found = [contact for contact in self.book.others if contact.status == "wanted"]
        return sorted(found, key=lambda contact: contact.id)

    @cached_property
    def balances(self) -> dict[str, Balance]:
        """By id, everybody with whom something was given, got or asked."""
        found = ((contact.id, self.balance(contact)) for contact in self.book.others)
        return {id: balance for id, balance in found if not balance.is_empty}

    @cached_property
    def book_balance(self) -> Balance:
        return book_balance(self.interactions)

    def of(self, contact: Contact) -> list[Interaction]:
        """The interactions of a contact, newest first; none for the own card."""
        return self.interactions.get(contact.id, [])

    def last_contact(self, contact: Contact) -> date | None:
        mine = self.of(contact)
        return mine[0].day if mine else None

    def cadence(self, contact: Contact) -> Duration | None:
        """The cadence as it resolves today, `never` too."""
        return cadence_of(contact, self.last_contact(contact), self.today, self.settings)

    def due(self, contact: Contact) -> date | None:
        """The day of the contact's cadence item; None when there is none."""
        mine = self.follow_ups_of.get(contact.id, ())
        return next((item.due for item in mine if item.kind == "cadence"), None)

    def warmth(self, contact: Contact) -> float:
        """The warmth today."""
        known = self._warmth.get(contact.id)
        if known is None:
            known = self._warmth[contact.id] = warmth.warmth(self.of(contact), self.today)
        return known

    @property
    def warmths(self) -> dict[str, float]:
        """The warmth today of every contact, by id."""
        return {contact.id: self.warmth(contact) for contact in self.book.others}

    def warmth_of(self, id: str) -> float:
        """The warmth today of the contact with an id."""
        return self.warmth(self.book.contacts[id])

    def status_of(self, id: str) -> str:
        """The status of the contact with an id."""
        return self.book.contacts[id].status

    def level(self, contact: Contact) -> Level:
        return warmth.level(self.warmth(contact))

    def is_drifting(self, contact: Contact) -> bool:
        known = self._drifting.get(contact.id)
        if known is None:
            mine, now = self.of(contact), self.warmth(contact)
            known = warmth.is_drifting(contact, mine, self.today, now)
            self._drifting[contact.id] = known
        return known

    def meetings(self, contact: Contact) -> int:
        return warmth.meetings(self.of(contact))

    def meetings_needed(self, contact: Contact) -> int:
        return warmth.meetings_needed(contact, self.of(contact), self.today)

    def balance(self, contact: Contact) -> Balance:
        return balance(self.of(contact))

    def introduced_by(self, contact: Contact) -> Contact | None:
        return relations.introduced_by(self.book, contact)

    def readiness(self, event: Event) -> Readiness:
        return readiness(self.book, event)

    def yielded(self, event: Event) -> Yield:
        return yielded(self.book, event, self.interactions, self.settings)

    def health(self, community: Community) -> Health:
        return health(self.book, community, self.today)
