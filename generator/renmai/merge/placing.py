"""Where units stand: their order in the merge, and their places in a version that lacks them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise

from renmai.merge.choice import merged_order, pick, settled
from renmai.merge.matching import Id, Known
from renmai.merge.units import Unit


def ordered(known: Known, kept: Collection[Id]) -> list[Id]:
    """All that is kept, heading by heading; entries that were added, in the log's order."""
    place_of = {each: _place(each, known) for each in kept}
    versions = (known.base, known.ours, known.theirs)
    places = [list(dict.fromkeys(unit.place for unit in side.values())) for side in versions]
    order: list[Id] = []
    rising = _rises(known)
    at_place: defaultdict[str, set[Id]] = defaultdict(set)
    for each, place in place_of.items():
        at_place[place].add(each)
    for place in merged_order(*places, kept=at_place):
        here = at_place[place]
        units = merged_order(*(list(side) for side in versions), kept=here, nested=_is_nested(known))
        order += _by_date(units, known, rising)
    return order
