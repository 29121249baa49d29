"""From the bytes of one file to one record and its problems."""

from __future__ import annotations

from renmai.model.records import RECORDS, Event, Record
from renmai.model.source import Source, id_of
from renmai.problems import Report
from renmai.text.body import Body, scan_body
from renmai.text.frontmatter import split
from renmai.text.inline import COMMENT
from renmai.text.log import Entry, read_entry
from renmai.text.references import Ref, mentions
from renmai.text.schema import read_part
from renmai.text.sections import find_sections, roles_of
from renmai.text.tasks import Task, is_task, read_task

__all__ = ["Source", "id_of", "read_record"]


def read_record(path: str, data: bytes) -> Source:
    """Read one file of a book. Never fails: what is wrong is among the problems.

    `path` is relative to the book; its first part is the folder that says what the record is.
    """
    report = Report(path)
    record: Record | None = None
    parts = split(data, report)
    if parts is not None:
        sort = RECORDS[path.split("/", 1)[0]]
        # Without front matter the keys are not missing one by one: all of it is.
        record = read_part(sort, parts.values, report) if parts.values is not None else sort()
        record.id, record.path = id_of(path), path
        record.body, record.body_line = parts.body, parts.body_line
        _read_body(record, report)
        _check_values(record, report)
    return Source(path, record, report.problems)


def _read_body(record: Record, report: Report) -> None:
    """The log, the tasks and the mentions of a record's body."""
    if not record.body.strip():
        return
    body = scan_body(record.body)
    record.sections = tuple(find_sections(body, phases=isinstance(record, Event)))
    role_at = roles_of(record.sections)
    log: list[Entry] = []
    tasks: list[Task] = []
    for item in body.items:
        role = role_at(item.line)
        if is_task(body, item):
            phase = role if role and role != "log" else ""
            tasks.append(read_task(body, item, record.body_line, phase, report))
        elif role == "log" and item.depth == 0:
            entry = read_entry(body, item, record.body_line, report)
            if entry:
                log.append(entry)
    record.log, record.tasks = tuple(log), tuple(tasks)
    if "[[" in record.body:
        record.mentions = tuple(_mentions(body, record))


def _mentions(body: Body, record: Record) -> list[Ref]:
    """The references in prose: all but those that a log entry names behind `with`."""
    behind_with = {entry.line: entry.people for entry in record.log if entry.people}
    found = []
    for number, text in enumerate(body.masked, record.body_line):
        if "[[" not in text:
            continue
        behind = behind_with.get(number, ())
        if len(behind) == text.count("[["):
            continue
        # As the log reads it: both must see the same references.
        refs = mentions(text.replace(COMMENT, " "), number)
        for ref in behind:
            refs.remove(ref)
        found += refs
    return found


def _check_values(record: Record, report: Report) -> None:
    """What the values of one record owe one another."""
    if isinstance(record, Event) and record.end and record.date and record.end < record.date:
        report.add(
            record.line_of("end"),
            "bad-value",
            "end-before-date",
            key="end",
            value=record.end.isoformat(),
            date=record.date.isoformat(),
        )
        record.end = None
