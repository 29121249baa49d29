"""All matches of a book in few numbers, and those of some people out of them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import overload

from msgspec import Struct

from renmai.rules.matches import Match, Matches
from renmai.site.increment.inverse import NUMBER, Inverse, inverse_of
from renmai.site.views.introductions import MOST_MATCHES
from renmai.site.views.matching import MOST

#: So many of the first introductions are remembered.
_LEAD = 4 * MOST_MATCHES

#: The sorts of matches.
SORTS = Matches.__struct_fields__

#: The sum of two people's warmth, the warmest first; then who needs, and who offers.
Key = tuple[float, str, str]


class Packed(Struct, frozen=True, array_like=True, gc=False):
    """The matches of `Matches` in any order: people and phrases by their place in a list.

    For each match there are four numbers: who needs, who offers, what is needed, and the offer.
    `rows` are, by sort, those in which each of the people is.
    """

    people: list[str]
    phrases: list[str]
    introductions: bytes
    you_can_help: bytes
    can_help_you: bytes
    rows: dict[str, Inverse]


class Lead(Struct, frozen=True, array_like=True, gc=False):
    """The first introductions by their place in `Packed`; `last` is the key of the last of them.

    None where there are no others.
    """

    rows: list[int]
    last: Key | None


class Flat(Sequence[Match]):
    """Matches of one sort, those of `rows` or all, each made when it is asked for."""

    def __init__(self, packed: Packed, sort: str, rows: Sequence[int] | None = None) -> None:
        self.packed, self._data = packed, getattr(packed, sort)
        self.numbers = memoryview(self._data).cast(NUMBER)
        self.rows = range(len(self.numbers) // 4) if rows is None else rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Match: ...
    @overload
    def __getitem__(self, at: slice) -> list[Match]: ...
    def __getitem__(self, at: int | slice) -> Match | list[Match]:
        rows = self.rows[at]
        return self.match(rows) if isinstance(rows, int) else [self.match(row) for row in rows]

    def match(self, row: int) -> Match:
        """The match in a row."""
        needs, offers, what, phrase = self.numbers[4 * row : 4 * row + 4]
        people, phrases = self.packed.people, self.packed.phrases
        return Match(people[needs], people[offers], phrases[what], phrases[phrase])


def flat(packed: Packed) -> Matches:
    """All matches, in the order in which they were packed."""
    return Matches(*(Flat(packed, sort) for sort in SORTS))


class ByPerson(Mapping[str, Matches]):
    """The matches that each person is in, by id, in the order in which they were packed."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self._number = {id: number for number, id in enumerate(packed.people)}

    def __getitem__(self, id: str) -> Matches:
        number, rows = self._number[id], self.packed.rows
        return Matches(*(Flat(self.packed, sort, rows[sort].of(number)) for sort in SORTS))

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed.people)

    def __len__(self) -> int:
        return len(self.packed.people)


def pack(found: Matches) -> Packed:
    """The matches in numbers."""
    people: dict[str, int] = {}
    phrases: dict[str, int] = {}

    def numbers(matches: Sequence[Match]) -> Iterator[int]:
        for each in matches:
            yield people.setdefault(each.needs, len(people))
            yield people.setdefault(each.offers, len(people))
            yield phrases.setdefault(each.what, len(phrases))
            yield phrases.setdefault(each.phrase, len(phrases))

    packed = {sort: array(NUMBER, numbers(getattr(found, sort))) for sort in SORTS}
    data = {sort: rows.tobytes() for sort, rows in packed.items()}
    rows = {sort: _rows_of(rows) for sort, rows in packed.items()}
    return Packed(list(people), list(phrases), **data, rows=rows)


def _rows_of(packed: array[int]) -> Inverse:
    """By the number of a person, the rows that they are in."""
    found: dict[int, array[int]] = defaultdict(lambda: array(NUMBER))
    for row, (needs, offers) in enumerate(zip(packed[0::4], packed[1::4], strict=True)):
        found[needs].append(row)
        found[offers].append(row)
    return inverse_of(found)


