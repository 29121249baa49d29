"""What ways cost after a change is what they cost worked out from nothing."""

from __future__ import annotations

import os
import random

import igraph
import pytest

from renmai.site.increment.costs import Costs

SEED = int(os.environ.get("RENMAI_SEED") or random.randrange(10**6))
PEOPLE = 14


class World:
    """People with ties among them and with oneself; `own` is None where no way leads through."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.own: dict[int, float | None] = {}
        self.ties: dict[tuple[int, int], float] = {}
        for _ in range(60):
            self.change()

    def change(self) -> set[int]:
        """Something changes: whose ties do is returned."""
        pick, one = self.chance.choice, self.chance.randrange(PEOPLE)
        deed = pick(("own", "tie", "tie", "untie", "close", "leave"))
        if deed == "own":
            self.own[one] = pick((10.0, 4.0, 1.0, 0.5))
            return {one}
        if deed == "close":
            self.own[one] = None
            return {one}
        if deed == "leave":
            self.own.pop(one, None)
            gone = {pair for pair in self.ties if one in pair}
            for pair in gone:
                del self.ties[pair]
            return {one, *(id for pair in gone for id in pair)}
        other = (one + self.chance.randrange(1, PEOPLE)) % PEOPLE
        pair = min(one, other), max(one, other)
        if deed == "untie":
            return set(pair) if self.ties.pop(pair, None) else set()
        if one in self.own and other in self.own:
            self.ties[pair] = pick((0.5, 1.0, 2.0, 4.0))
            return set(pair)
        return set()

    def tied(self, id: str) -> dict[str, float]:
        found = {}
        for (a, b), weight in self.ties.items():
            if id in (str(a), str(b)):
                found[str(b if id == str(a) else a)] = weight
        return found

    def costs(self) -> dict[str, float]:
        """The costs, by the library."""
        graph = igraph.Graph(PEOPLE + 1)
        costs = []
        for one, own in self.own.items():
            if own is not None:
                graph.add_edge(PEOPLE, one)
                costs.append(own)
        for (a, b), weight in self.ties.items():
            if self.own[a] is not None and self.own[b] is not None:
                graph.add_edge(a, b)
                costs.append(1 / weight)
        found = graph.distances(PEOPLE, weights=costs)[0]
        mine = {str(one): found[one] for one, own in self.own.items() if own is not None}
        return {"me": 0.0, **mine}


@pytest.mark.parametrize("number", range(60))
def test_costs_after_changes_are_those_from_nothing(number: int) -> None:
    seed = SEED + number
    world = World(random.Random(seed))
    known = world.costs()
    for step in range(40):
        changed = set[int]().union(*(world.change() for _ in range(world.chance.choice((1, 2, 5)))))
        costs = Costs(known, world.tied, lambda id: world.own.get(int(id)))
        for id, cost in costs.after(map(str, changed)).items():
            if cost is None:
                known.pop(id, None)
            else:
                known[id] = cost
        assert known == pytest.approx(world.costs()), f"RENMAI_SEED={seed}, step {step}"
