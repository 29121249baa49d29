"""Who was in touch with whom, and when: the interactions of every contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact, Event, Person, Record
from renmai.text.entry import KINDS, Entry
from renmai.text.references import Ref

#: The kind of an interaction that is having met at an event, and its weight.
EVENT = "event"
EVENT_WEIGHT = 3

_WEIGHTS = {name: kind.weight for name, kind in KINDS.items()} | {EVENT: EVENT_WEIGHT}

#: The kinds of entries that are interactions.
IN_TOUCH = frozenset(name for name, kind in KINDS.items() if kind.in_touch)


class Interaction(msgspec.Struct, frozen=True, gc=False):
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
    """The interactions of every contact but the own card, by id, newest first.

    Those of one moment are in the order of their paths and lines, as they are found.
    """
    found: Interactions = {contact.id: [] for contact in book.others}
    for record in book.by_path:
        if isinstance(record, Event):
            _add_event(found, book, record, today)
        _add_log(found, book, record, today)
    for mine in found.values():
        if any(map(_clock, mine)):
            mine.sort(key=_time, reverse=True)
        mine.sort(key=_day, reverse=True)
    return found


_day, _clock = attrgetter("day"), attrgetter("time")


def _time(each: Interaction) -> str:
    return each.time or ""


def once(known: Interactions) -> Iterator[Interaction]:
    """Every interaction; of those that an entry, or a line of people, gave to several one."""
    seen: set[tuple[str, int]] = set()
    for mine in known.values():
        for each in mine:
            if each.others or each.kind == EVENT:
                place = (each.path, each.line)
                if place in seen:
                    continue
                seen.add(place)
            yield each


def people_of(book: Book, record: Record, entry: Entry) -> list[Contact]:
    """Everybody that an entry is about: the file's person, then those behind `with`, once each.

    The own card is among them where it is named.
    """
    people = [record] if isinstance(record, Contact) else []
    if not entry.people:
        return people
    people += book.contacts_in(entry.people)
    if len(people) == 2 and people[0].id != people[1].id:  # as nearly always
        return people
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
        has_card = contact is not None or not book.is_text(person.who)
        name = contact.label if contact else person.who.text
        found.setdefault(_key(contact, person.who), Attendee(person, contact, name, has_card))
    return list(found.values())


def person_key(book: Book, who: Ref) -> str:
    """What tells one person at an event from another: the card, else the words."""
    return _key(book.contact(who), who)


def _key(contact: Contact | None, who: Ref) -> str:
    return f"id:{contact.id}" if contact else " ".join(who.text.casefold().split())


def event_day(event: Event, today: date) -> date | None:
    """The day on which having met there counts: its end if that is past or today, else its date.

    None when the event lies in the future, or has no readable date.
    """
    if event.date is None or event.date > today:
        return None
    return event.end if event.end and event.end <= today else event.date


def _add_log(found: Interactions, book: Book, record: Record, today: date) -> None:
    """What is written in the log of a record."""
    # An entry of the own card counts for those behind `with` alone.
    mine = found.get(record.id) if isinstance(record, Contact) else None
    for entry in record.log:
        if entry.kind not in IN_TOUCH or entry.day > today:
            continue
        if entry.people:
            ids = [person.id for person in people_of(book, record, entry)]
            for id in ids:
                if id in found:
                    others = tuple([other for other in ids if other != id])
                    found[id].append(_interaction(record, entry, others))
        elif mine is not None:
            mine.append(_interaction(record, entry))


def _interaction(record: Record, entry: Entry, others: tuple[str, ...] = ()) -> Interaction:
    return Interaction(
        day=entry.day,
        kind=entry.kind,
        path=record.path,
        line=entry.line,
        deep=entry.deep,
        others=others,
        text=entry.text,
        source=record.id,
        time=entry.time,
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
