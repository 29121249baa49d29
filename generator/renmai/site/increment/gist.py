"""What the pages of the whole book need to know of a contact, remembered in a few numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec
from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules import circles
from renmai.rules.circles import year_ago
from renmai.rules.interactions import Interaction, Interactions
from renmai.rules.ledger import Balance
from renmai.site.increment.watch import WatchedFacts, WatchedLens
from renmai.site.index import contact_row
from renmai.site.views.lens import Lens
from renmai.text.names import plain, reading

_json = msgspec.json.Encoder().encode


class Gist(Struct, frozen=True, array_like=True, gc=False):
    """A contact on the day of the build.

    `row` is that of the index as JSON, `key` its place among the names. `last` is the day of the
    last contact, `then` that of the last one a year ago or before (both ISO, or empty).
    """

    row: bytes
    key: tuple[str, str, str]
    warmth: float
    last: str
    then: str
    drifting: bool
    balance: tuple[int, int, int]


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
    )


def name_key(contact: Contact) -> tuple[str, str, str]:
    """What sorts contacts by name."""
    read = reading(contact.label, contact.pinyin) or contact.label
    return plain(read), contact.label, contact.id


class GistFacts(WatchedFacts):
    """The facts of a whole book, of which much is remembered of each contact."""

    gists: Mapping[str, Gist]

    def warmth(self, contact: Contact) -> float:
        return self.gists[contact.id].warmth

    def last_contact(self, contact: Contact) -> date | None:
        last = self.gists[contact.id].last
        return date.fromisoformat(last) if last else None

    def is_drifting(self, contact: Contact) -> bool:
        return self.gists[contact.id].drifting

    def balance(self, contact: Contact) -> Balance:
        return Balance(*self.gists[contact.id].balance)
