"""An entry added to the log of a record, at the end that the log's order implies.

Where dates rise, the newest entry is the last; else it is the first. The line has the mark, the
indent and the line end of its neighbours, and no other line is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from renmai.edit.lines import Lines
from renmai.edit.refusal import Refusal
from renmai.edit.verify import holds, said
from renmai.model.reading import Source, read_record
from renmai.model.records import Record
from renmai.text.body import Body, Item, scan_body
from renmai.text.sections import Section
from renmai.text.tasks import is_task

_NUMBERED = re.compile(r"([ \t]*)([0-9]{1,9})([.)][ \t\u3000]*)")
#: What a fence or a comment begins with.
_BEGINS = re.compile("```|~~~|<!--")
#: These blocks of HTML go on over blank lines, to a closing tag.
_HTML_BEGINS = re.compile(r"[ ]{0,3}<(?:pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_HTML_ENDS = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
_TAB = 4


#: Blank lines before and behind an entry.
_GAPS: tuple[tuple[list[str], list[str]], ...] = (
    ([], []), ([], [""]), ([""], []), ([""], [""]),
)  # fmt: skip


class Added(msgspec.Struct, frozen=True):
    """A file with an entry added; `line` is the entry's, from 1."""

    data: bytes
    line: int


def add_entry(path: str, data: bytes, entry: str, heading: str) -> Added | Refusal:
    """Add `entry` (without its list mark; further lines belong to it) to the log of a file.

    `path` is relative to the book. With no log, `heading` opens one at the end of the file.
    """
    source = read_record(path, data)
    record = source.record
    if record is None:
        return Refusal("unreadable", source.problems[0].line)
    logs = [section for section in record.sections if section.role == "log"]
    opened = open_end(record)
    if opened and not logs:
        return opened
    first = record.body_line - 1
    lines = Lines(data)
    index, texts = _placed(record, logs, lines.all[first : lines.end], entry, heading)
    line = first + index + len(texts) - entry.count("\n")
    # A line on its own, unless what stands around it would then be taken for something else.
    for before, behind in _GAPS:
        lines = Lines(data)
        lines.insert(first + index, [*before, *texts, *behind])
        added = Added(lines.data, line + len(before))
        if _is_meant(source, path, added, entry, [] if logs else [heading]):
            return added
    return opened or Refusal("unsafe", line)


def _placed(
    record: Record, logs: Sequence[Section], written: Sequence[str], entry: str, heading: str
) -> tuple[int, list[str]]:
    """Before which line of the body the entry goes, from 0, and the lines that go there."""
    body = scan_body(record.body)
    items = [item for section in logs for item in _entries(body, section)]
    if items and _rises(record):
        return items[-1].end, _marked(_next_mark(body, items), entry)
    if items:
        return items[0].line, _marked(_mark(body, items[0]), entry)
    if logs:
        return _empty_log(written, logs[0]), _marked("- ", entry)
    gap = [""] if not written or written[-1].strip() else []
    return len(written), [*gap, f"## {heading}", "", *_marked("- ", entry)]


def _entries(body: Body, section: Section) -> list[Item]:
    """The top-level items of a log but its tasks, in order."""
    return [
        item
        for item in body.items
        if section.start < item.line < section.end and item.depth == 0 and not is_task(body, item)
    ]


def _rises(record: Record) -> bool:
    """Whether dates rise from entry to entry, more often than they fall."""
    trend = 0
    for section in record.sections:
        first, last = record.body_line + section.start, record.body_line + section.end
        days = [entry.day for entry in record.log if first <= entry.line < last]
        trend += sum((after > before) - (after < before) for before, after in pairwise(days))
    return trend > 0


def _mark(body: Body, item: Item) -> str:
    """What stands before an item's text: indent, mark, space."""
    mark = body.lines[item.line][: item.column]
    return mark if mark[-1:].isspace() else mark + " "


def _next_mark(body: Body, items: Sequence[Item]) -> str:
    """The mark that follows the last one; a list may as well be numbered 1, 1, 1."""
    marks = [_mark(body, item) for item in items[-2:]]
    numbered = _NUMBERED.fullmatch(marks[-1])
    if not numbered or (len(marks) == 2 and marks[0] == marks[1]):
        return marks[-1]
    number = str(int(numbered[2]) + 1).zfill(len(numbered[2]))
    return numbered[1] + number + numbered[3] if len(number) <= 9 else marks[-1]


def _marked(mark: str, entry: str) -> list[str]:
    """The lines of an entry behind its mark, the further ones set in as far as the first."""
    first, *further = entry.split("\n")
    return [mark + first, *(_indent(mark) + line if line.strip() else "" for line in further)]


def _indent(mark: str) -> str:
    width = 0
    for character in mark:
        width += _TAB - width % _TAB if character == "\t" else 1
    return " " * width


def _empty_log(written: Sequence[str], section: Section) -> int:
    """Where the first entry goes: below what stands there, else below the heading.

    One blank line stays between it and the heading, if there is another for what follows.
    """
    within = range(section.start + 1, min(section.end, len(written)))
    texts = [number for number in within if written[number].strip()]
    if texts:
        return texts[-1] + 1
    is_last = section.end > len(written)
    return section.start + 1 + (len(within) > 1 or (is_last and len(within) == 1))


def _is_meant(source: Source, path: str, added: Added, entry: str, headings: list[str]) -> bool:
    """Whether the new file says what the old one said and the entry, at its line, and no more."""
    alone = read_record("contacts/x.md", f"---\nname: x\n---\n## Log\n\n- {_hung(entry)}".encode())
    assert alone.record
    if len(alone.record.log) != 1 or alone.problems:
        return False
    more = said(alone.record)

    def meant(what: dict[str, Any]) -> None:
        for key in ("log", "tasks", "mentions"):
            what[key] = [*what[key], *more[key]]
        what["items"] += more["items"]
        what["headings"] = [*what["headings"], *((2, heading) for heading in headings)]
        what["sections"] = [*what["sections"], *("log" for _ in headings)]

    after = read_record(path, added.data).record
    return (
        after is not None
        and any(each.line == added.line for each in after.log)
        and holds(source, path, added.data, meant)
    )


def _hung(entry: str) -> str:
    return "\n".join(_marked("- ", entry)).removeprefix("- ")


def open_end(record: Record) -> Refusal | None:
    """What begins in a body and has no end, if anything does: it would swallow what comes."""
    body = scan_body(record.body)
    if _swallows(body.lines):
        for number in reversed(range(len(body.lines))):
            begun = _BEGINS.search(body.lines[number])
            means_nothing = body.masked[number] != body.lines[number]
            if begun and means_nothing and not _swallows(body.lines[:number]):
                reason = "open-comment" if begun[0] == "<!--" else "open-fence"
                return Refusal(reason, record.body_line + number)
    opened = _open_html(body)
    return None if opened is None else Refusal("open-html", record.body_line + opened)


def _swallows(lines: Sequence[str]) -> bool:
    """Whether a heading behind these lines would be none."""
    headings = scan_body("\n".join([*lines, "", "# end"])).headings
    return not headings or headings[-1].line != len(lines) + 1


def _open_html(body: Body) -> int | None:
    """The line of the body, from 0, on which HTML begins that has no end."""
    opened: int | None = None
    for number, line in enumerate(body.masked):
        if opened is None and (found := _HTML_BEGINS.match(line)):
            opened = number if not _HTML_ENDS.search(line, found.end()) else None
        elif _HTML_ENDS.search(line):
            opened = None
    return opened
