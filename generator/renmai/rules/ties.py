"""Who is tied to whom, how strongly, and why (`rules.md`, "Ties and paths")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Literal

import msgspec

from renmai.model.book import Book
from renmai.rules.interactions import IN_TOUCH, attendees, event_day, people_of
from renmai.rules.relations import Relations, introduced_by

Why = Literal["relation", "through", "entry", "event", "introduction", "community"]

RELATION = 3.0
INTRODUCED = 2.0
TOGETHER = 1.0
FELLOWS = 0.5


class Reason(msgspec.Struct, frozen=True, gc=False):
    """One reason of a tie: `what` is a relation's word, or the id of the record that says it."""

    why: Why
    what: str
    weight: float


class Tie(msgspec.Struct, gc=False):
    """A tie of two contacts, `a` before `b`; weights add."""

    a: str
    b: str
    reasons: list[Reason]

    @property
    def weight(self) -> float:
        reasons = self.reasons
        if len(reasons) == 1:
            return reasons[0].weight
        return sum([reason.weight for reason in reasons])


Ties = dict[tuple[str, str], Tie]


def weights_by_id(ties: Ties) -> dict[str, dict[str, float]]:
    """By the id of a contact, whom they are tied to and how strongly, from both sides."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), tie in ties.items():
        found[a][b] = found[b][a] = tie.weight
    return dict(found)


def ties(book: Book, today: date, relations: Relations) -> Ties:
    """Every tie between two contacts, the own card left out, by the pair of ids in order."""
    found: Ties = {}
    _add_relations(found, book, relations)
    for contact in book.others:
        by = introduced_by(book, contact)
        if by is not None:
            _add(found, book, [contact.id, by.id], Reason("through", contact.id, INTRODUCED))
    for record in book.records:
        reason = Reason("entry", record.id, TOGETHER)
        for entry in record.log:
            if entry.people and entry.kind in IN_TOUCH and entry.day <= today:
                _add(found, book, [person.id for person in people_of(book, record, entry)], reason)
    _add_events(found, book, today)
    for community in book.communities.values():
        members = [member.id for member in book.contacts_in(community.members)]
        _add(found, book, members, Reason("community", community.id, FELLOWS))
    return found


def _add_relations(found: Ties, book: Book, relations: Relations) -> None:
    related: dict[tuple[str, str], str] = {}
    for id, others in relations.items():
        for other, how in others:
            related.setdefault((min(id, other), max(id, other)), how)
    for pair, how in related.items():
        _add(found, book, pair, Reason("relation", how, RELATION))


def _add_events(found: Ties, book: Book, today: date) -> None:
    for event in book.events.values():
        if event.is_cancelled:
            continue
        if event_day(event, today) is not None:
            met = [
                each.contact.id
                for each in attendees(book, event)
                if each.contact and each.person.met
            ]
            _add(found, book, met, Reason("event", event.id, TOGETHER))
        for pair in event.introductions:
            ids = [contact.id for contact in book.contacts_in(pair.people)]
            _add(found, book, ids, Reason("introduction", event.id, INTRODUCED))


def _add(found: Ties, book: Book, ids: Iterable[str], reason: Reason) -> None:
    """Tie everybody among `ids` to everybody else, the own card left out."""
    people = set(ids)
    if book.me is not None:
        people.discard(book.me.id)
    for pair in combinations(sorted(people), 2):
        tie = found.get(pair)
        if tie is None:
            found[pair] = Tie(*pair, [reason])
        else:
            tie.reasons.append(reason)
