"""What changed between two versions of a record, as people would say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar

import msgspec

from renmai.model.reading import read_record
from renmai.model.records import Record
from renmai.problems import Report
from renmai.text.body import scan_body
from renmai.text.frontmatter import split
from renmai.text.tasks import Task
from renmai.text.yamltree import Mapping, Node, Scalar
from renmai.text.yamltree import Sequence as Items

T = TypeVar("T")

What = Literal[
    "written", "renamed", "unreadable", "key", "added", "removed",
    "entry-added", "entry-removed", "entry-changed",
    "task-added", "task-removed", "task-done", "task-open", "notes",
]  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """One thing that changed; `old` and `new` are what it was and is, as written, or "".

    `key` names a key of front matter, nested ones behind dots, an item of a list by what it is
    known by: `people.chen-yue.met`. `added` and `removed` are items of a list. `renamed` has
    paths; `notes` the lines that went and came.
    """

    what: What
    key: str = ""
    old: str = ""
    new: str = ""


class Version(msgspec.Struct, frozen=True):
    """A record's file as it was: its path in the book, and its bytes."""

    path: str
    data: bytes


def changes(old: Version | None, new: Version, path: str) -> list[Change]:
    """What `new` changed: front matter in the order of the file, then log, tasks, notes.

    Both are read as the record that lies at `path` today, wherever they lay.
    """
    if old is None:
        return [Change("written", new=new.path)]
    found = []
    if old.path != new.path:
        found.append(Change("renamed", old=old.path, new=new.path))
    if old.data == new.data:
        return found
    before, after = _read(old.data, path), _read(new.data, path)
    if before is None or after is None:
        return [*found, Change("unreadable" if after is None else "written", new=new.path)]
    (front, record), (new_front, new_record) = before, after
    found += _keys(front, new_front)
    found += _entries(record, new_record)
    found += _tasks(record, new_record)
    return [*found, *_notes(record, new_record)]


def merged(parents: Sequence[Version | None], new: Version, path: str) -> list[Change]:
    """What a commit changed: of a merge, what none of its parents had."""
    before: list[Version | None] = [parent for parent in parents if parent is not None]
    first, *others = [changes(parent, new, path) for parent in before or [None]]
    return [change for change in first if all(change in other for other in others)]


def _read(data: bytes, path: str) -> tuple[Mapping, Record] | None:
    parts = split(data, Report(path))
    record = read_record(path, data).record
    if parts is None or parts.values is None or record is None:
        return None
    return parts.values, record


def _keys(old: Mapping, new: Mapping, prefix: str = "") -> Iterator[Change]:
    """What changed in a map, its new keys in their order, then those that went."""
    for name in [*new.values, *(key for key in old.values if key not in new.values)]:
        yield from _values(old.values.get(name), new.values.get(name), prefix + name)


def _values(old: Node | None, new: Node | None, key: str) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _keys(old, new, f"{key}.")
    elif isinstance(old, Items) or isinstance(new, Items):
        yield from _items(_listed(old), _listed(new), key)
    elif _text(old) != _text(new):
        yield Change("key", key, _text(old), _text(new))


def _items(old: Sequence[Node], new: Sequence[Node], key: str) -> Iterator[Change]:
    """Items that came and went; a map in both is looked into, known as for merging."""
    before, after = _known(old), _known(new)
    for name, node in after.items():
        was = before.get(name)
        if was is None:
            yield Change("added", key, new=name[0])
        elif isinstance(was, Mapping) and isinstance(node, Mapping):
            yield from _keys(was, node, f"{key}.{name[0]}.")
    for name in before:
        if name not in after:
            yield Change("removed", key, old=name[0])


def _known(nodes: Sequence[Node]) -> dict[tuple[str, int], Node]:
    """Items by what they are known by, and equal ones by number."""
    seen: Counter[str] = Counter()
    found = {}
    for node in nodes:
        name = _name(node)
        found[name, seen[name]] = node
        seen[name] += 1
    return found


def _name(node: Node) -> str:
    if isinstance(node, Mapping):
        for keys in (("who",), ("date", "what"), ("a", "b")):
            if all(key in node.values for key in keys):
                return ", ".join(_text(node.values[key]) for key in keys)
    return _text(node)


def _listed(node: Node | None) -> Sequence[Node]:
    """One alone is a list of one, and what is absent an empty one."""
    if isinstance(node, Items):
        return [item for item in node.items if _text(item)]
    return [node] if node is not None and _text(node) else []


def _text(node: Node | None) -> str:
    """A value in one line, "" when it is absent."""
    if isinstance(node, Scalar):
        return "" if node.absent else " ".join(node.value.split())
    if isinstance(node, Items):
        return "[" + ", ".join(map(_text, node.items)) + "]"
    if isinstance(node, Mapping):
        said = (f"{key}: {_text(value)}" for key, value in node.values.items())
        return ", ".join(said)
    return ""


def _entries(old: Record, new: Record) -> Iterator[Change]:
    """Entries that came, went, or say something else on the same day in the same way."""
    went, came = _apart(_body(old).entries, _body(new).entries)
    for entry in came:
        was = next((each for each in went if _head(each) == _head(entry)), None)
        if was is None:
            yield Change("entry-added", new=entry)
        else:
            went.remove(was)
            yield Change("entry-changed", old=was, new=entry)
    for entry in went:
        yield Change("entry-removed", old=entry)


def _head(entry: str) -> list[str]:
    """Day and kind, as far as they are the first two words."""
    return entry.replace("：", " ").replace(":", " ").split()[:2]


def _tasks(old: Record, new: Record) -> Iterator[Change]:
    """Tasks that came and went, and ticks that did."""
    went, came = _apart(_boxes(old.tasks), _boxes(new.tasks))
    for text, done in came:
        if (text, not done) in went:
            went.remove((text, not done))
            yield Change("task-done" if done else "task-open", new=text)
        else:
            yield Change("task-added", new=text)
    for text, _ in went:
        yield Change("task-removed", old=text)


def _boxes(tasks: Iterable[Task]) -> list[tuple[str, bool]]:
    return [(task.text, task.done) for task in tasks]


def _notes(old: Record, new: Record) -> Iterator[Change]:
    """The lines of free text that came and went."""
    went, came = _apart(_body(old).prose, _body(new).prose)
    if went or came:
        yield Change("notes", old="\n".join(went), new="\n".join(came))


class _Body(msgspec.Struct):
    """The entries of a log, each on one line, and the other lines that are no task's."""

    entries: list[str]
    prose: list[str]


def _body(record: Record) -> _Body:
    body = scan_body(record.body)
    logged = {entry.line - record.body_line for entry in record.log}
    tasks = {task.line - record.body_line for task in record.tasks}
    taken: dict[int, int] = {}  # a line, and the first line of the entry or task that it is in
    for item in body.items:
        if item.line in logged or item.line in tasks:
            taken.update(dict.fromkeys(range(item.line, item.end), item.line))
    columns = {item.line: item.column for item in reversed(body.items)}
    made = _Body([], [])
    said: dict[int, list[str]] = {line: [] for line in sorted(logged)}
    for number, line in enumerate(body.lines):
        first = taken.get(number)
        if first in said:
            said[first] += line[columns[number] if number == first else 0 :].split()
        elif first is None and line.strip():
            made.prose.append(line.strip())
    made.entries = [" ".join(words) for words in said.values()]
    return made


def _apart(old: Iterable[T], new: Iterable[T]) -> tuple[list[T], list[T]]:
    """What is in the one and not in the other, in order; equal ones are counted."""
    before, after = Counter(old), Counter(new)
    return list((before - after).elements()), list((after - before).elements())
