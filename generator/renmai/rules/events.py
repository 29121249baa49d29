"""What an event still lacks before it, and what it yielded after (`rules.md`, "Events")."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from renmai.model.book import Book
from renmai.model.records import Event
from renmai.rules.followups.meetings import ends_recontact, event_end
from renmai.rules.interactions import Attendee, Interactions, attendees
from renmai.settings import Settings

Hint = Literal["too-many", "round-table", "budget-untold", "bill-not-split"]

#: A gathering stays one talk up to so many people.
MOST_PEOPLE = 15


class Progress(msgspec.Struct, frozen=True):
    """Tasks of a phase: done, of all."""

    done: int = 0
    all: int = 0


class Readiness(msgspec.Struct, frozen=True):
    """How well one is prepared for an event."""

    invited: bool
    target_count: int
    targets: int
    researched: int
    before: Progress
    during: Progress
    after: Progress


class Yield(msgspec.Struct, frozen=True):
    """What an event brought. `met` are ids, or names where there is no card."""

    met: list[str]
    recontacted: list[str]
    in_time: list[str]
    cards_missing: list[str]
    seeds: int
    introductions: int
    second_meetings: int


def readiness(book: Book, event: Event) -> Readiness:
    """Invitation, targets, research and the three checklists; nothing of a cancelled event."""
    targets = [each for each in attendees(book, event) if each.person.target]
    return Readiness(
        invited=bool(event.invitation and event.invitation.status == "confirmed"),
        target_count=event.target_count,
        targets=len(targets),
        researched=sum(is_researched(each) for each in targets),
        before=progress(event, "before"),
        during=progress(event, "during"),
        after=progress(event, "after"),
    )


def is_researched(attendee: Attendee) -> bool:
    """Whether one knows what they do, what they are up against, and what one could give."""
    person, card = attendee.person, attendee.contact
    return bool(
        person.does
        and (person.challenge or (card and card.challenge))
        and (person.value or (card and card.value))
    )


def progress(event: Event, phase: str) -> Progress:
    """The tasks of one phase; none of a cancelled event."""
    tasks = [] if event.is_cancelled else [each for each in event.tasks if each.phase == phase]
    return Progress(sum(task.done for task in tasks), len(tasks))


def yielded(book: Book, event: Event, known: Interactions, settings: Settings) -> Yield:
    """Who was met, written down, and written to; what was sown; who found each other."""
    met = [each for each in attendees(book, event) if each.person.met]
    days = {
        each.contact.id: day
        for each in met
        if each.contact and (day := recontacted_on(event, each, known))
    }
    end = event_end(event)
    limit = settings.recontact_within.after(end) if end else None
    made = [] if event.is_cancelled else event.introductions
    return Yield(
        met=[each.contact.id if each.contact else each.name for each in met],
        recontacted=list(days),
        in_time=[id for id, day in days.items() if limit is None or day <= limit],
        cards_missing=[each.name for each in met if not each.has_card],
        seeds=sum(bool(each.person.seed) for each in attendees(book, event)),
        introductions=len(made),
        second_meetings=sum(each.next is not None for each in made),
    )


def recontacted_on(event: Event, attendee: Attendee, known: Interactions) -> date | None:
    """The first day on which somebody met there was written to again; None if not yet."""
    end = event_end(event)
    if end is None or attendee.contact is None:
        return None
    mine = known.get(attendee.contact.id, [])
    return min((each.day for each in mine if ends_recontact(each, end)), default=None)


def host_hints(book: Book, event: Event) -> list[tuple[Hint, int]]:
    """What a host should mend, each once, with its line: its key's, or 1 where that is missing."""
    if not event.hosted or event.is_cancelled:
        return []
    found: list[tuple[Hint, int]] = []
    if event.capacity is not None and event.capacity > MOST_PEOPLE:
        found.append(("too-many", event.line_of("capacity")))
    elif len(attendees(book, event)) > MOST_PEOPLE:
        found.append(("too-many", event.line_of("people")))
    if event.table == "round":
        found.append(("round-table", event.line_of("table")))
    if not event.budget or not _told_before(event):
        found.append(("budget-untold", event.line_of("announced") if event.budget else 1))
    if event.bill != "split":
        found.append(("bill-not-split", event.line_of("bill")))
    return found


def _told_before(event: Event) -> bool:
    return bool(event.announced and event.date and event.announced < event.date)
