"""What the pages of the whole book need to know of a contact, remembered in a few numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.circles import circles_of, year_ago
from renmai.rules.interactions import Interaction, Interactions
from renmai.rules.ledger import balance
from renmai.site.views.lens import Lens


class Gist(Struct, frozen=True, array_like=True, gc=False):
    """A contact on the day of the build.

    `last` is the day of the last contact, `then` that of the last one a year ago or before (both
    as ordinals, or 0). `felt` is a digest of when and how one was in touch. `circles` are those
    that the settings know.
    """

    warmth: float
    last: int
    then: int
    drifting: bool
    balance: tuple[int, int, int]
    felt: bytes
    status: str
    circles: tuple[str, ...]

    @property
    def last_day(self) -> date | None:
        return date.fromordinal(self.last) if self.last else None


def gist_of(lens: Lens, contact: Contact) -> Gist:
    """The gist of a contact of whom the lens knows all that follows."""
    facts = lens.facts
    mine, ago = facts.of(contact), year_ago(facts.today)
    then = next((each.day for each in mine if ago and each.day <= ago), None)
    last, balance = facts.last_contact(contact), facts.balance(contact)
    return Gist(
        warmth=facts.warmth(contact),
        last=last.toordinal() if last else 0,
        then=then.toordinal() if then else 0,
        drifting=facts.is_drifting(contact),
        balance=(balance.gave, balance.got, balance.asked),
        felt=_felt(mine),
        status=contact.status,
        circles=tuple(circles_of(contact, facts.settings)),
    )


def _felt(mine: Iterable[Interaction]) -> bytes:
    text = "\n".join(
        [f"{each.day.toordinal()} {each.kind} {each.deep} {each.source}" for each in mine]
    )
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


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


class Totals(Struct, frozen=True, array_like=True, gc=False):
    """How often one was in touch by day (its ordinal), and the balance over the book."""

    days: dict[int, int] = {}
    balance: tuple[int, int, int] = (0, 0, 0)

    def after(self, gone: Iterable[Entries], new: Iterable[Entries]) -> Totals:
        """The totals without some entries and with others."""
        days, balance = Counter(self.days), list(self.balance)
        for entries, sign in ((gone, -1), (new, 1)):
            for each in entries:
                for day in each.days:
                    days[day] += sign
                balance = [
                    sum_ + sign * mine for sum_, mine in zip(balance, each.balance, strict=True)
                ]
        gave, got, asked = balance
        return Totals({day: n for day, n in days.items() if n}, (gave, got, asked))
