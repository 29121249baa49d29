"""What a book must know of a file to find it and what refers to it, without its record."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import msgspec

from renmai.model.records import Contact, Event, Record
from renmai.text.references import Ref
from renmai.text.schema import MapOf, Part, fields_of
from renmai.text.types import ListOf, Reference
from renmai.text.values import folded


class Outline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record in a few words.

    `called` are the names that a reference finds it by, `names` the same folded, `keys` what its
    own references may find (see `reference_keys`), `photos` the pictures that it names, `pinyin`
    how it is read, where that is written. A file that cannot be used is not `is_readable`; nothing
    else is known of it.
    """

    is_readable: bool = False
    label: str = ""
    called: tuple[str, ...] = ()
    is_me: bool = False
    keys: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    pinyin: str | None = None


def outline_of(record: Record | None) -> Outline:
    """The outline of a record; None is a file that cannot be used."""
    if record is None:
        return Outline()
    keys = dict.fromkeys(key for ref in references_of(record) for key in reference_keys(ref.text))
    return Outline(
        is_readable=True,
        label=record.label,
        called=tuple(record.called),
        is_me=isinstance(record, Contact) and record.me,
        keys=tuple(keys),
        photos=tuple(_photos(record)),
        names=tuple(dict.fromkeys(map(folded, record.called))),
        pinyin=record.pinyin if isinstance(record, Contact) else None,
    )


def reference_keys(text: str) -> tuple[str, ...]:
    """What an id or a name is, folded, that a reference may mean: all of it, or behind a folder."""
    if "/" not in text:
        return (folded(text),)
    return folded(text), folded(text.rpartition("/")[2])


def references_of(record: Record) -> Iterator[Ref]:
    """Every reference of a record: in front matter, behind `with`, in prose."""
    for ref, _, _ in written_references(record):
        yield ref
    for entry in record.log:
        yield from entry.people
    yield from record.mentions


def written_references(part: Part, prefix: str = "") -> Iterator[tuple[Ref, Reference, str]]:
    """Every reference in front matter with its declared type and its key, by the schema."""
    for key, declared in _referring_fields(type(part)):
        value: Any = getattr(part, key)
        if not value:
            continue
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(declared, Reference):
                yield each, declared, prefix + key
            else:
                yield from written_references(each, f"{prefix}{key}.")


@functools.cache
def _referring_fields(struct: type[Part]) -> list[tuple[str, Reference | MapOf]]:
    """The fields of a struct that hold references, or maps that do."""
    found: list[tuple[str, Reference | MapOf]] = []
    for key, field in fields_of(struct).items():
        item = field.type.item if isinstance(field.type, ListOf) else field.type
        if isinstance(item, Reference) or (
            isinstance(item, MapOf) and _referring_fields(item.struct)
        ):
            found.append((key, item))
    return found


def _photos(record: Record) -> Iterator[str]:
    parts: list[Any] = [record] if isinstance(record, Contact) else []
    parts += record.people if isinstance(record, Event) else []
    for part in parts:
        if part.photo:
            yield part.photo
