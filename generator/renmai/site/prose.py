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
    lines = record.body.split("\n")
    if "\r" in record.body:
        lines = [line.removesuffix("\r") for line in lines]
    kept = [True] * len(lines)
    entries = {entry.line - record.body_line for entry in record.log}
    for section in record.sections:
        if section.role == "log":
            _drop_entries(lines, kept, section.start, section.end, entries)
    if record.tasks:
        _drop_tasks(record, kept)
    code: set[int] = _fenced(lines) if "```" in record.body or "~~~" in record.body else set()
    if not _drop_empty_headings(lines, kept, code):
        return ""
    _drop_title(lines, kept)
    return "\n".join([line if keep else "" for line, keep in zip(lines, kept, strict=True)]).strip()


def _drop_entries(
    lines: list[str], kept: list[bool], start: int, end: int, entries: set[int]
) -> None:
    """Leave out the entries between two lines, each from its mark to where other text begins."""
    within = False
    for number in range(start + 1, end):
        line = lines[number]
        if number in entries:
            within = True
        elif line[:1].strip() and (
            _ITEM.match(line) or not within or not lines[number - 1].strip()
        ):
            within = False
        if within:
            kept[number] = False


def _drop_tasks(record: Record, kept: list[bool]) -> None:
    tasks = {task.line - record.body_line for task in record.tasks}
    for item in scan_body(record.body).items:
        if item.line in tasks:
            kept[item.line : item.paragraph_end] = [False] * (item.paragraph_end - item.line)


def _drop_empty_headings(lines: list[str], kept: list[bool], code: set[int]) -> bool:
    """Leave out headings with nothing below them before the next of their level or above.

    `code` says which lines lie in a code fence. Returns whether there is any text.
    """
    following = 0  # the level of the heading below with no text between; 7: there is text
    texts = [number for number, keep in enumerate(kept) if keep and lines[number].strip()]
    for number in reversed(texts):
        heading = None if number in code else _HEADING.match(lines[number])
        if not heading:
            following = 7
        elif len(heading[1]) >= following:
            kept[number] = False
        else:
            following = len(heading[1])
    return following > 0


def _drop_title(lines: list[str], kept: list[bool]) -> None:
    """Leave out a first heading that says what the page says above it: that these are notes."""
    texts = (number for number, line in enumerate(lines) if kept[number] and line.strip())
    first = next(texts, None)
    if first is not None and lines[first].strip("# \t").casefold() in _TITLES:
        kept[first] = not _HEADING.match(lines[first])


def _fenced(lines: list[str]) -> set[int]:
    """Which lines lie in a code fence."""
    fenced, fence = set(), ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence or mark:
            fenced.add(number)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
    return fenced
