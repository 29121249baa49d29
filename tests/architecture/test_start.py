"""Answers at once: only `build` and `serve` load MkDocs, and help loads no command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT

#: How each command is called here; a new command gets its line. `{tmp}` is an empty folder,
#: `{book}` a new book.
CALLS = {
    "init": ["init", "{tmp}/book", "--demo"],
    "new": ["new", "contact", "Somebody New", "--dry-run"],
    "log": ["log", "{contact}", "call", "--dry-run"],
    "done": ["done", "key of the gauge box", "--dry-run"],
    "snooze": ["snooze", "{contact}", "2w", "--dry-run"],
    "undo": ["-C", "{book}", "undo"],
    "fmt": ["fmt", "--dry-run"],
    "history": ["history", "{contact}"],
    "check": ["check"],
    "due": ["due", "--json"],
    "agenda": ["agenda"],
    "show": ["show", "{contact}"],
    "list": ["list", "contacts"],
    "find": ["find", "lin"],
    "brief": ["brief", "events/waterwatch-summit"],
    "path": ["path", "{contact}"],
    "matches": ["matches"],
    "circles": ["circles"],
    "ledger": ["ledger"],
    "influence": ["influence"],
    "sync": ["-C", "{book}", "sync"],
    "merge-driver": ["merge-driver", *["contacts/wenxi.md"] * 4],
    "completion": ["completion", "bash"],
}
#: These two make the site; they ask MkDocs what its settings mean.
SITE = {"build", "serve"}
#: What costs time to load, and only these two need.
HEAVY = ("mkdocs", "material", "jinja2", "markdown", "pygments", "nh3")

#: What takes files and names apart. Nobody needs it again for what was read before.
PARSING = {"yaml", "frontmatter", "pypinyin", "concurrent", "multiprocessing", "rich"}

WATCH = """
import atexit, sys
atexit.register(lambda: print(
    "loaded:", *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr))
from renmai.cli import main
sys.argv = ["renmai", *sys.argv[1:]]
main()
"""


def loaded_by(*arguments: str) -> tuple[int, set[str]]:
    """The exit code of `renmai ARGUMENTS`, and the packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("loaded:"), done.stderr
    return done.returncode, set(last.split()[1:])


def a_contact() -> str:
    return next(path.stem for path in sorted((ROOT / "contacts").rglob("*.md")))


def a_book(folder: Path) -> Path:
    """A new book that a command may change, with a write that can be taken back."""
    book = folder / "book"
    assert loaded_by("init", str(book))[0] == 0
    assert loaded_by("-C", str(book), "new", "contact", "Ada")[0] == 0
    return book


def test_every_command_is_tried() -> None:
    from renmai.cli.program import COMMANDS, PLUMBING

    assert {*COMMANDS, *PLUMBING} == set(CALLS) | SITE


@pytest.mark.parametrize("command", CALLS)
def test_a_command_does_not_load_mkdocs(command: str, tmp_path: Path) -> None:
    filled = [
        part.format(
            tmp=tmp_path,
            contact=a_contact() if "{contact}" in part else "",
            book=a_book(tmp_path) if "{book}" in part else "",
        )
        for part in CALLS[command]
    ]
    code, loaded = loaded_by(*filled)
    assert code == 0
    assert "renmai" in loaded
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize(
    "arguments", [["due"], ["due", "--json"], ["show", "{id}"], ["find", "li"]]
)
def test_what_was_read_is_not_taken_apart_again(arguments: list[str], tmp_path: Path) -> None:
    book = tmp_path / "book"
    loaded_by("init", str(book), "--demo", "--lang", "zh")
    id = next(path.stem for path in sorted((book / "contacts").rglob("*.md")))
    call = ["-C", str(book), *(part.format(id=id) for part in arguments)]
    _, loaded = loaded_by(*call)
    assert "yaml" in loaded  # were the watch blind, this would fail
    code, loaded = loaded_by(*call)
    assert code == 0
    assert not loaded & PARSING


def test_help_does_not_load_mkdocs() -> None:
    code, loaded = loaded_by("build", "--help")
    assert code == 0
    assert not loaded & set(HEAVY)


def test_the_watch_sees_mkdocs(tmp_path: Path) -> None:
    """`build` loads MkDocs: were the watch blind, this would fail."""
    loaded_by("init", str(tmp_path / "book"))
    code, loaded = loaded_by("-C", str(tmp_path / "book"), "build")
    assert code == 0
    assert "mkdocs" in loaded


def test_the_next_build_does_without_mkdocs(tmp_path: Path) -> None:
    """Its settings are what they were: what it said of them is remembered."""
    loaded_by("init", str(tmp_path / "book"))
    loaded_by("-C", str(tmp_path / "book"), "build")
    code, loaded = loaded_by("-C", str(tmp_path / "book"), "build")
    assert code == 0
    assert not loaded & {"mkdocs", "markdown", "pygments"}
