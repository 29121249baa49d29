"""The JSON documents of `path`, `matches`, `circles`, `ledger`, `influence`, `brief` (cli.md)."""

from __future__ import annotations

from collections.abc import Iterable

from renmai.cli.documents import Document, iso, rounded
from renmai.model.records import Event
from renmai.rules.brief import QUESTIONS, Target, targets
from renmai.rules.circles import new_by_month, year_ago
from renmai.rules.facts import Facts
from renmai.rules.interactions import Attendee, attendees
from renmai.rules.matches import Match
from renmai.rules.paths import Path
from renmai.telling import step_reasons
from renmai.words import Words


def path(found: Path | None, facts: Facts, words: Words) -> Document:
    """Weights and cost are not rounded."""
    if found is None:
        return {"path": None}
    return {
        "path": found.ids,
        "ties": [
            {
                "a": step.a,
                "b": step.b,
                "weight": step.weight,
                "why": step_reasons(step, facts, words),
            }
            for step in found.steps
        ],
        "cost": found.cost,
    }


def matches(facts: Facts) -> Document:
    found = facts.matches
    return {
        "introductions": _rows(found.introductions),
        "you_can_help": _rows(found.you_can_help),
        "can_help_you": _rows(found.can_help_you),
    }


def circles(facts: Facts) -> Document:
    now = facts.shape()
    before = year_ago(facts.today)
    then = facts.shape(before) if before else None
    return {
        "circles": [
            {
                "name": each.name,
                "active": len(each.active),
                "in_touch": len(each.in_touch),
                "cold": len(each.cold),
            }
            for each in facts.circles
        ],
        "empty": [each.name for each in facts.circles if not each.active],
        "outside_share": rounded(now.outside_share),
        "evenness": rounded(now.evenness),
        "drifting": [contact.id for contact in facts.drifting],
        "new_by_month": {month: len(ids) for month, ids in new_by_month(facts.book).items()},
        "year_ago": {
            "outside_share": rounded(then.outside_share if then else 0),
            "evenness": rounded(then.evenness if then else 0),
        },
    }


def ledger(facts: Facts) -> Document:
    whole = facts.book_balance
    return {
        "gave": whole.gave,
        "got": whole.got,
        "asked": whole.asked,
        "contacts": [
            {
                "id": id,
                "gave": balance.gave,
                "got": balance.got,
                "asked": balance.asked,
                "ready_to_ask": balance.ready_to_ask,
            }
            for id, balance in sorted(facts.balances.items())
        ],
    }


def influence(facts: Facts) -> Document:
    return {
        "quarters": [
            {"quarter": each.name, **{deed: len(done) for deed, done in each.deeds.items()}}
            for each in facts.quarters
        ]
    }


def brief(event: Event, facts: Facts, words: Words) -> Document:
    """Texts as written; `id` is null for somebody without a card."""
    return {
        "id": event.id,
        "title": event.label,
        "date": iso(event.date),
        "end": iso(event.end),
        "place": event.place,
        "goal": event.goal,
        "targets": [_target(target) for target in targets(facts, event)],
        "questions": [words(f"brief.question.{name}") for name in QUESTIONS],
        "seeds": [
            {**_who(each), "seed": each.person.seed}
            for each in attendees(facts.book, event)
            if each.person.seed
        ],
    }


def _target(target: Target) -> Document:
    person = target.attendee.person
    return {
        **_who(target.attendee),
        "role": person.role,
        "does": target.does or None,
        "challenge": target.challenge,
        "value": target.value,
        "recognise": person.recognise,
        "photo": target.photo,
    }


def _who(each: Attendee) -> Document:
    return {"id": each.contact.id if each.contact else None, "name": each.name}


def _rows(found: Iterable[Match]) -> list[Document]:
    return [
        {
            "needs": each.needs,
            "offers": each.offers,
            "what": each.what,
            "phrase": each.phrase,
        }
        for each in found
    ]
