"""How warm a tie is on a day, and whether it is cooling (`rules.md`, "Warmth")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

from renmai.model.records import Contact
from renmai.rules.interactions import EVENT, Interaction
from renmai.text.values import Duration

Level = Literal["hot", "warm", "cool", "cold"]

#: After so many days an interaction counts half.
HALF_LIFE = 180

#: The least warmth of each level, the warmest first.
LEVELS: tuple[tuple[Level, float], ...] = (("hot", 6.0), ("warm", 2.0), ("cool", 0.5))

#: Trust with a new person wants at least so many meetings in person.
MEETINGS_WANTED = 3

_YEAR = Duration(1, "y")


def warmth(mine: Iterable[Interaction], day: date) -> float:
    """Σ weight · 2^(−age/180) over the interactions dated not after `day`, age in days."""
    # Asked for everybody on several days: a list is gone through sooner than a generator.
    return sum([each.weight * left((day - each.day).days) for each in mine if each.day <= day])


@lru_cache(maxsize=4096)
def left(days: int) -> float:
    """What is left of an interaction's weight after so many days."""
    return float(2.0 ** (-days / HALF_LIFE))


def level(value: float) -> Level:
    """`hot` from 6, `warm` from 2, `cool` from 0.5, else `cold`."""
    for name, least in LEVELS:
        if value >= least:
            return name
    return "cold"


def is_drifting(
    contact: Contact, mine: list[Interaction], today: date, now: float | None = None
) -> bool:
    """An active contact who was warm a year ago and has no more than a quarter of that left.

    `now` is the warmth today, where it is known.
    """
    then = _YEAR.before(today)
    if contact.status != "active" or then is None:
        return False
    before = warmth(mine, then)
    if before < 2:
        return False
    return (warmth(mine, today) if now is None else now) <= before / 4


def meetings(mine: Iterable[Interaction]) -> int:
    """How often one met in person."""
    return sum(1 for each in mine if each.kind in ("meet", EVENT))


def meetings_needed(contact: Contact, mine: Iterable[Interaction], today: date) -> int:
    """How many meetings a person who was first met within a year still wants; else 0."""
    met = contact.met.date.first_day if contact.met and contact.met.date else None
    since = _YEAR.before(today)
    if met is None or since is None or not since <= met <= today:
        return 0
    return max(0, MEETINGS_WANTED - meetings(mine))
