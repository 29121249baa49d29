"""Where everybody stands: laid out once, and kept so that people stay where the eye left them."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec

from renmai.rules.facts import Facts
from renmai.site.net.geometry import GOLDEN_ANGLE, Room, rows
from renmai.site.net.islands import ARC, HOLE, islands

#: Raised when places are worked out in another way, so that those remembered are not mixed in.
VERSION = 1

#: The distance within which people count as standing together.
_TOGETHER = 8.0

Weights = Mapping[tuple[str, str], float]
#: The ties of somebody: to whom, by id, and how strong; and of those whose ties are others.
Mine = Sequence[tuple[str, float]]
Changed = Mapping[str, Mapping[str, float]]


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """Where somebody stands, in hundredths, and a digest of their ties when they were put there."""

    x: int
    y: int
    ties: str

    @property
    def point(self) -> complex:
        return complex(self.x / 100, self.y / 100)


class Layout(msgspec.Struct, frozen=True):
    """The places of everybody but the own card, which stands at 0, 0."""

    version: int
    spots: dict[str, Spot]


def arrange(people: Iterable[str], ties: Weights, old: Layout | None = None) -> Layout:
    """The places of people by id. The same ties give the same places.

    From `old` places on, people stay where they are, newcomers go to those they are tied to; `old`
    itself is returned when no tie has changed. When most would have to move, all are laid out anew,
    turned so that they lie as they did.
    """
    found = _Around(sorted(people), ties)
    digests = {id: _digest(found.of.get(id, [])) for id in found.people}
    if old is not None and old.version == VERSION:
        if {id: spot.ties for id, spot in old.spots.items()} == digests:
            return old
        kept, moving = _settled(found.people, found.of, digests, old)
        if len(kept) > len(moving) or not found.people:
            return _layout(_joined(found.of, kept, moving), digests)
        return _layout(_aligned(_fresh(found), old), digests)
    return _layout(_fresh(found), digests)


def rearranged(old: Layout, people: Iterable[str], ties: Changed) -> Layout | None:
    """The same where the ties of some alone are others; None where most would have to move."""
    of = {id: sorted(mine.items()) for id, mine in ties.items()}
    ids = sorted(people)
    if old.version != VERSION or any(id not in of and id not in old.spots for id in ids):
        return None
    digests = {id: _digest(of[id]) if id in of else old.spots[id].ties for id in ids}
    if {id: spot.ties for id, spot in old.spots.items()} == digests:
        return old
    kept, moving = _settled(ids, of, digests, old)
    if len(kept) <= len(moving):
        return None
    return _layout(_joined(of, kept, moving), digests)


def layout_of(facts: Facts, old: Layout | None = None) -> Layout:
    """The places of everybody in a book but the own card."""
    weights = {pair: tie.weight for pair, tie in facts.ties.items()}
    return arrange((contact.id for contact in facts.book.others), weights, old)


def encode(layout: Layout) -> bytes:
    """A layout as it is remembered."""
    return msgspec.json.encode(layout)


def decode(data: bytes | None) -> Layout | None:
    """What was remembered; None when it is nothing of use."""
    try:
        return msgspec.json.decode(data or b"", type=Layout)
    except msgspec.DecodeError:
        return None


class _Around:
    """Who stands around whom: everybody's ties, from both sides, in order."""

    def __init__(self, people: Sequence[str], ties: Weights) -> None:
        known = set(people)
        self.people = people
        self.ties = {pair: ties[pair] for pair in sorted(ties) if known.issuperset(pair)}
        self.of: dict[str, list[tuple[str, float]]] = {}
        for (a, b), weight in self.ties.items():
            self.of.setdefault(a, []).append((b, weight))
            self.of.setdefault(b, []).append((a, weight))


