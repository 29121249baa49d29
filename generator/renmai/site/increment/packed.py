"""All matches of a book in few numbers, and those of some people out of them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from msgspec import Struct

from renmai.rules.matches import Match, Matches
from renmai.site.views.introductions import MOST_MATCHES
from renmai.site.views.matching import MOST

#: So many of the first introductions are remembered.
_LEAD = 4 * MOST_MATCHES

#: How a number is stored in bytes.
NUMBER = "I"

#: The sum of two people's warmth, the warmest first; then who needs, and who offers.
Key = tuple[float, str, str]


class Packed(Struct, frozen=True, array_like=True, gc=False):
    """The matches of `Matches` in any order: people and phrases by their place in a list.

    For each match there are four numbers: who needs, who offers, what is needed, and the offer.
    """

    people: list[str]
    phrases: list[str]
    introductions: bytes
    you_can_help: bytes
    can_help_you: bytes


class Lead(Struct, frozen=True, array_like=True, gc=False):
    """The first introductions by their place in `Packed`; `last` is the key of the last of them.

    None where there are no others.
    """

    rows: list[int]
    last: Key | None


def pack(found: Matches) -> Packed:
    """The matches in numbers."""
    people: dict[str, int] = {}
    phrases: dict[str, int] = {}

    def numbers(matches: list[Match]) -> Iterator[int]:
        for each in matches:
            yield people.setdefault(each.needs, len(people))
            yield people.setdefault(each.offers, len(people))
            yield phrases.setdefault(each.what, len(phrases))
            yield phrases.setdefault(each.phrase, len(phrases))

    sorts = (found.introductions, found.you_can_help, found.can_help_you)
    packed = [array(NUMBER, numbers(matches)).tobytes() for matches in sorts]
    return Packed(list(people), list(phrases), *packed)


class Ranked:
    """The matches that were remembered, in the order of people's warmth as it is now.

    `warmth` is asked by id, of contacts alone.
    """

    def __init__(self, packed: Packed, me: str | None, warmth: Callable[[str], float]) -> None:
        self.packed, self.me, self._warmth = packed, me, warmth
        self._number = {id: number for number, id in enumerate(packed.people)}
        self._of: dict[str, Matches] = {}
        self._flat = {
            sort: array(NUMBER, getattr(packed, sort)) for sort in Matches.__struct_fields__
        }

    def fetch(self, ids: Iterable[str]) -> None:
        """Have the matches of these at hand."""
        wanted = {self._number[id] for id in ids if id in self._number and id not in self._of}
        if not wanted:
            return
        names = {number: self.packed.people[number] for number in wanted}
        found = {id: Matches([], [], []) for id in names.values()}
        for sort in Matches.__struct_fields__:
            for row in self._rows(sort, wanted):
                match = self._match(sort, row)
                for id in (match.needs, match.offers):
                    if id in found:
                        getattr(found[id], sort).append(match)
        for mine in found.values():
            for sort in Matches.__struct_fields__:
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
        every = range(self._count("introductions"))
        return self._lead(nsmallest(_LEAD, every, key=self._row_key), None)

    def _lead(self, rows: list[int], last: Key | None) -> Lead:
        whole = self._count("introductions")
        if len(rows) == _LEAD < whole:
            last = self._row_key(rows[-1])
        return Lead(rows, None if len(rows) == whole else last)

    def whole(self, lead: Lead) -> Matches:
        """All matches, of which only those of `lead` are there among the introductions."""
        first = [self._match("introductions", row) for row in lead.rows]
        helps = (
            sorted((self._match(sort, row) for row in range(self._count(sort))), key=self.key)
            for sort in ("you_can_help", "can_help_you")
        )
        return Matches(First(first, self._count("introductions")), *helps)

    def warmth(self, id: str) -> float:
        """The warmth that sorts: the own card has none."""
        return 0.0 if id == self.me else self._warmth(id)

    def _count(self, sort: str) -> int:
        return len(self._flat[sort]) // 4

    def _rows(self, sort: str, numbers: set[int]) -> list[int]:
        """The rows in which one of some people is."""
        if not numbers:
            return []
        flat = self._flat[sort]
        pairs = zip(flat[0::4], flat[1::4], strict=True)
        return [row for row, (a, b) in enumerate(pairs) if a in numbers or b in numbers]

    def _match(self, sort: str, row: int) -> Match:
        packed = self.packed
        needs, offers, what, phrase = self._flat[sort][4 * row : 4 * row + 4]
        people, phrases = packed.people, packed.phrases
        return Match(people[needs], people[offers], phrases[what], phrases[phrase])

    def _row_key(self, row: int) -> Key:
        needs, offers = self._flat["introductions"][4 * row : 4 * row + 2]
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
