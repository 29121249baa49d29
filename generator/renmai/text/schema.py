"""The one schema: what a field may hold is declared once, on the struct that holds it.

A struct's attribute `city: Annotated[str | None, Field(TEXT, "上海")] = None` is the whole
declaration. Parsing with its problems, the JSON Schema for editors, the order of keys and the
reference page all come from it. Labels and explanations stand in the catalogues, under
`field.<struct>.<key>`.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from renmai.problems import Report
from renmai.text.nodes import Mapping, Node, Scalar
from renmai.text.types import MISSING, At, Type, _Missing


class Field(msgspec.Struct, frozen=True):
    """The declaration of a key: its type, an example as written, and whether it must be there."""

    type: Type
    example: str = ""
    required: bool = False


class Part(msgspec.Struct, kw_only=True, array_like=True, gc=False):
    """What a map in front matter is read into.

    `line` is the map's own, `lines` has that of each key that was read; both count from 1.
    """

    line: int = 1
    lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line of `key`, or of the whole when it is not written."""
        return self.lines.get(key, self.line)


class MapOf(Type):
    """A map with known keys, read into `struct`; a bare scalar stands for the key `short`."""

    term = "map"

    def __init__(self, struct: type[Part], short: str = "") -> None:
        self.struct, self.short = struct, short
        if short:
            self.term = f"map-or-{short}"

    def refuse(self, node: Node, at: At, report: Report, variant: str = "") -> _Missing:
        """A map is best shown by one that could stand there."""
        return super().refuse(node, at, report, variant or ("example" if at.example else ""))

    def read(self, node: Node, at: At, report: Report) -> Any:
        if self.short and isinstance(node, Scalar):
            value = fields_of(self.struct)[self.short].type.read(node, at, report)
            lines = {self.short: at.line}
            return (
                value
                if value is MISSING
                else self.struct(line=at.line, lines=lines, **{self.short: value})
            )
        if not isinstance(node, Mapping):
            return self.refuse(node, at, report)
        return read_part(self.struct, node, report, at)

    def json_schema(self) -> dict[str, Any]:
        schema = struct_schema(self.struct)
        if not self.short:
            return schema
        return {"anyOf": [fields_of(self.struct)[self.short].type.json_schema(), schema]}


P = TypeVar("P", bound=Part)


@functools.cache
def fields_of(struct: type[Part]) -> dict[str, Field]:
    """The fields of `struct` by key, in the standard order."""
    hints = typing.get_type_hints(struct, include_extras=True)
    return {
        name: extra
        for name, hint in hints.items()
        for extra in getattr(hint, "__metadata__", ())
        if isinstance(extra, Field)
    }


@functools.cache
def _required(struct: type[Part]) -> list[tuple[str, Field]]:
    return [(key, field) for key, field in fields_of(struct).items() if field.required]


def read_part(struct: type[P], node: Mapping, report: Report, at: At | None = None) -> P:
    """Read `node` by the schema of `struct`; every problem in it goes to `report`.

    `at` is where a nested map stands; a record's own map has none.
    """
    fields, prefix = fields_of(struct), f"{at.key}." if at else ""
    read: dict[str, Any] = {}
    unknown = 0
    for key, value in node.values.items():
        field = fields.get(key)
        if field is None:
            unknown += 1
            near = nearest(key, fields) if unknown <= _MOST_SUGGESTIONS else ""
            _unknown_key(key, node.lines[key], near, report)
        elif not (isinstance(value, Scalar) and value.absent):
            here = At(prefix + key, node.lines[key], field.example)
            read[key] = field.type.read(value, here, report)
    line = at.line if at else 1
    for key, field in _required(struct):
        if key not in read:
            report.add(line, "missing-key", key=prefix + key, example=field.example)
    if MISSING in read.values():
        read = {key: value for key, value in read.items() if value is not MISSING}
    lines = {key: node.lines[key] for key in read}
    return struct(line=line, lines=lines, **read)


#: To find the nearest known key takes time; a map with more unknown ones is no slip of the pen.
_MOST_SUGGESTIONS = 50


def _unknown_key(key: str, line: int, near: str, report: Report) -> None:
    if not key.startswith("x-"):
        report.add(line, "unknown-key", "near" if near else "default", key=key, near=near)


def nearest(word: str, known: Iterable[str], likeness: float = 0.4) -> str:
    """The known word that looks most like `word`; "" when none is as alike as `likeness`."""
    import difflib  # only for what is misspelt

    found = difflib.get_close_matches(word[:80].lower(), list(known), n=1, cutoff=likeness)
    return found[0] if found else ""


def struct_schema(struct: type[Part]) -> dict[str, Any]:
    """The JSON Schema of a map that is read into `struct`; its title says which one that is."""
    fields = fields_of(struct)
    schema: dict[str, Any] = {
        "title": struct.__name__.lower(),
        "type": "object",
        "properties": {key: field.type.json_schema() for key, field in fields.items()},
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
    required = [key for key, field in fields.items() if field.required]
    return {**schema, "required": required} if required else schema
