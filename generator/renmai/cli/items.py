"""The JSON document of `list`: an item for each record, by its sort."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from renmai.cli.documents import Document, iso, rounded
from renmai.model.records import Community, Contact, Event, Record
from renmai.rules.communities import members
from renmai.rules.facts import Facts
from renmai.text import names


def listed(records: Iterable[Record], facts: Facts) -> Document:
    """One line's worth of each record."""
    return {"items": [_LINES[type(record)](record, facts) for record in records]}


def _contact_line(person: Contact, facts: Facts) -> Document:
    cadence = facts.cadence(person)
    return {
        "id": person.id,
        "name": person.name,
        "pinyin": names.reading(person.label, person.pinyin),
        "status": person.status,
        "circles": [circle.text for circle in person.circles],
        "tags": person.tags,
        "company": person.company,
        "city": person.city,
        "level": facts.level(person),
        "warmth": rounded(facts.warmth(person)),
        "last_contact": iso(facts.last_contact(person)),
        "cadence": str(cadence) if cadence else None,
        "due": iso(facts.due(person)),
        "path": person.path,
    }


def _event_line(meeting: Event, facts: Facts) -> Document:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "date": iso(meeting.date),
        "end": iso(meeting.end),
        "kind": meeting.kind,
        "status": meeting.status,
        "place": meeting.place,
        "hosted": meeting.hosted,
        "people": len(meeting.people),
        "tags": meeting.tags,
        "path": meeting.path,
    }


def _community_line(group: Community, facts: Facts) -> Document:
    health = facts.health(group)
    return {
        "id": group.id,
        "name": group.name,
        "role": group.role,
        "theme": group.theme,
        "city": group.city,
        "members": len(members(facts.book, group)),
        "missing": list(health.missing),
        "last_gathering": iso(health.last_gathering),
        "next_due": iso(health.next_due),
        "tags": group.tags,
        "path": group.path,
    }


_LINES: dict[type[Record], Any] = {
    Contact: _contact_line,
    Event: _event_line,
    Community: _community_line,
}
