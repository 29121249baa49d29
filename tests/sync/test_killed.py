"""Killed at any moment, sync can be run again: nothing is lost, nothing half-written is kept."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.sync.conftest import copy, moved
from tests.sync.dying import sync_killed_at
from tests.sync.kit import Device, card, hook, kill, wait_for

#: All moments, or some by chance: all of them take minutes.
ALL = bool(os.environ.get("RENMAI_SOAK"))
SEED = int(os.environ.get("RENMAI_SEED", random.randrange(10**6)))


def say_seed() -> None:
    sys.stdout.write(f"RENMAI_SEED={SEED}\n")


ENTRY = "- 2026-02-02 call: what {name} wrote\n"


@pytest.fixture
def apart(one: Device, two: Device) -> Device:
    """A device that has written, as the other has, in files of both sorts; to be synced."""
    for number in range(3):
        one.write(f"contacts/p{number}.md", card(f"P{number}", "2026-01-01 call: a"))
    one.write("contacts/gone.md", card("Gone"))
    one.write("photos/a.jpg", b"\0" * 5000)
    one.synced()
    two.synced()
    for number in range(3):
        one.append(f"contacts/p{number}.md", ENTRY.format(name="one"))
    (one.book / "contacts/gone.md").unlink()
    one.write("contacts/work/new.md", card("New of one"))
    one.write("photos/a.jpg", b"\1" * 5000)
    one.synced()
    two.write("contacts/mine.md", card("New of two", "2026-02-02 call: kept"))
    two.write("contacts/me.md", "---\nname: Me\nme: yes\ncity: Suzhou\n---\n")
    return two


def assert_all_there(one: Device, two: Device) -> None:
    """Both have all that either wrote, each as its author wrote it, and nothing else."""
    one.synced()
    for device in (one, two):
        for number in range(3):
            assert device.read(f"contacts/p{number}.md").endswith(ENTRY.format(name="one"))
        assert device.read("contacts/mine.md") == card("New of two", "2026-02-02 call: kept")
        assert (device.book / "photos/a.jpg").read_bytes() == b"\1" * 5000
        assert not (device.book / "contacts/gone.md").exists()
        assert "city: Suzhou" in device.read("contacts/me.md")
        assert device.status == ""
    assert one.head == two.head
    by_two = two.git("log", "--author=two", "--no-merges", "--format=", "--name-only").split()
    assert sorted(by_two) == ["contacts/me.md", "contacts/mine.md"], "half-written, taken for ours"
    left = [path for path in (two.root / ".git").rglob("*.lock") if path.name != "syncing.lock"]
    assert left == []
    assert not list(two.root.glob(".merge_file_*"))


def moments() -> list[tuple[int, bool]]:
    """Which deed a sync does not survive, and on which side of it."""
    every = [(number, behind) for number in range(1, 160) for behind in (False, True)]
    return every if ALL else random.Random(SEED).sample(every[:240], 8)


def copied(one: Device, two: Device, hub: Path, there: Path) -> tuple[Device, Device]:
    """The same three repositories in another place."""
    there_too = copy(hub, there / hub.name)
    first, second = (copy(each.root, there / each.root.name) for each in (one, two))
    return moved(first, there_too), moved(second, there_too)


def test_killed_between_any_two_things_it_does(
    one: Device, apart: Device, hub: Path, tmp_path: Path
) -> None:
    say_seed()
    for number, behind in moments():
        here = tmp_path / f"at-{number}-{behind}"
        first, second = copied(one, apart, hub, here)
        died = sync_killed_at(second, number, behind=behind)
        second.synced()
        assert_all_there(first, second)
        shutil.rmtree(here)
        if not died and ALL:
            break


def test_killed_twice_in_a_row(one: Device, apart: Device, hub: Path, tmp_path: Path) -> None:
    say_seed()
    chance = random.Random(SEED)
    for number in range(60 if ALL else 2):
        here = tmp_path / f"twice-{number}"
        first, second = copied(one, apart, hub, here)
        for _ in range(3):
            sync_killed_at(second, chance.randrange(10, 120), behind=chance.random() < 0.5)
        second.synced()
        assert_all_there(first, second)
        shutil.rmtree(here)


def test_killed_while_git_is_at_work(one: Device, apart: Device, hub: Path, tmp_path: Path) -> None:
    """At some moment, with whatever git is in the middle of."""
    say_seed()
    chance = random.Random(SEED)
    for number in range(100 if ALL else 3):
        here = tmp_path / f"moment-{number}"
        first, second = copied(one, apart, hub, here)
        process = second.start()
        time.sleep(chance.uniform(0.15, 0.7))
        kill(process, group=chance.random() < 0.7)
        second.synced()
        assert_all_there(first, second)
        shutil.rmtree(here)


#: Where git stands with locks in its hands when the hook kills everything.
LOCKED = [
    ("pre-commit", "", set()),
    ("post-index-change", "", set()),
    ("reference-transaction", "prepared refs/heads/main", {"refs/heads/main.lock"}),
    ("reference-transaction", "prepared refs/remotes", {"refs/remotes/origin/main.lock"}),
    ("pre-push", "", set()),
    ("post-merge", "", set()),
]


@pytest.mark.parametrize(("name", "when", "left"), LOCKED)
def test_the_locks_that_git_left_are_cleared(
    name: str, when: str, left: set[str], one: Device, apart: Device
) -> None:
    """Killed in the middle of git, and within the lock that git holds then."""
    state, _, ref = when.partition(" ")
    asked = f'[ "$1" = {state} ] && grep -q {ref} && ' if when else ""
    hook(apart, name, f"{asked}kill -9 0; exit 0")
    process = apart.start()
    process.communicate()
    assert process.returncode < 0, "the hook was not run"
    git = apart.root / ".git"
    assert left <= {str(path.relative_to(git)) for path in git.rglob("*.lock")}
    (apart.root / ".git/hooks" / name).unlink()
    apart.synced()
    assert_all_there(one, apart)


def test_the_lock_of_the_index_is_cleared(one: Device, apart: Device) -> None:
    apart.git("config", "filter.deadly.clean", "kill -9 0")
    apart.append(".gitattributes", "*.jpg filter=deadly\n")
    (apart.book / "photos/a.jpg").touch()
    apart.start().communicate()
    assert (apart.root / ".git/index.lock").exists()
    apart.git("config", "--unset", "filter.deadly.clean")
    apart.git("checkout", ".gitattributes", fine=(0, 128))
    apart.synced()
    assert apart.status == ""


def test_the_lock_that_a_push_left_on_a_stick_is_cleared(
    one: Device, apart: Device, hub: Path
) -> None:
    script = hub / "hooks" / "reference-transaction"
    script.write_text('#!/bin/sh\n[ "$1" = prepared ] && kill -9 0\nexit 0\n')
    script.chmod(0o755)
    apart.start().communicate()
    assert (hub / "refs/heads/main.lock").exists()
    script.unlink()
    apart.synced()
    assert_all_there(one, apart)


def test_the_lock_of_somebody_else_stays_after_a_kill(one: Device, apart: Device) -> None:
    """Killed while it asks the remote, it holds no lock of the index: that one is another's."""
    hook(apart, "pre-push", "touch waiting; sleep 30")
    process = apart.start()
    wait_for(apart.root / "waiting", process)
    kill(process)
    (apart.root / "waiting").unlink()
    (apart.root / ".git/hooks/pre-push").unlink()
    lock = apart.root / ".git/index.lock"
    lock.write_bytes(b"")
    result = apart.sync()
    assert (result.code, "index.lock" in result.err) == (1, True)
    assert lock.exists()
    lock.unlink()
    apart.synced()
    assert_all_there(one, apart)


