"""The JSON documents of `show`, as cli.md describes them: one record with what follows from it."""

from __future__ import annotations

from renmai.cli.documents import Document, iso, rounded
from renmai.model.records import Community, Contact, Event, Record
from renmai.rules.communities import members
from renmai.rules.events import Progress, host_hints
from renmai.rules.facts import Facts
from renmai.rules.interactions import Interaction
from renmai.text import names


def show(record: Record, facts: Facts) -> Document:
    """The document of one record, by its sort."""
    if isinstance(record, Contact):
        return contact(record, facts)
    if isinstance(record, Event):
        return event(record, facts)
    assert isinstance(record, Community)
    return community(record, facts)


def contact(person: Contact, facts: Facts) -> Document:
    by = facts.introduced_by(person)
    cadence = facts.cadence(person)
    return {
        "id": person.id,
        "kind": "contact",
        "name": person.name,
        "pinyin": names.reading(person.label, person.pinyin),
        "status": person.status,
        "circles": [circle.text for circle in person.circles],
        "last_contact": iso(facts.last_contact(person)),
        "cadence": str(cadence) if cadence else None,
        "due": iso(facts.due(person)),
        "warmth": rounded(facts.warmth(person)),
        "level": facts.level(person),
        "drifting": facts.is_drifting(person),
        "meetings": facts.meetings(person),
        "ledger": _ledger(person, facts),
        "interactions": [_interaction(each) for each in facts.of(person)],
        "events": [each.id for each in facts.events_of.get(person.id, ())],
        "communities": [each.id for each in facts.communities_of.get(person.id, ())],
        "relations": [
            {"id": other, "how": how} for other, how in facts.relations.get(person.id, ())
        ],
        "introduced_by": by.id if by else None,
        "introduced": facts.introduced.get(person.id, []),
        "backlinks": _backlinks(person, facts),
        "path": person.path,
    }


def event(meeting: Event, facts: Facts) -> Document:
    ready, brought = facts.readiness(meeting), facts.yielded(meeting)
    return {
        "id": meeting.id,
        "kind": "event",
        "title": meeting.title,
        "date": iso(meeting.date),
        "end": iso(meeting.end),
        "status": meeting.status,
        "readiness": {
            "invited": ready.invited,
            "target_count": ready.target_count,
            "targets": ready.targets,
            "researched": ready.researched,
            "before": _progress(ready.before),
            "during": _progress(ready.during),
            "after": _progress(ready.after),
        },
        "met": brought.met,
        "recontacted": brought.recontacted,
        "in_time": brought.in_time,
        "cards_missing": brought.cards_missing,
        "seeds": brought.seeds,
        "hints": [code for code, _ in host_hints(facts.book, meeting)],
        "introductions": brought.introductions,
        "second_meetings": brought.second_meetings,
        "backlinks": _backlinks(meeting, facts),
        "path": meeting.path,
    }


def community(group: Community, facts: Facts) -> Document:
    health = facts.health(group)
    people = members(facts.book, group)
    return {
        "id": group.id,
        "kind": "community",
        "name": group.name,
        "role": group.role,
        "members": [each.contact.id if each.contact else each.name for each in people],
        "missing": list(health.missing),
        "last_gathering": iso(health.last_gathering),
        "next_due": iso(health.next_due),
        "events": [each.id for each in facts.book.events_of(group)],
        "cards_missing": [each.name for each in people if not each.has_card],
        "backlinks": _backlinks(group, facts),
        "path": group.path,
    }


def _progress(progress: Progress) -> list[int]:
    return [progress.done, progress.all]


def _backlinks(record: Record, facts: Facts) -> list[str]:
    return [each.id for each in facts.backlinks.get(record.id, ())]


def _ledger(person: Contact, facts: Facts) -> Document:
    balance = facts.balance(person)
    return {
        "gave": balance.gave,
        "got": balance.got,
        "asked": balance.asked,
        "ready_to_ask": balance.ready_to_ask,
    }


def _interaction(each: Interaction) -> Document:
    return {
        "date": iso(each.day),
        "kind": each.kind,
        "deep": each.deep,
        "with": list(each.others),
        "text": each.text,
        "path": each.path,
        "line": each.line,
    }
