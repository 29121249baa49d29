"""Through whom one could reach somebody (`rules.md`, "Ties and paths")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

    def __init__(
        self,
        book: Book,
        ties: Ties,
        near: Mapping[str, Mapping[str, float]],
        warmth_of: Callable[[Contact], float],
    ) -> None:
        """`near` says the weights of `ties` by id."""
        self.book, self.me = book, book.me
        self.ties, self.near = ties, near
        self.warmth_of = warmth_of

    def path(self, target: Contact) -> Path | None:
        """The chain of least cost to `target`; fewer steps, then ids in order, break ties.

        None when there is no chain, or no own card to begin from.
        """
        ids = self.walk(target)
        if ids is None:
            return None
        steps = [Step(a, b, self.weight(a, b), self.tie(a, b)) for a, b in pairwise(ids)]
        return Path(ids, steps, sum(1 / step.weight for step in steps))

    def walk(self, target: Contact) -> list[str] | None:
        """The ids of the path to `target`."""
        if self.me is None:
            return None
        return [target.id] if target is self.me else self._walk(target.id)

    def weight(self, a: str, b: str) -> float:
        """The weight of the tie between two ids; 0 when there is none."""
        if self.me is not None and self.me.id in (a, b):
            other = self.book.contacts[b if a == self.me.id else a]
            return 0.0 if other.status == "wanted" else self.own_weight(other)
        return self.tied(a).get(b, 0.0)

    def tie(self, a: str, b: str) -> Tie | None:
        """The tie between two ids, with its reasons; None between the own card and a contact."""
        return self.ties.get((min(a, b), max(a, b)))

    def own_weight(self, contact: Contact) -> float:
        """How strongly oneself is tied to a contact, whatever their status."""
        return max(self.warmth_of(contact), LEAST_OWN_WEIGHT)

    def tied(self, id: str) -> Mapping[str, float]:
        """Whom a contact is tied to, the own card left out, and how strongly."""
        return self.near.get(id, {})

    def cost(self, id: str) -> float | None:
        """What the way to somebody costs whom a path may lead through; None for others."""
        return self.costs.get(id)

    @cached_property
    def costs(self) -> Mapping[str, float]:
        """The cost of the way from the own card to everybody whom a path may lead through."""
        # The library takes a moment to load: only those who ask for a path pay for it.
        import igraph

        if self.me is None:
            return {}
        everybody = self.book.contacts.values()
        people = [each for each in everybody if each is self.me or is_open(each)]
        number = {each.id: index for index, each in enumerate(people)}
        pairs: list[tuple[int, int]] = []
        costs: list[float] = []
        for (a, b), tie in self.ties.items():
            if a in number and b in number:
                pairs.append((number[a], number[b]))
                costs.append(1 / tie.weight)
        mine = number[self.me.id]
        for index, contact in enumerate(people):
            if index != mine:
                pairs.append((mine, index))
                costs.append(1 / self.own_weight(contact))
        found = igraph.Graph(len(people), pairs).distances(mine, weights=costs)[0]
        return dict(zip(number, found, strict=True))

    def _ways_to(self, id: str) -> dict[str, float]:
        """Those from whom a path may go on to `id`, with what the way costs through each."""
        ways = {
            other: cost + 1 / weight
            for other, weight in self.tied(id).items()
            if (cost := self.cost(other)) is not None
        }
        if self.me is not None and self.book.contacts[id].status != "wanted":
            ways[self.me.id] = 1 / self.weight(self.me.id, id)
        return ways

    def _walk(self, target: str) -> list[str] | None:
        """From the own card along ties that lie on a cheapest way: the fewest, then by ids.

        The ways are followed back from `target`; `steps` is how many are left from each.
        """
        assert self.me is not None
        onward: dict[str, list[str]] = {}
        steps, pending = {target: 0}, [target]
        for there in pending:
            if there == self.me.id:
                continue
            ways = self._ways_to(there)
            least = min(ways.values(), default=0.0)
            for here in (here for here, cost in ways.items() if equal(cost, least)):
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


def is_open(contact: Contact) -> bool:
    """Whether a path may lead through a contact."""
    return contact.status not in _CLOSED


def equal(one: float, other: float) -> bool:
    """Whether two costs are the same."""
    return abs(one - other) <= _TOLERANCE * max(1.0, other)
