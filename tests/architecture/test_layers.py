"""The rooms of the house: a pure core, and imports in one direction.

disk -> text -> model -> rules -> pages -> site or terminal; nothing flows back (docs/house.md).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.architecture.reading import calls, imports, modules, within

#: Each room may import those of its own rank and below. The longest matching name counts.
RANKS = {
    "renmai.problems": 0,
    "renmai.text": 1,
    "renmai.model": 2,
    "renmai.settings": 2,
    "renmai.rules": 3,
    "renmai.ahead": 0,
    "renmai.cores": 0,
    "renmai.caching": 4,
    "renmai.words": 4,
    "renmai.telling": 5,
    "renmai.edit": 4,
    "renmai.spoken": 4,
    "renmai.merge": 4,
    "renmai.storage": 5,
    "renmai.site": 6,
    "renmai.sync": 6,
    "renmai.cli": 7,
    "renmai.early": 7,
    "renmai.__main__": 7,
    "renmai": 0,
}

#: Rooms that do no I/O and read no clock.
PURE = (
    "renmai.problems",
    "renmai.text",
    "renmai.model",
    "renmai.settings",
    "renmai.rules",
    "renmai.merge",
    "renmai.edit",
    "renmai.spoken",
    "renmai.site.views",
    "renmai.site.pages",
)

#: What a pure module may not import. `pathlib.PurePosixPath` is a value and may be.
WORLD = (
    "asyncio", "click", "datetime.datetime.now", "ftplib", "getpass", "glob", "http", "io",
    "locale", "logging", "mkdocs", "multiprocessing", "os", "pathlib.Path", "platform", "random",
    "rich", "secrets", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib.request", "webbrowser",
)  # fmt: skip

#: What a pure module may not call, whatever it stands on.
DEEDS = {
    "now", "utcnow", "today", "fromtimestamp",
    "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "unlink", "mkdir",
    "is_file", "is_dir", "exists", "stat",
}  # fmt: skip
BUILTIN_DEEDS = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}


def rank(name: str) -> int:
    """How high the room of a module of ours lies."""
    room = max((room for room in RANKS if within(name, room)), key=len)
    return RANKS[room]


def against_the_stream(name: str, source: str, *, is_package: bool = False) -> Iterator[str]:
    """The imports of a module that go up."""
    for target, line in imports(name, source, is_package=is_package):
        if within(target, "renmai") and rank(target) > rank(name):
            yield f"{name}:{line} imports {target}"


def impurities(name: str, source: str, *, is_package: bool = False) -> Iterator[str]:
    """What in a pure module touches the world."""
    for target, line in imports(name, source, is_package=is_package):
        if target == "pathlib" or any(within(target, part) for part in WORLD):
            yield f"{name}:{line} imports {target}"
    for call, line in calls(source):
        if call in BUILTIN_DEEDS or ("." in call and call.rpartition(".")[2] in DEEDS):
            yield f"{name}:{line} calls {call}()"


def test_imports_go_one_way() -> None:
    found = [
        fault
        for name, path in modules().items()
        for fault in against_the_stream(
            name, path.read_text("utf-8"), is_package=path.name == "__init__.py"
        )
    ]
    assert not found, "\n".join(found)


def test_the_core_is_pure() -> None:
    pure = {name: path for name, path in modules().items() if any(within(name, p) for p in PURE)}
    missing = [room for room in PURE if not any(within(name, room) for name in pure)]
    assert not missing, f"rooms that are gone: {missing}"
    found = [
        fault
        for name, path in pure.items()
        for fault in impurities(
            name, path.read_text("utf-8"), is_package=path.name == "__init__.py"
        )
    ]
    assert not found, "\n".join(found)


def test_the_clock_is_asked_in_two_places() -> None:
    """Today comes from outside: for a command from its session, for the site from the wish."""
    asking = {
        name
        for name, path in modules().items()
        for call, _ in calls(path.read_text("utf-8"))
        if call in {"date.today", "datetime.now", "datetime.today", "time.time"}
    }
    assert asking == {"renmai.cli.session", "renmai.site.wish"}


def test_every_room_is_known() -> None:
    """A new room gets its place in RANKS before it is built."""
    rooms = {".".join(name.split(".")[:2]) for name in modules()} - {"renmai"}
    assert rooms <= set(RANKS)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("renmai.text.a", "from renmai.model import book"),
        ("renmai.text.a", "from ..rules import facts"),
        ("renmai.model.a", "def f():\n    import renmai.storage"),
        ("renmai.rules.a", "from renmai import words"),
        ("renmai.rules.a", "from renmai.cli import main"),
        ("renmai.site.a", "import renmai.cli"),
    ],
)
def test_an_import_against_the_stream_is_found(name: str, source: str) -> None:
    assert list(against_the_stream(name, source))


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path",
        "from os import path",
        "import pathlib",
        "from pathlib import Path",
        "import subprocess",
        "import click",
        "def f():\n    from mkdocs.config import base",
        "from rich.table import Table",
        "import time",
        "from datetime import date\nday = date.today()",
        "import datetime\nday = datetime.datetime.now()",
        "text = open('x').read()",
        "text = place.read_text()",
        "print('here')",
    ],
)
def test_an_impurity_is_found(source: str) -> None:
    assert list(impurities("renmai.rules.a", source))


@pytest.mark.parametrize(
    "source",
    [
        "from pathlib import PurePosixPath",
        "from datetime import date, timedelta",
        "day = facts.today",
        "import calendar, math, re",
    ],
)
def test_what_is_pure_passes(source: str) -> None:
    assert not list(impurities("renmai.rules.a", source))
