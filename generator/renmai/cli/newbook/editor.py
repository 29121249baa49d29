"""What an editor needs to complete and check front matter: a JSON Schema of each record.

It is made from the one schema (`renmai.text.schema`), with the explanations of the catalogue.
"""

from __future__ import annotations

import json
from typing import Any

from renmai.model.records import RECORDS
from renmai.text.schema import Part, fields_of, struct_schema
from renmai.words import Words

FOLDER = ".schema"


def editor_files(words: Words) -> dict[str, str]:
    """The schema of each record, and the settings that tell VS Code where it holds; by path."""
    files: dict[str, Any] = {}
    places: dict[str, list[str]] = {}
    for folder, record in RECORDS.items():
        path = f"{FOLDER}/{record.SORT}.json"
        files[path] = {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": f"{folder}/*.md",
            **_explained(record, words),
        }
        places[path] = [f"{folder}/**/*.md"]
    files[".vscode/settings.json"] = {"yaml.schemas": places}
    return {
        path: json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for path, content in files.items()
    }


def _explained(struct: type[Part], words: Words) -> dict[str, Any]:
    """The schema of a map, each key with its explanation and an example."""
    schema = struct_schema(struct)
    for key, field in fields_of(struct).items():
        about = f"field.{struct.__name__.lower()}.{key}.doc"
        if words.has(about):
            schema["properties"][key]["description"] = words(about)
        if field.example:
            schema["properties"][key]["examples"] = [field.example]
    return schema
