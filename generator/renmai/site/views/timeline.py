"""What happened, newest first, along one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import structs

from renmai.model.records import Contact, Event, Record
from renmai.rules.interactions import EVENT, Interaction, people_of
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Moment, Named
from renmai.text.log import Entry


def contact_timeline(lens: Lens, contact: Contact) -> list[Moment]:
    """A contact's interactions, events and communities together, with the notes of its own log.

    Events that list somebody one did not meet there stand among them.
    """
    mine = lens.facts.of(contact)
    found = [_interaction(lens, contact, each) for each in mine]
    met_at = {each.source for each in mine if each.kind == EVENT}
    if contact is lens.book.me:
        found += _entries(lens, contact, contact.log)
    else:
        # An entry after today is no interaction yet; it is shown where it was written.
        unseen = (one for one in contact.log if not one.in_touch or one.day > lens.today)
        found += _entries(lens, contact, unseen)
    for event in lens.facts.events_of.get(contact.id, ()):
        if event.id not in met_at and event.date:
            found.append(_listed(lens, event, event.date))
    return _by_year(found)


def record_timeline(lens: Lens, record: Record) -> list[Moment]:
    """The log of an event or a community."""
    return _by_year(_entries(lens, record, record.log))


def _interaction(lens: Lens, contact: Contact, each: Interaction) -> Moment:
    source = contact if each.source == contact.id else lens.by_id(each.source)
    others = [lens.named(other) for id in each.others if (other := lens.by_id(id))]
    link = None if source is None or isinstance(source, Contact) else lens.named(source)
    words = _seed(source, each.line) if each.kind == EVENT else each.text
    return Moment(
        iso=each.day.isoformat(),
        date=lens.words.date(each.day),
        icon=each.kind,
        label=lens.words(f"entry.{each.kind}"),
        deep=each.deep,
        people=others,
        link=link,
        html=lens.line(words, each.path) if words else None,
    )


def _seed(event: Record | None, line: int) -> str:
    """What was left as a reason to be in touch again, where the event's file lists the person."""
    people = event.people if isinstance(event, Event) else []
    return next((one.seed for one in people if one.line == line and one.seed), "")


def _entries(lens: Lens, record: Record, entries: Iterable[Entry]) -> list[Moment]:
    return [
        Moment(
            iso=entry.day.isoformat(),
            date=lens.words.date(entry.day),
            icon=entry.kind,
            label=lens.words(f"entry.{entry.kind}"),
            deep=entry.deep,
            people=_others(lens, record, entry),
            html=lens.line(entry.text, record.path) if entry.text else None,
        )
        for entry in entries
    ]


def _others(lens: Lens, record: Record, entry: Entry) -> list[Named]:
    people = people_of(lens.book, record, entry)
    return [lens.named(person) for person in people if person is not record]


def _listed(lens: Lens, event: Event, day: date) -> Moment:
    return Moment(
        iso=day.isoformat(),
        date=lens.words.date(day),
        icon=EVENT,
        label=lens.words("site.contact.listed" if day <= lens.today else "site.contact.expected"),
        link=lens.named(event),
    )


def _by_year(moments: list[Moment]) -> list[Moment]:
    """Newest first; the first of each year says which one it is."""
    moments.sort(key=lambda moment: moment.iso, reverse=True)
    year = ""
    for place, moment in enumerate(moments):
        if moment.iso[:4] != year:
            year = moment.iso[:4]
            moments[place] = structs.replace(moment, year=year)
    return moments
