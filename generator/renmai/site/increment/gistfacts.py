"""The facts of a whole book for the pages that show all of it, from what is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from renmai.model.records import Contact
from renmai.rules.circles import Census, census, in_touch_since
from renmai.rules.followups import FollowUp, order
from renmai.rules.kept import Kept, follow_up
from renmai.rules.ledger import Balance
from renmai.site.increment.dues import LazyFollowUps, is_soon
from renmai.site.increment.gist import Totals
from renmai.site.increment.gists import Gists
from renmai.site.increment.watch import WatchedFacts
from renmai.site.views.rows import last_day_shown

V = TypeVar("V")


class GistFacts(WatchedFacts):
    """The facts of a whole book, of which much is remembered of each contact and record."""

    gists: Gists
    totals: Totals
    dues: Mapping[str, list[Kept]]
    soon: Mapping[str, list[Kept]]

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        return self._follow_ups(due for mine in self.dues.values() for due in mine)

    def follow_ups_until(self, day: date) -> list[FollowUp]:
        if day > last_day_shown(self.settings, self.today):
            return super().follow_ups_until(day)
        return self._follow_ups(due for due in self._soon if due.due <= day)

    def follow_ups_of_kind(self, kind: str) -> list[FollowUp]:
        if not is_soon(kind):
            return super().follow_ups_of_kind(kind)
        return self._follow_ups(due for due in self._soon if due.kind == kind)

    @property
    def _soon(self) -> Iterable[Kept]:
        return (due for mine in self.soon.values() for due in mine)

    def _follow_ups(self, found: Iterable[Kept]) -> list[FollowUp]:
        return sorted((follow_up(due, self.today) for due in found), key=order)

    @cached_property
    def follow_ups_of(self) -> dict[str, list[FollowUp]]:
        return LazyFollowUps(self.dues, self.today)

    def warmth(self, contact: Contact) -> float:
        return self.gists.warmth(contact.id)

    @property
    def warmths(self) -> dict[str, float]:
        return self._others(self.gists.warmths)

    def warmth_of(self, id: str) -> float:
        return self.gists.warmth(id)

    def status_of(self, id: str) -> str:
        return self.gists.status(id)

    def last_contact(self, contact: Contact) -> date | None:
        return self.gists[contact.id].last_day

    def is_drifting(self, contact: Contact) -> bool:
        return self.gists[contact.id].drifting

    @cached_property
    def drifting(self) -> list[Contact]:
        return self._contacts(self.gists.drifting)

    @cached_property
    def wanted(self) -> list[Contact]:
        return self._contacts(self.gists.with_status("wanted"))

    def balance(self, contact: Contact) -> Balance:
        return Balance(*self.gists[contact.id].balance)

    @cached_property
    def balances(self) -> dict[str, Balance]:
        return self._others(self.gists.balances)

    @cached_property
    def book_balance(self) -> Balance:
        return Balance(*self.totals.balance)

    @cached_property
    def days_in_touch(self) -> Counter[date]:
        return Counter({date.fromordinal(day): n for day, n in self.totals.days.items()})

    def census(self, day: date) -> Census:
        since = in_touch_since(day).toordinal()
        me = self.book.me.id if self.book.me else None
        return census(self.gists.census(since, day == self.today, me), self.settings)

    def _others(self, found: dict[str, V]) -> dict[str, V]:
        """Values by id without that of the own card."""
        if self.book.me is not None:
            found.pop(self.book.me.id, None)
        return found

    def _contacts(self, ids: Iterable[str]) -> list[Contact]:
        me = self.book.me.id if self.book.me else None
        return [self.book.contacts[id] for id in sorted(ids) if id != me]
