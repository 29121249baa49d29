"""An event: what to prepare, whom to talk to, whom one met, and what is left to do."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup
from msgspec import Struct

from renmai.model.records import Event
from renmai.rules.events import host_hints, is_researched, progress, recontacted_on
from renmai.rules.followups.meetings import event_end
from renmai.rules.interactions import Attendee, attendees
from renmai.site.paths import page_href
from renmai.site.prose import notes_of
from renmai.site.views.event_boxes import event_boxes
from renmai.site.views.events import event_chips, leaf
from renmai.site.views.lens import Lens
from renmai.site.views.reach import website
from renmai.site.views.shapes import (
    Box,
    Chip,
    Face,
    Fact,
    Leaf,
    Moment,
    Named,
    TaskLine,
    Touch,
    When,
)
from renmai.site.views.timeline import record_timeline

_PHASES = ("before", "during", "after")
#: Roles that have a word in the catalogues; others are shown as written.
_ROLES = frozenset(("speaker", "organiser", "guest", "volunteer"))


class Phase(Struct, frozen=True):
    """A checklist with its progress."""

    key: str
    title: str
    done: int
    all: int
    tasks: list[TaskLine]


class Target(Struct, frozen=True):
    """Somebody to talk to, with what is known; `missing` says what is still to find out."""

    who: Named
    facts: list[Fact]
    missing: str = ""


class Met(Struct, frozen=True):
    """Somebody one met: whether one wrote to them in time, the seed, the next meeting."""

    who: Named
    seed: str
    state: str
    when: When | None = None
    late: bool = False
    next: str = ""


class EventPage(Struct, frozen=True):
    """An event's page."""

    title: str
    look: str
    leaf: Leaf
    when: When | None
    dates: str
    place: str
    chips: list[Chip]
    goal: str
    reach: list[Touch]
    hints: list[str]
    phases: list[Phase]
    targets: list[Target]
    targets_status: str
    met: list[Met]
    met_status: str
    tasks: list[TaskLine]
    log: list[Moment]
    notes: Markup | None
    boxes: list[Box]


def event_page(lens: Lens, event: Event) -> EventPage:
    """All that there is to show of an event."""
    words, facts = lens.words, lens.facts
    people = attendees(lens.book, event)
    ready, gain = facts.readiness(event), facts.yielded(event)
    end = event_end(event)
    others = [
        _who(lens, each, _role(lens, each))
        for each in people
        if not each.person.target and not each.person.met
    ]
    look = "off" if event.is_cancelled else "ahead" if end and end >= lens.today else ""
    return EventPage(
        title=event.label,
        look=look,
        leaf=leaf(event.date, words),
        when=lens.when(event.date, "ago") if event.date else None,
        dates=_dates(lens, event),
        place=event.place or "",
        chips=_chips(lens, event),
        goal=lens.field(event.goal or ""),
        reach=website(event.url, words),
        hints=[words(f"site.event.hint.{code}") for code, _ in host_hints(lens.book, event)],
        phases=[_phase(lens, event, phase) for phase in _PHASES],
        targets=[_target(lens, each) for each in people if each.person.target],
        targets_status=words(
            "site.event.targets_status",
            n=ready.targets,
            count=ready.target_count,
            researched=ready.researched,
        ),
        met=[_met(lens, event, each) for each in people if each.person.met],
        met_status=words(
            "site.event.met_status",
            met=len(gain.met),
            recontacted=len(gain.recontacted),
            in_time=len(gain.in_time),
        ),
        tasks=[lens.task(task, event.path) for task in event.tasks if not task.phase],
        log=record_timeline(lens, event),
        notes=lens.notes(notes_of(event), event.path),
        boxes=event_boxes(lens, event, gain.cards_missing, others),
    )


# -- the head -------------------------------------------------------------------------------------


def _dates(lens: Lens, event: Event) -> str:
    """`Sat 21 Nov 2026, 18:30`; of several days the first and the last."""
    words = lens.words
    if event.date is None:
        return ""
    text = words.date(event.date)
    if event.end and event.end != event.date:
        return words("site.event.span", start=text, end=words.date(event.end))
    return f"{text} {event.time}" if event.time else text


