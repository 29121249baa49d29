"""The order of entries and tasks in the merge: heading by heading, and the log's by date."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate, pairwise

from renmai.merge.matching import Id, Known
from renmai.merge.units import Unit
from renmai.merge.versions import Versions, merged_order, under


def places_of(known: Known, kept: Collection[Id]) -> dict[Id, str]:
    """The heading that each unit will stand under: where the side that moved it put it."""
    return {each: _place(under(known, each)) for each in kept}


def _place(unit: Versions[Unit | None]) -> str:
    places = unit.each(lambda side: side.place if side else None)
    if places.settled and places.choice is not None:
        return places.choice
    return min(place for place in places[1:] if place is not None)


def ordered(known: Known, places: Mapping[Id, str]) -> list[Id]:
    """All units that are kept; those that were added to the log stand in its order."""
    here = known.each(lambda side: _by_place(side, places))
    headings = known.each(lambda side: list(dict.fromkeys(unit.place for unit in side.values())))
    rising = _rises(known)
    order: list[Id] = []
    for place in merged_order(headings, set(places.values())):
        units = merged_order(
            under(here, place).each(lambda units: units or []),
            places,
            lambda each: _unit(each, known).nested,
        )
        order += _by_date(units, known, rising)
    return order


def _by_place(version: Mapping[Id, Unit], places: Mapping[Id, str]) -> dict[str, list[Id]]:
    found: defaultdict[str, list[Id]] = defaultdict(list)
    for each, unit in version.items():
        if places.get(each) == unit.place:
            found[unit.place].append(each)
    return found


def _unit(each: Id, known: Known) -> Unit:
    return known.ours.get(each) or known.theirs.get(each) or known.base[each]


def _day(each: Id, known: Known) -> str:
    """The day of an entry as it will be written, "" for what has none."""
    days = known.each(lambda side: side[each].day if each in side else "")
    if each not in known.ours or each not in known.theirs:
        return days.ours or days.theirs
    return days.choice if days.settled else min(days[1:])


def _rises(known: Known) -> bool:
    """Whether the dates of the log rise. Where they do not, new entries go to the top."""
    steps = 0
    for side in (known.ours, known.theirs):
        days = [unit.day for unit in side.values() if unit.day]
        steps += sum((later > earlier) - (later < earlier) for earlier, later in pairwise(days))
    return steps > 0


def _by_date(units: Sequence[Id], known: Known, rising: bool) -> list[Id]:
    """The units with the dated entries that were added in their places among the others."""
    days = {each: day for each in units if (day := _day(each, known))}
    fixed = [each for each in units if each in days and each in known.base]
    added = [each for each in units if each in days and each not in known.base]
    added.sort(key=lambda each: days[each], reverse=not rising)
    dated = [days[each] for each in units if each in days]
    if dated == sorted(dated, reverse=not rising):
        return list(units)
    if not fixed:
        return [added.pop(0) if each in days else each for each in units]
    at = _place_among([days[each] for each in fixed], rising)
    before: defaultdict[Id | None, list[Id]] = defaultdict(list)
    behind: defaultdict[Id | None, list[Id]] = defaultdict(list)
    for each in added:
        index = at(days[each])
        if rising and index:
            behind[fixed[index - 1]].append(each)
        elif index < len(fixed):
            before[fixed[index]].append(each)
        else:
            behind[fixed[-1]].append(each)
    order = []
    for each in units:
        if each in known.base or each not in days:
            order += [*before[each], each, *behind[each]]
    return order


def _place_among(days: list[str], rising: bool) -> Callable[[str], int]:
    """How many of the entries of these days stand before one that is added."""
    if rising:  # behind the last that is not later
        least = list(accumulate(reversed(days), min))[::-1]
        return lambda day: bisect_right(least, day)
    # before the first that is not later
    least = list(accumulate(days, min))[::-1]
    return lambda day: len(days) - bisect_right(least, day)
