"""The near net of somebody as a small picture: themselves, whom they are tied to, and how those are
tied to one another. It is drawn when the site is built and needs no script.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from heapq import nsmallest

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.warmth import LEVELS
from renmai.site.views.lens import Lens
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
    near = nsmallest(MOST, strengths, key=lambda id: (-strengths[id], id))
    others = _filled(lens, contact, near)
    order = _ordered(lens, others)
    height, places = _places(len(order))
    spots = dict(zip(order, places, strict=True))
    middle = (_MIDDLE, height / 2)
    ties = [NearTie(_line(middle, spots[id]), _look(strengths[id]), True) for id in near]
    for i, a in enumerate(order):
        tied = lens.tied.get(a, {})
        ties += [
            NearTie(_curve(spots[a], spots[b], middle), _look(tied[b]), False)
            for b in order[i + 1 :]
            if b in tied
        ]
    is_me, words = contact is lens.book.me, lens.words
    names = words.listed([lens.book.contacts[id].label for id in near])
    says = "net.near.mine_says" if is_me else "net.near.says"
    return NearNet(
        title=words("net.near.mine" if is_me else "net.near.title"),
        says=words(says, name=contact.label, names=names),
        height=height,
        letters=lens.face(contact).letters,
        level="me" if is_me else lens.facts.level(contact),
        people=[_person(lens, id, spots[id], id in strengths) for id in order],
        ties=ties,
    )


def _strengths(lens: Lens, contact: Contact) -> Mapping[str, float]:
    """Whom somebody is tied to, and how strongly; the own card to those who are not cold."""
    if contact is lens.book.me:
        warm = {each.id: lens.facts.warmth(each) for each in lens.book.others}
        return {id: warmth for id, warmth in warm.items() if warmth >= _COOL}
    return lens.tied.get(contact.id, {})


def _filled(lens: Lens, contact: Contact, near: list[str]) -> list[str]:
    """Those near; where they are few, also those whom they are tied to most."""
    if len(near) > _FEW or contact is lens.book.me:
        return near
    beyond: dict[str, float] = {}
    for id in near:
        for other, weight in lens.tied.get(id, {}).items():
            if other != contact.id and other not in near:
                beyond[other] = max(beyond.get(other, 0.0), weight)
    more = sorted(beyond, key=lambda id: (-beyond[id], id))
    return near + more[: max(0, _FILLED - len(near))]


def _ordered(lens: Lens, ids: list[str]) -> list[str]:
    """In a round in which people stand beside those they are tied to, beginning with the first."""
    order, left = ids[:1], ids[1:]
    while left:
        last = lens.tied.get(order[-1], {})
        # Of those tied as strongly, the first: `max` keeps to the order.
        tied = [id for id in left if last.get(id)]
        following = max(tied, key=last.__getitem__) if tied else left[0]
        order.append(following)
        left.remove(following)
    return order


@lru_cache(maxsize=MOST + 1)
def _places(n: int) -> tuple[int, tuple[tuple[float, float], ...]]:
    """The height of a picture of `n`, and their places: down the right side, then up the left."""
    right = (n + 1) // 2
    height = max(right * _ROW + 24, 96)
    places = []
    for side, count in ((1, right), (-1, n - right)):
        for i in range(count):
            across = (i - (count - 1) / 2) * _ROW
            out = _REACH * math.sqrt(1 - (1.02 * across / (height / 2)) ** 2)
            places.append((_MIDDLE + side * out, height / 2 + side * across))
    return height, tuple(places)


def _person(lens: Lens, id: str, spot: tuple[float, float], is_near: bool) -> NearPerson:
    contact = lens.book.contacts[id]
    left = spot[0] < _MIDDLE
    text = round(spot[0]) + (-_NAME if left else _NAME)
    room = (text if left else WIDTH - text) - 2
    named = lens.named(contact)
    return NearPerson(
        name=contact.label,
        shown=_short(contact.label, room),
        href=named.href or "",
        letters=named.face.letters if named.face else "",
        level=lens.facts.level(contact),
        x=round(spot[0]),
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
    return "strong" if weight >= 4 else "firm" if weight >= 2 else "weak"


def _line(a: tuple[float, float], b: tuple[float, float]) -> str:
    return f"M{a[0]:.0f} {a[1]:.0f}L{b[0]:.0f} {b[1]:.0f}"


def _curve(a: tuple[float, float], b: tuple[float, float], middle: tuple[float, float]) -> str:
    """From one to the other, bent towards the middle; past it, where it lies in the way."""
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    if math.dist((x, y), middle) < _AROUND:
        y += 2 * _AROUND if a[1] + b[1] >= 2 * middle[1] else -2 * _AROUND
    else:
        x, y = (x + middle[0]) / 2, (y + middle[1]) / 2
    return f"M{a[0]:.0f} {a[1]:.0f}Q{x:.0f} {y:.0f} {b[0]:.0f} {b[1]:.0f}"
