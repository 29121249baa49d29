"""`renmai merge-driver %O %A %B %P`: what it writes, what it answers, and git that calls it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from renmai.cli.program import run
from tests.merge.cards import card, log

OLD, MID, NEW = "2026-09-01 call: a", "2026-10-01 meet: b", "2026-11-01 call: c"
DRIVER = f"{shlex.quote(sys.executable)} -P -m renmai merge-driver %O %A %B %P"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def driven(*files: str | bytes, path: str = "contacts/li.md") -> tuple[int, bytes]:
    """Exit code, and what is in %A afterwards."""
    write(files)
    code = run(["merge-driver", "O", "A", "B", path])
    return code, Path("A").read_bytes()


def by_git(*files: str | bytes) -> tuple[int, bytes]:
    """What `git merge-file A O B` makes of them."""
    write(files)
    done = subprocess.run(["git", "merge-file", "A", "O", "B"], capture_output=True)
    return done.returncode, Path("A").read_bytes()


def write(files: Sequence[str | bytes]) -> None:
    for name, content in zip("OAB", files, strict=True):
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)


def test_the_merge_goes_to_our_file_and_nothing_else_changes() -> None:
    texts = card("", log(OLD)), card("", log(MID, OLD)), card("", log(NEW, OLD))
    Path("A").write_text("")
    Path("A").chmod(0o640)
    assert driven(*texts) == (0, card("", log(NEW, MID, OLD)).encode())
    assert Path("O").read_text() == texts[0]
    assert Path("B").read_text() == texts[2]
    assert sorted(os.listdir()) == ["A", "B", "O"]
    assert Path("A").stat().st_mode & 0o777 == 0o640


def test_it_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    driven(card("city: A\n"), card("city: B\n"), card("city: C\n"))
    assert capfd.readouterr() == ("", "")


def test_the_exit_code_counts_conflicts_as_git_does() -> None:
    def keys(value: str, count: int) -> str:
        return card("".join(f"x-{number}: {value}\n" for number in range(count)))

    assert driven(keys("a", 3), keys("b", 3), keys("c", 3))[0] == 3
    assert driven(keys("a", 200), keys("b", 200), keys("c", 200))[0] == 127


BROKEN = {
    "bad-encoding": b"---\nname: \xff\ncity: A\n---\n",
    "bad-yaml": b"---\nname: [\ncity: A\n---\n",
    "conflict-markers": b"---\nname: Li\n---\n\n<<<<<<< x\n=======\n>>>>>>> y\n",
    "duplicate-key": b"---\nname: Li\nname: Li\ncity: A\n---\n",
    "yaml-alias": b"---\nname: &a Li\ncity: A\n---\n",
    "no-front-matter": b"name: Li\ncity: A\n",
    "no-end": b"---\nname: Li\ncity: A\n",
    "empty": b"",
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_broken_file_is_left_to_git(broken: str, which: int) -> None:
    files = [card("city: A\n").encode(), card("city: B\n").encode(), card("tier: 5\n").encode()]
    files[which] = BROKEN[broken]
    if (which, broken) == (0, "empty"):
        return  # an empty ancestor is an empty record
    assert driven(*files) == by_git(*files)


@pytest.mark.parametrize(
    "path",
    ["README.md", "notes/li.md", "contacts/li.txt", "contacts/_template.md", "contacts/.x/li.md",
     "mkdocs.yml", "contacts.md"],
)  # fmt: skip
def test_what_is_no_record_is_left_to_git(path: str) -> None:
    files = card("", log(OLD)), card("", log(MID, OLD)), card("", log(NEW, OLD))
    assert by_git(*files)[0] == 1
    assert driven(*files, path=path) == by_git(*files)


def test_binary_content_is_left_to_git(capfd: pytest.CaptureFixture[str]) -> None:
    files = card("", "\n\0a\n"), card("", "\n\0b\n"), card("", "\n\0c\n")
    assert driven(*files) == by_git(*files) == (255, files[1].encode())


def test_a_book_within_a_repository() -> None:
    settings = "plugins:\n  - renmai\n"
    files = card("", log(OLD)), card("", log(MID, OLD)), card("", log(NEW, OLD))
    book = Path("people/contacts")
    book.mkdir(parents=True)
    assert driven(*files, path="people/contacts/li.md")[0] == 0
    assert driven(*files, path="contacts/of/events/li.md")[0] == 0
    (Path("people") / "mkdocs.yml").write_text(settings)
    assert driven(*files, path="people/contacts/li.md")[0] == 0
    # Within a book it is the book's own folders that count.
    assert driven(*files, path="people/old/contacts/li.md")[0] == 1


@pytest.mark.parametrize(
    "path", ["contacts/林 晓舟's $(x).md", "contacts/work/LI.MD", "events/e.md"]
)
def test_names_of_all_kinds(path: str) -> None:
    files = card("", log(OLD)), card("", log(MID, OLD)), card("", log(NEW, OLD))
    assert driven(*files, path=path)[0] == 0


def test_a_missing_file_is_said_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["merge-driver", "O", "A", "B", "contacts/li.md"]) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_a_fault_of_ours_costs_nobody_a_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fault(*_: object) -> None:
        raise AssertionError("oh")

    monkeypatch.setattr("renmai.cli.commands.merge_driver.merge_record", fault)
    files = card("", log(OLD)), card("", log(MID, OLD)), card("", log(NEW, OLD))
    assert driven(*files) == by_git(*files)
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "AssertionError: oh" in said


def test_without_git_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    code, data = driven("a\n", "b\n", "c\n")
    assert (code, data) == (2, b"b\n")
    assert capfd.readouterr().err.count("\n") == 1


# Real git


class Clone:
    """A repository with the driver in place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main")
        for key, value in (
            ("user.name", "A"), ("user.email", "a@example.com"), ("merge.renmai.driver", DRIVER),
            ("core.autocrlf", "false"),
        ):  # fmt: skip
            self.git("config", key, value)
        self.write(".gitattributes", "contacts/**/*.md merge=renmai\n")

    def git(self, *args: str, fine: tuple[int, ...] = (0,)) -> int:
        environment = {
            **os.environ,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", *args], cwd=self.root, env=environment, capture_output=True, text=True
        )
        assert done.returncode in fine, done.stdout + done.stderr
        return done.returncode

    def write(self, path: str, text: str | bytes) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, path: str, text: str | bytes) -> None:
        self.write(path, text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", path)

    def both(self, path: str, base: str | None, ours: str, theirs: str) -> None:
        """Two branches that have changed a file; we are on ours."""
        self.commit("other" if base is None else path, base or "x")
        self.git("switch", "-q", "-c", "theirs")
        self.commit(path, theirs)
        self.git("switch", "-q", "main")
        self.commit(path, ours)


@pytest.mark.parametrize("path", ["contacts/li.md", "contacts/工作 pals/it's 林 $HOME.md"])
@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick"])
def test_git_merges_with_it(elsewhere: Path, path: str, how: str) -> None:
    clone = Clone(elsewhere / "my book")
    clone.both(path, card("", log(OLD)), card("city: A\n", log(MID, OLD)), card("", log(NEW, OLD)))
    clone.git(how, *(("--no-edit",) if how == "merge" else ()), "theirs")
    assert (clone.root / path).read_text() == card("city: A\n", log(NEW, MID, OLD))


def test_git_merges_two_cards_begun_apart(elsewhere: Path) -> None:
    clone = Clone(elsewhere / "book")
    clone.both("contacts/li.md", None, card("tags: [a]\n", log(OLD)), card("tags: [b]\n", log(NEW)))
    clone.git("merge", "-q", "--no-edit", "theirs")
    assert (clone.root / "contacts/li.md").read_text() == card("tags: [a, b]\n", log(NEW, OLD))


def test_git_leaves_a_conflict_open(elsewhere: Path) -> None:
    clone = Clone(elsewhere / "book")
    path = "contacts/li.md"
    clone.both(
        path,
        card("city: A\n", log(OLD)),
        card("city: B\n", log(MID, OLD)),
        card("city: C\n", log(NEW, OLD)),
    )
    assert clone.git("merge", "--no-edit", "theirs", fine=(1,)) == 1
    conflict = "<<<<<<< ours\ncity: B\n=======\ncity: C\n>>>>>>> theirs\n"
    assert (clone.root / path).read_text() == card(conflict, log(NEW, MID, OLD))
    # Marked once more, a merge of what is in conflict is git's own.
    clone.write(path, card("city: B\n", log(NEW, MID, OLD)))
    clone.git("add", "-A")
    clone.git("commit", "-q", "--no-edit")


def test_nothing_of_the_work_tree_is_imported(elsewhere: Path) -> None:
    clone = Clone(elsewhere / "book")
    for name in ("yaml.py", "renmai.py", "click.py", "msgspec.py"):
        clone.write(name, "raise SystemExit(3)")
    path = "contacts/li.md"
    clone.both(path, card("", log(OLD)), card("", log(MID, OLD)), card("", log(NEW, OLD)))
    clone.git("merge", "--no-edit", "theirs")
    assert (clone.root / path).read_text() == card("", log(NEW, MID, OLD))
