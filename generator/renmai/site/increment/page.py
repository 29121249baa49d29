"""What a page or a part of one was made of: what it looked at, as numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from msgspec import Struct

from renmai.model.outline import reference_keys
from renmai.site.increment.inverse import NUMBER
from renmai.site.increment.seen import Seen
from renmai.text.values import folded

#: The aspects of somebody that a page can look at: the lowest digit of a number.
RECORD, LEVEL, TIES, COST, MATCHES, ASPECTS = range(6)


class Page(Struct, frozen=True, array_like=True, gc=False):
    """What a page or a part of one looked at: aspects of others as numbers, names of nobody.

    `fronts`: the front matter of everybody.
    """

    seen: bytes = b""
    names: tuple[str, ...] = ()
    fronts: bool = False

    @property
    def numbers(self) -> array[int]:
        """What it looked at, as numbers."""
        return array(NUMBER, self.seen)


class Part(Struct, frozen=True, array_like=True, gc=False):
    """A part of a page of the whole book: what it showed, and what it looked at."""

    value: bytes
    page: Page


class Numbers:
    """Gives everybody a number, those of `ids` the place that they have there."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self.ids = list(ids)
        self._by_id = {id: number for number, id in enumerate(self.ids)}

    def __call__(self, id: str) -> int:
        number = self._by_id.get(id)
        if number is None:
            number = self._by_id[id] = len(self.ids)
            self.ids.append(id)
        return number

    def aspects(self, ids: Iterable[str], aspect: int) -> set[int]:
        """An aspect of each of the ids, as numbers."""
        return {self(id) * ASPECTS + aspect for id in ids}

    def page(self, seen: Seen) -> Page:
        """What a page has looked at, in numbers; who has none is nobody yet."""
        known, looked, names = self._by_id, list[int](), set(seen.keys)
        looks = (
            (RECORD, seen.records),
            (LEVEL, seen.levels),
            (TIES, seen.ties),
            (COST, seen.costs),
            (MATCHES, seen.matches),
        )
        for aspect, ids in looks:
            for id in ids:
                number = known.get(id)
                if number is None:
                    names.add(folded(id))
                else:
                    looked.append(number * ASPECTS + aspect)
        if seen.numbers:
            looked = list(seen.numbers.union(looked))
        names.update(key for name in seen.names for key in reference_keys(name))
        return Page(array(NUMBER, sorted(looked)).tobytes(), tuple(sorted(names)), seen.fronts)