def _chips(lens: Lens, event: Event) -> list[Chip]:
    chips = event_chips(event, lens.words)
    community = lens.book.community(event.community)
    if community is not None:
        chips.append(Chip(community.label, page_href(community)))
    return chips + [Chip(f"#{tag}") for tag in event.tags]


def _phase(lens: Lens, event: Event, phase: str) -> Phase:
    done = progress(event, phase)
    tasks = [lens.task(task, event.path) for task in event.tasks if task.phase == phase]
    return Phase(phase, lens.words(f"site.event.{phase}"), done.done, done.all, tasks)


# -- people ---------------------------------------------------------------------------------------


def _who(lens: Lens, each: Attendee, note: str = "") -> Named:
    """A person at the event, with the photo that the event's file gives, if it gives one."""
    who = lens.named(each.contact, note) if each.contact else lens.somebody(each.name, note)
    photo = lens.media.get(each.person.photo or "")
    if photo is None or who.face is None:
        return who
    return Named(who.name, who.href, Face(who.face.letters, who.face.tint, photo), note)


def _role(lens: Lens, each: Attendee) -> str:
    """The role, and what they are by their card."""
    role = each.person.role or ""
    known = role.casefold() in _ROLES
    parts = [lens.words(f"site.event.role.{role.casefold()}") if known else role]
    if each.contact:
        parts += [each.contact.title or "", each.contact.company or ""]
    return " · ".join(part for part in parts if part)


def _target(lens: Lens, each: Attendee) -> Target:
    """What one knows of a target, here or on the card, and what is still to find out."""
    words, person, card = lens.words, each.person, each.contact
    known = {
        "does": [person.does] if person.does else [],
        "challenge": [person.challenge] if person.challenge else card.challenge if card else [],
        "value": [person.value] if person.value else card.value if card else [],
        "recognise": [person.recognise] if person.recognise else [],
    }
    lacking = [
        words(f"site.field.{key}") for key in ("does", "challenge", "value") if not known[key]
    ]
    missing = "" if is_researched(each) else words("site.event.missing", what=words.listed(lacking))
    facts = [lens.fact(key, texts) for key, texts in known.items() if texts]
    return Target(_who(lens, each, _role(lens, each)), facts, missing)


def _met(lens: Lens, event: Event, each: Attendee) -> Met:
    words, person = lens.words, each.person
    state, when, late = _recontact(lens, event, each)
    agreed = words("site.event.next", day=words.date(person.next)) if person.next else ""
    return Met(
        _who(lens, each, _role(lens, each)),
        lens.field(person.seed or ""),
        state,
        when,
        late,
        agreed,
    )


def _recontact(lens: Lens, event: Event, each: Attendee) -> tuple[str, When | None, bool]:
    """Where the message within a day stands: its words, the day it was due, whether it is late."""
    words = lens.words
    due = _owed(lens, event, each)
    if due is not None:
        key = "to_write" if each.contact else "no_card"
        when = lens.when(due)
        return words(f"site.event.{key}"), when, when.late
    if not each.has_card:
        return words("site.event.no_card"), None, False
    written = recontacted_on(event, each, lens.facts.interactions)
    if written is not None:
        end = event_end(event)
        limit = lens.facts.settings.recontact_within.after(end) if end else None
        in_time = limit is None or written <= limit
        key = "written" if in_time else "written_late"
        return words(f"site.event.{key}", day=words.date(written)), None, False
    return words("site.event.waived" if _is_waived(each) else "site.event.lapsed"), None, False


def _is_waived(each: Attendee) -> bool:
    """Whether no message is owed: it was waived, or they died."""
    contact = each.contact
    return each.person.recontact == "skip" or bool(contact and contact.status == "deceased")


def _owed(lens: Lens, event: Event, each: Attendee) -> date | None:
    """The day by which a message or a card is owed to somebody met at the event."""
    kind, id = ("recontact", each.contact.id) if each.contact else ("card", event.id)
    for item in lens.facts.follow_ups_of.get(id, ()):
        if item.kind == kind and item.path == event.path and item.line == each.person.line:
            return item.due
    return None
