"""Today: who waits, what is due today, what is coming, and what the next event lacks."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from renmai.model.records import Contact, Event
from renmai.rules.events import host_hints
from renmai.site.paths import page_href
from renmai.site.views.ahead import last_day_ahead
from renmai.site.views.event_state import lacking
from renmai.site.views.events import bars, invitation, leaf
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.rows import Placed, Row, events_until, rows
from renmai.site.views.shapes import Bar, Leaf, Named, When

#: More rows than this of one sort are left to the table of contacts.
MOST_ROWS = 300
MOST_DRIFTING = 12
MOST_EVENTS = 12


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


class NextEvent(Struct, frozen=True):
    """An event ahead and what it lacks; `until` is its last day, `shown` if it stands there now."""

    title: str
    href: str
    leaf: Leaf
    when: When
    until: str
    shown: bool
    place: str
    invitation: str
    bars: list[Bar]
    lacks: list[str]


class TodayPage(Struct, frozen=True):
    """The page that is opened every morning."""

    title: str
    heading: str
    sections: list[Section]
    later: list[Row]
    next_events: list[NextEvent]
    drifting: list[Named]
    drifting_count: int


def today_page(lens: Lens) -> TodayPage:
    """Overdue, today and upcoming as rules.md orders them, with what the next weeks will bring."""
    words, today = lens.words, lens.today
    horizon = lens.facts.settings.horizon
    groups: dict[str, list[Placed]] = {"overdue": [], "now": [], "ahead": [], "later": []}
    for placed in rows(lens):
        day = placed.day
        if not placed.stands or not horizon.reaches(today, day):
            groups["later"].append(placed)
        else:
            groups["overdue" if day < today else "now" if day == today else "ahead"].append(placed)
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
        later=[placed.row() for placed in groups["later"][:MOST_ROWS]],
        next_events=_next_events(lens),
        drifting=_drifting(lens),
        drifting_count=len(lens.facts.drifting),
    )


def _section(lens: Lens, key: str, rows: list[Placed], span: str) -> Section:
    words, hidden = lens.words, len(rows) - MOST_ROWS
    return Section(
        key=key,
        title=words(f"site.today.{key}", span=span),
        sum=words(f"site.today.sum.{key}", span=span),
        none=words(f"site.today.none_{key}"),
        rows=[placed.row() for placed in rows[:MOST_ROWS]],
        count=len(rows),
        more=words("site.today.more", n=hidden) if hidden > 0 else "",
        more_href=filtered(due=key),
    )


def _next_events(lens: Lens) -> list[NextEvent]:
    """Those that have begun and the first one after them; and those that will be that one soon."""
    soon = sum(1 for _ in events_until(lens, last_day_ahead(lens.today)))
    found = list(events_until(lens, date.max))[: min(soon, MOST_EVENTS) + 1]
    begun = sum(1 for event in found if event.date and event.date <= lens.today)
    return [
        _next_event(lens, event, event.date, number <= begun)
        for number, event in enumerate(found)
        if event.date
    ]


def _next_event(lens: Lens, event: Event, day: date, shown: bool) -> NextEvent:
    words = lens.words
    hints = [words(f"site.event.hint.{code}") for code, _ in host_hints(lens.book, event)]
    return NextEvent(
        title=event.label,
        href=page_href(event),
        leaf=leaf(day, words),
        when=lens.when(day, "ago"),
        until=(event.end or day).isoformat(),
        shown=shown,
        place=event.place or "",
        invitation=invitation(event, words),
        bars=bars(lens.facts.readiness(event), words),
        lacks=[*lacking(lens, event).values(), *hints],
    )


def _drifting(lens: Lens) -> list[Named]:
    """Those one was close to a year ago, the longest silent first."""
    found = sorted(
        lens.facts.drifting,
        key=lambda contact: (lens.facts.last_contact(contact) or date.min, contact.id),
    )
    return [lens.named(contact, last_contact(lens, contact)) for contact in found[:MOST_DRIFTING]]


def last_contact(lens: Lens, contact: Contact) -> str:
    """When one was last in touch with a contact, in words."""
    last = lens.facts.last_contact(contact)
    if last is None:
        return lens.words("site.contact.never")
    return lens.words("site.contact.last", day=lens.words.date(last))
