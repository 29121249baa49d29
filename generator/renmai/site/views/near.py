"""The near net of somebody as a small picture: themselves, whom they are tied to, and how those are
tied to one another. It is drawn when the site is built and needs no script.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.warmth import LEVELS
from renmai.site.charts.near import (
    NearPerson,
    Spot,
    fitting,
    height_of,
    near_chart,
    own_tie,
    spots,
    tie_between,
)
from renmai.site.views.lens import UP, Lens
from renmai.site.views.shapes import Known

#: Those tied most strongly; with few of them also some whom they are tied to in turn.
MOST = 12
_FEW = 5
_FILLED = 8

#: Whoever is warmer than that is not cold.
_COOL = dict(LEVELS)["cool"]


class NearNet(Struct, frozen=True):
    """The picture: its height, the person in the middle, the others clockwise, and every tie."""

    title: str
    says: str
    height: int
    letters: str
    level: str
    people: list[NearPerson]
    ties: list[str]

    @property
    def picture(self) -> Markup:
        """All of it as SVG, for a page in a folder."""
        return near_chart(self.letters, self.level, self.people, self.ties, UP)


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
    tied = lens.ties_of(near)
    if len(near) <= _FEW and not is_me:
        tied |= lens.ties_of(_beyond(tied, contact.id))
    order = _ordered(tied)
    people = lens.known(order)
    names = words.listed([people[id].name for id in near])
    says = "net.near.mine_says" if is_me else "net.near.says"
    return NearNet(
        title=words("net.near.mine" if is_me else "net.near.title"),
        says=words(says, name=contact.label, names=names),
        height=height_of(len(order)),
        letters=lens.face(contact).letters,
        level="me" if is_me else lens.facts.level(contact),
        people=[
            _person(known, spot, id in strengths)
            for (id, known), spot in zip(people.items(), spots(len(order)), strict=True)
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
            if other not in tied and other != middle and weight > beyond.get(other, -1.0):
                beyond[other] = weight
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
) -> list[str]:
    """Those of the one in the middle, then those of the others."""
    size, at = len(order), {id: place for place, id in enumerate(order)}
    ties = [own_tie(size, at[id], _look(strengths[id])) for id in near]
    for place, id in enumerate(order, 1):
        mine = tied[id]
        ties += [
            tie_between(size, place - 1, at[other], _look(mine[other]))
            for other in order[place:]
            if other in mine
        ]
    return ties


def _look(weight: float) -> str:
    return "strong" if weight >= 4.0 else "firm" if weight >= 2.0 else "weak"


def _person(known: Known, spot: Spot, is_near: bool) -> NearPerson:
    shown = fitting(known.name, spot.room)
    return NearPerson(known.name, known.href, known.letters, known.level, shown, spot, is_near)
