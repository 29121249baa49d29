"""Reads the program's source with `ast`: what each module imports, calls and how long it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "generator"
PACKAGE = SOURCE / "renmai"


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name (`renmai.text.values`)."""
    return {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def module_name(path: Path) -> str:
    """The dotted name of the module at `path`; a package has its folder's."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(name: str, source: str, *, is_package: bool = False) -> Iterator[tuple[str, int]]:
    """Each thing that the module `name` imports, dotted, with its line.

    `from a import b` gives `a.b`: whether b is a module or a thing in a matters to nobody here,
    since a layer is known by the beginning of the name. Imports inside functions count too.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                steps = name.split(".")
                kept = len(steps) - node.level + (1 if is_package else 0)
                base = ".".join([*steps[:kept], *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{base}.{alias.name}", node.lineno


def calls(source: str) -> Iterator[tuple[str, int]]:
    """Each call by what stands before its brackets: `open`, `date.today`, `?.read_text`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node.lineno
            elif isinstance(node.func, ast.Attribute):
                owner = node.func.value.id if isinstance(node.func.value, ast.Name) else "?"
                yield f"{owner}.{node.func.attr}", node.lineno


def within(name: str, prefix: str) -> bool:
    """Whether the dotted `name` is `prefix` or lies below it."""
    return name == prefix or name.startswith(prefix + ".")
