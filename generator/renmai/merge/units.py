"""The entries and tasks of a body, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from renmai.merge.lines import lines_of
from renmai.text.body import Body, Item, scan_body
from renmai.text.sections import find_sections, roles_of
from renmai.text.tasks import is_task
from renmai.text.values import parse_date

_BOX = re.compile(r"\[([ xX])\](?=\s|$)")
_DAY = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])")


class Unit(msgspec.Struct, frozen=True):
    """A log entry with all that is nested in it, a task without nested tasks, or a log heading.

    `place` is the heading that it stands under, with its number; `words` are what it is known
    by, which begin at `column` of its first line. `lines` go from `start` to before `end`,
    counted from 0 in the body. `day` is an entry's date as written, "" where it has none; `box`
    is the column of a task's tick. `parent` is the number of the task that one is nested in.
    """

    sort: str
    place: str
    words: str
    lines: str
    start: int
    end: int
    column: int = 0
    day: str = ""
    done: bool = False
    box: int = -1
    nested: bool = False
    parent: int = -1


class Units(msgspec.Struct):
    """The units of a body in order, and the line of each heading by its place."""

    all: list[Unit]
    headings: dict[str, int]


def read_units(text: str) -> Units:
    """The units of a body."""
    body = scan_body(text)
    lines = lines_of(text)
    sections = find_sections(body, phases=True)
    role_at = roles_of(sections)
    places = _places(body, {section.start: section.role for section in sections})
    headings = [line for line, _ in places]
    units: list[Unit] = []
    for section in sections:
        if section.role == "log":
            place = places[bisect_right(headings, section.start) - 1][1]
            heading = lines[section.start]
            units.append(Unit("heading", place, "", heading, section.start, section.start + 1))
    behind = 0  # the line behind the last entry
    tasks = [is_task(body, item) for item in body.items]
    for index, item in enumerate(body.items):
        if item.line < behind:
            continue
        place_at = bisect_right(headings, item.line) - 1
        place = places[place_at][1] if place_at >= 0 else ""
        if tasks[index]:
            end = _own_end(body, tasks, index)
            units.append(_task(body, item, lines, place, end))
        elif item.depth == 0 and role_at(item.line) == "log":
            behind = item.end
            words = _words(body, item, item.column)
            day = _DAY.match(words)
            dated = day[1] if day and parse_date(day[1]) else ""
            own = "".join(lines[item.line : item.end])
            units.append(Unit("entry", place, words, own, item.line, item.end, item.column, dated))
    units.sort(key=lambda unit: unit.start)
    return Units(_with_parents(units, body), {place: line for line, place in places})


def _places(body: Body, roles: dict[int, str]) -> list[tuple[int, str]]:
    """Each heading's line and its name, numbered among the equal ones."""
    seen: dict[str, int] = {}
    found = []
    for heading in sorted(body.headings, key=lambda each: each.line):
        name = roles.get(heading.line) or f"{'#' * heading.level} {heading.text}"
        seen[name] = seen.get(name, 0) + 1
        found.append((heading.line, f"{name}\n{seen[name]}"))
    return found


def _own_end(body: Body, tasks: list[bool], index: int) -> int:
    """The line behind a task's own lines: before the first task that is nested in it."""
    item = body.items[index]
    end = item.end
    for other in range(index + 1, len(body.items)):
        nested = body.items[other]
        if nested.line >= item.end:
            break
        if tasks[other]:
            end = nested.line
            break
    while end > item.line + 1 and not body.lines[end - 1].strip():
        end -= 1
    return end


def _task(body: Body, item: Item, lines: list[str], place: str, end: int) -> Unit:
    box = _BOX.match(body.lines[item.line], item.column)
    assert box, "the caller has seen that it is a task"
    return Unit(
        "task",
        place,
        _words(body, item, box.end()),
        "".join(lines[item.line : end]),
        item.line,
        end,
        box.end(),
        done=box[1] != " ",
        box=box.start(1),
        nested=item.depth > 0,
    )


def _words(body: Body, item: Item, column: int) -> str:
    """The words of an item's first paragraph, on one line."""
    end = max(item.paragraph_end, item.line + 1)
    return " ".join([body.lines[item.line][column:], *body.lines[item.line + 1 : end]]).strip()


def _with_parents(units: list[Unit], body: Body) -> list[Unit]:
    """Nested tasks with the number of the task that they are nested in."""
    ends = {item.line: item.end for item in body.items}
    open_tasks: list[int] = []
    found = []
    for index, unit in enumerate(units):
        while open_tasks and ends[units[open_tasks[-1]].start] <= unit.start:
            open_tasks.pop()
        parent = open_tasks[-1] if open_tasks else -1
        found.append(msgspec.structs.replace(unit, parent=parent))
        if unit.sort == "task":
            open_tasks.append(index)
    return found
