"""What the pages of the whole book need to know of a contact, remembered in a few numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import blake2b

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.circles import Census, Member, census, circles_of, in_touch_since, year_ago
from renmai.rules.followups import FollowUp, order
from renmai.rules.interactions import Interaction, Interactions
from renmai.rules.kept import Kept, follow_up
from renmai.rules.ledger import Balance, balance
from renmai.rules.warmth import LEVELS
from renmai.site.increment.dues import LazyFollowUps
from renmai.site.increment.watch import WatchedFacts
from renmai.site.views.lens import Lens

#: Who is less warm is cold.
_COOL = LEVELS[-1][1]


class Gist(Struct, frozen=True, array_like=True, gc=False):
    """A contact on the day of the build.

    `last` is the day of the last contact, `then` that of the last one a year ago or before (both
    ISO, or empty). `felt` is a digest of when and how one was in touch. `circles` are those that
    the settings know.
    """

    warmth: float
    last: str
    then: str
    drifting: bool
    balance: tuple[int, int, int]
    felt: bytes
    status: str
    circles: tuple[str, ...]

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.last) if self.last else None


def gist_of(lens: Lens, contact: Contact) -> Gist:
    """The gist of a contact of whom the lens knows all that follows."""
    facts = lens.facts
    mine, ago = facts.of(contact), year_ago(facts.today)
    then = next((each.day for each in mine if ago and each.day <= ago), None)
    last, balance = facts.last_contact(contact), facts.balance(contact)
    return Gist(
        warmth=facts.warmth(contact),
        last=last.isoformat() if last else "",
        then=then.isoformat() if then else "",
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


class GistFacts(WatchedFacts):
    """The facts of a whole book, of which much is remembered of each contact and record."""

    gists: Mapping[str, Gist]
    totals: Totals
    dues: Mapping[str, list[Kept]]

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        return self.follow_ups_until(date.max)

    def follow_ups_until(self, day: date) -> list[FollowUp]:
        return self._due(lambda due: due.due <= day)

    def follow_ups_of_kind(self, kind: str) -> list[FollowUp]:
        return self._due(lambda due: due.kind == kind)

    def _due(self, is_wanted: Callable[[Kept], bool]) -> list[FollowUp]:
        found = (
            follow_up(due, self.today)
            for mine in self.dues.values()
            for due in mine
            if is_wanted(due)
        )
        return sorted(found, key=order)

    @cached_property
    def follow_ups_of(self) -> dict[str, list[FollowUp]]:
        return LazyFollowUps(self.dues, self.today)

    def warmth(self, contact: Contact) -> float:
        return self.gists[contact.id].warmth

    @property
    def warmths(self) -> dict[str, float]:
        return {id: gist.warmth for id, gist in self._others}

    def warmth_of(self, id: str) -> float:
        return self.gists[id].warmth

    def status_of(self, id: str) -> str:
        return self.gists[id].status

    def last_contact(self, contact: Contact) -> date | None:
        return self.gists[contact.id].last_day

    def is_drifting(self, contact: Contact) -> bool:
        return self.gists[contact.id].drifting

    @cached_property
    def drifting(self) -> list[Contact]:
        return self._contacts(id for id, gist in self._others if gist.drifting)

    @cached_property
    def wanted(self) -> list[Contact]:
        return self._contacts(id for id, gist in self._others if gist.status == "wanted")

    def balance(self, contact: Contact) -> Balance:
        return Balance(*self.gists[contact.id].balance)

    @cached_property
    def balances(self) -> dict[str, Balance]:
        return {id: Balance(*gist.balance) for id, gist in self._others if any(gist.balance)}

    @cached_property
    def book_balance(self) -> Balance:
        return Balance(*self.totals.balance)

    @cached_property
    def days_in_touch(self) -> Counter[date]:
        return Counter({date.fromordinal(day): n for day, n in self.totals.days.items()})

    def census(self, day: date) -> Census:
        is_now, since = day == self.today, in_touch_since(day).isoformat()
        kinds = Counter(
            (gist.circles, (gist.last if is_now else gist.then) >= since, gist.warmth < _COOL)
            for _, gist in self._others
            if gist.status == "active"
        )
        return census({Member(*kind): number for kind, number in kinds.items()}, self.settings)

    @property
    def _others(self) -> Iterator[tuple[str, Gist]]:
        me = self.book.me.id if self.book.me else None
        return ((id, gist) for id, gist in self.gists.items() if id != me)

    def _contacts(self, ids: Iterable[str]) -> list[Contact]:
        return [self.book.contacts[id] for id in sorted(ids)]
