"""The gists of all contacts in columns: to count and to sort people takes no gist of each."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import compress
from operator import or_
from typing import Any

from msgspec import Struct

from renmai.rules.circles import Member
from renmai.rules.ledger import Balance
from renmai.rules.warmth import LEVELS
from renmai.site.increment.gist import Gist
from renmai.site.increment.inverse import NUMBER

#: Who is less warm is cold.
_COOL = LEVELS[-1][1]

#: The length of a digest of when one was in touch.
_FELT = 8


class Sort(Struct, frozen=True, array_like=True, gc=False):
    """What many contacts have in common."""

    status: str
    drifting: bool
    circles: tuple[str, ...]


class Columns(Struct, array_like=True, gc=False):
    """Gists as columns, each in bytes: see `Gist`; `sort` is a place among `sorts`."""

    ids: list[str]
    sorts: list[Sort]
    sort: bytes
    warmth: bytes
    last: bytes
    then: bytes
    gave: bytes
    got: bytes
    asked: bytes
    felt: bytes


_COLUMNS = {"sort": NUMBER, "warmth": "d"} | dict.fromkeys(
    ("last", "then", "gave", "got", "asked"), NUMBER
)


class Gists(Mapping[str, Gist]):
    """The gists of contacts by id."""

    def __init__(self, columns: Columns) -> None:
        self.ids, self.sorts = columns.ids, columns.sorts
        self._columns: dict[str, array[Any]] = {
            name: array(code, getattr(columns, name)) for name, code in _COLUMNS.items()
        }
        self._felt = bytearray(columns.felt)

    @property
    def columns(self) -> Columns:
        """The gists to be remembered."""
        made = {name: column.tobytes() for name, column in self._columns.items()}
        return Columns(self.ids, self.sorts, felt=bytes(self._felt), **made)

    def after(self, rows: Mapping[str, Gist | None]) -> Gists:
        """The gists where some are others; None for who is gone."""
        if any(gist is None and id in self._numbers for id, gist in rows.items()):
            return gists_of({id: self[id] for id in self if id not in rows}).after(
                {id: gist for id, gist in rows.items() if gist is not None}
            )
        made = Gists(self.columns)
        made.ids, made.sorts = list(self.ids), list(self.sorts)
        for id, gist in rows.items():
            if gist is not None:
                made._put(id, gist)
        return made

    def __getitem__(self, id: str) -> Gist:
        at, column = self._numbers[id], self._columns
        sort = self.sorts[column["sort"][at]]
        return Gist(
            warmth=column["warmth"][at],
            last=column["last"][at],
            then=column["then"][at],
            drifting=sort.drifting,
            balance=(column["gave"][at], column["got"][at], column["asked"][at]),
            felt=bytes(self._felt[at * _FELT : (at + 1) * _FELT]),
            status=sort.status,
            circles=sort.circles,
        )

    def __contains__(self, id: object) -> bool:
        return id in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)

    def warmth(self, id: str) -> float:
        """How warm somebody is."""
        warmth: float = self._columns["warmth"][self._numbers[id]]
        return warmth

    def status(self, id: str) -> str:
        """The status of somebody."""
        sort: int = self._columns["sort"][self._numbers[id]]
        return self.sorts[sort].status

    @property
    def warmths(self) -> dict[str, float]:
        """How warm everybody is."""
        return dict(zip(self.ids, self._columns["warmth"], strict=True))

    @property
    def drifting(self) -> list[str]:
        """The ids of those who are drifting away."""
        return self._having([sort.drifting for sort in self.sorts])

    def with_status(self, status: str) -> list[str]:
        """The ids of those of a status."""
        return self._having([sort.status == status for sort in self.sorts])

    @property
    def balances(self) -> dict[str, Balance]:
        """The balances of those with whom there is anything to balance."""
        gave, got, asked = (self._columns[name] for name in ("gave", "got", "asked"))
        any_ = list(map(or_, map(or_, gave, got), asked))
        rows = compress(zip(self.ids, gave, got, asked, strict=True), any_)
        return {id: Balance(*mine) for id, *mine in rows}

    def census(self, since: int, is_now: bool, but: str | None) -> Counter[Member]:
        """How many active people there are of each kind, one of them left out.

        In touch is who was since a day (its ordinal), now or up to a year ago.
        """
        column = self._columns
        days, warmths = column["last" if is_now else "then"], column["warmth"]
        touched, cold = map(since.__le__, days), map(_COOL.__gt__, warmths)
        kinds = Counter(zip(column["sort"], touched, cold, strict=True))
        if but in self._numbers:
            at = self._numbers[but]
            kinds[column["sort"][at], since <= days[at], warmths[at] < _COOL] -= 1
        found = Counter[Member]()
        for (number, in_touch, is_cold), many in kinds.items():
            sort = self.sorts[number]
            if sort.status == "active" and many:
                found[Member(sort.circles, in_touch, is_cold)] += many
        return found

    def _having(self, wanted: list[bool]) -> list[str]:
        """The ids of those whose sort is wanted."""
        return list(compress(self.ids, map(wanted.__getitem__, self._columns["sort"])))

    def _put(self, id: str, gist: Gist) -> None:
        gave, got, asked = gist.balance
        values = {
            "sort": self._sort(Sort(gist.status, gist.drifting, gist.circles)),
            **{name: getattr(gist, name) for name in ("warmth", "last", "then")},
            "gave": gave,
            "got": got,
            "asked": asked,
        }
        at = self._numbers.setdefault(id, len(self.ids))
        self._felt[at * _FELT : (at + 1) * _FELT] = gist.felt
        if at < len(self.ids):
            for name, value in values.items():
                self._columns[name][at] = value
            return
        self.ids.append(id)
        for name, value in values.items():
            self._columns[name].append(value)

    def _sort(self, sort: Sort) -> int:
        """The place of a sort."""
        number = self._places.setdefault(sort, len(self.sorts))
        if number == len(self.sorts):
            self.sorts.append(sort)
        return number

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self.ids)}

    @cached_property
    def _places(self) -> dict[Sort, int]:
        return {sort: number for number, sort in enumerate(self.sorts)}


def gists_of(found: Mapping[str, Gist]) -> Gists:
    """Gists in columns."""
    empty = Columns([], [], *[b""] * 8)
    return Gists(empty).after(found)
