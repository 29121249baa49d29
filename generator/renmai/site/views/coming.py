"""The follow-ups that come or go in the days ahead, with the first or the last day of each.

What an event leaves to do, what there is to do with somebody, and when a community should gather,
each by itself: so it is asked again only where one of them is another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from renmai.model.book import Book
from renmai.model.records import Record
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.gatherings import must_gather
from renmai.rules.followups.item import Given
from renmai.rules.interactions import attendees
from renmai.rules.kept import Kept, follow_up, kept
from renmai.site.views import turns
from renmai.site.views.ahead import Ahead
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key

#: The sort of part that this is of a page: followed by the id of whom it is about.
COMING = "coming"

#: The kinds whose items come and go with the days of an event.
_BY_EVENT = ("recontact", "card", "checklist")
#: Those that do so when somebody is met at one, or need no longer be written to.
_BY_MEETING = ("follow_up", "second_meeting", "cadence")

_DAY = timedelta(days=1)

#: A follow-up whatever the day: kind, id, event, path, line, due.
Key = tuple[str, str, str | None, str, int, date]


class Span(Struct, frozen=True, array_like=True, gc=False):
    """A follow-up as it is `seen` from a day; the first and last day on which it arises, if any."""

    known: Kept
    seen: date
    since: date | None = None
    until: date | None = None

    @property
    def item(self) -> FollowUp:
        """The follow-up."""
        return follow_up(self.known, self.seen)


def key_of(book: Book, item: FollowUp) -> Key:
    """What tells a follow-up from others, whatever the day."""
    due = item.due if rolling(book, item) is None else date.min
    return item.kind, item.id, item.about, item.path, item.line, due


def rolling(book: Book, item: FollowUp) -> int | None:
    """In how many days it is due on whatever day, where nothing happened to count from."""
    if item.reason == "cadence.never":
        return 0
    if item.reason != "gathering.first":
        return None
    since = book.communities[item.id].since
    return None if since and since.first_day else (item.due - item.today).days


def coming(lens: Lens) -> Iterator[Span]:
    """The follow-ups that come or go in the days ahead.

    And those that a promise hides now (rules.md: one person, one call), and will not then.
    """
    book = lens.book
    for id in book.events:
        yield from _part(lens, id, partial(_of_event, id=id))
    for id in book.communities:
        yield from _part(lens, id, partial(_of_community, id=id))
    # With others the same is left to do on all days.
    late = {item.id for item in lens.facts.follow_ups_of_kind("recontact")}
    for id in sorted(late.union(lens.ahead.changes)):
        yield from _part(lens, id, partial(_of_contact, id=id))


def _part(lens: Lens, id: str, make: Callable[[Lens], list[Span]]) -> list[Span]:
    return lens.part(part_key(COMING, id), make, list[Span])


def _of_event(lens: Lens, id: str) -> list[Span]:
    """What an event leaves to do."""
    ahead, event = lens.ahead, lens.book.events[id]
    people = (each.contact for each in attendees(ahead.facts.book, event))
    days = turns.of_meeting(ahead.facts, event)
    days = days.union(*(ahead.changes.get(each.id, ()) for each in people if each))
    return _spans(ahead, days, _BY_EVENT, events={id: event})


def _of_contact(lens: Lens, id: str) -> list[Span]:
    """What there is to do with somebody whom one met."""
    ahead, contact = lens.ahead, lens.book.contacts[id]
    met = ahead.met(contact)
    days = set(ahead.changes.get(id, ()))
    days = days.union(*(turns.of_meeting(lens.facts, event) for event in met))
    due = {key_of(lens.book, item) for item in lens.facts.follow_ups_of.get(id, ())}
    events = {event.id: event for event in met}
    return _spans(ahead, days, _BY_MEETING, due, contacts={id: contact}, events=events)


def _of_community(lens: Lens, id: str) -> list[Span]:
    """When a community should gather, where that is up to oneself."""
    community = lens.book.communities[id]
    if not must_gather(community):
        return []
    days = (each.date for each in lens.book.events_of(community) if each.date)
    return _spans(lens.ahead, days, ("gathering",), communities={id: community})


def _spans(
    ahead: Ahead,
    days: Iterable[date],
    kinds: Iterable[str],
    due: set[Key] | None = None,
    **alone: Mapping[str, Record],
) -> list[Span]:
    """The follow-ups of some kinds in a book of these records `alone` that come or go on the days.

    And those that are not `due` now, where that is given, though there are no others of their kind.
    """
    facts, part = ahead.facts, copy(ahead.facts.book)
    part.__dict__.update(alone)

    def on(day: date) -> dict[Key, FollowUp]:
        given = Given(part, day, facts.settings, ahead.interactions_on(day))
        items = (item for kind in kinds for item in KINDS[kind](given))
        return {key_of(facts.book, item): item for item in items}

    turning = ahead.sorted(days)
    if not turning and due is None:
        return []
    before = on(facts.today)
    found = {
        key: Span(kept(item), item.today)
        for key, item in before.items()
        if due is not None and item.kind == "cadence" and key not in due
    }
    for day in turning:
        here = on(day)
        for key in here.keys() - before.keys():
            found[key] = Span(kept(here[key]), day, since=day)
        for key in before.keys() - here.keys():
            item, since = before[key], found[key].since if key in found else None
            found[key] = Span(kept(item), item.today, since, day - _DAY)
        # What is always due today keeps the first day on which it was.
        before = {key: before.get(key, item) for key, item in here.items()}
    return list(found.values())
