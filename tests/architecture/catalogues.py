"""Reads the catalogues, and from the source which of their keys the program uses."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.architecture.reading import PACKAGE

LOCALES = PACKAGE / "locales"
WORD = re.compile(r"\w[\w-]*")
KEY = re.compile(r"[a-z][a-z0-9_-]*(?:\.[A-Za-z0-9_-]*[A-Za-z0-9])+")
#: The ends of files that are named in the source as keys are.
FILES = (".css", ".html", ".js", ".toml")
#: Families of keys whose last part the source does not write out, and why.
ELSEWHERE = {
    "cli.errno.": "the names that the module errno has",
    "expected.map-or-": "put together from the short form of a map",
    "field.": "one of each key of the schema; tests/test_fields.py holds the two together",
    "choice.": "one of each word that a key may hold; so too",
    "relation.": "what people write in `how`; so too",
}
QUOTED = re.compile(r"""(?<=['"])[\w.-]+(?=['"])""")


def catalogue_files(language: str) -> dict[str, str]:
    """The TOML files of one language by name."""
    return {p.name: p.read_text("utf-8") for p in sorted((LOCALES / language).glob("*.toml"))}


def flat(toml: str) -> dict[str, str | dict[str, str]]:
    """The texts of one file by dotted key; a table with `other` is one text in two forms."""

    def walk(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
        for name, value in table.items():
            if isinstance(value, dict) and "other" not in value:
                yield from walk(value, f"{prefix}{name}.")
            else:
                yield prefix + name, value

    return dict(walk(tomllib.loads(toml), ""))


def placeholders(text: str | dict[str, str]) -> set[str]:
    """The names in braces; of a text in two forms, those of both together."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {
        name.partition(".")[0].partition("[")[0]
        for form in forms
        for _, name, _, _ in string.Formatter().parse(form)
        if name is not None
    }


def alike(key: str, names: set[str]) -> set[str]:
    """The placeholders of a key, where one language may take another form of the same thing.

    In a date one language names the month and the other counts it.
    """
    return {"month" if name == "name" else name for name in names} if key[:5] == "date." else names


@dataclass
class Uses:
    """What the source says of keys.

    `keys`: whole ones, written out. `shapes`: patterns of those that are put together, with a
    group for each part that is filled in. `atoms`: every word of the source, which such a part
    must be among.
    """

    keys: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=set)
    atoms: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether some place in the source can ask for `key`."""
        if key in self.keys or key.startswith(tuple(ELSEWHERE)):
            return True
        return any(
            all(atom.isdigit() or atom in self.atoms for atom in WORD.findall(" ".join(parts)))
            for shape in self.shapes
            if (found := re.fullmatch(shape, key))
            for parts in [found.groups()]
        )


def read_python(source: str, tables: Iterable[str], uses: Uses) -> None:
    """Add what a module says."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                _add_text(node.value, tables, uses)
        elif isinstance(node, ast.JoinedStr):
            _add_shape(
                [part.value if isinstance(part, ast.Constant) else None for part in node.values],
                tables,
                uses,
            )
        elif isinstance(node, ast.Name):
            uses.atoms.add(node.id)
        elif isinstance(node, ast.Attribute):
            uses.atoms.add(node.attr)
        elif isinstance(node, ast.ClassDef):
            uses.atoms.add(node.name)
        elif isinstance(node, ast.keyword) and node.arg:
            uses.atoms.add(node.arg)


def read_text(source: str, tables: Iterable[str], uses: Uses) -> None:
    """Add what a template or a script says: its quoted strings."""
    for quoted in QUOTED.findall(source):
        _add_text(quoted, tables, uses)
    uses.atoms.update(WORD.findall(source))


def _add_text(text: str, tables: Iterable[str], uses: Uses) -> None:
    uses.atoms.update(WORD.findall(text))
    if text.partition(".")[0] not in tables:
        return
    if text[-1:] in {".", "_", "-"}:
        _add_shape([text, None], tables, uses)
    elif KEY.fullmatch(text) and not text.endswith(FILES):
        uses.keys.add(text)


def _add_shape(parts: list[Any], tables: Iterable[str], uses: Uses) -> None:
    first = parts[0] if parts else None
    if not isinstance(first, str) or "." not in first or first.partition(".")[0] not in tables:
        return
    uses.shapes.add("".join("(.+)" if part is None else re.escape(part) for part in parts))


def program_uses(tables: Iterable[str]) -> Uses:
    """What all modules, templates and scripts of the program say."""
    uses = Uses()
    for path in sorted(PACKAGE.rglob("*")):
        if "locales" in path.parts or not path.is_file():
            continue
        if path.suffix == ".py":
            read_python(path.read_text("utf-8"), tables, uses)
        elif path.suffix in {".html", ".jinja", ".js", ".xml", ".svg"}:
            read_text(path.read_text("utf-8"), tables, uses)
    return uses


def languages() -> list[str]:
    """The folders below locales/."""
    return sorted(path.name for path in Path(LOCALES).iterdir() if path.is_dir())
