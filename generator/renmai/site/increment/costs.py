"""What the way to everybody costs after a few ties changed, from what it cost before.

As Ramalingam and Reps do it: first, those whose way led over what is dearer now, the nearest
first; then, from all around these and from what is cheaper, as Dijkstra does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from heapq import heapify, heappop, heappush

from renmai.rules.paths import equal

#: By id, the weights of somebody's ties, the own card's left out.
Tied = Callable[[str], Mapping[str, float]]


class Costs:
    """The costs of ways from the own card, which is tied to all, by id, as they were.

    `tied` and `own` (the cost of the tie with the own card; None for those whom no way leads
    through) are those of now.
    """

    def __init__(
        self, old: Mapping[str, float], tied: Tied, own: Callable[[str], float | None]
    ) -> None:
        self.old, self.tied, self.own = old, tied, own

    def after(self, changed: Iterable[str]) -> dict[str, float | None]:
        """What is another now, where the ties of `changed` are others; None for who is gone."""
        mine = {id: self.own(id) for id in changed}
        closed = {id for id, cost in mine.items() if cost is None}
        lost = self._lost(mine)
        found: dict[str, float] = dict.fromkeys(lost, math.inf)
        there_now = (lost | mine.keys()) - closed
        pending = [(self._cheapest(id, found), id) for id in there_now]
        heapify(pending)
        while pending:
            cost, here = heappop(pending)
            if not self._is_less(cost, here, found):
                continue
            found[here] = cost
            for there, weight in self.tied(here).items():
                further = cost + 1 / weight
                is_there = there in there_now or (there in self.old and there not in closed)
                if is_there and self._is_less(further, there, found):
                    heappush(pending, (further, there))
        another = {
            id: cost
            for id, cost in found.items()
            if id not in closed and not equal(cost, self.old.get(id, -1.0))
        }
        return another | dict.fromkeys(closed & self.old.keys())

    def _lost(self, mine: Mapping[str, float | None]) -> set[str]:
        """Those of whom no way of the old cost is left."""
        lost: set[str] = set()
        pending = [(self.old[id], id) for id in mine if id in self.old]
        heapify(pending)
        while pending:
            cost, here = heappop(pending)
            if here in lost or self._stands(here, cost, lost, mine):
                continue
            lost.add(here)
            for there, weight in self.tied(here).items():
                if there in self.old and equal(cost + 1 / weight, self.old[there]):
                    heappush(pending, (self.old[there], there))
        return lost

    def _stands(
        self, id: str, cost: float, lost: set[str], mine: Mapping[str, float | None]
    ) -> bool:
        own = mine[id] if id in mine else self.own(id)
        if own is None:
            return False
        return equal(own, cost) or any(
            other in self.old
            and other not in lost
            and mine.get(other, 0.0) is not None
            and equal(self.old[other] + 1 / weight, cost)
            for other, weight in self.tied(id).items()
        )

    def _cheapest(self, id: str, found: Mapping[str, float]) -> float:
        """The cheapest way to somebody from those whose own is known."""
        own = self.own(id)
        ways = (
            found.get(other, self.old.get(other, math.inf)) + 1 / weight
            for other, weight in self.tied(id).items()
        )
        return min(ways, default=math.inf) if own is None else min([own, *ways])

    def _is_less(self, cost: float, id: str, found: Mapping[str, float]) -> bool:
        known = found.get(id, self.old.get(id, math.inf))
        return cost < known and (known == math.inf or not equal(cost, known))
