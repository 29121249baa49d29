"""An event: what to prepare, whom to talk to, whom one met, and what is left to do."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup
from msgspec import Struct, structs

from renmai.model.records import Event
from renmai.rules.brief import QUESTIONS
from renmai.rules.events import Readiness, progress
from renmai.rules.followups.meetings import event_end
from renmai.rules.interactions import attendees
from renmai.site.paths import page_href
from renmai.site.prose import notes_of
from renmai.site.views import event_people as people
from renmai.site.views import event_state as state
from renmai.site.views.event_boxes import event_boxes
from renmai.site.views.events import event_chips, leaf
from renmai.site.views.lens import Lens
from renmai.site.views.reach import website
from renmai.site.views.shapes import (
    Box,
    Cell,
    Check,
    Chip,
    Fact,
    Leaf,
    Moment,
    TaskLine,
    Touch,
    When,
)
from renmai.site.views.spells import Spell, spells
from renmai.site.views.timeline import record_timeline
from renmai.text.tasks import Task
from renmai.text.values import PartialDate
from renmai.words import Words

_PHASES = ("before", "during", "after")

#: Ruled lines at the end of the brief: so many fill a sheet on which nobody stands, and two people
#: beside each other take the room of so many.
_LINES = 20
_LINES_A_ROW = 5
_FEWEST_LINES = 6

#: With more people than these their part of the brief is set smaller.
_ROOMS = {"dense": 10, "many": 6}


class Phase(Struct, frozen=True):
    """A checklist with its progress."""

    key: str
    title: str
    done: int
    all: int
    tasks: list[TaskLine]


class Brief(Struct, frozen=True):
    """What is on paper alone: the four questions, seeds, and `lines` to write more of them on.

    `room`: empty, many or dense, where there are so many people that each gets less of it.
    `button`: it is of use still.
    """

    questions: list[str]
    seeds: list[Fact]
    lines: int
    room: str
    button: bool


class EventPage(Struct, frozen=True):
    """An event's page; `states`: before it, on its days, and after."""

    title: str
    states: list[Spell[EventState]]


class EventState(Struct, frozen=True):
    """An event as it stands; `brings`: what it brought is of more interest than what to prepare."""

    title: str
    look: str
    brings: bool
    leaf: Leaf
    when: When | None
    dates: str
    place: str
    chips: list[Chip]
    goal: str
    reach: list[Touch]
    strip: list[Cell]
    strip_title: str
    host: list[Check]
    phases: list[Phase]
    targets: list[people.Target]
    targets_status: str
    no_targets: bool
    met: list[people.Met]
    tasks: list[TaskLine]
    log: list[Moment]
    notes: Markup | None
    boxes: list[Box]
    brief: Brief | None


def event_page(lens: Lens, event: Event) -> EventPage:
    """All that there is to show of an event."""
    days = lens.ahead.event(event)
    return EventPage(event.label, spells(lens, days, lambda at: _state(at, event)))


def _state(lens: Lens, event: Event) -> EventState:
    words, facts = lens.words, lens.facts
    ready = facts.readiness(event)
    met = people.met(lens, event)
    end = event_end(event)
    is_over = end is None or end < lens.today
    brings = is_over or bool(met)
    strip = state.gain(lens, event, met) if brings else state.readiness(lens, event)
    return EventState(
        title=event.label,
        look="off" if event.is_cancelled else "" if is_over else "ahead",
        brings=brings,
        leaf=leaf(event.date, words),
        when=lens.when(event.date, "ago") if event.date else None,
        dates=_dates(lens, event),
        place=event.place or "",
        chips=_chips(lens, event),
        goal=lens.field(event.goal or ""),
        reach=website(event.url, words),
        strip=[] if event.is_cancelled else strip,
        strip_title=words("site.event.yield" if brings else "site.event.readiness"),
        host=state.host_checks(lens, event, is_over=is_over),
        phases=[_phase(lens, event, phase) for phase in _PHASES],
        targets=people.targets(lens, event, ahead=not brings),
        targets_status=_targets_status(lens, ready) if brings else "",
        no_targets=not ready.targets and not is_over and not event.is_cancelled,
        met=met,
        tasks=[_task(lens, event, task) for task in event.tasks if not task.phase],
        log=record_timeline(lens, event),
        notes=lens.notes(notes_of(event), event.path),
        boxes=event_boxes(
            lens, event, facts.yielded(event).cards_missing, people.others(lens, event)
        ),
        brief=None if event.is_cancelled else _brief(lens, event, ready.targets, not is_over),
    )


def _targets_status(lens: Lens, ready: Readiness) -> str:
    return lens.words(
        "site.event.targets_status",
        n=ready.targets,
        count=ready.target_count,
        researched=ready.researched,
    )


def _brief(lens: Lens, event: Event, targets: int, button: bool) -> Brief:
    seeds = [
        Fact(each.name, [lens.field(each.person.seed)])
        for each in attendees(lens.book, event)
        if each.person.seed
    ]
    taken = _LINES_A_ROW * ((targets + 1) // 2) + len(seeds)
    return Brief(
        questions=[lens.words(f"brief.question.{name}") for name in QUESTIONS],
        seeds=seeds,
        lines=max(_LINES - taken, _FEWEST_LINES),
        room=next((room for room, most in _ROOMS.items() if targets > most), ""),
        button=button,
    )


def _dates(lens: Lens, event: Event) -> str:
    """`Sat 21 Nov 2026, 18:30`; of several days the first and the last."""
    words = lens.words
    if event.date is None:
        return ""
    text = words.date(event.date)
    if event.end and event.end != event.date:
        return _span(words, event.date, event.end)
    return f"{text} {event.time}" if event.time else text


def _span(words: Words, start: date, end: date) -> str:
    """Two days, the year of which is said once where it is the same: where the language says it."""
    if (start.year, start.month) == (end.year, end.month):
        name = words(f"month.{start.month}")
        return words(
            "site.event.span_month", first=start.day, last=end.day, name=name, year=start.year
        )
    said = {"start": words.date(start), "end": words.date(end)}
    if start.year == end.year:
        key, day = ("end", end) if words.language == "zh" else ("start", start)
        said[key] = words.partial(PartialDate(None, day.month, day.day))
    return words("site.event.span", **said)


def _chips(lens: Lens, event: Event) -> list[Chip]:
    chips = event_chips(event, lens.words)
    community = lens.book.community(event.community)
    if community is not None:
        chips.append(Chip(community.label, page_href(community)))
    return chips + [Chip(f"#{tag}") for tag in event.tags]


def _phase(lens: Lens, event: Event, phase: str) -> Phase:
    done = progress(event, phase)
    tasks = [_task(lens, event, task) for task in event.tasks if task.phase == phase]
    return Phase(phase, lens.words(f"site.event.{phase}"), done.done, done.all, tasks)


def _task(lens: Lens, event: Event, task: Task) -> TaskLine:
    """A task; that of a cancelled event falls due no more."""
    line = lens.task(task, event.path)
    if line.due is None or not event.is_cancelled:
        return line
    return structs.replace(line, due=structs.replace(line.due, words="", says="", late=False))
