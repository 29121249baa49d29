"""A task ticked, or given another due date: a box or a date in one line, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from renmai.edit.lines import Lines
from renmai.edit.refusal import Refusal
from renmai.edit.verify import holds, without_places
from renmai.model.reading import Source, read_record
from renmai.model.records import Record
from renmai.text.body import Body, Item, scan_body
from renmai.text.tasks import Task

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: How a due date is written behind a task that has none, by the language of the book.
_DUE = {"en": " due {}", "zh": " 截止 {}"}


def tick(path: str, data: bytes, task: Task) -> bytes | Refusal:
    """Tick `task`, an open one of the file's, as it was read from there before.

    It is found again by its words if lines have moved since. `gone` when it is not there, or
    was ticked meanwhile.
    """

    def ticked(lines: Lines, first: int, body: Body, item: Item) -> Iterator[Lines]:
        number = first + item.line
        column = item.column + _bom(lines, number)
        line = lines.all[number]
        lines.all[number] = f"{line[: column + 1]}x{line[column + 2 :]}"
        yield lines

    return _changed(path, data, task, ticked, done=True)


def put_off(path: str, data: bytes, task: Task, until: date, language: str) -> bytes | Refusal:
    """Give `task` the due date `until`, in place of the one that it has.

    `language` says in which words the date is written where there is none yet.
    """

    def dated(lines: Lines, first: int, body: Body, item: Item) -> Iterator[Lines]:
        last = first + item.paragraph_end - 1
        kept = list(lines.all)
        if task.due is None:
            text = kept[last].rstrip()
            lines.all[last] = text + _DUE[language].format(until) + kept[last][len(text) :]
            yield lines
        for number in range(first + item.line, last + 1):
            for found in _DATE.finditer(kept[number]):
                if found[0] == str(task.due):
                    lines.all = list(kept)
                    line = kept[number]
                    lines.all[number] = f"{line[: found.start()]}{until}{line[found.end() :]}"
                    yield lines

    return _changed(path, data, task, dated, due=until)


_Way = Callable[[Lines, int, Body, Item], Iterator[Lines]]


def _changed(path: str, data: bytes, task: Task, way: _Way, **meant: Any) -> bytes | Refusal:
    """The file with a task changed in the first of its ways after which `meant` holds of it."""
    source = read_record(path, data)
    record = source.record
    if record is None:
        return Refusal("unreadable", source.problems[0].line)
    known = _found_again(record, task)
    if known is None:
        return Refusal("gone", task.line)
    first = record.body_line - 1
    body = scan_body(record.body)
    item = next(item for item in body.items if item.line == known.line - record.body_line)
    for lines in way(Lines(data), first, body, item):
        if _is_meant(source, path, lines.data, known, meant):
            return lines.data
    return Refusal("unsafe", known.line)


def _found_again(record: Record, task: Task) -> Task | None:
    """The open task of the record with the same words, the nearest if there are several."""
    same = [
        each
        for each in record.tasks
        if not each.done and (each.text, each.due) == (task.text, task.due)
    ]
    return min(same, key=lambda each: abs(each.line - task.line), default=None)


def _is_meant(source: Source, path: str, data: bytes, task: Task, meant: dict[str, Any]) -> bool:
    after = read_record(path, data).record
    if after is None:
        return False
    now = next((each for each in after.tasks if each.line == task.line), None)
    if now is None or any(getattr(now, key) != value for key, value in meant.items()):
        return False

    def changed(what: dict[str, Any]) -> None:
        what["tasks"].remove(without_places(task))
        what["tasks"].append(without_places(now))
        if len(after.log) == len(what["log"]):  # the words of a task below an entry are its too
            what["log"] = without_places(after.log)

    same_words = _DATE.sub("", now.text).startswith(_DATE.sub("", task.text))
    return same_words and holds(source, path, data, changed)


def _bom(lines: Lines, number: int) -> int:
    return number == 0 and lines.all[0].startswith("\ufeff")
