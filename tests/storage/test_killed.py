"""A process that is killed at each step of a write leaves whole files, and can be gone on from."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from renmai.storage.opening import open_book
from renmai.storage.writing import undo, writing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a fork of itself")

CARD, OTHER, NEW = "contacts/li.md", "contacts/wang.md", "contacts/deep/new.md"
BEFORE = {CARD: b"---\nname: Li\n---\n", OTHER: b"---\nname: Wang\n---\n", NEW: None}
AFTER = {CARD: b"---\nname: Li\n---\nmore", OTHER: b"---\nname: Wang\n---\nmore", NEW: b"new"}

#: Everything through which a write reaches the disk.
STEPS = (
    "open", "fdopen", "fsync", "chmod", "replace", "link", "rename", "unlink", "mkdir", "rmdir",
    "truncate", "close", "stat",
)  # fmt: skip
KILLED = 99


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with two cards."""
    made = tmp_path / "book"
    (made / "contacts").mkdir(parents=True)
    (made / "mkdocs.yml").write_text("plugins: [renmai]\n")
    for path, data in BEFORE.items():
        if data is not None:
            (made / path).write_bytes(data)
    return made


def write(root: Path) -> None:
    """One write that changes two files and makes a third."""
    with writing(root, "three") as pen:
        pen.edit(CARD, lambda old: old + b"more")
        pen.create(NEW, b"new")
        pen.edit(OTHER, lambda old: old + b"more")


class Torn:
    """A file of which half is written when the process dies."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        os._exit(KILLED)


def killed_at(number: int, behind: bool, deed: Callable[[], object]) -> bool:
    """Do it in a process that dies at its step of that number, or right behind it; did it die?"""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, KILLED), code
        return code == KILLED
    try:
        count = 0

        def mortal(name: str, real: Callable) -> Callable:
            def step(*args: Any, **named: Any) -> Any:
                nonlocal count
                count += 1
                if count != number:
                    return real(*args, **named)
                try:
                    if behind and name != "fdopen":
                        real(*args, **named)
                    elif behind:
                        return Torn(real(*args, **named))
                finally:
                    if name != "fdopen" or not behind:
                        os._exit(KILLED)

            return step

        for name in STEPS:
            setattr(os, name, mortal(name, getattr(os, name)))
        deed()
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def content(root: Path) -> dict[str, bytes | None]:
    return {path: (root / path).read_bytes() if (root / path).exists() else None for path in BEFORE}


def leftovers(root: Path) -> list[Path]:
    return [path for path in (root / "contacts").rglob("*") if path.name.endswith(".tmp")]


def steps(root: Path, behind: bool, deed: Callable[[], object], check: Callable[[], None]) -> int:
    """Kill the deed at every step, each time from the same beginning; how many steps there are."""
    kept = root.with_name("kept")
    shutil.copytree(root, kept)
    number = 1
    while killed_at(number, behind, deed):
        check()
        shutil.rmtree(root)
        shutil.copytree(kept, root)
        number += 1
    return number - 1


@pytest.mark.parametrize("behind", [False, True])
def test_killed_at_each_step_of_a_write(root: Path, behind: bool) -> None:
    def check() -> None:
        now = content(root)
        for path in BEFORE:
            assert now[path] in (BEFORE[path], AFTER[path])
        records = {source.path for source in open_book(root).book.sources}
        assert records == {path for path in now if now[path] is not None}
        happened = now != BEFORE
        # The next write comes through at once, and takes away what was left.
        with writing(root, "next", patience=0) as pen:
            pen.edit(CARD, lambda old: old + b" next")
        assert not leftovers(root)
        assert undo(root)
        assert content(root) == now
        # What the killed run did can be taken back as one.
        assert bool(undo(root)) == happened
        assert content(root) == BEFORE

    assert steps(root, behind, lambda: write(root), check) > 20


@pytest.mark.parametrize("behind", [False, True])
def test_killed_at_each_step_of_an_undo(root: Path, behind: bool) -> None:
    with writing(root, "first") as pen:
        pen.edit(CARD, lambda old: old + b"first")
    first = content(root)
    with writing(root, "take back the first") as pen:
        pen.edit(CARD, lambda old: old.removesuffix(b"first"))
    write(root)

    def check() -> None:
        now = content(root)
        for path in BEFORE:
            assert now[path] in (BEFORE[path], AFTER[path])
        done = undo(root)
        assert done
        assert not leftovers(root)
        # Either the rest of what was begun, or, where all of it was done, the write before it.
        assert content(root) == (BEFORE if done.write.what == "three" else first)

    assert steps(root, behind, lambda: undo(root), check) > 10


def test_what_never_came_blocks_nothing(root: Path) -> None:
    """Killed between the journal and the renaming."""
    with writing(root, "first") as pen:
        pen.edit(OTHER, lambda old: old + b"first")

    def announced() -> None:
        real = os.replace
        os.replace = lambda *_: os._exit(KILLED)
        try:
            with writing(root, "second") as pen:
                pen.edit(CARD, lambda old: old + b"second")
        finally:
            os.replace = real

    assert killed_at(0, False, announced)
    done = undo(root)
    assert done
    assert done.write.what == "first"
    assert content(root) == BEFORE
