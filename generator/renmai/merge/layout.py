"""A body laid out around the units of the merge: the lines that stand between them.

Every version is given the same units in the same order, so that what is merged by lines is what
stands between two of them, and no entry can come into its way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from renmai.merge.align import Pairs, align, follow, rising
from renmai.merge.lines import is_blank, lines_of
from renmai.merge.matching import Id
from renmai.merge.prose import Gap
from renmai.merge.units import Unit
from renmai.merge.versions import Versions


class Side:
    """A version: its lines, its units, the unit that each line is of, and its headings' lines."""

    def __init__(self, text: str, units: Mapping[Id, Unit], headings: Mapping[str, int]) -> None:
        self.lines, self.units, self.headings = lines_of(text), units, headings
        self.owners: list[Id | None] = [None] * len(self.lines)
        for each, unit in units.items():
            self.owners[unit.start : unit.end] = [each] * (unit.end - unit.start)
        # How many lines with something on them stand before each line, units left out.
        words = map(self._is_prose, range(len(self.lines)))
        self.words = [0, *accumulate(words)]
        self.tops = [*sorted(headings.values()), len(self.lines)]

    def _is_prose(self, line: int) -> bool:
        return self.owners[line] is None and not is_blank(self.lines[line])

    def marked(self) -> list[str]:
        """The lines, with those of a unit replaced by what says which unit it is."""
        return [
            line if owner is None else f"\0{owner}"
            for line, owner in zip(self.lines, self.owners, strict=True)
        ]

    def has(self, each: Id, place: str) -> bool:
        """Whether a unit stands below that heading."""
        return each in self.units and self.units[each].place == place

    def section(self, place: str) -> tuple[int, int]:
        """The lines below a heading and before the next one; all lines where there is none."""
        if place not in self.headings:
            return 0, self.tops[0] if not place else len(self.lines)
        heading = self.headings[place]
        return heading + 1, self.tops[bisect_right(self.tops, heading)]

    def neighbour(self, each: Id, step: int) -> Id | None:
        """The unit next to one (step 1) or before it (-1), with blank lines alone between."""
        unit = self.units[each]
        line = unit.end if step > 0 else unit.start - 1
        while 0 <= line < len(self.lines):
            if self.owners[line] or not is_blank(self.lines[line]):
                return self.owners[line]
            line += step
        return None


def prose_of(text: str, units: Iterable[Unit]) -> Counter[str]:
    """The lines of a body that belong to no unit, blank ones left out."""
    lines = lines_of(text)
    for unit in units:
        lines[unit.start : unit.end] = [""] * (unit.end - unit.start)
    return Counter(line.strip() for line in lines if not is_blank(line))


def gaps(
    sides: Versions[Side], order: Sequence[Id], places: Mapping[Id, str]
) -> list[Versions[Gap]]:
    """What stands before each unit, and behind the last, in the three versions."""
    layout = _Layout(sides, order, places)
    return [Versions(*gap) for gap in zip(*map(layout.lay, sides), strict=True)]


class _Layout:
    def __init__(
        self, sides: Versions[Side], order: Sequence[Id], places: Mapping[Id, str]
    ) -> None:
        self.sides, self.order, self.places = sides, order, places
        self.rank = {each: index for index, each in enumerate(order)}
        # Where both sides have what the ancestor lacks, either will do, but always the same.
        self.sources = [*sorted(sides[1:], key=lambda side: side.lines), sides.base]
        self.pairs: dict[tuple[int, int], Pairs] = {}
        self.marked = {id(side): side.marked() for side in sides}

    def lay(self, side: Side) -> list[Gap]:
        """The lines of a version before each unit of the merge, and behind the last."""
        # A unit that was moved below another heading stands somewhere else in this version.
        ids = [each for each, unit in side.units.items() if self.places.get(each) == unit.place]
        present = rising([(index, self.rank[each]) for index, each in enumerate(ids)])
        laid: list[Gap] = []
        line = done = 0
        for each in [*(ids[index] for index, _ in present), None]:
            stop = side.units[each].start if each else len(side.lines)
            rank = self.rank[each] if each else len(self.order)
            rest = [number for number in range(line, stop) if side.owners[number] is None]
            above = True  # whether what stands before the gap stands there in this version
            begin = 0
            for missing in self.order[done:rank]:
                cut = self._cut(missing, each, side, rest, begin)
                laid.append(Gap(_text(side, rest[begin:cut]), above, False))
                begin, above = cut, False
            laid.append(Gap(_text(side, rest[begin:]), above, True))
            line, done = side.units[each].end if each else stop, rank + 1
        return laid

    def _cut(
        self, missing: Id, following: Id | None, side: Side, rest: list[int], begin: int
    ) -> int:
        """Behind how many of these lines, `begin` at least, a missing unit belongs."""
        place, rank = self.places[missing], self.rank[missing]
        before = self.order[rank - 1] if rank else None
        if before and place and self.places[before] == place not in side.headings:
            return begin  # below a heading that is new to this version
        joins = before and before[0] != "heading" and self.places[before] == place
        leads = following and self.places[following] == place
        first, last = (max(bisect_left(rest, line), begin) for line in side.section(place))
        nearest = first if joins or not leads else last
        source = next((s for s in self.sources if s is not side and s.has(missing, place)), None)
        if source is None or first == last:
            return nearest
        if side.words[rest[first]] == side.words[rest[last - 1] + 1]:
            return nearest  # nothing but blank lines
        if joins and self._beside(missing, source, -1):
            return first
        if leads and self._beside(missing, source, 1):
            return last
        line = self._follow(source.units[missing].start, source, side)
        return min(max(bisect_left(rest, line), first), last)

    def _beside(self, each: Id, side: Side, step: int) -> bool:
        """Whether a unit stands in a version beside another under the same heading."""
        other = side.neighbour(each, step)
        return bool(other and other[0] != "heading" and self.places.get(other) == self.places[each])

    def _follow(self, line: int, source: Side, side: Side) -> int:
        """Where the place before a line of one version is in another.

        Right behind what stands above it, if the other version has that; else by way of the
        ancestor, which tells what was rewritten there.
        """
        base = self.sides.base
        if source is base or side is base:
            return follow(line, self.marked[id(source)], self._pairs(source, side), len(side.lines))
        above = line - 1
        while above >= 0 and is_blank(source.lines[above]):
            above -= 1
        pairs = self._pairs(source, side)
        index = bisect_left(pairs, (above, -1))
        if index < len(pairs) and pairs[index][0] == above:
            return pairs[index][1] + 1
        return self._follow(self._follow(line, source, base), base, side)

    def _pairs(self, source: Side, side: Side) -> Pairs:
        key = (id(source), id(side))
        if key not in self.pairs:
            self.pairs[key] = align(self.marked[id(source)], self.marked[id(side)])
        return self.pairs[key]


def _text(side: Side, numbers: list[int]) -> str:
    return "".join(side.lines[number] for number in numbers)
