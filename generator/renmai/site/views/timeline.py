"""What happened, newest first, along one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from renmai.model.records import Contact, Event, Record
from renmai.rules.interactions import EVENT, IN_TOUCH, Interaction, people_of
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Moment, Named
from renmai.text.log import Entry


def contact_timeline(lens: Lens, contact: Contact) -> list[Moment]:
    """A contact's interactions, events and communities together, with the notes of its own log.

    Events that list somebody one did not meet there stand among them.
    """
    mine, today = lens.facts.of(contact), lens.today
    found = [_interaction(lens, contact, each) for each in mine]
    if contact is lens.book.me:
        found += _entries(lens, contact, contact.log)
    else:
        # An entry after today is no interaction yet; it is shown where it was written.
        unseen = [one for one in contact.log if one.kind not in IN_TOUCH or one.day > today]
        found += _entries(lens, contact, unseen)
    if events := lens.facts.events_of.get(contact.id):
        met_at = {each.source for each in mine if each.kind == EVENT}
        found += [
            _listed(lens, event, event.date)
            for event in events
            if event.id not in met_at and event.date
        ]
    return _by_year(found)


def record_timeline(lens: Lens, record: Record) -> list[Moment]:
    """The log of an event or a community."""
    return _by_year(_entries(lens, record, record.log))


def _interaction(lens: Lens, contact: Contact, each: Interaction) -> Moment:
    words, source, link = each.text, each.source, None
    if source != contact.id:
        record = lens.by_id(source)
        if record is not None and not isinstance(record, Contact):
            link = lens.named(record)
        if each.kind == EVENT:
            words = _seed(record, each.line)
    iso, told = lens.dated(each.day)
    label = lens.entry_labels[each.kind]
    people = _people(lens, each.others) if each.others else []
    html = lens.line(words, each.path) if words else None
    # There are more of these than of anything else: by place, for speed.
    return Moment(iso, told, each.kind, label, each.deep, people, link, html)


def _people(lens: Lens, ids: Iterable[str]) -> list[Named]:
    return [lens.named(other) for id in ids if (other := lens.by_id(id))]


def _seed(event: Record | None, line: int) -> str:
    """What was left as a reason to be in touch again, where the event's file lists the person."""
    people = event.people if isinstance(event, Event) else []
    return next((one.seed for one in people if one.line == line and one.seed), "")


def _entries(lens: Lens, record: Record, entries: Iterable[Entry]) -> list[Moment]:
    return [
        Moment(
            *lens.dated(entry.day),
            icon=entry.kind,
            label=lens.entry_labels[entry.kind],
            deep=entry.deep,
            people=_others(lens, record, entry) if entry.people else [],
            html=lens.line(entry.text, record.path) if entry.text else None,
        )
        for entry in entries
    ]


def _others(lens: Lens, record: Record, entry: Entry) -> list[Named]:
    people = people_of(lens.book, record, entry)
    return [lens.named(person) for person in people if person is not record]


def _listed(lens: Lens, event: Event, day: date) -> Moment:
    return Moment(
        *lens.dated(day),
        icon=EVENT,
        label=lens.words("site.contact.listed" if day <= lens.today else "site.contact.expected"),
        link=lens.named(event),
    )


def _by_year(moments: list[Moment]) -> list[Moment]:
    """Newest first; the first of each year says which one it is."""
    moments.sort(key=_iso, reverse=True)
    year = ""
    for moment in moments:
        if moment.iso[:4] != year:
            moment.year = year = moment.iso[:4]
    return moments


_iso = attrgetter("iso")
