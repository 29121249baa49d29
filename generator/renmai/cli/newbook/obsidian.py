"""What Obsidian is told of a book: the type of each property, where templates and cards lie."""

from __future__ import annotations

from typing import Any

from renmai.model.records import RECORDS
from renmai.storage.templates import TEMPLATES
from renmai.text.schema import fields_of
from renmai.text.types import DATE, NUMBER, ListOf, ScalarType, Type

#: Obsidian has types of its own for these.
_OWN = {"aliases": "aliases", "tags": "tags"}


def files() -> dict[str, Any]:
    """The settings of a vault by path; what Obsidian adds to them is the user's."""
    types = {
        key: kind
        for record in RECORDS.values()
        for key, field in fields_of(record).items()
        if (kind := _OWN.get(key) or _kind(field.type))
    }
    return {
        ".obsidian/app.json": {
            "newFileLocation": "folder",
            "newFileFolderPath": "contacts",
            "attachmentFolderPath": "contacts/photos",
            "alwaysUpdateLinks": True,
            "userIgnoreFilters": ["site/"],
        },
        ".obsidian/templates.json": {"folder": TEMPLATES, "dateFormat": "YYYY-MM-DD"},
        ".obsidian/types.json": {"types": types},
    }


def _kind(type: Type) -> str:
    """What Obsidian calls a type; "" for maps and lists of maps, which it has no form for.

    To it a `yes` is a text, and a tick `true`: either is right here, so the type stays a text.
    """
    if type is DATE:
        return "date"
    if type is NUMBER:
        return "number"
    if isinstance(type, ListOf):
        return "multitext" if "object" not in str(type.item.json_schema()) else ""
    return "text" if isinstance(type, ScalarType) else ""
