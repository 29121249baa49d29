"""The near net of somebody as a small picture: themselves, whom they are tied to, and how those are
tied to one another. It is drawn when the site is built and needs no script.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.warmth import LEVELS
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Known
from renmai.text.names import has_han

#: Those tied most strongly; with few of them also some whom they are tied to in turn.
MOST = 12
_FEW = 5
_FILLED = 8

#: The picture is so wide (it fits a narrow column unscaled), and a row of names so high.
WIDTH = 320
_ROW = 28
_MIDDLE = WIDTH / 2
#: How far from the middle people stand at most, and where their names begin.
_REACH = 54
_NAME = 15
#: Whoever is warmer than that is not cold.
_COOL = dict(LEVELS)["cool"]
#: A line that comes so near to the middle goes around it.
_AROUND = 18
#: How wide letters of 12.5 units are, about.
_HAN, _WIDE, _LETTER = 12.7, 8.6, 6.3


class NearPerson(Struct, frozen=True):
    """Somebody in the picture; the name begins at `text`, to the right or (`left`) to the left."""

    name: str
    shown: str
    href: str
    letters: str
    level: str
    x: int
    y: int
    text: int
    left: bool
    is_near: bool


class NearTie(Struct, frozen=True):
    """A tie as the path of an SVG; `look` is weak, firm or strong, `own` one of the person's."""

    path: str
    look: str
    own: bool


class NearNet(Struct, frozen=True):
    """The picture: its height, the person in the middle, the others clockwise, and every tie."""

    title: str
    says: str
    height: int
    letters: str
    level: str
    people: list[NearPerson]
    ties: list[NearTie]


def near_net(lens: Lens, contact: Contact) -> NearNet | None:
    """The near net of a contact; None when they are tied to nobody.

    For the own card, the warmest.
    """
    strengths = _strengths(lens, contact)
    if not strengths:
        return None
    # The strongest first, and of those tied as strongly the first by id.
    near = sorted(sorted(strengths), key=strengths.__getitem__, reverse=True)[:MOST]
    is_me, words = contact is lens.book.me, lens.words
    tied = {id: lens.tied.get(id, {}) for id in near}
    if len(near) <= _FEW and not is_me:
        tied |= {id: lens.tied.get(id, {}) for id in _beyond(tied, contact.id)}
    order = _ordered(tied)
    people = {id: lens.known(id) for id in order}
    names = words.listed([people[id].name for id in near])
    says = "net.near.mine_says" if is_me else "net.near.says"
    return NearNet(
        title=words("net.near.mine" if is_me else "net.near.title"),
        says=words(says, name=contact.label, names=names),
        height=_height(len(order)),
        letters=lens.face(contact).letters,
        level="me" if is_me else lens.facts.level(contact),
        people=[
            _person(known, spot, id in strengths)
            for (id, known), spot in zip(people.items(), _spots(len(order)), strict=True)
        ],
        ties=_ties(order, near, strengths, tied),
    )


def _strengths(lens: Lens, contact: Contact) -> Mapping[str, float]:
    """Whom somebody is tied to, and how strongly; the own card to those who are not cold."""
    if contact is lens.book.me:
        return {id: warmth for id, warmth in lens.facts.warmths.items() if warmth >= _COOL}
    return lens.tied.get(contact.id, {})


def _beyond(tied: Mapping[str, Mapping[str, float]], middle: str) -> list[str]:
    """Of few, those whom they are tied to most."""
    beyond: dict[str, float] = {}
    for mine in tied.values():
        for other, weight in mine.items():
            if other not in tied and other != middle:
                beyond[other] = max(beyond.get(other, 0.0), weight)
    more = sorted(sorted(beyond), key=beyond.__getitem__, reverse=True)
    return more[: max(0, _FILLED - len(tied))]


