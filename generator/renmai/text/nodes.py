"""What a YAML text is read into: texts, lists and maps, with their lines."""

from __future__ import annotations

import msgspec


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A text; `absent` for an unquoted `~` or `null` and for an empty value."""

    value: str
    line: int
    absent: bool


class Sequence(msgspec.Struct):
    items: list[Node]
    line: int


class Mapping(msgspec.Struct):
    """`values` by key, and the line of each key."""

    values: dict[str, Node]
    lines: dict[str, int]
    line: int


class Unread(msgspec.Struct, frozen=True):
    """Stands where an alias was refused: present, but with no value."""

    line: int


Node = Scalar | Sequence | Mapping | Unread
