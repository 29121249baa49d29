"""What the pages of the whole book need to know of a contact, remembered in a few numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from hashlib import blake2b

import msgspec
from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.circles import (
    CircleState,
    Shape,
    active_contacts,
    circle_states,
    in_touch,
    shape,
    year_ago,
)
from renmai.rules.followups import FollowUp, order
from renmai.rules.interactions import Interaction, Interactions, attendees, interactions
from renmai.rules.ledger import Balance, balance
from renmai.site.increment.dues import Due, LazyInteractions, follow_up
from renmai.site.increment.watch import WatchedFacts
from renmai.site.index import contact_row
from renmai.site.views.lens import Lens
from renmai.text.names import plain, reading

#: For more people than this the whole book is gone through.
_MANY = 500
#: Of events of so many days ago, who was there is asked for again and again.
_LATELY = 130

_json = msgspec.json.Encoder().encode


class Gist(Struct, frozen=True, array_like=True, gc=False):
    """A contact on the day of the build.

    `row` is that of the index as JSON, `key` its place among the names. `last` is the day of the
    last contact, `then` that of the last one a year ago or before (both ISO, or empty). `felt` is
    a digest of when and how one was in touch.
    """

    row: bytes
    key: tuple[str, str, str]
    warmth: float
    last: str
    then: str
    drifting: bool
    balance: tuple[int, int, int]
    felt: bytes


def gist_of(lens: Lens, contact: Contact) -> Gist:
    """The gist of a contact of whom the lens knows all that follows."""
    facts = lens.facts
    mine, ago = facts.of(contact), year_ago(facts.today)
    then = next((each.day for each in mine if ago and each.day <= ago), None)
    last, balance = facts.last_contact(contact), facts.balance(contact)
    return Gist(
        row=_json(contact_row(lens, contact)),
        key=name_key(contact),
        warmth=facts.warmth(contact),
        last=last.isoformat() if last else "",
        then=then.isoformat() if then else "",
        drifting=facts.is_drifting(contact),
        balance=(balance.gave, balance.got, balance.asked),
        felt=_felt(mine),
    )


def _felt(mine: Iterable[Interaction]) -> bytes:
    text = "\n".join(f"{each.day} {each.kind} {each.deep} {each.source}" for each in mine)
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


def name_key(contact: Contact) -> tuple[str, str, str]:
    """What sorts contacts by name."""
    read = reading(contact.label, contact.pinyin) or contact.label
    return plain(read), contact.label, contact.id


class Entries(Struct, frozen=True, array_like=True, gc=False):
    """What was written in one record of being in touch: the days, and the balance."""

    days: list[int] = []
    balance: tuple[int, int, int] = (0, 0, 0)


def entries_of(known: Interactions, ids: Iterable[str]) -> dict[str, Entries]:
    """By the id of a record, its entries as far as they are interactions of `ids`."""
    found: dict[str, dict[tuple[str, int], Interaction]] = {}
    for id in ids:
        for each in known.get(id, ()):
            found.setdefault(each.source, {})[each.path, each.line] = each
    return {id: _entries(list(mine.values())) for id, mine in found.items()}


def _entries(mine: list[Interaction]) -> Entries:
    whole = balance(mine)
    days = sorted(each.day.toordinal() for each in mine)
    return Entries(days, (whole.gave, whole.got, whole.asked))


class GistFacts(WatchedFacts):
    """The facts of a whole book, of which much is remembered of each contact and record."""

    gists: Mapping[str, Gist]
    entries: Mapping[str, Entries]
    dues: Mapping[str, list[Due]]

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        found = [follow_up(due, id, self.today) for id, mine in self.dues.items() for due in mine]
        return sorted(found, key=order)

    @cached_property
    def interactions(self) -> Interactions:
        book, near = self.book, self.today - timedelta(min(_LATELY, self.today.toordinal() - 1))
        lately = [e for e in book.events.values() if (end := e.end or e.date) and end >= near]
        likely = {
            each.contact.id for event in lately for each in attendees(book, event) if each.contact
        }

        def load(ids: set[str]) -> Interactions:
            part = book.around(ids) if len(ids) < _MANY else book
            found = interactions(part, self.today)
            return {id: found[id] for id in ids}

        return LazyInteractions(load, {each.id for each in book.others}, likely)

    def warmth(self, contact: Contact) -> float:
        return self.gists[contact.id].warmth

    def last_contact(self, contact: Contact) -> date | None:
        last = self.gists[contact.id].last
        return date.fromisoformat(last) if last else None

    def is_drifting(self, contact: Contact) -> bool:
        return self.gists[contact.id].drifting

    def balance(self, contact: Contact) -> Balance:
        return Balance(*self.gists[contact.id].balance)

    @cached_property
    def book_balance(self) -> Balance:
        whole = [each.balance for each in self.entries.values()]
        return Balance(*(sum(each[place] for each in whole) for place in range(3)))

    @cached_property
    def days_in_touch(self) -> Counter[date]:
        counts = Counter(day for each in self.entries.values() for day in each.days)
        return Counter({date.fromordinal(day): count for day, count in counts.items()})

    @cached_property
    def circles(self) -> list[CircleState]:
        return self.circles_on(self.today)

    def circles_on(self, day: date) -> list[CircleState]:
        if day not in (self.today, year_ago(self.today)):
            return super().circles_on(day)
        # Who was cold a year ago is nowhere shown.
        return circle_states(self.book, self.settings, self._touches, day, self.level)

    def in_touch(self, day: date | None = None) -> list[Contact]:
        return in_touch(active_contacts(self.book), self._touches, day or self.today)

    def shape(self, day: date | None = None) -> Shape:
        return shape(self.book, self.settings, self._touches, day or self.today)

    @cached_property
    def _touches(self) -> Interactions:
        """Of each contact the last interaction, and the last one until a year ago."""
        return {
            id: [_touch(day) for day in (each.last, each.then) if day]
            for id, each in self.gists.items()
        }


def _touch(day: str) -> Interaction:
    return Interaction(day=date.fromisoformat(day), kind="note", path="", line=0)
