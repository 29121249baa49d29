"""What an editor needs to complete and check front matter: a JSON Schema of each record.

It is made from the one schema (`renmai.text.schema`), with the explanations of the catalogue.
What is particular to one editor stands beside this, in `vscode` and `obsidian`.
"""

from __future__ import annotations

import json
from typing import Any

from renmai.cli.newbook import obsidian, vscode
from renmai.model.records import RECORDS
from renmai.text.schema import Part, fields_of, struct_schema
from renmai.words import Words

FOLDER = ".schema"


def editor_files(words: Words) -> dict[str, str]:
    """The schema of each record, and the settings of the editors that we know; by path."""
    files: dict[str, Any] = {}
    places: dict[str, list[str]] = {}
    for folder, record in RECORDS.items():
        path = f"{FOLDER}/{record.SORT}.json"
        files[path] = {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **_record_schema(record, words),
            "title": f"{folder}/*.md",
        }
        places[path] = [f"{folder}/**/*.md"]
    files |= vscode.files(words, places)
    files |= obsidian.files()
    return {
        path: json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for path, content in files.items()
    }


def _record_schema(struct: type[Part], words: Words) -> dict[str, Any]:
    """The schema of a record, its keys explained, each with an example."""
    schema: dict[str, Any] = _explained(struct_schema(struct), words)
    for key, field in fields_of(struct).items():
        if field.example:
            schema["properties"][key]["examples"] = [field.example]
    return schema


def _explained(schema: Any, words: Words) -> Any:
    """`schema` with the catalogue's explanation of every key, at whatever depth.

    An empty value is an absent one, so every key may be empty.
    """
    if isinstance(schema, list):
        return [_explained(part, words) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _explained(part, words) for name, part in schema.items()}
    for key, about in found.get("properties", {}).items():
        found["properties"][key] = _or_empty(about)
        text = f"field.{schema.get('title')}.{key}.doc"
        if words.has(text):
            found["properties"][key]["description"] = words(text)
    return found


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*types, "null"]}
