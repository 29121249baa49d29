"""Through whom one could reach somebody (`rules.md`, "Ties and paths")."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact
from renmai.rules.ties import Tie, Ties

#: The own card is tied to everybody at least so much.
LEAST_OWN_WEIGHT = 0.1

#: Costs that differ by less are equal: they are sums of fractions in floating point.
_TOLERANCE = 1e-9


class Step(msgspec.Struct, frozen=True):
    """One tie on the way, from `a` to `b`; `tie` is None between the own card and a contact."""

    a: str
    b: str
    weight: float
    tie: Tie | None


class Path(msgspec.Struct, frozen=True):
    """A chain of ids from the own card to somebody; `cost` is the sum of 1/weight."""

    ids: list[str]
    steps: list[Step]
    cost: float


class Net:
    """Everybody a path may lead through, as a graph in which a tie costs 1/weight.

    No path leads through the deceased or the wanted, but it may end with one of them.
    """

    def __init__(self, book: Book, ties: Ties, warmth_of: Callable[[Contact], float]) -> None:
        self.book, self.me = book, book.me
        self.ties = ties
        self.warmth_of = warmth_of
        self.neighbours: dict[str, list[str]] = {}
        for a, b in ties:
            self.neighbours.setdefault(a, []).append(b)
            self.neighbours.setdefault(b, []).append(a)

    def weight(self, a: str, b: str) -> float:
        """The weight of the tie between two ids; 0 when there is none."""
        if self.me is not None and self.me.id in (a, b):
            other = self.book.contacts[b if a == self.me.id else a]
            return 0.0 if other.status == "wanted" else self._own_weight(other)
        tie = self.ties.get((min(a, b), max(a, b)))
        return tie.weight if tie else 0.0

    def path(self, target: Contact) -> Path | None:
        """The chain of least cost to `target`; fewer steps, then ids in order, break ties.

        None when there is no chain, or no own card to begin from.
        """
        if self.me is None:
            return None
        if target is self.me:
            return Path([target.id], [], 0.0)
        distance = self._distances(target)
        if self.me.id not in distance:
            return None
        ids = self._walk(target.id, distance)
        steps = [
            Step(a, b, self.weight(a, b), self.ties.get((min(a, b), max(a, b))))
            for a, b in pairwise(ids)
        ]
        return Path(ids, steps, sum(1 / step.weight for step in steps))

    def _own_weight(self, contact: Contact) -> float:
        return max(self.warmth_of(contact), LEAST_OWN_WEIGHT)

    def _ties_of(self, id: str, target: str) -> list[str]:
        """The ids that a path may take from `id` on, towards `target`."""
        contacts, me = self.book.contacts, self.me
        if me is not None and id == me.id:
            around = [each.id for each in self.book.others if each.status != "wanted"]
        else:
            around = list(self.neighbours.get(id, ()))
            if me is not None and contacts[id].status != "wanted":
                around.append(me.id)
        return [
            other
            for other in around
            if other == target or contacts[other].status not in ("deceased", "wanted")
        ]

    def _distances(self, target: Contact) -> dict[str, float]:
        """The cost of the way to `target` from everybody it can be reached from."""
        # The library takes a moment to load: only those who ask for a path pay for it.
        import igraph

        ids = [
            id
            for id, contact in self.book.contacts.items()
            if contact is target or contact.status not in ("deceased", "wanted")
        ]
        number = {id: index for index, id in enumerate(ids)}
        pairs = [pair for pair in self.ties if pair[0] in number and pair[1] in number]
        if self.me is not None:
            pairs += [
                (self.me.id, id)
                for id in ids
                if id != self.me.id and self.book.contacts[id].status != "wanted"
            ]
        graph = igraph.Graph(len(ids), [(number[a], number[b]) for a, b in pairs])
        costs = [1 / self.weight(a, b) for a, b in pairs]
        found = graph.distances(number[target.id], weights=costs)[0]
        return {id: cost for id, cost in zip(ids, found, strict=True) if cost != float("inf")}

    def _walk(self, target: str, distance: dict[str, float]) -> list[str]:
        """From the own card along ties that lie on a cheapest way: the fewest, then by ids."""
        assert self.me is not None
        onward: dict[str, list[str]] = {}
        pending = [self.me.id]
        while pending:
            here = pending.pop()
            if here in onward:
                continue
            onward[here] = [
                there
                for there in self._ties_of(here, target)
                if there in distance
                and distance[there] < distance[here]
                and _equal(1 / self.weight(here, there) + distance[there], distance[here])
            ]
            pending += onward[here]
        steps: dict[str, int] = {}
        for here in sorted(onward, key=lambda id: distance[id]):
            after = [steps[there] for there in onward[here]]
            steps[here] = 0 if here == target else 1 + min(after)
        ids = [self.me.id]
        while ids[-1] != target:
            here = ids[-1]
            ids.append(min(each for each in onward[here] if steps[each] == steps[here] - 1))
        return ids


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * max(1.0, other)
