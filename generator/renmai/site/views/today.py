"""Today: who waits, what is due today, what is coming; and how it goes on in the days after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from renmai.model.records import Contact, Event
from renmai.rules.followups import KINDS, FollowUp
from renmai.rules.followups.item import Given
from renmai.rules.followups.meetings import event_end
from renmai.site.paths import page_href
from renmai.site.views.events import bars, leaf
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.reach import reach
from renmai.site.views.shapes import Bar, Leaf, Named, Touch, When

#: For how many days behind the build a page is right by itself.
DAYS_AHEAD = 31

#: More rows than this of one sort are left to the table of contacts.
MOST_ROWS = 300

#: The kinds whose items come and go with the days of an event.
_BY_EVENT = ("recontact", "card", "checklist", "gathering")

_DAY = timedelta(days=1)

#: A follow-up whatever the day: kind, id, event, path, line, due.
Key = tuple[str, str, str | None, str, int, date]


class Row(Struct, frozen=True):
    """A line of Today.

    `since` and `until` bound the days on which it stands there; `rolling`: it is due so many days
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
    reach: list[Touch] = []
    shape: str = ""
    since: str | None = None
    until: str | None = None
    rolling: int | None = None
    length: int | None = None


class Section(Struct, frozen=True):
    """Rows under a heading; `hidden` of `count` are left out, and `more` says where they are."""

    key: str
    title: str
    none: str
    rows: list[Row]
    count: int
    more: str = ""


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
    horizon: str
    sections: list[Section]
    later: list[Row]
    next_event: NextEvent | None
    drifting: list[Named]
    more_href: str


def today_page(lens: Lens) -> TodayPage:
    """Overdue, today and upcoming as rules.md orders them, with what the next weeks will bring."""
    words, today = lens.words, lens.today
    rows = _rows(lens)
    horizon = lens.facts.settings.horizon
    groups: dict[str, list[Row]] = {"overdue": [], "now": [], "ahead": [], "later": []}
    for row, due, shown in rows:
        if not shown:
            key = "later"
        elif due < today:
            key = "overdue"
        elif due == today:
            key = "now"
        else:
            key = "ahead" if horizon.reaches(today, due) else "later"
        groups[key].append(row)
    near = words.duration(horizon)
    titles = {"overdue": words("site.today.overdue"), "now": words("site.today.now")}
    titles["ahead"] = words("site.today.ahead", span=near)
    return TodayPage(
        title=words("site.nav.today"),
        heading=words("site.today.heading", weekday=words(f"site.weekday.{today.isoweekday()}"),
                      month=words(f"site.month.{today.month}"), day=today.day),
        horizon=near,
        sections=[
            Section(
                key,
                titles[key],
                words(f"site.today.none_{key}"),
                groups[key][:MOST_ROWS],
                len(groups[key]),
                words("site.today.more", n=len(groups[key]) - MOST_ROWS)
                if len(groups[key]) > MOST_ROWS
                else "",
            )
            for key in ("overdue", "now", "ahead")
        ],
        later=groups["later"][:MOST_ROWS],
        next_event=_next_event(lens),
        drifting=_drifting(lens),
        more_href=filtered(due="overdue"),
    )


# -- rows -----------------------------------------------------------------------------------------


def _rows(lens: Lens) -> list[tuple[Row, date, bool]]:
    """Every row with its day and whether it stands there today, in the order of rules.md."""
    limit = lens.facts.settings.horizon.after(lens.today + DAYS_AHEAD * _DAY) or date.max
    now = {_key(item): item for item in lens.facts.follow_ups if item.due <= limit}
    spans = _spans(lens)
    items = [*now.values(), *(item for key, (item, _, _) in spans.items() if key not in now)]
    ties = sorted(items, key=lambda item: (*_rank(item), item.path, item.line))
    place = {_key(item): number for number, item in enumerate(ties)}
    found: list[tuple[Row, date, bool]] = []
    for item in items:
        key = _key(item)
        _, since, until = spans.get(key, (item, None, None))
        if item.kind == "birthday":
            until = item.due
        row = _row(lens, item, place[key] + _AFTER_EVENTS, since, until)
        found.append((row, item.due, key in now))
    return _with_events(lens, found, limit)


#: Events of a day come before what is due on it.
_AFTER_EVENTS = 100_000


def _rank(item: FollowUp) -> tuple[int, str]:
    return list(KINDS).index(item.kind), item.id


def _key(item: FollowUp) -> Key:
    return item.kind, item.id, item.about, item.path, item.line, item.due


