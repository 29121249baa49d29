"""Which lines of a body are notes: all that no other part of a page shows."""

from __future__ import annotations

import re

from renmai.model.records import Record
from renmai.text.body import scan_body

_TITLES = frozenset({"notes", "笔记"})
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|$)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")


def notes_of(record: Record) -> str:
    """The body less its log entries and tasks, and less the headings that then head nothing.

    An item of the log that is no entry, and notes written between the tasks of a phase, stay.
    """
    if not record.body.strip():
        return ""
    lines = [line.removesuffix("\r") for line in record.body.split("\n")]
    kept = [True] * len(lines)
    entries = {entry.line - record.body_line for entry in record.log}
    for section in record.sections:
        if section.role == "log":
            _drop_entries(lines, kept, section.start, section.end, entries)
    if record.tasks:
        _drop_tasks(record, kept)
    _drop_empty_headings(lines, kept)
    _drop_title(lines, kept)
    return "\n".join(line if keep else "" for line, keep in zip(lines, kept, strict=True)).strip()


def _drop_entries(
    lines: list[str], kept: list[bool], start: int, end: int, entries: set[int]
) -> None:
    """Leave out the entries between two lines, each from its mark to where other text begins."""
    within = False
    for number in range(start + 1, end):
        line = lines[number]
        if line[:1].strip() and (_ITEM.match(line) or not within or not lines[number - 1].strip()):
            within = number in entries
        elif number in entries:
            within = True
        if within:
            kept[number] = False


def _drop_tasks(record: Record, kept: list[bool]) -> None:
    tasks = {task.line - record.body_line for task in record.tasks}
    for item in scan_body(record.body).items:
        if item.line in tasks:
            kept[item.line : item.paragraph_end] = [False] * (item.paragraph_end - item.line)


def _drop_empty_headings(lines: list[str], kept: list[bool]) -> None:
    """Leave out headings with nothing below them before the next of their level or above."""
    code = _fenced(lines)
    following = 0  # the level of the heading below with no text between; 7: there is text
    for number in range(len(lines) - 1, -1, -1):
        if not kept[number] or not lines[number].strip():
            continue
        heading = None if code[number] else _HEADING.match(lines[number])
        if not heading:
            following = 7
        elif len(heading[1]) >= following:
            kept[number] = False
        else:
            following = len(heading[1])


def _drop_title(lines: list[str], kept: list[bool]) -> None:
    """Leave out a first heading that says what the page says above it: that these are notes."""
    texts = (number for number, line in enumerate(lines) if kept[number] and line.strip())
    first = next(texts, None)
    if first is not None and lines[first].strip("# \t").casefold() in _TITLES:
        kept[first] = not _HEADING.match(lines[first])


def _fenced(lines: list[str]) -> list[bool]:
    """Which lines lie in a code fence."""
    if not any("```" in line or "~~~" in line for line in lines):
        return [False] * len(lines)
    fenced, fence = [], ""
    for line in lines:
        mark = _FENCE.match(line)
        fenced.append(bool(fence or mark))
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
    return fenced
