"""Today: who waits, what is due today, what is coming, and what the next event lacks."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from renmai.model.records import Contact
from renmai.site.paths import page_href
from renmai.site.views.events import bars, leaf
from renmai.site.views.lens import Lens, filtered
from renmai.site.views.rows import Row, events_until, rows
from renmai.site.views.shapes import Bar, Leaf, Named, When

#: More rows than this of one sort are left to the table of contacts.
MOST_ROWS = 300
MOST_DRIFTING = 12


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
    for row, day, stands in rows(lens):
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


def _next_event(lens: Lens) -> NextEvent | None:
    event = next(events_until(lens, date.max), None)
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
