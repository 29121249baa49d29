"""The files of a new book by path: its skeleton in one language, or the example book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import renmai
from renmai.cli.newbook import demo
from renmai.cli.newbook.editor import editor_files
from renmai.edit.keys import yaml_text
from renmai.model.records import RECORDS
from renmai.settings import FILE
from renmai.storage.templates import TEMPLATES
from renmai.sync.driver import NEW_ATTRIBUTES
from renmai.words import Words

IGNORED = """\
# What renmai makes anew whenever it is asked to.
site/
.renmai/
.renmai-*.tmp
.cache/
.obsidian/workspace*.json
.DS_Store
"""

_SKELETON = resources.files("renmai.cli.newbook") / "skeleton"

_LANGUAGE_LINE = re.compile(r"^(\s+(?:- renmai:\s*\{\s*)?language:\s*)\w+", re.MULTILINE)


def new_book(words: Words, name: str) -> dict[str, bytes]:
    """The files of an empty book; `name` is the user's, for the own card."""
    files = _skeleton(words)
    files["contacts/me.md"] = (
        Template(files["contacts/me.md"].decode()).substitute(name=yaml_text(name)).encode()
    )
    return files


def demo_book(words: Words, today: date) -> dict[str, bytes]:
    """The files of the example book with its dates moved to around `today`."""
    source = example_book()
    settings = (source / FILE).read_text("utf-8")
    anchor = demo.anchor_of(settings)
    files = _skeleton(words)
    del files["contacts/me.md"]
    for folder in RECORDS:
        for path, content in _below(source / folder, folder):
            if path.lower().endswith(".md"):
                content = demo.moved(content.decode(), anchor, today).encode()
            files[path] = content
    settings = demo.without_anchor(settings)
    files[FILE] = _LANGUAGE_LINE.sub(rf"\g<1>{words.language}", settings, count=1).encode()
    return files


def example_book() -> Traversable:
    """Where the example book lies: within the installed package, or around a source checkout."""
    installed = resources.files(renmai) / "demo"
    return installed if installed.is_dir() else Path(renmai.__file__).parents[2]


def template(language: str, sort: str) -> bytes:
    """What a record of that sort begins with, where the book has no template of its own."""
    return (_SKELETON / language / TEMPLATES / f"{sort}.md").read_bytes()


def _skeleton(words: Words) -> dict[str, bytes]:
    """What every book in the language of `words` begins with."""
    files = dict(_below(_SKELETON / words.language, ""))
    # Git keeps no empty folder.
    files |= {f"{folder}/.gitkeep": b"" for folder in RECORDS if folder != "contacts"}
    made = {".gitignore": IGNORED, ".gitattributes": NEW_ATTRIBUTES, **editor_files(words)}
    return {**files, **{path: text.encode() for path, text in made.items()}}


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder`: its path behind `prefix`, and its bytes."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{prefix}/{entry.name}".lstrip("/")
        if entry.is_dir():
            yield from _below(entry, path)
        elif not entry.name.startswith("."):
            yield path, entry.read_bytes()
