"""Where sync cannot go on: one line that says what to do, exit 1, nothing else changed."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.sync.conftest import begin
from tests.sync.kit import Device, card, hook


def diverge(one: Device, two: Device) -> None:
    """`two` has what conflicts with what `one` sent, and has not seen it."""
    one.write("notes.txt", "line of one\n")
    one.commit("one")
    one.git("push", "-q")
    two.write("notes.txt", "line of two\n")
    two.commit("two")
    two.git("fetch", "-q")


def detach(one: Device, two: Device) -> None:
    two.git("switch", "-q", "--detach")


def merge(one: Device, two: Device) -> None:
    two.git("merge", "origin/main", fine=(1,))


def clean_merge(one: Device, two: Device) -> None:
    two.git("merge", "--no-commit", "-s", "ours", "origin/main")


def rebase(one: Device, two: Device) -> None:
    two.git("rebase", "origin/main", fine=(1,))


def rebase_by_patches(one: Device, two: Device) -> None:
    two.git("rebase", "--apply", "origin/main", fine=(1,))


def cherry_pick(one: Device, two: Device) -> None:
    two.git("cherry-pick", "origin/main", fine=(1,))


def revert(one: Device, two: Device) -> None:
    two.git("commit", "-q", "--allow-empty", "-m", "x")
    two.write("notes.txt", "other\n")
    two.commit()
    two.git("revert", "--no-edit", "HEAD~2", fine=(1,))


def bisect(one: Device, two: Device) -> None:
    two.git("bisect", "start", "HEAD", "HEAD~1")


@pytest.mark.parametrize(
    ("begun", "says"),
    [
        (detach, "git switch main"),
        (merge, "git merge --abort"),
        (clean_merge, "git merge --abort"),
        (rebase, "git rebase --continue"),
        (rebase_by_patches, "git rebase --continue"),
        (cherry_pick, "git cherry-pick --abort"),
        (revert, "git revert --abort"),
        (bisect, "git bisect reset"),
    ],
)
def test_what_somebody_else_began(
    begun: Callable[[Device, Device], None], says: str, one: Device, two: Device
) -> None:
    diverge(one, two)
    begun(one, two)
    two.write("contacts/wang.md", card("Wang"))
    before = two.state
    result = two.sync()
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert says in result.err
    assert two.state == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_remote(language: str, tmp_path: Path) -> None:
    device = begin(tmp_path / "one", language=language)
    result = device.synced()
    assert "git remote add origin" in result.out
    assert device.status == ""
    assert device.git("rev-list", "--count", "HEAD") == "1"


@pytest.mark.parametrize(
    "address",
    [
        "gone.git",
        "https://127.0.0.1:1/x.git",
        "ssh://nobody@127.0.0.1:1/x.git",
        "git://127.0.0.1:1/x",
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_out_of_reach(address: str, known: bool, one: Device) -> None:
    one.git("remote", "set-url", "origin", address)
    if not known:
        one.git("config", "--unset", "branch.main.remote")
    one.write("contacts/wang.md", card("Wang"))
    result = one.synced()
    assert "origin is out of reach" in result.out
    assert one.status == ""
    assert one.git("log", "-1", "--format=%s") == "Update Wang"


def test_a_stick_that_comes_back(one: Device, two: Device, hub: Path) -> None:
    hub.rename(hub.parent / "away")
    one.write("contacts/wang.md", card("Wang"))
    one.synced()
    (hub.parent / "away").rename(hub)
    assert "Sent to origin." in one.synced().out
    two.synced()
    assert two.read("contacts/wang.md") == card("Wang")


def test_a_hook_there_refuses(one: Device, hub: Path) -> None:
    script = hub / "hooks" / "pre-receive"
    script.write_text("#!/bin/sh\necho 'this branch is protected'\nexit 1\n")
    script.chmod(0o755)
    one.write("contacts/wang.md", card("Wang"))
    result = one.sync()
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "this branch is protected" in result.err
    assert one.status == ""
    script.unlink()
    assert "Sent" in one.synced().out


def test_a_repository_with_a_work_tree_of_its_own_refuses(one: Device, tmp_path: Path) -> None:
    other = begin(tmp_path / "other")
    other.commit()
    one.git("remote", "set-url", "origin", str(other.root))
    result = one.sync()
    assert (result.code, "checked out" in result.err) == (1, True)


def test_one_is_not_let_in(one: Device, tmp_path: Path) -> None:
    """By an ssh that says what ssh says."""
    ssh = tmp_path / "ssh"
    ssh.write_text(
        "#!/bin/sh\necho 'git@example.com: Permission denied (publickey).' >&2\nexit 255\n"
    )
    ssh.chmod(0o755)
    one.git("remote", "set-url", "origin", "git@example.com:x.git")
    one.write("contacts/wang.md", card("Wang"))
    result = one.sync(GIT_SSH_COMMAND=str(ssh))
    assert (result.code, "does not let you in" in result.err) == (1, True)
    assert one.status == ""


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "pre-push"])
def test_a_hook_here_refuses(name: str, one: Device) -> None:
    hook(one, name, "echo 'not on a Sunday' >&2; exit 1")
    one.write("contacts/wang.md", card("Wang"))
    before = one.head
    result = one.sync()
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "not on a Sunday" in result.err
    assert (one.head == before) == (name != "pre-push")
    hook(one, name, "exit 0")
    one.synced()
    assert one.status == ""


def test_hooks_run_as_with_git(one: Device, two: Device) -> None:
    for device in (one, two):
        for name in ("pre-commit", "post-commit", "post-merge", "pre-push"):
            hook(device, name, f"echo {name} >> {device.root.parent}/{device.root.name}.log")
    one.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.synced()
    log = one.root.parent / "one.log"
    assert log.read_text().split() == ["pre-commit", "post-commit", "pre-push"]
    assert (one.root.parent / "two.log").read_text().split() == ["post-merge"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_repository(language: str, tmp_path: Path) -> None:
    device = begin(tmp_path / "one", language=language)
    shutil.rmtree(device.root / ".git")
    result = device.sync(GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (result.code, "git init" in result.err, result.err.count("\n")) == (1, True, 1)


def test_no_git(one: Device, tmp_path: Path) -> None:
    result = one.sync(PATH=str(tmp_path))
    assert (result.code, "Install it" in result.err) == (1, True)


def test_no_json_and_no_book(one: Device, tmp_path: Path) -> None:
    assert run("sync", "--json", cwd=one.book).code == 2
    assert run("sync", cwd=tmp_path).code == 2


def test_an_open_lock_of_somebody_else_stays(one: Device) -> None:
    one.write("contacts/wang.md", card("Wang"))
    for name in ("index.lock", "refs/heads/main.lock", "refs/remotes/origin/main.lock"):
        lock = one.root / ".git" / name
        lock.write_bytes(b"")
        result = one.sync()
        assert (result.code, name in result.err) == (1, True)
        assert lock.exists()
        lock.unlink()
    one.synced()
    assert one.status == ""


def test_conflict_markers_that_are_no_conflict_stop_the_push(one: Device, hub: Path) -> None:
    before = one.git("ls-remote", "origin")
    one.write("contacts/li.md", card("Li") + "<<<<<<< mine\n- a\n=======\n- b\n>>>>>>> yours\n")
    result = one.sync()
    assert (result.code, "contacts/li.md:7" in result.err) == (1, True)
    assert one.git("ls-remote", "origin") == before
    assert one.sync().code == 1
    one.write("contacts/li.md", card("Li"))
    one.synced()


def test_what_is_in_the_way_is_not_overwritten(one: Device, two: Device) -> None:
    one.write("site/page.html", "of one\n")
    one.git("add", "-f", "site/page.html")
    one.synced()
    two.write("site/page.html", "of two\n")
    result = two.sync()
    assert (result.code, "site/page.html" in result.err) == (1, True)
    assert two.read("site/page.html") == "of two\n"
    assert two.status == ""
    (two.book / "site/page.html").unlink()
    two.synced()
    assert two.read("site/page.html") == "of one\n"


def test_a_clone_that_is_too_shallow(one: Device, hub: Path, tmp_path: Path) -> None:
    for number in range(3):
        one.write("contacts/wang.md", card(f"Wang {number}"))
        one.synced()
    path = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{hub}", str(path)], check=True)
    shallow = Device(path)
    shallow.write("contacts/zhao.md", card("Zhao"))
    shallow.git("config", "user.name", "s")
    shallow.git("config", "user.email", "s@example.com")
    shallow.synced()
    one.synced()
    assert one.read("contacts/zhao.md") == card("Zhao")


def test_a_folder_that_git_ignores(hub: Path, tmp_path: Path) -> None:
    device = begin(tmp_path / "one", hub, within="people")
    (device.root / ".gitignore").write_text("people/\n")
    result = device.sync()
    assert (result.code, "people" in result.err) == (1, True)


def test_git_is_never_forced_and_nothing_is_stashed(one: Device, two: Device) -> None:
    """Of what is forced, the trail is a branch that moved to what does not hold the old one."""
    for number in range(3):
        one.append("contacts/me.md", f"\n- [ ] task {number}\n")
        two.write(f"contacts/p{number}.md", card(f"P{number}"))
        one.synced()
        two.synced()
    for device in (one, two):
        trail = device.git("reflog", "--format=%H", "main").split()
        for newer, older in pairwise(trail):
            device.git("merge-base", "--is-ancestor", older, newer)
        assert device.git("stash", "list") == ""


def test_a_git_that_is_too_old(one: Device, two: Device, tmp_path: Path) -> None:
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    knows_not = f'case "$*" in *merge-tree*) exit 129;; esac; exec {shutil.which("git")} "$@"'
    old.write_text(f"#!/bin/sh\n{knows_not}\n")
    old.chmod(0o755)
    one.write("contacts/li.md", card("Li"))
    two.write("contacts/wang.md", card("Wang"))
    one.synced()
    result = two.sync(PATH=f"{old.parent}:/usr/bin:/bin")
    assert (result.code, "2.38" in result.err) == (1, True)
    two.synced()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user(one: Device) -> None:
    for path in (one.root, *one.root.rglob("*")):
        os.lchown(path, 12345, 12345)
    result = one.sync(SUDO_UID="")
    assert (result.code, "safe.directory" in result.err) == (1, True)


def test_what_the_machine_refuses_is_said_by_the_folder_that_it_was_for(
    one: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows the name of a file that is not whole yet."""

    def refuse(*_: object) -> None:
        unfinished = str(one.root / "contacts" / ".renmai-1.tmp")
        raise PermissionError(errno.EACCES, "Permission denied", unfinished)

    monkeypatch.setattr("renmai.cli.commands.sync.sync", refuse)
    result = run("-C", str(one.root), "sync")
    assert result.code == 1
    assert result.err == "renmai: contacts: not permitted. Mend that, then: renmai sync\n"
