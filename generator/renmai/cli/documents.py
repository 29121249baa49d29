"""The JSON documents of the commands, as cli.md describes them: an interface.

Pure functions from facts to what `json.dumps` takes. Keys stand in the documented order; dates
are ISO text. Keys beyond cli.md's come behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renmai.cli.wording import SEVERITIES
from renmai.model.records import Community, Contact, Event, Record
from renmai.problems import Problem
from renmai.rules.communities import members
from renmai.rules.events import Progress, host_hints
from renmai.rules.facts import Facts
from renmai.rules.followups import FollowUp
from renmai.rules.interactions import Interaction
from renmai.text import names
from renmai.words import Words

if TYPE_CHECKING:
    from renmai.rules.find import Found

Document = dict[str, Any]


def check(problems: Sequence[Problem], files: int, words: Words) -> Document:
    """`problems` in order; `files` is the number of record files, readable or not."""
    return {
        "files": files,
        **counts(problems),
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "severity": problem.severity,
                "code": problem.code,
                "message": words.problem(problem),
            }
            for problem in problems
        ],
    }


def counts(problems: Sequence[Problem]) -> Document:
    """How many of `problems` there are of each severity."""
    severities = [problem.severity for problem in problems]
    return {f"{severity}s": severities.count(severity) for severity in SEVERITIES}


def built(site: Path, pages: int, problems: Sequence[Problem]) -> Document:
    """What `build` did: the folder of the site, its pages, the book's problems."""
    return {"site": str(site), "pages": pages, **counts(problems)}


def due(items: Iterable[FollowUp], today: date, words: Words) -> Document:
    return {"today": iso(today), "items": [follow_up(item, words) for item in items]}


def follow_up(item: FollowUp, words: Words) -> Document:
    """An item of `due`."""
    return {
        "kind": item.kind,
        "id": item.id,
        "title": item.title,
        "about": item.about,
        "due": iso(item.due),
        "days_overdue": item.days_overdue,
        "ratio": None if item.ratio is None else rounded(float(item.ratio)),
        "reason": words.reason(item),
        "path": item.path,
        "line": item.line,
    }


def event_item(meeting: Event, today: date, details: str) -> Document:
    """An event in the shape of an item of `due`, for `agenda`."""
    return {
        "kind": "event",
        "id": meeting.id,
        "title": meeting.label,
        "about": None,
        "due": iso(meeting.date),
        "days_overdue": (today - meeting.date).days if meeting.date else 0,
        "ratio": None,
        "reason": details,
        "path": meeting.path,
        "line": 1,
    }


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


def found(hits: Iterable[Found]) -> Document:
    return {
        "items": [
            {
                "id": each.record.id,
                "kind": each.record.SORT,
                "title": each.record.label,
                "score": each.score,
                "hits": [{"where": hit.where, "text": hit.text} for hit in each.places],
                "path": each.record.path,
            }
            for each in hits
        ]
    }


def rounded(value: float) -> float:
    """Two places, and no minus before a zero."""
    return round(float(value), 2) + 0.0


def iso(day: date | None) -> str | None:
    """A day as JSON has it: ISO text, or null."""
    return day.isoformat() if day else None


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