class Ranked:
    """The matches that were remembered, in the order of people's warmth as it is now.

    `warmth` is asked by id, of contacts alone.
    """

    def __init__(self, packed: Packed, me: str | None, warmth: Callable[[str], float]) -> None:
        self.packed, self.me, self._warmth = packed, me, warmth
        self._number = {id: number for number, id in enumerate(packed.people)}
        self._of: dict[str, Matches] = {}
        self._flat = {sort: Flat(packed, sort) for sort in SORTS}

    def fetch(self, ids: Iterable[str]) -> None:
        """Have the matches of these at hand."""
        wanted = {self._number[id] for id in ids if id in self._number and id not in self._of}
        if not wanted:
            return
        names = {number: self.packed.people[number] for number in wanted}
        found = {id: Matches([], [], []) for id in names.values()}
        for sort in SORTS:
            for row in self._rows(sort, wanted):
                match = self._flat[sort].match(row)
                for id in (match.needs, match.offers):
                    if id in found:
                        getattr(found[id], sort).append(match)
        for mine in found.values():
            for sort in SORTS:
                getattr(mine, sort).sort(key=self.key)
        self._of |= found

    def of(self, id: str) -> Matches | None:
        """The matches of somebody, the own card too; None where there are none."""
        if id not in self._of:
            self.fetch([id])
        return self._of.get(id)

    def has(self, id: str) -> bool:
        """Whether somebody is in any match."""
        return id in self._number

    def key(self, match: Match) -> Key:
        """What sorts matches, as in rules/matches.py."""
        return self._key(match.needs, match.offers)

    def floors(self, known: Mapping[str, Matches]) -> dict[str, float]:
        """How warm somebody must be to be shown among those who match each; who is not there,
        shows all.

        Shown are the first ones, and the first of those who offer something.
        """
        many = (id for id, mine in known.items() if len(mine.introductions) > MOST)
        return {id: self._floor(id, known[id]) for id in many}

    def floor(self, id: str) -> float:
        """The same of one of these."""
        mine = self.of(id)
        assert mine is not None
        return self._floor(id, mine)

    def _floor(self, id: str, mine: Matches) -> float:
        needing = (at for at, match in enumerate(mine.introductions) if match.needs == id)
        last = mine.introductions[max(MOST - 1, next(needing, 0))]
        return self.warmth(last.offers if last.needs == id else last.needs)

    def lead(self, old: Lead | None, warmer: Iterable[str]) -> Lead:
        """The first introductions, from what they were before the warmth of `warmer` changed."""
        if old is not None:
            if old.last is None:
                return Lead(sorted(old.rows, key=self._row_key), None)
            numbers = {self._number[id] for id in warmer if id in self._number}
            rows = {*old.rows, *self._rows("introductions", numbers)}
            certain = sorted(
                (row for row in rows if self._row_key(row) <= old.last), key=self._row_key
            )
            if len(certain) >= MOST_MATCHES:
                return self._lead(certain[:_LEAD], old.last)
        every = range(len(self._flat["introductions"]))
        return self._lead(nsmallest(_LEAD, every, key=self._row_key), None)

    def first_lead(self) -> Lead:
        """The same of matches that were packed in this order."""
        return self._lead(list(range(len(self._flat["introductions"]))[:_LEAD]), None)

    def _lead(self, rows: list[int], last: Key | None) -> Lead:
        whole = len(self._flat["introductions"])
        if len(rows) == _LEAD < whole:
            last = self._row_key(rows[-1])
        return Lead(rows, None if len(rows) == whole else last)

    def whole(self, lead: Lead) -> Matches:
        """All matches, of which only those of `lead` are there among the introductions."""
        introductions, *helps = self._flat.values()
        first = First([introductions.match(row) for row in lead.rows], len(introductions))
        return Matches(first, *(sorted(each, key=self.key) for each in helps))

    def warmth(self, id: str) -> float:
        """The warmth that sorts: the own card has none."""
        return 0.0 if id == self.me else self._warmth(id)

    def _rows(self, sort: str, numbers: set[int]) -> list[int]:
        """The rows in which one of some people is."""
        having = self.packed.rows[sort].of
        return sorted({row for number in numbers for row in having(number)})

    def _row_key(self, row: int) -> Key:
        needs, offers = self._flat["introductions"].numbers[4 * row : 4 * row + 2]
        return self._key(self.packed.people[needs], self.packed.people[offers])

    def _key(self, needs: str, offers: str) -> Key:
        return -(self.warmth(needs) + self.warmth(offers)), needs, offers


class First(list[Match]):
    """The first of many matches; its length is that of all."""

    def __init__(self, matches: Sequence[Match], count: int) -> None:
        super().__init__(matches)
        self._count = count

    def __len__(self) -> int:
        return self._count
