"""What several commands say in the same words: days, distances, levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from renmai.cli.output import Span
from renmai.model.records import Contact, Event, Functions, Record
from renmai.problems import Problem, Severity
from renmai.settings import Settings
from renmai.text.schema import fields_of
from renmai.words import Words

if TYPE_CHECKING:
    from renmai.rules.followups import FollowUp

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


def distance(days_overdue: int, words: Words) -> Span:
    """`3 days overdue`, `today`, `tomorrow`, `in 5 days`; in the colour of its urgency."""
    if days_overdue > 0:
        return Span(words("days.overdue", n=days_overdue), "overdue")
    if days_overdue == 0:
        return Span(words("days.today"), "today")
    if days_overdue == -1:
        return Span(words("days.tomorrow"), "coming")
    return Span(words("days.ahead", n=-days_overdue), "coming")


def ago(day: date, today: date, words: Words) -> str:
    """`today`, `yesterday`, `40 days ago`."""
    days = (today - day).days
    if days < 2:
        return words("cli.days.yesterday" if days else "days.today")
    return words("cli.days.ago", n=days)


def weekday_and_date(day: date, words: Words) -> str:
    """`Sat, 21 Nov 2026`."""
    return words("cli.days.dated", weekday=words.weekday(day), date=words.date(day))


def event_details(event: Event, words: Words) -> str:
    """When and where, in a few words: `to 23 Nov 2026, 18:30, Riverside Hall`."""
    end = words("cli.days.until", day=words.date(event.end)) if event.end else ""
    return words.listed([part for part in (end, event.time, event.place) if part])


def circle_label(name: str, settings: Settings, words: Words) -> str:
    """What the settings call a circle; else the catalogue, of the default ones; else its name."""
    circle = settings.circles.get(name)
    if circle and circle.label:
        return circle.label
    known = f"circle.{name}"
    return words(known) if name.isalpha() and words.has(known) else name


def label(sort: type[Record], key: str, words: Words) -> str:
    """What a field of that sort of record is called, or something that follows from it."""
    # A title in Chinese is read as well, and no other sort has a field for that.
    for struct in (sort, Functions, Contact):
        if key in fields_of(struct):
            return words(f"field.{struct.__name__.lower()}.{key}.label")
    return words(f"cli.label.{key}")


def who_and_why(item: FollowUp, words: Words) -> tuple[str, str]:
    """Whom a follow-up is about, and what there is to do or why."""
    if item.kind == "task":
        return str(item.args["record"]), item.what
    if item.kind == "checklist":
        phase = words(f"cli.label.{item.reason.removeprefix('checklist.')}")
        return str(item.args["event"]), words("cli.due.step", phase=phase, text=item.what)
    return item.title, words.reason(item)


def counted(problems: Sequence[Problem], words: Words) -> str:
    """`1 error, 2 warnings`; what there is none of is left out."""
    severities = [problem.severity for problem in problems]
    return words.listed(
        [
            words(f"cli.check.{severity}", n=severities.count(severity))
            for severity in SEVERITIES
            if severity in severities
        ]
    )


def short_path(path: Path) -> str:
    """`path` as one would type it here: relative where it lies below the working folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
