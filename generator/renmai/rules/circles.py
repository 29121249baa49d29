"""Is the circle narrowing? Ecosystems, their share and evenness (`rules.md`, "Circles")."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact
from renmai.rules.interactions import Interactions, once
from renmai.rules.warmth import Level
from renmai.settings import Settings
from renmai.text.values import Duration

#: "In touch" here: with an interaction so many days ago or later.
IN_TOUCH_DAYS = 365

_YEAR = Duration(1, "y")


class CircleState(msgspec.Struct, frozen=True):
    """The contacts of one circle: active ones, those of them in touch, and the cold ones."""

    name: str
    active: list[str]
    in_touch: list[str]
    cold: list[str]


class Member(NamedTuple):
    """An active contact as far as it counts: the circles of theirs that the settings know."""

    circles: tuple[str, ...]
    in_touch: bool
    is_cold: bool


class CircleCount(msgspec.Struct, frozen=True):
    """The active contacts of one circle, counted: all, those in touch, the cold ones."""

    name: str
    active: int
    in_touch: int
    cold: int


class Shape(msgspec.Struct, frozen=True):
    """How wide and how even the net is, on one day; both from 0 to 1."""

    outside_share: float
    evenness: float


class Census(msgspec.Struct, frozen=True):
    """All active contacts counted, those in touch, the circles one by one, and their shape."""

    active: int
    in_touch: int
    circles: list[CircleCount]
    shape: Shape


def circle_states(
    book: Book,
    settings: Settings,
    known: Interactions,
    day: date,
    level_of: Callable[[Contact], Level],
) -> list[CircleState]:
    """Every circle of the settings, in their order, with the ids of its contacts in order.

    In touch on `day`: interactions after it do not count. Who is active is as it is written today.
    """
    people = sorted(active_contacts(book), key=lambda contact: contact.id)
    touched = {contact.id for contact in in_touch(people, known, day)}
    members: dict[str, list[Contact]] = {name: [] for name in settings.circles}
    for contact in people:
        for name in circles_of(contact, settings):
            members[name].append(contact)
    return [
        CircleState(
            name,
            active=[each.id for each in mine],
            in_touch=[each.id for each in mine if each.id in touched],
            cold=[each.id for each in mine if level_of(each) == "cold"],
        )
        for name, mine in members.items()
    ]


def census(kinds: Mapping[Member, int], settings: Settings) -> Census:
    """How wide and even the net is, from how many of its active contacts are of which kind.

    The circles are in the settings' order.
    """
    circles = [_count(name, kinds) for name in settings.circles]
    touched = {kind: n for kind, n in kinds.items() if kind.in_touch}
    people = sum(touched.values())
    outside = sum(
        n
        for kind, n in touched.items()
        if any(not settings.circles[name].built_in for name in kind.circles)
    )
    return Census(
        active=sum(kinds.values()),
        in_touch=people,
        circles=circles,
        shape=Shape(
            outside_share=outside / people if people else 0.0,
            evenness=evenness([each.in_touch for each in circles], len(circles)),
        ),
    )


def _count(name: str, kinds: Mapping[Member, int]) -> CircleCount:
    mine = {kind: n for kind, n in kinds.items() if name in kind.circles}
    return CircleCount(
        name,
        active=sum(mine.values()),
        in_touch=sum(n for kind, n in mine.items() if kind.in_touch),
        cold=sum(n for kind, n in mine.items() if kind.is_cold),
    )


def evenness(counts: list[int], k: int) -> float:
    """−Σ pᵢ ln pᵢ / ln k of the shares of `counts`; 0 when there are none, 1 for one circle."""
    total = sum(counts)
    if not total:
        return 0.0
    if k == 1:
        return 1.0
    shares = [count / total for count in counts if count]
    # A sum of nothing but ln 1 is −0.0.
    return abs(-sum(share * math.log(share) for share in shares) / math.log(k))


def year_ago(today: date) -> date | None:
    """The day a year ago, clamped; None in the year 1."""
    return _YEAR.before(today)


def new_by_month(book: Book) -> dict[str, list[str]]:
    """The ids of active contacts by the month in which one met them, the first month first."""
    found: dict[str, list[str]] = {}
    for contact in active_contacts(book):
        met = contact.met.date if contact.met else None
        if met is None or met.month is None or not met.first_day:
            continue
        found.setdefault(f"{met.year:04}-{met.month:02}", []).append(contact.id)
    return {month: sorted(found[month]) for month in sorted(found)}


def days_in_touch(known: Interactions) -> Counter[date]:
    """How often one was in touch with somebody, by day; an entry counts once."""
    return Counter(each.day for each in once(known))


def active_contacts(book: Book) -> list[Contact]:
    return [contact for contact in book.others if contact.status == "active"]


def circles_of(contact: Contact, settings: Settings) -> list[str]:
    """The circles of a contact that the settings know, each once."""
    names = dict.fromkeys(name.text for name in contact.circles)
    return [name for name in names if name in settings.circles]


def in_touch_since(day: date) -> date:
    """The first day on which an interaction counts as being in touch on `day`."""
    return day - timedelta(days=min(IN_TOUCH_DAYS, day.toordinal() - 1))


def in_touch(people: list[Contact], known: Interactions, day: date) -> list[Contact]:
    """Those with an interaction in the year up to `day`."""
    since = in_touch_since(day)
    return [
        contact
        for contact in people
        if any(since <= each.day <= day for each in known.get(contact.id, ()))
    ]