def _ordered(tied: Mapping[str, Mapping[str, float]]) -> list[str]:
    """In a round in which people stand beside those they are tied to, beginning with the first."""
    first, *left = tied
    order = [first]
    while left:
        last = tied[order[-1]]
        # Of those tied as strongly, the first: `max` keeps to the order.
        beside = [id for id in left if id in last]
        following = max(beside, key=last.__getitem__) if beside else left[0]
        order.append(following)
        left.remove(following)
    return order


def _ties(
    order: list[str],
    near: list[str],
    strengths: Mapping[str, float],
    tied: Mapping[str, Mapping[str, float]],
) -> list[NearTie]:
    """Those of the one in the middle, then those of the others."""
    size, places = len(order), {id: place for place, id in enumerate(order)}
    ties = [_own_tie(size, places[id], _look(strengths[id])) for id in near]
    for place, id in enumerate(order):
        mine = tied[id]
        ties += [
            _tie(size, place, at, _look(mine[other]))
            for at, other in enumerate(order[place + 1 :], place + 1)
            if other in mine
        ]
    return ties


def _height(n: int) -> int:
    return max((n + 1) // 2 * _ROW + 24, 96)


@lru_cache(maxsize=MOST + 1)
def _spots(n: int) -> tuple[tuple[float, float], ...]:
    """The places in a picture of `n`: down the right side, then up the left."""
    right, height = (n + 1) // 2, _height(n)
    spots = []
    for side, count in ((1, right), (-1, n - right)):
        for i in range(count):
            across = (i - (count - 1) / 2) * _ROW
            out = _REACH * math.sqrt(1 - (1.02 * across / (height / 2)) ** 2)
            spots.append((_MIDDLE + side * out, height / 2 + side * across))
    return tuple(spots)


def _person(known: Known, spot: tuple[float, float], is_near: bool) -> NearPerson:
    x = round(spot[0])
    left = spot[0] < _MIDDLE
    text = x + (-_NAME if left else _NAME)
    return NearPerson(
        name=known.name,
        shown=_short(known.name, (text if left else WIDTH - text) - 2),
        href=known.href,
        letters=known.letters,
        level=known.level,
        x=x,
        y=round(spot[1]),
        text=text,
        left=left,
        is_near=is_near,
    )


def _short(name: str, room: float) -> str:
    """A name cut to so much room."""
    if _width(name) <= room:
        return name
    kept = ""
    used = _wide("…")
    for char in name:
        used += _wide(char)
        if used > room:
            break
        kept += char
    return kept.rstrip() + "…"


@lru_cache(maxsize=16384)
def _width(name: str) -> float:
    return sum(map(_wide, name))


def _wide(char: str) -> float:
    if has_han(char) or ord(char) > 0x2E80:
        return _HAN
    return _WIDE if char.isupper() or char in "mwMW…" else _LETTER


def _look(weight: float) -> str:
    return "strong" if weight >= 4.0 else "firm" if weight >= 2.0 else "weak"


@lru_cache(maxsize=1024)
def _own_tie(n: int, to: int, look: str) -> NearTie:
    """From the middle of a picture of `n` to one of the places."""
    x, y = _spots(n)[to]
    return NearTie(f"M{_MIDDLE:.0f} {_height(n) / 2:.0f}L{x:.0f} {y:.0f}", look, True)


@lru_cache(maxsize=4096)
def _tie(n: int, one: int, other: int, look: str) -> NearTie:
    """From one place to another, bent towards the middle; past it, where it lies in the way."""
    a, b, middle = _spots(n)[one], _spots(n)[other], (_MIDDLE, _height(n) / 2)
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    if math.dist((x, y), middle) < _AROUND:
        y += 2 * _AROUND if a[1] + b[1] >= 2 * middle[1] else -2 * _AROUND
    else:
        x, y = (x + middle[0]) / 2, (y + middle[1]) / 2
    path = f"M{a[0]:.0f} {a[1]:.0f}Q{x:.0f} {y:.0f} {b[0]:.0f} {b[1]:.0f}"
    return NearTie(path, look, False)
