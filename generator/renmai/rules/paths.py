"""Through whom one could reach somebody (`rules.md`, "Ties and paths")."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact
from renmai.rules.ties import Tie, Ties

#: The own card is tied to everybody at least so much.
LEAST_OWN_WEIGHT = 0.1

#: No path leads through somebody of these.
_CLOSED = ("deceased", "wanted")

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
        ids = self._walk(target.id)
        if ids is None:
            return None
        steps = [
            Step(a, b, self.weight(a, b), self.ties.get((min(a, b), max(a, b))))
            for a, b in pairwise(ids)
        ]
        return Path(ids, steps, sum(1 / step.weight for step in steps))

    def _own_weight(self, contact: Contact) -> float:
        return max(self.warmth_of(contact), LEAST_OWN_WEIGHT)

    @cached_property
    def _costs(self) -> dict[str, float]:
        """The cost of the way from the own card to everybody whom a path may lead through."""
        # The library takes a moment to load: only those who ask for a path pay for it.
        import igraph

        if self.me is None:
            return {}
        contacts = self.book.contacts.values()
        ids = [each.id for each in contacts if each is self.me or each.status not in _CLOSED]
        number = {id: index for index, id in enumerate(ids)}
        pairs = [pair for pair in self.ties if pair[0] in number and pair[1] in number]
        pairs += [(self.me.id, id) for id in ids if id != self.me.id]
        graph = igraph.Graph(len(ids), [(number[a], number[b]) for a, b in pairs])
        costs = [1 / self.weight(a, b) for a, b in pairs]
        found = graph.distances(number[self.me.id], weights=costs)[0]
        return dict(zip(ids, found, strict=True))

    def _ties_to(self, id: str) -> list[str]:
        """Those from whom a path may go on to `id`, the own card among them."""
        around = [other for other in self.neighbours.get(id, ()) if other in self._costs]
        if self.me is not None and self.book.contacts[id].status != "wanted":
            around.append(self.me.id)
        return around

    def _walk(self, target: str) -> list[str] | None:
        """From the own card along ties that lie on a cheapest way: the fewest, then by ids.

        The ways are followed back from `target`; `steps` is how many are left from each.
        """
        assert self.me is not None
        onward: dict[str, list[str]] = {}
        steps, pending = {target: 0}, [target]
        for there in pending:
            ways = {here: self._cost(here, there) for here in self._ties_to(there)}
            least = min(ways.values(), default=0.0)
            for here in (here for here, cost in ways.items() if _equal(cost, least)):
                onward.setdefault(here, []).append(there)
                if here not in steps:
                    steps[here] = steps[there] + 1
                    pending.append(here)
        if self.me.id not in steps:
            return None
        ids = [self.me.id]
        while ids[-1] != target:
            here = ids[-1]
            ids.append(min(each for each in onward[here] if steps[each] == steps[here] - 1))
        return ids

    def _cost(self, here: str, there: str) -> float:
        """What the way from the own card to `there` costs, its last tie from `here`."""
        return self._costs[here] + 1 / self.weight(here, there)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * max(1.0, other)
