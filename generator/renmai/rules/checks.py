"""What is wrong in a book beyond its single files: a flat list of checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from renmai.model.book import Book
from renmai.model.outline import written_references
from renmai.model.records import Contact, Event
from renmai.model.source import Source
from renmai.problems import Problem, Report, Severity
from renmai.rules.events import host_hints
from renmai.rules.interactions import person_key
from renmai.settings import Settings
from renmai.text.references import Ref
from renmai.text.types import Reference


def book_problems(book: Book, today: date, settings: Settings) -> list[Problem]:
    """Every problem that only the whole book, its settings or the day can show."""
    reports: dict[str, Report] = {}

    def report_of(path: str) -> Report:
        return reports.setdefault(path, Report(path))

    for check in CHECKS:
        check(book, today, settings, report_of)
    return [problem for report in reports.values() for problem in report.problems]


ReportOf = Callable[[str], Report]


def _duplicate_ids(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    for group in book.claims:
        for source in group:
            others = ", ".join(other.path for other in group if other is not source)
            report_of(source.path).add(1, "duplicate-id", id=source.id, others=others)


def _several_me(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    mine = [contact for contact in book.contacts.values() if contact.me]
    for contact in mine if len(mine) > 1 else ():
        others = ", ".join(other.path for other in mine if other is not contact)
        report_of(contact.path).add(contact.line_of("me"), "several-me", others=others)


def _references(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    behind_with = Reference("contacts")
    for record in book.records:
        report = report_of(record.path)
        for ref, wanted, key in written_references(record):
            _check_reference(book, ref, wanted, key, report)
        for entry in record.log:
            for ref in entry.people:
                _check_reference(book, ref, behind_with, "with", report)
        for ref in record.mentions:
            _check_mention(book, ref, report)


def _check_reference(book: Book, ref: Ref, wanted: Reference, key: str, report: Report) -> None:
    found = book.find(ref.text)
    if len(found) > 1:
        _ambiguous(ref, found, report)
    elif not found:
        if ref.bracketed or not wanted.or_text:
            _unknown(book, ref, report)
    elif found[0].folder not in wanted.folders:
        report.add(
            ref.line,
            "bad-value",
            "wrong-sort",
            terms={
                "wanted": f"sort.{wanted.folders[0]}",
                "found": f"sort.{found[0].folder}",
            },
            key=key,
            value=ref.text,
        )


def _check_mention(book: Book, ref: Ref, report: Report) -> None:
    found = book.find(ref.text)
    if len(found) > 1:
        _ambiguous(ref, found, report)
    elif not found:
        _unknown(book, ref, report, prose=True)


def _ambiguous(ref: Ref, found: list[Source], report: Report) -> None:
    paths = ", ".join(source.path for source in found)
    report.add(ref.line, "ambiguous-reference", ref=ref.text, found=paths)


def _unknown(book: Book, ref: Ref, report: Report, prose: bool = False) -> None:
    near = book.nearest_id(ref.text)
    severity: Severity = "warning" if prose else "error"
    variant = "near" if near else "default"
    report.add(ref.line, "unknown-reference", variant, severity=severity, ref=ref.text, near=near)


def _circles_and_tiers(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    known = ", ".join(settings.circles)
    for contact in book.contacts.values():
        for name in contact.circles:
            if name.text not in settings.circles:
                report_of(contact.path).add(
                    name.line, "unknown-circle", circle=name.text, known=known
                )
        if contact.tier is not None and contact.tier not in settings.tiers:
            report_of(contact.path).add(
                contact.line_of("tier"),
                "bad-value",
                "choice",
                key="tier",
                value=str(contact.tier),
                choices=", ".join(map(str, sorted(settings.tiers))),
            )


def _photos(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    for record in book.records:
        parts: list[Any] = [record] if isinstance(record, Contact) else []
        parts += record.people if isinstance(record, Event) else []
        for part in parts:
            state = book.photos.get(part.photo) if part.photo else None
            line = part.line_of("photo")
            if state == "missing":
                report_of(record.path).add(line, "no-such-file", file=part.photo)
            elif state == "outside":
                terms = {"expected": "expected.photo"}
                report_of(record.path).add(
                    line, "bad-value", terms=terms, key="photo", value=part.photo
                )


def _duplicate_people(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    for event in book.events.values():
        seen: set[str] = set()
        for person in event.people:
            if person.who is None:
                continue
            key = person_key(book, person.who)
            if key in seen:
                report_of(event.path).add(person.line, "duplicate-person", who=person.who.text)
            seen.add(key)


def _future_entries(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    for record in book.records:
        for entry in record.log:
            if entry.day > today:
                report_of(record.path).add(
                    entry.line, "future-entry", date=entry.day.isoformat(), today=today.isoformat()
                )


def _host_hints(book: Book, today: date, settings: Settings, report_of: ReportOf) -> None:
    for event in book.events.values():
        for code, line in host_hints(book, event):
            report_of(event.path).add(line, code)


CHECKS: tuple[Callable[[Book, date, Settings, ReportOf], None], ...] = (
    _duplicate_ids,
    _several_me,
    _references,
    _circles_and_tiers,
    _photos,
    _duplicate_people,
    _future_entries,
    _host_hints,
)
