"""A body laid out around the units of the merge: the lines that stand between them.

Every version is given the same units in the same order, so that what is merged by lines is what
stands between two of them, and no entry can come into its way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from renmai.merge.align import Pairs, align, follow, rising
from renmai.merge.lines import is_blank, lines_of
from renmai.merge.matching import Id, Known
from renmai.merge.units import Unit
from renmai.merge.versions import Versions


class _Side(msgspec.Struct):
    """A version: its units, its lines, and which unit each line belongs to (-1: none).

    `marked` are the lines with those of units replaced by what says which unit it is.
    """

    units: Mapping[Id, Unit]
    lines: list[str]
    owners: list[int]
    marked: list[str]

    def neighbour(self, each: Id, step: int) -> int:
        """The number of the unit next to one (step 1) or before it (-1), blank lines between."""
        unit = self.units[each]
        line = unit.end if step > 0 else unit.start - 1
        while 0 <= line < len(self.lines):
            if self.owners[line] >= 0 or not is_blank(self.lines[line]):
                return self.owners[line]
            line += step
        return -1


def gaps(
    texts: Versions[str], known: Known, order: Sequence[Id], places: Mapping[Id, str]
) -> list[Versions[str]]:
    """What stands before each unit, and behind the last, in ancestor, ours and theirs."""
    layout = _Layout(texts, known, order, places)
    return [Versions(*gap) for gap in zip(*(map(layout.lay, layout.sides)), strict=True)]


class _Layout:
    def __init__(
        self, texts: Versions[str], known: Known, order: Sequence[Id], places: Mapping[Id, str]
    ) -> None:
        self.order, self.places = order, places
        self.rank = {each: index for index, each in enumerate(order)}
        self.numbers: dict[Id, int] = {}
        self.ids: list[Id] = []
        self.sides = [self._side(*pair) for pair in zip(texts, known, strict=True)]
        # Where both sides have what the ancestor lacks, either will do, but always the same.
        base, *sides = self.sides
        self.sources = [*sorted(sides, key=lambda side: side.lines), base]
        self.pairs: dict[tuple[int, int], Pairs] = {}

    def _side(self, text: str, units: Mapping[Id, Unit]) -> _Side:
        lines = lines_of(text)
        side = _Side(units, lines, [-1] * len(lines), list(lines))
        for each, unit in units.items():
            if each not in self.numbers:
                self.numbers[each] = len(self.ids)
                self.ids.append(each)
            number = self.numbers[each]
            for line in range(unit.start, unit.end):
                side.owners[line] = number
                side.marked[line] = f"\0{number}.{line - unit.start}"
        return side

    def lay(self, side: _Side) -> list[str]:
        """The lines of a version before each unit of the merge, and behind the last."""
        # A unit that was moved below another heading stands somewhere else in this version.
        ids = [each for each, unit in side.units.items() if self.places.get(each) == unit.place]
        present = rising([(index, self.rank[each]) for index, each in enumerate(ids)])
        laid: list[str] = []
        line = done = 0
        for each in [*(ids[index] for index, _ in present), None]:
            stop = side.units[each].start if each else len(side.lines)
            rank = self.rank[each] if each else len(self.order)
            rest = [number for number in range(line, stop) if side.owners[number] < 0]
            for missing in self.order[done:rank]:
                cut = self._cut(missing, each, side, rest)
                laid.append("".join(side.lines[number] for number in rest[:cut]))
                rest = rest[cut:]
            laid.append("".join(side.lines[number] for number in rest))
            line, done = side.units[each].end if each else stop, rank + 1
        return laid

    def _cut(self, missing: Id, following: Id | None, side: _Side, rest: list[int]) -> int:
        """Behind how many of these lines a unit belongs that a version does not have there."""
        place, rank = self.places[missing], self.rank[missing]
        before = self.order[rank - 1] if rank else None
        joins = before and before[0] != "heading" and self.places[before] == place
        leads = following and self.places[following] == place
        source = next((s for s in self.sources if s is not side and missing in s.units), None)
        if source is None or all(is_blank(side.lines[line]) for line in rest):
            return 0 if joins or not leads else len(rest)
        if joins and self._beside(missing, source, -1):
            return 0
        if leads and self._beside(missing, source, 1):
            return len(rest)
        return bisect_left(rest, self._follow(source.units[missing].start, source, side))

    def _beside(self, each: Id, side: _Side, step: int) -> bool:
        """Whether a unit stands in a version beside another under the same heading."""
        number = side.neighbour(each, step)
        if number < 0:
            return False
        other = self.ids[number]
        return other[0] != "heading" and self.places.get(other) == self.places[each]

    def _follow(self, line: int, source: _Side, side: _Side) -> int:
        """Where the place before a line of one version is in another: by way of the ancestor."""
        base = self.sides[0]
        if source is not base and side is not base:
            return self._follow(self._follow(line, source, base), base, side)
        key = (id(source), id(side))
        if key not in self.pairs:
            self.pairs[key] = align(source.marked, side.marked)
        return follow(line, source.marked, self.pairs[key], len(side.lines))