def _digest(mine: Mine) -> str:
    """A short text that changes when the ties of somebody do; empty when there are none."""
    if not mine:
        return ""
    text = "\n".join(f"{weight} {other}" for other, weight in mine)
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _layout(places: Mapping[str, complex], digests: Mapping[str, str]) -> Layout:
    return Layout(
        VERSION,
        {
            id: Spot(round(100 * places[id].real), round(100 * places[id].imag), digests[id])
            for id in sorted(places)
        },
    )


def _fresh(around: _Around) -> dict[str, complex]:
    """Everybody laid out from nothing; those without ties in rows beside the others."""
    tied = [id for id in around.people if id in around.of]
    number = {id: i for i, id in enumerate(tied)}
    links = {(number[a], number[b]): weight for (a, b), weight in around.ties.items()}
    places = dict(zip(tied, islands(len(tied), links), strict=True)) if tied else {}
    alone = [id for id in around.people if id not in around.of]
    arc = ARC if len(alone) < len(tied) else 2 * math.pi
    beside = rows([0.5] * len(alone), _rim(places.values()) + 1.2, 0.2, arc)
    return places | dict(zip(alone, beside, strict=True))


def _rim(points: Iterable[complex]) -> float:
    return max((abs(point) for point in points), default=HOLE)


# -- from old places on ---------------------------------------------------------------------------


def _settled(
    people: Sequence[str], of: Mapping[str, Mine], digests: Mapping[str, str], old: Layout
) -> tuple[dict[str, complex], list[str]]:
    """Those who stay where they are; and those who go elsewhere, by id.

    Newcomers, those whose first tie arose or whose last is gone, and those whose ties changed and
    who stand far from everybody they are tied to.
    """
    was = {id: spot.point for id, spot in old.spots.items()}
    kept: dict[str, complex] = {}
    moving: list[str] = []
    for id in people:
        spot = old.spots.get(id)
        if spot is None or bool(spot.ties) != bool(digests[id]):
            moving.append(id)
        elif spot.ties == digests[id] or not digests[id] or _is_among(was, of[id], was[id]):
            kept[id] = was[id]
        else:
            moving.append(id)
    return kept, moving


def _is_among(places: Mapping[str, complex], mine: Mine, point: complex) -> bool:
    return any(other in places and abs(places[other] - point) <= _TOGETHER for other, _ in mine)


def _joined(
    of: Mapping[str, Mine], kept: Mapping[str, complex], moving: list[str]
) -> dict[str, complex]:
    """Everybody: those who stay, and each of the others at the nearest free place to their own."""
    places = dict(kept)
    room = Room(places.values(), HOLE)
    left = moving
    while left:
        # Whoever is tied to somebody with a place goes there; then those tied to them, and so on.
        ready = [id for id in left if any(other in places for other, _ in of.get(id, ()))]
        for id in ready or left[:1]:
            places[id] = room.near(_wanted(of.get(id, ()), places, len(places)))
        left = [id for id in left if id not in places]
    return places


def _wanted(mine: Mine, places: Mapping[str, complex], count: int) -> complex:
    """Where somebody would stand best: among those around the one they are tied to most.

    Without ties, on the rim.
    """
    near = [(weight, other) for other, weight in mine if other in places]
    if not near:
        return cmath.rect(_rim(places.values()) + 1.2, GOLDEN_ANGLE * count)
    _, best = max(near, key=lambda tie: (tie[0], tie[1]))
    group = [
        (weight, places[other])
        for weight, other in near
        if abs(places[other] - places[best]) <= _TOGETHER
    ]
    return sum(weight * point for weight, point in group) / sum(weight for weight, _ in group)


def _aligned(places: dict[str, complex], old: Layout) -> dict[str, complex]:
    """The same turned and mirrored so that people lie as near as may be to their old places."""
    plain = mirrored = 0j
    for id, point in places.items():
        if id in old.spots:
            target = old.spots[id].point.conjugate()
            plain += point * target
            mirrored += point.conjugate() * target
    flip = abs(mirrored) > abs(plain)
    turn = cmath.rect(1.0, -cmath.phase(mirrored if flip else plain))
    return {id: (p.conjugate() if flip else p) * turn for id, p in places.items()}
