"""A net laid out from nothing: groups that hold together, each an island, around the own card."""

from __future__ import annotations

import cmath
import contextlib
import math
import random
from collections.abc import Iterator, Mapping, Sequence

from renmai.site.net.geometry import extent, gather, rows, spread, sunflower

#: Who is tied to whom, by number, and how strongly, on both sides.
Adjacency = list[list[tuple[int, float]]]
Links = Mapping[tuple[int, int], float]

#: The radius that stays free around the own card.
HOLE = 1.7

#: Those whom no tie leads to stand within so wide an angle, on the right.
ARC = 1.4

#: A group of more people is looked into for smaller ones, if those have so many on average.
_LARGEST = 220
_SMALLEST = 12
#: Up to so many people stand as their ties draw them; more stand in the even rows of a sunflower.
_NATURAL = 36
#: The room between two of them, for their names.
_ELBOWS = 0.5
#: Beyond so many people, ties draw no picture in time: they stand by how strongly they are tied.
_DRAWN = 1500
#: The distance between islands.
_GAP = 1.1


def islands(n: int, links: Links) -> list[complex]:
    """The places of people 0 to n-1, all of whom have ties; the same for the same ties."""
    adjacency: Adjacency = [[] for _ in range(n)]
    for (a, b), weight in links.items():
        adjacency[a].append((b, weight))
        adjacency[b].append((a, weight))
    with _seeded():
        groups = _groups(n, links)
        inside = [_inside(group, adjacency) for group in groups]
        home = {person: i for i, group in enumerate(groups) for person in group}
        radii = [max(abs(point) for point in points) + 0.5 for points in inside]
        centres = _centres(groups, home, links, radii)
    places = [0j] * n
    for i, group in enumerate(groups):
        turned = _turned(group, inside[i], centres[i], adjacency, home, centres)
        for person, point in zip(group, turned, strict=True):
            places[person] = centres[i] + point
    return places


@contextlib.contextmanager
def _seeded() -> Iterator[None]:
    """For as long as the context lasts, the library's chance falls always the same way."""
    import igraph

    igraph.set_random_number_generator(random.Random(1))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _groups(n: int, links: Links) -> list[list[int]]:
    """People by the groups that their ties make, the largest group first, none too large."""
    import igraph

    graph = igraph.Graph(n, list(links))
    levels = [
        level.membership
        for level in graph.community_multilevel(weights=list(links.values()), return_levels=True)
    ]
    found: list[list[int]] = []
    pending = [(list(range(n)), len(levels))]
    while pending:
        people, level = pending.pop()
        if level == 0 or (level < len(levels) and len(people) <= _LARGEST):
            found.append(people)
            continue
        parts: dict[int, list[int]] = {}
        for person in people:
            parts.setdefault(levels[level - 1][person], []).append(person)
        if level < len(levels) and len(people) < _SMALLEST * len(parts):
            found.append(people)
        else:
            pending += [(part, level - 1) for part in parts.values()]
    return sorted(found, key=lambda group: (-len(group), group[0]))


def _drawn(n: int, links: Links) -> list[complex]:
    """Places by Fruchterman and Reingold, from a sunflower on; their middle is 0."""
    import igraph

    mean = sum(links.values()) / len(links) if links else 1.0
    start = [sunflower(k) for k in range(n)]
    layout = igraph.Graph(n, list(links)).layout_fruchterman_reingold(
        weights=[math.sqrt(weight / mean) for weight in links.values()] or None,
        niter=max(40, min(300, 20_000 // (n or 1))),
        seed=[(point.real, point.imag) for point in start],
        grid="nogrid",
    )
    points = [complex(x, y) for x, y in layout.coords]
    middle = sum(points) / n
    return [point - middle for point in points]


def _inside(group: list[int], adjacency: Adjacency) -> list[complex]:
    """The places of the people of an island around its middle."""
    number = {person: i for i, person in enumerate(group)}
    links = {
        (i, number[other]): weight
        for i, person in enumerate(group)
        for other, weight in adjacency[person]
        if number.get(other, -1) > i
    }
    n = len(group)
    seeds = [sunflower(k) for k in range(n)]
    if n > _DRAWN:
        strength = [sum(weight for _, weight in adjacency[person]) for person in group]
        order = sorted(range(n), key=lambda i: (-strength[i], i))
        return [point for _, point in sorted(zip(order, seeds, strict=True))]
    drawn = _drawn(n, links)
    even = [1.0] * n
    scale = extent(seeds, even) / extent(drawn, even)
    drawn = [point * scale for point in drawn]
    if n <= _NATURAL:
        return _apart(drawn)
    # Each seed, from the middle outward, to whoever the ties draw nearest to it.
    places, left = [0j] * n, list(range(n))
    for seed in seeds:
        far = [abs(point - seed) for point in drawn]
        nearest = far.index(min(far))
        del drawn[nearest]
        places[left.pop(nearest)] = seed
    return places


def _apart(points: list[complex]) -> list[complex]:
    """The same with everybody at arm's length."""
    moved = list(points)
    spread(moved, [0.5] * len(moved), 60, _ELBOWS)
    middle = sum(moved) / len(moved)
    return [point - middle for point in moved]


def _centres(
    groups: list[list[int]], home: Mapping[int, int], ties: Links, radii: list[float]
) -> list[complex]:
    """The middles of the islands: near those they are tied to, around the own card."""
    between: dict[tuple[int, int], float] = {}
    for (a, b), weight in ties.items():
        i, j = sorted((home[a], home[b]))
        if i != j:
            share = weight / math.sqrt(len(groups[i]) * len(groups[j]))
            between[i, j] = between.get((i, j), 0.0) + share
    tied = sorted({0, *(i for pair in between for i in pair)})
    number = {i: k for k, i in enumerate(tied)}
    links = {(number[i], number[j]): weight for (i, j), weight in between.items()}
    around = [0j, *_drawn(len(tied), links)]
    sizes = [HOLE, *(radii[i] for i in tied)]
    gather(around, sizes, _GAP)
    found = dict(zip(tied, around[1:], strict=True))
    # Those that no tie leads to from the others lie beside them.
    rim = max(abs(point) + size for point, size in zip(around, sizes, strict=True))
    apart = [i for i in range(len(groups)) if i not in number]
    found |= zip(apart, rows([radii[i] for i in apart], rim, _GAP, ARC), strict=True)
    return [found[i] for i in range(len(groups))]


def _turned(
    group: Sequence[int],
    points: Sequence[complex],
    centre: complex,
    adjacency: Adjacency,
    home: Mapping[int, int],
    centres: Sequence[complex],
) -> list[complex]:
    """An island turned, and mirrored if need be, so that people look to those they are tied to.

    The turn that brings every point p nearest to its direction t makes the sum of p · conj(t)
    positive and real.
    """
    plain = mirrored = 0j
    for person, point in zip(group, points, strict=True):
        for other, weight in adjacency[person]:
            way = centres[home[other]] - centre
            if way:
                towards = weight * (way / abs(way)).conjugate()
                plain += point * towards
                mirrored += point.conjugate() * towards
    flip = abs(mirrored) > abs(plain)
    angle = cmath.phase(mirrored if flip else plain)
    turn = cmath.rect(1.0, -angle)
    return [(point.conjugate() if flip else point) * turn for point in points]