def _spans(lens: Lens) -> dict[Key, tuple[FollowUp, date | None, date | None]]:
    """What comes and goes with events in the days ahead: with its first day, or its last one.

    The rules themselves are asked, on the days on which an event begins, ends or is too long ago.
    """
    facts = lens.facts
    last = lens.today + DAYS_AHEAD * _DAY
    found: dict[Key, tuple[FollowUp, date | None, date | None]] = {}
    present: dict[Key, FollowUp] = {}
    for day in [lens.today, *_turns(lens, last)]:
        given = Given(facts.book, day, facts.settings, facts.interactions)
        here = {_key(item): item for kind in _BY_EVENT for item in KINDS[kind](given)}
        if day > lens.today:
            for key, item in here.items() - present.items() if False else here.items():
                if key not in present:
                    found[key] = (item, day, None)
            for key, item in present.items():
                if key not in here:
                    since = found[key][1] if key in found else None
                    found[key] = (item, since, day - _DAY)
        present = here
    return found


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


def _row(
    lens: Lens, item: FollowUp, order: int, since: date | None, until: date | None
) -> Row:
    words, book = lens.words, lens.book
    record = lens.by_id(item.id)
    about = book.events.get(item.about or "")
    contact = record if isinstance(record, Contact) else None
    if item.kind == "card":
        who, about = lens.somebody(item.title), book.events.get(item.id)
    else:
        who = lens.named(record) if record else lens.somebody(item.title)
    cadence = item.args.get("cadence") if item.kind == "cadence" else None
    start = item.args.get("day")
    end = cadence.after(start) if cadence and isinstance(start, date) else None
    return Row(
        kind=item.kind,
        id=item.id,
        who=who,
        label=words(f"kind.{item.kind}"),
        why=item.what if item.kind in ("task", "checklist") else words.reason(item),
        when=lens.when(item.due, weekday=True),
        order=order,
        about=lens.named(about) if about else None,
        reach=reach(contact, words) if contact else [],
        shape="" if contact or item.kind == "card" else "square",
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        rolling=_rolling(lens, item),
        length=(end - start).days if end and isinstance(start, date) else None,
    )


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


def _with_events(
    lens: Lens, rows: list[tuple[Row, date, bool]], limit: date
) -> list[tuple[Row, date, bool]]:
    """The rows with the events ahead among them, each by its day."""
    horizon = [row for row in rows if row[1] <= lens.today]
    ahead = [row for row in rows if row[1] > lens.today]
    for order, event in enumerate(_events_until(lens, limit)):
        if event.date is None:
            continue
        day = max(event.date, lens.today)
        entry = (_event_row(lens, event, order), day, True)
        (ahead if day > lens.today else horizon).append(entry)
    key = [(row[1], row[0].order) for row in ahead]
    ahead = [row for _, row in sorted(zip(key, ahead, strict=True), key=lambda pair: pair[0])]
    overdue = [row for row in horizon if row[1] < lens.today]
    now = sorted((row for row in horizon if row[1] == lens.today), key=lambda row: row[0].order)
    return overdue + now + ahead


def _events_until(lens: Lens, limit: date) -> Iterator[Event]:
    events = sorted(lens.book.events.values(), key=lambda each: (each.date or date.max, each.id))
    for event in events:
        end = event_end(event)
        if event.is_cancelled or event.date is None or end is None:
            continue
        if end >= lens.today and event.date <= limit:
            yield event


def _event_row(lens: Lens, event: Event, order: int) -> Row:
    words = lens.words
    assert event.date, "only events with a date are listed"
    kind = words(f"site.event.kind.{event.kind}")
    parts = [event.time or "", event.place or "", event.goal or ""]
    return Row(
        kind="event",
        id=event.id,
        who=lens.named(event),
        label=kind,
        why=" · ".join(part for part in parts if part),
        when=lens.when(max(event.date, lens.today), weekday=True),
        order=order,
        shape="square",
        until=(event_end(event) or event.date).isoformat(),
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
        when=lens.when(event.date, "ahead"),
        place=event.place or "",
        bars=bars(ready, words),
        lacks=lacks,
    )


def _drifting(lens: Lens) -> list[Named]:
    found = [contact for contact in lens.book.others if lens.facts.is_drifting(contact)]
    found.sort(key=lambda contact: (lens.facts.last_contact(contact) or date.min, contact.id))
    return [
        lens.named(contact, words_for_last(lens, contact)) for contact in found[:12]
    ]


def words_for_last(lens: Lens, contact: Contact) -> str:
    """When one was last in touch with a contact."""
    last = lens.facts.last_contact(contact)
    if last is None:
        return lens.words("site.contact.never")
    return lens.words("site.contact.last", day=lens.words.date(last))
