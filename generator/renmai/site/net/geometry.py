"""Discs in the plane: on a spiral, pushed apart, drawn together, put where there is room.

Points are complex numbers; the own card stands at 0.
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections.abc import Iterable, Sequence

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

#: The distance between neighbours on the spiral, in units of its step.
_STEP = 0.62


def sunflower(k: int) -> complex:
    """The place of the seed number `k` in the head of a sunflower: evenly spread, about 1 apart."""
    return cmath.rect(_STEP * math.sqrt(k + 0.5), GOLDEN_ANGLE * k)


def extent(points: list[complex], weights: list[float]) -> float:
    """The radius of the evenly filled disc that is spread as wide as these points."""
    total = sum(weights)
    square = sum(abs(p) ** 2 * w for p, w in zip(points, weights, strict=True)) / (total or 1.0)
    return math.sqrt(2 * square) or 1.0


def spread(
    points: list[complex], radii: list[float], rounds: int, gap: float, *, held: bool = False
) -> None:
    """Push discs that overlap apart until they are `gap` apart; `held`: the first stays put."""
    for _ in range(rounds):
        worst = 0.0
        active: list[int] = []
        # From left to right: only discs that are still open on the left can touch this one.
        for i in sorted(range(len(points)), key=lambda i: (points[i].real - radii[i], i)):
            left = points[i].real - radii[i] - gap
            active = [j for j in active if points[j].real + radii[j] > left]
            for j in active:
                reach = radii[i] + radii[j] + gap
                if abs(points[i] - points[j]) < reach:
                    worst = max(worst, _part(points, radii, i, j, reach, held))
            active.append(i)
        if worst < 0.05:
            break


def _part(
    points: list[complex], radii: list[float], i: int, j: int, reach: float, held: bool
) -> float:
    """Push two discs `reach` apart, the larger one less; returns by how much they overlapped."""
    apart = points[i] - points[j]
    distance = abs(apart)
    overlap = reach - distance
    way = apart / distance if distance > 1e-9 else cmath.rect(1.0, GOLDEN_ANGLE * (i + 1))
    share = radii[j] ** 2 / (radii[i] ** 2 + radii[j] ** 2)
    if held and 0 in (i, j):
        share = 1.0 if j == 0 else 0.0
    points[i] += way * overlap * share
    points[j] -= way * overlap * (1 - share)
    return overlap


def gather(points: list[complex], radii: list[float], gap: float) -> None:
    """Draw discs together around the first, which stands at 0, until little room is left between.

    They keep their places relative to one another as well as they can.
    """
    weights = [radius**2 for radius in radii]
    dense = math.sqrt(sum((radius + gap / 2) ** 2 for radius in radii))
    scale = 1.3 * dense / extent(points, weights)
    points[:] = [point * scale for point in points]
    spread(points, radii, 30, gap, held=True)
    for _ in range(60):
        if extent(points, weights) < 1.12 * dense and max(map(abs, points)) < 1.3 * dense:
            break
        points[:] = [point * (0.97 if abs(point) < 1.1 * dense else 0.92) for point in points]
        spread(points, radii, 4, gap, held=True)
    spread(points, radii, 60, gap, held=True)


def rows(radii: Sequence[float], rim: float, gap: float, arc: float) -> list[complex]:
    """Places for discs, side by side in rows outside a radius, as seats around a stage.

    The rows lie to the right of 0, each no longer than an angle of `arc`.
    """
    places: list[complex] = []
    inner = rim
    while len(places) < len(radii):
        left = radii[len(places) :]
        radius = inner + gap + left[0]
        angles = [0.0]
        for here, there in itertools.pairwise(left):
            angle = angles[-1] + (here + there + gap) / radius
            if angle + (there + left[0] + gap) / radius > arc:
                break
            angles.append(angle)
        places += [cmath.rect(radius, angle - angles[-1] / 2) for angle in angles]
        inner = radius + max(left[: len(angles)])
    return places


class Room:
    """Who stands where, to find a free place nearby."""

    #: Two who stand side by side are at least so far apart.
    APART = 0.9

    def __init__(self, taken: Iterable[complex], hole: float) -> None:
        """`hole` is the radius around 0 that stays free for the own card."""
        self.hole = hole
        self._cells: dict[tuple[int, int], list[complex]] = {}
        for point in taken:
            self.take(point)

    def take(self, point: complex) -> None:
        """Somebody stands here now."""
        self._cells.setdefault(_cell(point), []).append(point)

    def is_free(self, point: complex) -> bool:
        """Whether somebody can stand here without crowding others."""
        if abs(point) < self.hole:
            return False
        x, y = _cell(point)
        around = ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        return all(
            abs(other - point) >= self.APART
            for cell in around
            for other in self._cells.get(cell, ())
        )

    def near(self, point: complex) -> complex:
        """The first free place on a spiral outward from a point; it is taken from now on."""
        k = 0
        while not self.is_free(place := point + 0.7 * sunflower(k) if k else point):
            k += 1
        self.take(place)
        return place


def _cell(point: complex) -> tuple[int, int]:
    return math.floor(point.real), math.floor(point.imag)
