"""Who was in touch with whom, and when: the interactions of every contact."""

from __future__ import annotations

from datetime import date

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact, Event, Person, Record
from renmai.text.entry import KINDS, Entry
from renmai.text.references import Ref

#: The kind of an interaction that is having met at an event, and its weight.
EVENT = "event"
EVENT_WEIGHT = 3

_WEIGHTS = {name: kind.weight for name, kind in KINDS.items()} | {EVENT: EVENT_WEIGHT}


class Interaction(msgspec.Struct, frozen=True):
    """One time of being in touch with a contact.

    `kind` is the first name in the table of kinds, or `event`; `others` are the ids of the other
    people of the entry; `path` and `line` say where it is written.
    """

    day: date
    kind: str
    path: str
    line: int
    deep: bool = False
    others: tuple[str, ...] = ()
    text: str = ""
    source: str = ""
    time: str | None = None

    @property
    def weight(self) -> int:
        """Its weight for warmth: that of its kind, twice for a deep talk."""
        weight = _WEIGHTS[self.kind]
        return 2 * weight if self.deep else weight


Interactions = dict[str, list[Interaction]]


def interactions(book: Book, today: date) -> Interactions:
    """The interactions of every contact but the own card, by id, newest first."""
    found: Interactions = {contact.id: [] for contact in book.others}
    for record in book.records:
        for entry in record.log:
            if entry.in_touch and entry.day <= today:
                _add_entry(found, book, record, entry)
    for event in book.events.values():
        _add_event(found, book, event, today)
    for mine in found.values():
        mine.sort(key=lambda each: (each.path, each.line))
        mine.sort(key=lambda each: (each.day, each.time or ""), reverse=True)
    return found


def people_of(book: Book, record: Record, entry: Entry) -> list[Contact]:
    """Everybody that an entry is about: the file's person, then those behind `with`, once each.

    The own card is among them where it is named.
    """
    people = [record] if isinstance(record, Contact) else []
    people += [contact for ref in entry.people if (contact := book.contact(ref))]
    return list({person.id: person for person in people}.values())


class Attendee(msgspec.Struct):
    """A person at an event: the line of the event's file, and the card if there is one.

    `name` is what to show. `has_card` is also true of a card that cannot be read now.
    """

    person: Person
    contact: Contact | None
    name: str
    has_card: bool


def attendees(book: Book, event: Event) -> list[Attendee]:
    """The people at an event, each once (the first counts); nobody when it is cancelled.

    The own card is left out: one does not follow up with oneself.
    """
    if event.is_cancelled:
        return []
    found: dict[str, Attendee] = {}
    for person in event.people:
        if person.who is None:
            continue
        contact = book.contact(person.who)
        if contact is not None and contact is book.me:
            continue
        name = contact.label if contact else person.who.text
        attendee = Attendee(person, contact, name, not book.is_text(person.who))
        found.setdefault(person_key(book, person.who), attendee)
    return list(found.values())


def person_key(book: Book, who: Ref) -> str:
    """What tells one person at an event from another: the card, else the words."""
    contact = book.contact(who)
    return f"id:{contact.id}" if contact else " ".join(who.text.casefold().split())


def event_day(event: Event, today: date) -> date | None:
    """The day on which having met there counts: its end if that is past or today, else its date.

    None when the event lies in the future, or has no readable date.
    """
    if event.date is None or event.date > today:
        return None
    return event.end if event.end and event.end <= today else event.date


def _add_entry(found: Interactions, book: Book, record: Record, entry: Entry) -> None:
    people = people_of(book, record, entry)
    for person in people:
        # An entry of the own card counts for those behind `with` alone.
        if person.id not in found:
            continue
        found[person.id].append(
            Interaction(
                day=entry.day,
                kind=entry.kind,
                path=record.path,
                line=entry.line,
                deep=entry.deep,
                others=tuple(other.id for other in people if other is not person),
                text=entry.text,
                source=record.id,
                time=entry.time,
            )
        )


def _add_event(found: Interactions, book: Book, event: Event, today: date) -> None:
    day = event_day(event, today)
    if day is None:
        return
    for attendee in attendees(book, event):
        contact, person = attendee.contact, attendee.person
        if contact is not None and person.met and contact.id in found:
            found[contact.id].append(
                Interaction(
                    day=day,
                    kind=EVENT,
                    path=event.path,
                    line=person.line,
                    text=event.label,
                    source=event.id,
                    time=event.time,
                )
            )
