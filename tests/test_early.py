"""What another process looks at while the program loads, and what it changes: nothing but time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from renmai import early
from renmai.ahead import Ahead
from renmai.site import folder as site_folder
from renmai.site.build import build_site
from renmai.site.folder import SiteFolder
from renmai.storage import opening, walk
from renmai.storage.opening import open_book
from tests.site.conftest import TODAY

CARD = "---\nname: {name}\ncadence: 1m\n---\n## Log\n- 2026-09-01 call: Tea\n"

#: A run for which a book of so many bytes is a large one.
RUN = "import renmai.early as early; early._LARGE = {large}; import renmai.__main__ as m; m.main()"


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Ahead:
    """What a run finds out ahead, where every book counts as a large one, and one may wait."""
    made = Ahead()
    for module in (early, walk, site_folder):
        monkeypatch.setattr(module, "ahead", made)
    monkeypatch.setattr(early, "_LARGE", 0)
    monkeypatch.setattr("renmai.ahead._PATIENCE", 20)
    monkeypatch.setattr("renmai.ahead.cores", lambda: 2)
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book that was opened before, and its site."""
    made = tmp_path / "书 book"
    (made / "contacts").mkdir(parents=True)
    (made / "mkdocs.yml").write_text("site_name: t\nplugins:\n  - renmai\n")
    for name in ("ann", "李"):
        (made / f"contacts/{name}.md").write_text(CARD.format(name=name))
    build_site(made, today=TODAY)
    return made


def test_files_are_looked_at_once(
    ahead: Ahead, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early.look_ahead(["due", "-C", str(root)])
    monkeypatch.setattr(opening, "Walk", None)
    assert sorted(open_book(root).book.contacts) == ["ann", "李"]


def test_what_changed_is_seen(ahead: Ahead, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "contacts/ann.md").write_text(CARD.format(name="Anna"))
    (root / "contacts/eve.md").write_text(CARD.format(name="Eve"))
    (root / "contacts/李.md").unlink()
    early.look_ahead(["-C", str(root), "due"])
    monkeypatch.setattr(opening, "Walk", None)
    book = open_book(root).book
    assert [each.name for each in book.contacts.values()] == ["Anna", "Eve"]


def test_a_book_is_found_from_within(
    ahead: Ahead, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "contacts")
    early.look_ahead(["due"])
    assert walk.walked_ahead(str(root)) is not None


@pytest.mark.parametrize(
    "args",
    [
        ["log", "ann", "build"],
        ["--lang", "zh", "log", "due"],
        ["-C", "due", "log"],
        ["due"],
        ["-C"],
    ],
)
def test_who_writes_or_has_no_book_looks_later(
    ahead: Ahead, root: Path, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent if args == ["due"] else root)
    early.look_ahead(args)
    assert walk.walked_ahead(str(root)) is None


def test_a_pipe_is_no_settings(ahead: Ahead, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    within = root / "contacts"
    os.mkfifo(within / "mkdocs.yml")
    monkeypatch.chdir(within)
    early.look_ahead(["due"])
    assert walk.walked_ahead(str(root)) is not None


def test_what_a_walk_cannot_pass_is_left_to_the_program(ahead: Ahead, root: Path) -> None:
    (root / "contacts/away.md").symlink_to("/etc/hostname")
    early.look_ahead(["check", "-C", str(root)])
    assert walk.walked_ahead(str(root)) is None
    assert [each.code for each in open_book(root).problems] == ["outside-book"]


def test_lost_pages_are_found(ahead: Ahead, root: Path) -> None:
    site = root / "site"
    (site / "contacts/ann.html").unlink()
    (site / "index.html").write_text("?")
    early.look_ahead(["build", "-C", str(root)])
    found = SiteFolder(site)
    found.__dict__["_stands"] = None  # not to be asked
    assert sorted(found.lost) == ["contacts/ann.html", "index.html"]


def test_lost_pages_are_those_of_the_same_build(ahead: Ahead, root: Path) -> None:
    early.look_ahead(["build", "-C", str(root)])
    while walk.walked_ahead(str(root)) is None:  # the other process is at it
        time.sleep(0.01)
    (root / "contacts/ann.md").write_text(CARD.format(name="Anna"))
    build_site(root, today=TODAY)
    (root / "site/index.html").unlink()
    assert SiteFolder(root / "site").lost == ["index.html"]


@pytest.mark.parametrize("setting", ["site_dir: public", "site_dir: '../公开'", 'site_dir: "s"'])
def test_where_the_site_is(root: Path, setting: str) -> None:
    (root / "mkdocs.yml").write_text(f"site_name: t\n{setting}\nplugins:\n  - renmai\n")
    built = build_site(root, today=TODAY)
    assert early._site(str(root), (root / "mkdocs.yml").read_bytes()) == str(built.site_dir)


def broken() -> Iterator[tuple[str, bytes]]:
    yield "one", b"1" * 200_000
    raise RuntimeError("not to be seen")


def killed() -> Iterator[tuple[str, bytes]]:
    yield "one", b"1" * 200_000
    os._exit(1)


@pytest.mark.parametrize("work", [broken, killed])
def test_a_copy_that_ends_early(
    ahead: Ahead, work: Callable[[], Iterator[tuple[str, bytes]]], capfd: pytest.CaptureFixture[str]
) -> None:
    ahead.begin(work)
    assert ahead.take("two") is None
    assert ahead.take("one") == b"1" * 200_000
    assert ahead.take("one") is None
    assert capfd.readouterr() == ("", "")


def test_nobody_waits_for_long(ahead: Ahead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.ahead._PATIENCE", 0.01)

    def slow() -> Iterator[tuple[str, bytes]]:
        time.sleep(1.5)
        yield "one", b"1"

    ahead.begin(slow)
    assert ahead.take("one") is None
    monkeypatch.setattr("renmai.ahead._PATIENCE", 20)
    assert ahead.take("one") == b"1"


@pytest.mark.parametrize("command", ["build", "due", "check", "find"])
def test_a_run_says_the_same(root: Path, command: str) -> None:
    """Whether another process looks ahead or none does."""
    said, words = [], ["tea"] if command == "find" else []
    for name, large in (("Anna", 0), ("Ella", 10**9)):
        (root / "contacts/ann.md").write_text(CARD.format(name=name))
        run = [sys.executable, "-c", RUN.format(large=large), command, *words]
        done = subprocess.run(
            [*run, "--today", "2026-11-21"],
            cwd=root, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert command in ("build", "check") or name in done.stdout
        said.append((done.returncode, done.stdout.replace(name, "NAME"), done.stderr))
    assert said[0] == said[1]
