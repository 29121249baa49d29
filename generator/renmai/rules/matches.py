"""Who needs what somebody else can give (`rules.md`, "Matches")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact
from renmai.rules.circles import active_contacts
from renmai.rules.interactions import people_of
from renmai.rules.relations import Relations
from renmai.text.names import has_han
from renmai.text.values import folded

_WORDS = re.compile(r"\w+")
_TOKENS = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3400-\u9fff\uf900-\ufaff]+")


class Match(msgspec.Struct, frozen=True):
    """`needs` needs `what`, which `offers` offers as `phrase`; the first two are ids."""

    needs: str
    offers: str
    what: str
    phrase: str


class Matches(msgspec.Struct, frozen=True):
    """Introductions to propose, whom one can help, and who can help oneself; warmest first."""

    introductions: list[Match]
    you_can_help: list[Match]
    can_help_you: list[Match]


def phrases_match(one: str, other: str) -> bool:
    """Whether all words of one are among the other's; with Chinese, whether one holds the other."""
    a, b = folded(one), folded(other)
    if has_han(a) or has_han(b):
        return a in b or b in a
    words, others = set(_WORDS.findall(a)), set(_WORDS.findall(b))
    return bool(words) and bool(others) and (words <= others or others <= words)


def matches(
    book: Book, today: date, relations: Relations, warmth_of: Callable[[Contact], float]
) -> Matches:
    """Every match among active contacts and the own card."""
    people = active_contacts(book)
    known = _introduced_pairs(book, today) | {
        (min(id, other), max(id, other)) for id, others in relations.items() for other, _ in others
    }
    warmth = {contact.id: warmth_of(contact) for contact in people}

    def warmest_first(found: Iterable[Match]) -> list[Match]:
        return sorted(
            found,
            key=lambda each: (
                -(warmth.get(each.needs, 0.0) + warmth.get(each.offers, 0.0)),
                each.needs,
                each.offers,
            ),
        )

    mine = [book.me] if book.me else []
    return Matches(
        introductions=warmest_first(
            each
            for each in _matching(people, people)
            if (min(each.needs, each.offers), max(each.needs, each.offers)) not in known
        ),
        you_can_help=warmest_first(_matching(people, mine)),
        can_help_you=warmest_first(_matching(mine, people)),
    )


def _matching(needing: list[Contact], offering: list[Contact]) -> Iterator[Match]:
    """For each pair of two, the first match in the order written."""
    offers: dict[str, list[tuple[Contact, int]]] = {}
    for contact in offering:
        for number, offer in enumerate(contact.offers):
            for token in set(_TOKENS.findall(folded(offer))):
                offers.setdefault(token, []).append((contact, number))
    for contact in needing:
        seen: set[str] = set()
        for need in contact.needs:
            # Phrases that match share a word or a Chinese character.
            near = {
                (other.id, number): other
                for token in set(_TOKENS.findall(folded(need)))
                for other, number in offers.get(token, ())
                if other.id not in seen and other is not contact
            }
            for (id, number), other in sorted(near.items(), key=lambda item: item[0]):
                if id not in seen and phrases_match(need, other.offers[number]):
                    seen.add(id)
                    yield Match(contact.id, id, need, other.offers[number])


def _introduced_pairs(book: Book, today: date) -> set[tuple[str, str]]:
    """Pairs that connected at an event, or that one introduced to each other."""
    groups = [
        [contact.id for ref in (pair.a, pair.b) if (contact := book.contact(ref))]
        for event in book.events.values()
        if not event.is_cancelled
        for pair in event.introductions
    ]
    groups += [
        [person.id for person in people_of(book, record, entry)]
        for record in book.records
        for entry in record.log
        if entry.kind == "intro" and entry.day <= today
    ]
    return {pair for ids in groups for pair in combinations(sorted(set(ids)), 2)}
