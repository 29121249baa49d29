"""`renmai agenda`: what is due, events and birthdays, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.options import DURATION, option
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.cli.wording import distance, event_details, weekday_and_date, who_and_why
from renmai.model.records import Event
from renmai.rules.followups import FollowUp
from renmai.text.values import Duration
from renmai.words import Words


class Entry(msgspec.Struct, frozen=True):
    """What stands on a day: an event or a follow-up. An event that has begun stands on today."""

    day: date
    what: Event | FollowUp

    @property
    def sort(self) -> str:
        return "event" if isinstance(self.what, Event) else self.what.kind


@declare("agenda", option("--within", type=DURATION, metavar="SPAN"))
def command(session: Session, within: Duration | None) -> None:
    horizon = within or session.opened.settings.horizon
    items = session.follow_ups(horizon)
    entries = agenda(session.book.events.values(), items, session.today, horizon)
    if session.json:
        output.write_json(document(entries, session.today, session.words))
        return
    lines = view(entries, session.today, session.words, output.terminal_width())
    if not entries:
        span = session.words.duration(horizon)
        lines.append([session.words("cli.agenda.nothing", span=span)])
    output.write_lines(lines)


def agenda(
    meetings: Iterable[Event], items: Iterable[FollowUp], today: date, horizon: Duration
) -> list[Entry]:
    """Events up to the horizon among follow-ups: the overdue as `due` orders them, then by day.

    Events stand first on their day.
    """
    yesterday = today - timedelta(days=1) if today > date.min else today
    events = [
        Entry(max(event.date, today), event)
        for event in meetings
        if event.date
        and not event.is_cancelled
        and (event.end or event.date) >= today
        and horizon.reaches(today, event.date)
    ]
    events.sort(key=lambda each: each.what.id)
    waiting = [Entry(item.due, item) for item in items]
    return sorted([*events, *waiting], key=lambda each: max(each.day, yesterday))


def document(entries: Sequence[Entry], today: date, words: Words) -> documents.Document:
    """The same items as those of `due`, with events among them."""
    return {
        "today": today.isoformat(),
        "items": [
            documents.event_item(entry.what, today, event_details(entry.what, words))
            if isinstance(entry.what, Event)
            else documents.follow_up(entry.what, words)
            for entry in entries
        ],
    }


def view(entries: Sequence[Entry], today: date, words: Words, limit: int | None) -> list[Line]:
    """A heading for what is overdue and for each day that has something."""
    rows = table([_row(entry, words) for entry in entries], _COLUMNS, limit, indent="  ")
    lines: list[Line] = []
    heading: object = None
    for entry, row in zip(entries, rows, strict=True):
        overdue = entry.day < today
        if heading != (heading := "overdue" if overdue else entry.day):
            lines += [*([[]] if lines else []), _heading(entry.day, today, words)]
        lines += row
    return lines or [[Span(weekday_and_date(today, words), "heading")]]


#: The kind and who or what; behind them, when and why.
_COLUMNS = (Column(most=20), Column(most=28))


def _heading(day: date, today: date, words: Words) -> Line:
    if day < today:
        return [Span(words("cli.agenda.overdue"), "heading")]
    return [
        Span(weekday_and_date(day, words), "heading"),
        "  ",
        distance((today - day).days, words),
    ]


def _row(entry: Entry, words: Words) -> list[Span]:
    what = entry.what
    kind = Span(_kind(entry, words), "faint")
    if isinstance(what, Event):
        return [kind, Span(what.label, "name"), Span(event_details(what, words))]
    who, why = who_and_why(what, words)
    if what.days_overdue > 0:
        why = words("cli.agenda.late", days=distance(what.days_overdue, words).text, why=why)
    return [kind, Span(who, "name"), Span(why)]


def _kind(entry: Entry, words: Words) -> str:
    return words("entry.event" if entry.sort == "event" else f"kind.{entry.sort}")
