"""Is the circle narrowing? Ecosystems, their share and evenness (`rules.md`, "Circles")."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact
from renmai.rules.interactions import Interactions
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


class Shape(msgspec.Struct, frozen=True):
    """How wide and how even the net is, on one day; both from 0 to 1."""

    outside_share: float
    evenness: float


def circle_states(
    book: Book,
    settings: Settings,
    known: Interactions,
    day: date,
    level_of: Callable[[Contact], Level],
) -> list[CircleState]:
    """Every circle of the settings, in their order, with the ids of its contacts in order.

    In touch on `day`: as in `shape`, interactions after it do not count. Who is active is as it
    is written today.
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


def shape(book: Book, settings: Settings, known: Interactions, day: date) -> Shape:
    """Outside share and evenness among those in touch on `day`.

    `known` may hold interactions after `day`: they do not count.
    """
    people = in_touch(active_contacts(book), known, day)
    memberships = [circles_of(contact, settings) for contact in people]
    outside = sum(
        any(not settings.circles[name].built_in for name in names) for names in memberships
    )
    counts = Counter(name for names in memberships for name in names)
    return Shape(
        outside_share=outside / len(people) if people else 0.0,
        evenness=evenness(list(counts.values()), len(settings.circles)),
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
    entries = {(each.path, each.line): each.day for mine in known.values() for each in mine}
    return Counter(entries.values())


def active_contacts(book: Book) -> list[Contact]:
    return [contact for contact in book.others if contact.status == "active"]


def circles_of(contact: Contact, settings: Settings) -> list[str]:
    """The circles of a contact that the settings know, each once."""
    names = dict.fromkeys(name.text for name in contact.circles)
    return [name for name in names if name in settings.circles]


def in_touch(people: list[Contact], known: Interactions, day: date) -> list[Contact]:
    """Those with an interaction in the year up to `day`."""
    since = day - timedelta(days=min(IN_TOUCH_DAYS, day.toordinal() - 1))
    return [
        contact
        for contact in people
        if any(since <= each.day <= day for each in known.get(contact.id, ()))
    ]
