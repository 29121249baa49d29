"""Whether a merge holds what it must: the three-way property of sync.md, on made-up devices."""

from __future__ import annotations

import random
from typing import Any

import msgspec

from renmai.merge.records import MergedRecord, merge_record
from renmai.merge.versions import Versions
from renmai.model.reading import read_record
from renmai.sync.mergefile import merge_lines
from tests.merge.devices import Doc, Line, Writer

PATH = "contacts/lin.md"


def merged(base: bytes, ours: bytes, theirs: bytes) -> MergedRecord | None:
    return merge_record(Versions(base, ours, theirs), "contacts", merge_lines)


def record(data: bytes) -> dict[str, Any]:
    """All that is read of a file, but on which lines it stands."""
    found = read_record(PATH, data.replace(b"\r\n", b"\n")).record
    assert found is not None
    fields: dict[str, Any] = _lineless(found)
    return fields


def _lineless(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        fields = [name for name in value.__struct_fields__ if name not in _LINES]
        return {name: _lineless(getattr(value, name)) for name in fields}
    return [_lineless(each) for each in value] if isinstance(value, (list, tuple)) else value


_LINES = {"line", "lines", "body", "body_line", "start", "end"}


def faults(r: random.Random, *, adds_only: bool = False) -> tuple[list[str], int]:
    """What is wrong with the merge of two devices' edits, and how many conflicts it has."""
    base = Writer(r, "b").doc() if r.random() < 0.9 else None
    begun = base or Writer(r, "b").doc()
    if base is None:
        begun.sections = [s for s in begun.sections if s.is_log]
    ours = Writer(r, "o").edited(begun, r.randint(1, 8), adds_only=adds_only)
    theirs = Writer(r, "t").edited(begun, r.randint(1, 8), adds_only=adds_only)
    files = Versions(base.written() if base else b"", ours.written(), theirs.written())
    here = merged(*files)
    there = merged(files.base, files.theirs, files.ours)
    shown = "\n".join(f"== {n} ==\n{d.decode()}" for n, d in files._asdict().items())
    if here is None or there is None:
        return [f"left to git\n{shown}"], 0
    found = _differences(here, there)
    if not here.conflicts:
        found += _lines_missing(base, ours, theirs, here.data)
        found += _items_missing(base, ours, theirs, here.data)
        found += _prose_missing(base, ours, theirs, here.data)
        found += _style(files, here.data)
    else:
        found += _lost_words(ours, theirs, base, here.data)
    return (
        [*found, f"{shown}\n== merged ==\n{here.data.decode()}"] if found else []
    ), here.conflicts


def _differences(here: MergedRecord, there: MergedRecord) -> list[str]:
    if here.conflicts != there.conflicts:
        return [f"{here.conflicts} conflicts here, {there.conflicts} there"]
    if here.conflicts:
        return []
    first, second = record(here.data), record(there.data)
    return [f"{key}: {first[key]} / {second[key]}" for key in first if first[key] != second[key]]


def _lines_missing(base: Doc | None, ours: Doc, theirs: Doc, data: bytes) -> list[str]:
    read = record(data)
    lines = [entry["text"] for entry in read["log"]] + [task["text"] for task in read["tasks"]]
    done = {task["text"].split()[-1]: task["done"] for task in read["tasks"]}
    found = []
    old, first, second = (doc.lines() if doc else {} for doc in (base, ours, theirs))
    for key in {**old, **first, **second}:
        before, here, there = old.get(key), first.get(key), second.get(key)
        if before is None and here and there and here.text != there.text:
            continue  # begun on both devices with different words: two lines
        wanted = _wanted(before, here, there)
        count = sum(key in line.split() for line in lines)
        if count != (wanted is not None):
            found.append(f"{key}: {count} times")
        elif wanted:
            text = f"{wanted.text} {key}"
            if not any(line.split("\n")[0] == text for line in lines):
                found.append(f"{key}: is not {text}")
            if wanted.done is not None and done.get(key) != wanted.done:
                found.append(f"{key}: tick is {done.get(key)}")
    return found


def _wanted(before: Line | None, here: Line | None, there: Line | None) -> Line | None:
    """What becomes of a line on two devices, by sync.md; without conflict."""
    if here is None or there is None:
        side = here or there
        if side is None or (before and (before.text, before.done) == (side.text, side.done)):
            return None
        return side
    text = here.text if before is None or there.text == before.text else there.text
    done = None
    if here.done is not None and there.done is not None:
        done = here.done and there.done if before and before.done else here.done or there.done
    return Line(here.key, text, done=done)


_SIGNS = str.maketrans(dict.fromkeys("[]{},:", " "))


def _items_missing(base: Doc | None, ours: Doc, theirs: Doc, data: bytes) -> list[str]:
    """Items of lists, keys of maps, people."""
    text = data.decode().split("---")[1]
    found = []
    old, first, second = (_items(doc) if doc else set() for doc in (base, ours, theirs))
    for item in old | first | second:
        wanted = item in first and item in second if item in old else True
        count = (
            text.replace(",", " ")
            .replace("]", " ")
            .replace("[", " ")
            .replace("{", " ")
            .replace("}", " ")
            .replace(":", " ")
            .split()
            .count(item)
        )
        if count != wanted and not item.startswith("!"):
            found.append(f"{item}: {count} times in front matter, not {wanted}")
    return found


def _prose_missing(base: Doc | None, ours: Doc, theirs: Doc, data: bytes) -> list[str]:
    """Headings and paragraphs, each of which stands once in what has it."""
    lines = [line.strip() for line in data.decode().split("\n")]
    old, first, second = (_prose(doc) if doc else set() for doc in (base, ours, theirs))
    found = []
    for line in old | first | second:
        wanted = line in first and line in second if line in old else True
        if lines.count(line) != wanted:
            found.append(f"{line}: {lines.count(line)} times, not {wanted}")
    return found


def _prose(doc: Doc) -> set[str]:
    prose: set[str] = set()
    for section in doc.sections:
        prose |= {*section.prose, *section.below}
        if section.heading and not section.is_log:  # its name is ours
            prose.add(f"## {section.heading}")
    return prose


def _items(doc: Doc) -> set[str]:
    items: set[str] = set()
    for key in doc.keys:
        if key.name in ("tags", "phones", "needs", "aliases"):
            items |= set(key.value)  # type: ignore[arg-type]
        if key.name.startswith("x-"):
            items.add(key.name)
    return items


def _style(files: Versions[bytes], data: bytes) -> list[str]:
    found = []
    if (b"\r\n" in files.ours) != (b"\r\n" in data) and b"\n" in data:
        found.append("line ends are not ours")
    if b"\r\n" in data and data.count(b"\r\n") != data.count(b"\n"):
        found.append("line ends are mixed")
    return found


def _lost_words(ours: Doc, theirs: Doc, base: Doc | None, data: bytes) -> list[str]:
    """In a conflict too, what either added is there."""
    words = set(data.decode().split())
    old = base.lines() if base else {}
    return [
        f"{key} is lost"
        for key in {**ours.lines(), **theirs.lines()}
        if key not in old and key not in words
    ]
