"""Digests of those parts of a record that others depend on, to see which of them changed."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct, structs

from renmai.model.records import Contact, Event, Record
from renmai.rules.influence import DEED_OF

#: The part of a record that no page of another shows but by way of the rules.
_BODY = ("body", "body_line", "sections", "log", "tasks", "mentions")
_NOTHING = {name: 0 if name == "body_line" else "" if name == "body" else [] for name in _BODY}

_encode = msgspec.msgpack.Encoder().encode


class Marks(Struct, frozen=True, array_like=True, gc=False):
    """Of a record: its front matter; what matches come from, that is wishes, and who knows whom
    already; and what it says that one did for others to see. The last two are empty where there is
    nothing of the kind.
    """

    front: bytes
    wishes: bytes
    deeds: bytes


def marks_of(record: Record) -> Marks:
    """The marks of a record."""
    bare = structs.replace(record, **{name: _NOTHING[name] for name in _BODY})
    intros = [entry for entry in record.log if entry.kind == "intro"]
    wishes: list[Any] = [intros]
    if isinstance(record, Contact):
        wishes += [record.needs, record.offers, record.relations]
    elif isinstance(record, Event):
        wishes.append(record.introductions)
    status = getattr(record, "status", None)
    deeds = [entry for entry in record.log if entry.kind in DEED_OF]
    return Marks(
        front=_digest(bare),
        wishes=_digest([status, *wishes]) if any(wishes) else b"",
        deeds=_digest([record.path, deeds]) if deeds else b"",
    )


def _digest(value: object) -> bytes:
    return blake2b(_encode(value), digest_size=8).digest()
