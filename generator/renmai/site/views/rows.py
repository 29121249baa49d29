"""The rows of Today: follow-ups and events, each with who, why, when, and how to reach them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from msgspec import Struct, structs

from renmai.model.records import Contact, Event
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.meetings import event_end
from renmai.settings import Settings
from renmai.site.views.ahead import last_day_ahead
from renmai.site.views.coming import Span, coming, key_of, rolling
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.reach import short_reach
from renmai.site.views.shapes import Named, Touch, When
from renmai.text.values import Duration
from renmai.words import Words

#: The sort of part that a row is of the page.
LINE = "row"

#: The part that says which events are not over.
CALENDAR = "calendar"

#: Stands for the link in a reason while it is worded.
_LINK = "\ue000"


class Row(Struct, frozen=True):
    """A line of Today.

    `why` goes before a link to the event `about`, and `why_after` behind it. `since` and `until`
    bound the days on which the row stands there; `rolling`: it is due so many days after whatever
    day it is; `length` is that of a cadence in days; `order` breaks ties.
    """

    kind: str
    id: str
    who: Named
    label: str
    why: str
    when: When
    order: int = 0
    about: Named | None = None
    why_after: str = ""
    reach: list[Touch] = []
    shape: str = ""
    since: str | None = None
    until: str | None = None
    rolling: int | None = None
    length: int | None = None


class Placed(NamedTuple):
    """A row with its day, and whether it stands there on the day of the build.

    It is made when it is asked for: of thousands some hundreds are shown. `order` is its own.
    """

    row: Callable[[], Row]
    order: int
    day: date
    stands: bool


def rows(lens: Lens) -> list[Placed]:
    """Every row in the order of rules.md, the events of a day before what is due on it."""
    limit, book = last_day_shown(lens.facts.settings, lens.today), lens.book
    now = {key_of(book, item): item for item in lens.facts.follow_ups_until(limit)}
    bounds = {key_of(book, item := span.item): (item, span) for span in coming(lens)}
    items = [*now.values(), *(item for key, (item, _) in bounds.items() if key not in now)]
    ties = {key_of(book, item): place for place, item in enumerate(sorted(items, key=_tie))}
    found = list(_event_rows(lens, limit))
    for item in items:
        key = key_of(book, item)
        item, span = bounds.get(key, (item, None))
        order = len(ties) + ties[key]
        row = partial(_remembered, lens, item, span, order)
        found.append(Placed(row, order, item.due, key in now))
    overdue = [placed for placed in found if placed.day < lens.today]
    rest = [placed for placed in found if placed.day >= lens.today]
    return overdue + sorted(rest, key=lambda placed: (placed.day, placed.order))


def last_day_shown(settings: Settings, today: date) -> date:
    """The last day whose rows can stand there before the next build."""
    return settings.horizon.after(last_day_ahead(today)) or date.max


def _tie(item: FollowUp) -> tuple[int, str, str, int]:
    return list(KINDS).index(item.kind), item.id, item.path, item.line


def _remembered(lens: Lens, item: FollowUp, span: Span | None, order: int) -> Row:
    """The row of a follow-up, which is made where it is another than before."""
    bounds = (span.since, span.until) if span else ()
    key = part_key(LINE, item.id, item.kind, item.about, item.path, item.line, item.due, *bounds)
    row = lens.part(key, lambda at: _row(at, item, span), Row)
    return structs.replace(row, order=order)


def _row(lens: Lens, item: FollowUp, span: Span | None) -> Row:
    words, book = lens.words, lens.book
    since, until = (span.since, span.until) if span else (None, None)
    if not span and item.kind == "birthday":
        until = item.due
    record = lens.by_id(item.id)
    about = book.events.get(item.id if item.kind == "card" else item.about or "")
    contact = record if isinstance(record, Contact) else None
    why, why_after = why_of(words, item, about)
    return Row(
        kind=item.kind,
        id=item.id,
        who=lens.named(record) if record and item.kind != "card" else lens.somebody(item.title),
        label=words(f"kind.{item.kind}"),
        why=lens.field(why, up=""),
        why_after=lens.field(why_after, up=""),
        when=lens.when(item.due, weekday=True),
        about=lens.named(about) if about else None,
        reach=short_reach(contact, words) if contact and contact is not book.me else [],
        shape="" if contact or item.kind == "card" else "square",
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        rolling=rolling(book, item),
        length=_length(item),
    )


def why_of(words: Words, item: FollowUp, about: Event | None) -> tuple[str, str]:
    """The reason; where it names the event, what stands before and behind the link to it."""
    if item.kind in ("task", "checklist"):
        return item.what, ""
    if about is None:
        why = words.reason(item)
        return ("" if why == words(f"kind.{item.kind}") else why), ""
    marked = structs.replace(item, args=item.args | {"event": _LINK})
    before, _, after = words.reason(marked).partition(_LINK)
    return before, after


def _length(item: FollowUp) -> int | None:
    """The days of a cadence, from the day that it is counted from."""
    cadence, start = item.args.get("cadence"), item.args.get("day")
    if not isinstance(cadence, Duration) or not isinstance(start, date):
        return None
    return ((cadence.after(start) or date.max) - start).days


def _event_rows(lens: Lens, limit: date) -> Iterator[Placed]:
    """The events until a day, each at its first day, or today when it has begun."""
    for order, event in enumerate(events_until(lens, limit)):
        if event.date is not None:
            day = max(event.date, lens.today)
            yield Placed(partial(_event_row, lens, event, day, order), order, day, True)


def events_until(lens: Lens, limit: date) -> Iterator[Event]:
    """The events that are not over and begin by a day, in order."""
    for id in lens.part(CALENDAR, _calendar, list[str], fronts=True):
        event = lens.book.events[id]
        if event.date is not None and event.date <= limit:
            yield event


def _calendar(lens: Lens) -> list[str]:
    """The ids of the events that are not over, in order."""
    found = [
        (event.date, event.id)
        for event in lens.book.events.values()
        if event.date and not event.is_cancelled and (event_end(event) or date.min) >= lens.today
    ]
    return [id for _, id in sorted(found)]


def _event_row(lens: Lens, event: Event, day: date, order: int) -> Row:
    parts = [event.time or "", event.place or "", event.goal or ""]
    return Row(
        kind="event",
        id=event.id,
        who=lens.named(event),
        label=lens.words(f"choice.kind.{event.kind}"),
        why=" · ".join(part for part in parts if part),
        when=lens.when(day, weekday=True),
        order=order,
        shape="square",
        until=(event_end(event) or day).isoformat(),
    )
