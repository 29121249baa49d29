"""A record's file made from a template, as Obsidian writes them too: `{{title}}`, `{{date}}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from renmai.edit.keys import has_key, with_key, yaml_text
from renmai.model.records import Record
from renmai.text.blocks import front_of
from renmai.text.frontmatter import BOM
from renmai.text.schema import fields_of

_PLACE = re.compile(r"\{\{\s*(title|date)\s*\}\}")
_QUOTED_PLACE = re.compile(rf"([\"']?){_PLACE.pattern}\1")

#: The key that says what a record is called, by its sort.
TITLE_KEYS = {"contact": "name", "event": "title", "community": "name"}


def filled(
    template: str, sort: type[Record], title: str, day: date, values: Mapping[str, str]
) -> str:
    """The text of a record that is called `title`, made from `template`.

    `{{date}}` becomes `day`. `values` are further keys of front matter, as YAML on one line each.
    A template without front matter, or with one that cannot be split, gets one of its own.
    """
    text = template.removeprefix(BOM)
    place = front_of(text)
    if place is None:
        text, place = f"---\n---\n\n{text}", slice(4, 4)
    front = _QUOTED_PLACE.sub(lambda found: _named(found[2], title, day), text[place])
    body = _PLACE.sub(lambda found: str(day) if found[1] == "date" else title, text[place.stop :])
    key = TITLE_KEYS[sort.SORT]
    named = {} if has_key(front, key) else {key: yaml_text(title)}
    for name, value in {**named, **values}.items():
        front = with_key(front, name, value, list(fields_of(sort))) or front
    return text[: place.start] + front + body


def _named(name: str, title: str, day: date) -> str:
    return str(day) if name == "date" else yaml_text(title)
