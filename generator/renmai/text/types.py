"""The types that a value in front matter may have, as `format.md` lists them.

A type reads a node of the YAML tree, reports what is wrong with it at its line, and knows the
JSON Schema that editors check it with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from renmai.problems import Report
from renmai.text import values
from renmai.text.nodes import Mapping, Node, Scalar, Sequence, Unread
from renmai.text.references import parse_ref


class _Missing:
    """The value of a node that could not be read (its problem is reported)."""


MISSING = _Missing()


class At(msgspec.Struct, frozen=True, gc=False):
    """Where a value stands: its key, as problems name it, and the key's or list item's line.

    `example` is what could stand there, as one would write it.
    """

    key: str
    line: int
    example: str = ""


class Type:
    """What a value may be. `term` names it in the catalogue: `expected.<term>`."""

    term = "text"

    def read(self, node: Node, at: At, report: Report) -> Any:
        """The typed value of `node`, or MISSING with a problem reported."""
        raise NotImplementedError

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema that editors check a value of this type with."""
        raise NotImplementedError

    def refuse(self, node: Node, at: At, report: Report, variant: str = "") -> _Missing:
        """Report `bad-value` at the innermost line; an alias was reported already."""
        if not isinstance(node, Unread):
            report.add(
                at.line,
                "bad-value",
                variant,
                terms={"expected": f"expected.{self.term}"},
                key=at.key,
                value=written(node),
                example=at.example,
            )
        return MISSING


class ScalarType(Type):
    """A value that is one scalar, read by a function from its text."""

    def __init__(
        self, term: str, parse: Callable[[str], Any], pattern: str = "", **schema: Any
    ) -> None:
        self.term, self.parse = term, parse
        self.schema = {"pattern": pattern} if pattern else schema

    def read(self, node: Node, at: At, report: Report) -> Any:
        if not isinstance(node, Scalar):
            return self.refuse(node, at, report)
        value = self.parse(node.value.strip())
        return self.refuse(node, at, report) if value is None else value

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], **self.schema}


class Choice(ScalarType):
    """One word out of a few."""

    def __init__(self, *words: str) -> None:
        super().__init__("choice", lambda text: text if text in words else None)
        self.words = words

    def refuse(self, node: Node, at: At, report: Report, variant: str = "") -> _Missing:
        if not isinstance(node, Unread):
            report.add(
                at.line,
                "bad-value",
                "choice",
                key=at.key,
                value=written(node),
                choices=", ".join(self.words),
            )
        return MISSING

    def json_schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


class Reference(Type):
    """A record of one of `folders`, by id, name or alias; with `or_text`, or a bare text."""

    def __init__(self, *folders: str, or_text: bool = False) -> None:
        self.folders, self.or_text = folders, or_text
        self.term = "reference-or-text" if or_text else "reference"

    def read(self, node: Node, at: At, report: Report) -> Any:
        if isinstance(node, Sequence):
            return self._brackets(node, at, report)
        ref = parse_ref(node.value, at.line) if isinstance(node, Scalar) else None
        return ref or self.refuse(node, at, report)

    def _brackets(self, node: Sequence, at: At, report: Report) -> Any:
        """`[[ref]]` unquoted: YAML reads a list in a list."""
        inner = node.items[0] if len(node.items) == 1 else None
        if isinstance(inner, Sequence) and all(isinstance(part, Scalar) for part in inner.items):
            if len(inner.items) == 1 and isinstance(inner.items[0], Scalar):
                ref = parse_ref(f"[[{inner.items[0].value}]]", at.line)
                return ref or self.refuse(node, at, report)
            return self.refuse(node, at, report, "quote-reference" if inner.items else "")
        return self.refuse(node, at, report)

    def json_schema(self) -> dict[str, Any]:
        # Unquoted brackets are a list in a list to a YAML server.
        return {"type": ["string", "number", "array"]}


class ListOf(Type):
    """A YAML list of `item`, or one alone. Absent items are left out."""

    def __init__(self, item: Type) -> None:
        self.item = item
        self.term = item.term

    def read(self, node: Node, at: At, report: Report) -> Any:
        if not isinstance(node, Sequence) or self._is_one_reference(node):
            value = self.item.read(node, at, report)
            return MISSING if value is MISSING else (value,)
        kept = []
        for item in node.items:
            if isinstance(item, Scalar) and item.absent:
                continue
            here = at if item.line == at.line else At(at.key, item.line, at.example)
            value = self.item.read(item, here, report)
            if value is not MISSING:
                kept.append(value)
        return tuple(kept)

    def _is_one_reference(self, node: Sequence) -> bool:
        """`members: [[li]]` is one reference, not a list that holds a list."""
        return (
            isinstance(self.item, Reference)
            and len(node.items) == 1
            and isinstance(node.items[0], Sequence)
            and all(isinstance(part, Scalar) for part in node.items[0].items)
        )

    def json_schema(self) -> dict[str, Any]:
        item = self.item.json_schema()
        return {"anyOf": [item, {"type": "array", "items": {"anyOf": [item, {"type": "null"}]}}]}


class LinedText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A text of a list with the line of its item, where problems must name the item."""

    text: str
    line: int


class LinedTextType(Type):
    """A text that remembers its line."""

    def read(self, node: Node, at: At, report: Report) -> Any:
        value = TEXT.read(node, at, report)
        return value if value is MISSING else LinedText(value, at.line)

    def json_schema(self) -> dict[str, Any]:
        return TEXT.json_schema()


class TextMap(Type):
    """A map of texts, with keys of the user's own choice."""

    term = "text-map"

    def read(self, node: Node, at: At, report: Report) -> Any:
        if not isinstance(node, Mapping):
            return self.refuse(node, at, report)
        read = {
            key: TEXT.read(value, At(f"{at.key}.{key}", node.lines[key]), report)
            for key, value in node.values.items()
            if not (isinstance(value, Scalar) and value.absent)
        }
        return {key: value for key, value in read.items() if value is not MISSING}

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": TEXT.json_schema()}


TEXT = ScalarType("text", str)
LINED_TEXT = LinedTextType()
TEXTS = ListOf(TEXT)
YES_NO = ScalarType("yes-no", values.parse_yes_no)
NUMBER = ScalarType("number", values.parse_number, pattern="^[0-9]+$")
TIME = ScalarType("time", values.parse_time, pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")
DATE = ScalarType("date", values.parse_date, pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
PARTIAL_DATE = ScalarType("partial-date", values.parse_partial)
BIRTHDAY = ScalarType("birthday", values.parse_birthday)
DURATION = ScalarType("duration", values.parse_duration, pattern="^([1-9][0-9]{0,3}[dwmy]|never)$")
PHOTO = ScalarType("photo", values.parse_inner_path)
PERSON = Reference("contacts")
PERSON_OR_TEXT = Reference("contacts", or_text=True)


def written(node: Node) -> str:
    """How a value was written, in short, for a message."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return "[" + ", ".join(written(item) for item in node.items[:4]) + "]"
    if isinstance(node, Mapping):
        return "{" + ", ".join(list(node.values)[:4]) + "}"
    return ""
