"""Today: who waits, what is due today, what is coming; and how it goes on in the days after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct, structs

from renmai.model.records import Contact, Event
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.item import Given
from renmai.rules.followups.meetings import event_end
from renmai.site.paths import page_href
from renmai.site.views.events import bars, leaf
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.reach import short_reach
from renmai.site.views.shapes import Bar, Leaf, Named, Touch, When
from renmai.text.values import Duration
from renmai.words import Words

#: For how many days behind the build a page is right by itself.
DAYS_AHEAD = 31

#: More rows than this of one sort are left to the table of contacts.
MOST_ROWS = 300

MOST_DRIFTING = 12

#: Stands for the link in a reason while it is worded.
_LINK = "\ue000"

#: The kinds whose items come and go with the days of an event.
_BY_EVENT = ("recontact", "card", "checklist", "gathering")

_DAY = timedelta(days=1)

#: A follow-up whatever the day: kind, id, event, path, line, due.
Key = tuple[str, str, str | None, str, int, date]


class Row(Struct, frozen=True):
    """A line of Today.

    `why` is followed by a link to the event `about`, and that by `why_after`. `since` and `until` bound the days on which it stands there; `rolling`: it is due so many days
    after whatever day it is; `length` is that of a cadence in days; `order` breaks ties.
    """

    kind: str
    id: str
    who: Named
    label: str
    why: str
    when: When
    order: int
    about: Named | None = None
    why_after: str = ""
    reach: list[Touch] = []
    shape: str = ""
    since: str | None = None
    until: str | None = None
    rolling: int | None = None
    length: int | None = None


class Section(Struct, frozen=True):
    """Rows under a heading; `count` of them, and `more` where some of these are left out."""

    key: str
    title: str
    sum: str
    none: str
    rows: list[Row]
    count: int
    more: str
    more_href: str


class Placed(NamedTuple):
    """A row with its day, and whether it stands there on the day of the build."""

    row: Row
    day: date
    stands: bool


class Span(NamedTuple):
    """A follow-up with the first and the last day on which it arises, where they are bounded."""

    item: FollowUp
    since: date | None = None
    until: date | None = None


class NextEvent(Struct, frozen=True):
    """The next event and what it lacks."""

    title: str
    href: str
    leaf: Leaf
    when: When
    place: str
    bars: list[Bar]
    lacks: list[str]


class TodayPage(Struct, frozen=True):
    """The page that is opened every morning."""

    title: str
    heading: str
    sections: list[Section]
    later: list[Row]
    next_event: NextEvent | None
    drifting: list[Named]


def today_page(lens: Lens) -> TodayPage:
    """Overdue, today and upcoming as rules.md orders them, with what the next weeks will bring."""
    words, today = lens.words, lens.today
    horizon = lens.facts.settings.horizon
    groups: dict[str, list[Row]] = {"overdue": [], "now": [], "ahead": [], "later": []}
    for row, day, stands in _rows(lens):
        if not stands or not horizon.reaches(today, day):
            groups["later"].append(row)
        else:
            groups["overdue" if day < today else "now" if day == today else "ahead"].append(row)
    span = words.duration(horizon)
    return TodayPage(
        title=words("site.nav.today"),
        heading=words(
            "site.today.heading",
            weekday=words(f"site.weekday.{today.isoweekday()}"),
            month=words(f"site.month.{today.month}"),
            day=today.day,
        ),
        sections=[_section(lens, key, groups[key], span) for key in ("overdue", "now", "ahead")],
        later=groups["later"][:MOST_ROWS],
        next_event=_next_event(lens),
        drifting=_drifting(lens),
    )


def _section(lens: Lens, key: str, rows: list[Row], span: str) -> Section:
    words, hidden = lens.words, len(rows) - MOST_ROWS
    return Section(
        key=key,
        title=words(f"site.today.{key}", span=span),
        sum=words(f"site.today.sum.{key}", span=span),
        none=words(f"site.today.none_{key}"),
        rows=rows[:MOST_ROWS],
        count=len(rows),
        more=words("site.today.more", n=hidden) if hidden > 0 else "",
        more_href=filtered(due=key),
    )


# -- rows -----------------------------------------------------------------------------------------


def _rows(lens: Lens) -> list[Placed]:
    """Every row in the order of rules.md, the events of a day before what is due on it."""
    limit = lens.facts.settings.horizon.after(lens.today + DAYS_AHEAD * _DAY) or date.max
    now = {_key(item): item for item in lens.facts.follow_ups if item.due <= limit}
    spans = _spans(lens)
    items = [*now.values(), *(span.item for key, span in spans.items() if key not in now)]
    ties = {_key(item): place for place, item in enumerate(sorted(items, key=_tie))}
    rows = list(_event_rows(lens, limit))
    for item in items:
        key = _key(item)
        span = spans.get(key) or Span(item, until=item.due if item.kind == "birthday" else None)
        rows.append(Placed(_row(lens, span, len(ties) + ties[key]), item.due, key in now))
    overdue = [placed for placed in rows if placed.day < lens.today]
    rest = [placed for placed in rows if placed.day >= lens.today]
    return overdue + sorted(rest, key=lambda placed: (placed.day, placed.row.order))


def _tie(item: FollowUp) -> tuple[int, str, str, int]:
    return list(KINDS).index(item.kind), item.id, item.path, item.line


def _key(item: FollowUp) -> Key:
    return item.kind, item.id, item.about, item.path, item.line, item.due


def _spans(lens: Lens) -> dict[Key, Span]:
    """What comes and goes with events in the days ahead: with its first day, its last one, or both.

    The rules themselves are asked, on the days on which an event begins, ends or is too long ago.
    """
    facts = lens.facts
    spans: dict[Key, Span] = {}
    before: dict[Key, FollowUp] = {}
    for day in [lens.today, *_turns(lens, lens.today + DAYS_AHEAD * _DAY)]:
        given = Given(facts.book, day, facts.settings, facts.interactions)
        here = {_key(item): item for kind in _BY_EVENT for item in KINDS[kind](given)}
        if day > lens.today:
            for key in here.keys() - before.keys():
                spans[key] = Span(here[key], since=day)
            for key in before.keys() - here.keys():
                since = spans[key].since if key in spans else None
                spans[key] = Span(before[key], since, day - _DAY)
        before = here
    return spans


def _turns(lens: Lens, last: date) -> list[date]:
    """The days until `last` on which what an event leaves to do can change."""
    window = lens.facts.settings.recontact_window
    days: set[date] = set()
    for event in lens.book.events.values():
        end = event_end(event)
        if event.date is None or end is None or event.is_cancelled:
            continue
        days.update((event.date, end))
        days.update(day + _DAY for day in (event.date, end, window.after(end)) if day and day < last)
    return sorted(day for day in days if lens.today < day <= last)


def _row(lens: Lens, span: Span, order: int) -> Row:
    words, book, item = lens.words, lens.book, span.item
    record = lens.by_id(item.id)
    about = book.events.get(item.id if item.kind == "card" else item.about or "")
    contact = record if isinstance(record, Contact) else None
    why, why_after = _why(words, item, about)
    return Row(
        kind=item.kind,
        id=item.id,
        who=lens.named(record) if record and item.kind != "card" else lens.somebody(item.title),
        label=words(f"kind.{item.kind}"),
        why=why,
        why_after=why_after,
        when=lens.when(item.due, weekday=True),
        order=order,
        about=lens.named(about) if about else None,
        reach=short_reach(contact, words) if contact and contact is not book.me else [],
        shape="" if contact or item.kind == "card" else "square",
        since=span.since.isoformat() if span.since else None,
        until=span.until.isoformat() if span.until else None,
        rolling=_rolling(lens, item),
        length=_length(item),
    )


def _why(words: Words, item: FollowUp, about: Event | None) -> tuple[str, str]:
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


def _rolling(lens: Lens, item: FollowUp) -> int | None:
    """For what is always due so many days from whatever day it is, how many."""
    if item.reason == "cadence.never":
        return 0
    community = lens.book.communities.get(item.id)
    if item.reason == "gathering.first" and community and not (
        community.since and community.since.first_day
    ):
        return (item.due - lens.today).days
    return None


def _event_rows(lens: Lens, limit: date) -> Iterator[Placed]:
    """The events until a day, each at its first day, or today when it has begun."""
    for order, event in enumerate(_events_until(lens, limit)):
        if event.date is not None:
            day = max(event.date, lens.today)
            yield Placed(_event_row(lens, event, day, order), day, True)


def _events_until(lens: Lens, limit: date) -> Iterator[Event]:
    events = sorted(lens.book.events.values(), key=lambda each: (each.date or date.max, each.id))
    for event in events:
        end = event_end(event)
        if event.is_cancelled or event.date is None or end is None:
            continue
        if end >= lens.today and event.date <= limit:
            yield event


def _event_row(lens: Lens, event: Event, day: date, order: int) -> Row:
    parts = [event.time or "", event.place or "", event.goal or ""]
    return Row(
        kind="event",
        id=event.id,
        who=lens.named(event),
        label=lens.words(f"site.event.kind.{event.kind}"),
        why=" · ".join(part for part in parts if part),
        when=lens.when(day, weekday=True),
        order=order,
        shape="square",
        until=(event_end(event) or day).isoformat(),
    )


# -- beside the rows ------------------------------------------------------------------------------


def _next_event(lens: Lens) -> NextEvent | None:
    event = next(_events_until(lens, date.max), None)
    if event is None or event.date is None:
        return None
    ready = lens.facts.readiness(event)
    words = lens.words
    lacks = [] if ready.invited or event.hosted else [words("site.event.lacks.invited")]
    if ready.targets < ready.target_count:
        lacks.append(words("site.event.lacks.targets", n=ready.target_count - ready.targets))
    if ready.researched < ready.targets:
        lacks.append(words("site.event.lacks.research", n=ready.targets - ready.researched))
    return NextEvent(
        title=event.label,
        href=page_href(event),
        leaf=leaf(event.date, words),
        when=lens.when(event.date, "ago"),
        place=event.place or "",
        bars=bars(ready, words),
        lacks=lacks,
    )


def _drifting(lens: Lens) -> list[Named]:
    """Those one was close to a year ago, the longest silent first."""
    found = [contact for contact in lens.book.others if lens.facts.is_drifting(contact)]
    found.sort(key=lambda contact: (lens.facts.last_contact(contact) or date.min, contact.id))
    return [lens.named(contact, last_contact(lens, contact)) for contact in found[:MOST_DRIFTING]]


def last_contact(lens: Lens, contact: Contact) -> str:
    """When one was last in touch with a contact, in words."""
    last = lens.facts.last_contact(contact)
    if last is None:
        return lens.words("site.contact.never")
    return lens.words("site.contact.last", day=lens.words.date(last))
