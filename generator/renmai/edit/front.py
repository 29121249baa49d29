"""A key of front matter set or removed, comments, quotes and order left as they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from renmai.edit.keys import with_key
from renmai.edit.refusal import Refusal
from renmai.edit.verify import holds, said
from renmai.model.reading import read_record
from renmai.model.records import RECORDS, Record
from renmai.text.blocks import blocks, front_of
from renmai.text.frontmatter import BOM
from renmai.text.schema import fields_of

_QUOTES = ("'", '"')


def set_key(path: str, data: bytes, key: str, value: str) -> bytes | Refusal:
    """Set a key at the top level to `value`, which needs no quotes in YAML; they stay if there.

    A key that is not there gets a line, in the standard order where the file keeps to it.
    """
    order = list(fields_of(RECORDS[path.split("/", 1)[0]]))
    ending = "\r\n" if b"\r\n" in data else "\n"

    def edited(front: str) -> str | None:
        if not front.strip():
            return f"{front}{key}: {value}{ending}"
        known = next((block for block in blocks(front) or () if block.key == key), None)
        written = front[known.value : known.stop] if known else ""
        quote = written[0] if written[:1] in _QUOTES else ""
        return with_key(front, key, f"{quote}{value}{quote}", order)

    return _changed(path, data, key, lambda after: str(getattr(after, key)) == value, edited)


def set_date(path: str, data: bytes, key: str, day: date) -> bytes | Refusal:
    """Set the date of a key that is a date or a map with one; the rest of the map stays."""
    record = read_record(path, data).record
    known = getattr(record, key, None)
    old = getattr(known, "date", known)
    if known is None or old is None:
        return Refusal("gone")

    def edited(front: str) -> str | None:
        block = next((block for block in blocks(front) or () if block.key == key), None)
        if block is None:
            return None
        written = front[block.value : block.stop].replace(str(old), str(day), 1)
        return front[: block.value] + written + front[block.stop :]

    def is_meant(after: Record) -> bool:
        value = getattr(after, key)
        return getattr(value, "date", value) == day and (
            getattr(value, "why", None) == getattr(known, "why", None)
        )

    return _changed(path, data, key, is_meant, edited)


def remove_key(path: str, data: bytes, key: str) -> bytes | Refusal:
    """Remove a key at the top level with its value; a comment above it stays."""

    def edited(front: str) -> str | None:
        found = blocks(front)
        if found is None:
            return None
        known = next((block for block in found if block.key == key), None)
        return front[: known.start] + front[known.end :] if known else front

    return _changed(path, data, key, lambda after: key not in after.lines, edited)


def _changed(
    path: str,
    data: bytes,
    key: str,
    is_meant: Callable[[Record], bool],
    edited: Callable[[str], str | None],
) -> bytes | Refusal:
    """The file with its front matter edited, if that says what it said but for `key`."""
    source = read_record(path, data)
    if source.record is None:
        return Refusal("unreadable", source.problems[0].line)
    text = data.decode("utf-8")
    bom = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    place = front_of(text)
    if place is None:
        return Refusal("no-front-matter")
    made = edited(text[place])
    if made is None:
        return Refusal("flow")
    new = f"{bom}{text[: place.start]}{made}{text[place.stop :]}".encode()
    after = read_record(path, new).record

    def meant(what: dict[str, Any]) -> None:
        if after is not None:
            what[key] = said(after)[key]

    if after is not None and is_meant(after) and holds(source, path, new, meant):
        return new
    return Refusal("unsafe", source.record.line_of(key))
