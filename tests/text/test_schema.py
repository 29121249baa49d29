"""The one schema: fields in order, nearest keys, JSON Schema."""

from __future__ import annotations

import msgspec
import pytest

from renmai.model.records import RECORDS, Contact, Promise
from renmai.problems import Report
from renmai.settings import Settings
from renmai.text.schema import Part, fields_of, nearest, read_part, struct_schema
from renmai.text.yamltree import Mapping, read_yaml

STRUCTS = [*RECORDS.values(), Settings]


def test_the_fields_of_a_contact_in_their_order() -> None:
    keys = list(fields_of(Contact))
    assert keys[:5] == ["name", "aliases", "pinyin", "me", "status"]
    assert keys[-1] == "tags"
    # What is read from elsewhere is no key.
    assert not {"id", "path", "log", "tasks", "line", "lines", "body"} & set(keys)


@pytest.mark.parametrize("struct", STRUCTS)
def test_every_example_is_read_without_a_problem(struct: type[Part]) -> None:
    for key, field in fields_of(struct).items():
        assert field.example, key
        report = Report("x.md")
        tree = read_yaml(f"{key}: {field.example}", report)
        assert isinstance(tree, Mapping)
        read = read_part(struct, tree, report)
        missing = [each for each in report.problems if each.code != "missing-key"]
        assert missing == [], key
        assert read.line_of(key) == 1
        assert key in read.lines


@pytest.mark.parametrize("struct", STRUCTS)
def test_every_field_is_declared_with_its_type(struct: type[Part]) -> None:
    names = {each.name for each in msgspec.structs.fields(struct)}
    assert set(fields_of(struct)) <= names


@pytest.mark.parametrize(
    ("word", "near"),
    [("nam", "name"), ("NAME", "name"), ("e-mails", "emails"), ("zzzz", ""), ("", ""),
     ("x" * 10_000, "")],
)  # fmt: skip
def test_nearest(word: str, near: str) -> None:
    assert nearest(word, fields_of(Contact)) == near


@pytest.mark.parametrize("struct", STRUCTS)
def test_json_schema_has_every_key_and_takes_ones_own(struct: type[Part]) -> None:
    schema = struct_schema(struct)
    assert list(schema["properties"]) == list(fields_of(struct))
    assert schema["patternProperties"] == {"^x-": {}}
    assert schema["additionalProperties"] is False
    required = [key for key, field in fields_of(struct).items() if field.required]
    assert schema.get("required", []) == required
    assert msgspec.json.encode(schema)


def test_json_schema_of_what_may_be_short() -> None:
    schema = fields_of(Contact)["follow_up"].type.json_schema()
    date, whole = schema["anyOf"]
    assert date["pattern"] == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    assert whole == struct_schema(Promise)