def test_git_that_outlives_sync_is_waited_for(one: Device, apart: Device) -> None:
    """Killed alone: its git goes on, and must not be disturbed."""
    hook(apart, "pre-commit", "touch ../waiting; sleep 4; touch ../ended")
    process = apart.start()
    wait_for(apart.root.parent / "waiting", process)
    kill(process, group=False)
    (apart.root / ".git/hooks/pre-commit").unlink()
    apart.synced()
    assert (apart.root.parent / "ended").exists()
    assert_all_there(one, apart)


def test_what_is_written_between_the_kill_and_the_next_sync_stays(
    one: Device, apart: Device, hub: Path, tmp_path: Path
) -> None:
    """The work tree is half of the one and half of the other, and somebody writes into both."""
    half = 0
    for number in range(40, 90, 1 if ALL else 16):
        here = tmp_path / f"written-{number}"
        first, second = copied(one, apart, hub, here)
        sync_killed_at(second, number, behind=True)
        for each in range(3):
            second.append(f"contacts/p{each}.md", "- 2026-03-03 call: after the kill\n")
        half += second.read("contacts/p0.md").count("what one wrote") == 1
        second.sync()
        if second.git("ls-files", "--unmerged"):
            for each in range(3):
                text = second.read(f"contacts/p{each}.md").splitlines(keepends=True)
                kept = [line for line in text if not line.startswith(("<<<", "===", ">>>"))]
                second.write(f"contacts/p{each}.md", "".join(kept))
        second.synced()
        first.synced()
        for each in range(3):
            for device in (first, second):
                card_now = device.read(f"contacts/p{each}.md")
                assert card_now.count("after the kill") == 1
                assert card_now.count("what one wrote") == 1
        shutil.rmtree(here)
    assert half
