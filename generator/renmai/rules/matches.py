"""Who needs what somebody else can give (`rules.md`, "Matches")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import permutations

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact
from renmai.rules.circles import active_contacts
from renmai.rules.interactions import people_of
from renmai.rules.relations import Relations
from renmai.text.han import HAN
from renmai.text.names import has_han
from renmai.text.values import folded

_WORDS = re.compile(r"\w+")
_HAN = re.compile(HAN)
_PLAIN_WORD = re.compile(rf"(?!{HAN})\w")


class Match(msgspec.Struct, frozen=True, gc=False):
    """`needs` needs `what`, which `offers` offers as `phrase`; the first two are ids."""

    needs: str
    offers: str
    what: str
    phrase: str


class Matches(msgspec.Struct, frozen=True):
    """Introductions to propose, whom one can help, and who can help oneself; warmest first."""

    introductions: Sequence[Match]
    you_can_help: Sequence[Match]
    can_help_you: Sequence[Match]


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
    people = sorted(active_contacts(book), key=lambda contact: contact.id)
    mine = [book.me] if book.me else []
    warmth = {each.id: 0.0 for each in mine} | {each.id: warmth_of(each) for each in people}

    def warmest_first(found: list[Match]) -> list[Match]:
        """They come by who needs, then by who offers, and so they stay among equals."""
        found.sort(key=lambda each: -(warmth[each.needs] + warmth[each.offers]))
        return found

    return Matches(
        introductions=warmest_first(_matching(people, people, _acquainted(book, today, relations))),
        you_can_help=warmest_first(_matching(people, mine, {})),
        can_help_you=warmest_first(_matching(mine, people, {})),
    )


def by_person(found: Matches) -> dict[str, Matches]:
    """The matches that each person is in, by id, in the same order; the own card too."""
    sorts = [_by_person(getattr(found, name)) for name in Matches.__struct_fields__]
    ids = dict.fromkeys(id for people in sorts for id in people)
    return {id: Matches(*(people.get(id, []) for people in sorts)) for id in ids}


def _by_person(found: Sequence[Match]) -> dict[str, list[Match]]:
    people: defaultdict[str, list[Match]] = defaultdict(list)
    for match in found:
        people[match.needs].append(match)
        people[match.offers].append(match)
    return people


def _matching(
    needing: list[Contact], offering: list[Contact], known: Mapping[str, set[str]]
) -> list[Match]:
    """For each pair of two who do not know each other, the first match in the order written.

    By who needs, as they are given, then by the id of who offers.
    """
    found: list[Match] = []
    offers = _Offers(offering)
    for contact in needing:
        mine: dict[str, Match] = {}
        friends = known.get(contact.id, ())
        for need in contact.needs:
            for id, _, phrase in offers.matching(folded(need)):
                if id not in mine and id not in friends and id != contact.id:
                    mine[id] = Match(contact.id, id, need, phrase)
        found += [mine[id] for id in sorted(mine)]
    return found


class _Offers:
    """What is offered, found by what is needed without comparing all with all.

    Of two phrases that match, one has all the keys of the other. So either an offer has the
    rarest key of the need, or the need has the rarest key of the offer: its anchor.
    """

    def __init__(self, offering: list[Contact]) -> None:
        self.by: dict[str, list[tuple[str, int, str]]] = {}
        for contact in offering:
            for number, phrase in enumerate(contact.offers):
                self.by.setdefault(folded(phrase), []).append((contact.id, number, phrase))
        keys = {text: _keys(text) for text in self.by}
        self.having: dict[str, list[str]] = {}
        for text, mine in keys.items():
            for key in mine:
                self.having.setdefault(key, []).append(text)
        self.anchored: dict[str, list[str]] = {}
        for text, mine in keys.items():
            if mine:
                self.anchored.setdefault(self._rarest(mine), []).append(text)
        # Between the two scripts the keys say nothing: what one holds, the other may hold.
        self.plain = [text for text in self.by if not has_han(text)]
        self.mixed = [text for text in self.by if has_han(text) and _PLAIN_WORD.search(text)]
        self._known: dict[str, list[tuple[str, int, str]]] = {}

    def matching(self, need: str) -> list[tuple[str, int, str]]:
        """Everybody whose offer matches a folded need: id, place and phrase, in order."""
        if need not in self._known:
            texts = (text for text in self._near(need) if phrases_match(need, text))
            self._known[need] = sorted(each for text in texts for each in self.by[text])
        return self._known[need]

    def _near(self, need: str) -> set[str]:
        keys = _keys(need)
        if not keys:
            return set()
        near = set(self.having.get(self._rarest(keys), ()))
        for key in keys:
            near.update(self.anchored.get(key, ()))
        if not has_han(need):
            near.update(text for text in self.mixed if need in text)
        elif _PLAIN_WORD.search(need):
            near.update(text for text in self.plain if text in need)
        return near

    def _rarest(self, keys: set[str]) -> str:
        return min(keys, key=lambda key: (len(self.having.get(key, ())), key))


def _keys(text: str) -> set[str]:
    """The Chinese characters of a folded phrase, or its words where it has none."""
    return set(_HAN.findall(text)) if has_han(text) else set(_WORDS.findall(text))


def _acquainted(book: Book, today: date, relations: Relations) -> dict[str, set[str]]:
    """Whom each one knows: related, connected at an event, or introduced by oneself."""
    found = {id: {other for other, _ in others} for id, others in relations.items()}
    for ids in _introduced(book, today):
        for one, other in permutations(ids, 2):
            found.setdefault(one, set()).add(other)
    return found


def _introduced(book: Book, today: date) -> Iterator[set[str]]:
    """Those who connected at an event, and those whom one introduced to each other."""
    for event in book.events.values():
        for pair in event.introductions if not event.is_cancelled else ():
            yield {contact.id for contact in book.contacts_in(pair.people)}
    for record in book.records:
        for entry in record.log:
            if entry.kind == "intro" and entry.people and entry.day <= today:
                yield {person.id for person in people_of(book, record, entry)}
