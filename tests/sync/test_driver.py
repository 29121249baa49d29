"""The merge driver in place: it is called as git calls drivers, from `sync` and from git alone."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from renmai.sync import driver
from tests.cli.running import run
from tests.sync.conftest import begin, clone
from tests.sync.kit import ENVIRONMENT, Device, card

PATHS = ["contacts/li.md", "contacts/a/b/li.MD", "events/e.md", "communities/c.md"]


def merges_by(device: Device, path: str) -> str:
    """The merge attribute of a path."""
    return device.git("check-attr", "merge", "--", path).rpartition(": ")[2]


def test_a_new_book_has_it(tmp_path: Path) -> None:
    assert run("init", "book", cwd=tmp_path, **ENVIRONMENT).code == 0
    device = Device(tmp_path / "book")
    assert [merges_by(device, path) for path in PATHS] == ["renmai"] * 4
    assert merges_by(device, "README.md") == "unspecified"
    assert device.git("config", "merge.renmai.driver") == driver.call()
    assert device.git("check-attr", "text", "--", "contacts/li.md").endswith("unset")
    assert not (device.root / ".renmai").exists()


def test_sync_puts_it_into_an_older_book_and_its_clones(one: Device, two: Device) -> None:
    for device in (one, two):
        assert [merges_by(device, path) for path in PATHS] == ["renmai"] * 4
        assert device.git("config", "merge.renmai.driver") == driver.call()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_users_lines_stay(end: str, hub: Path, tmp_path: Path) -> None:
    device = begin(tmp_path / "one", hub)
    mine = f"# mine{end}*.jpg -diff{end}events/** merge=union"
    device.write(".gitattributes", mine)
    device.synced()
    text = device.read(".gitattributes")
    assert text.startswith(mine + end)
    assert text.endswith(f"merge=renmai{end}")
    assert merges_by(device, "contacts/li.md") == "renmai"
    assert merges_by(device, "events/e.md") == "union"
    device.synced()
    assert device.read(".gitattributes") == text


def test_a_call_that_is_out_of_date_is_refreshed(one: Device) -> None:
    one.git("config", "merge.renmai.driver", "/gone/python -m renmai merge-driver %O %A %B %P")
    one.synced()
    assert one.git("config", "merge.renmai.driver") == driver.call()


def test_it_is_called_by_its_full_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/a place/100%/python's")
    words = shlex.split(driver.call().replace("%%", "%"))
    assert words[0] == "/a place/100%/python's"
    assert words[-4:] == ["%O", "%A", "%B", "%P"]


def diverged(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a", front="tags: [a]\n"))
    one.synced()
    two.synced()
    one.write(
        "contacts/li.md",
        card("Li", "2026-01-01 call: a", "2026-02-01 call: of one", front="tags: [a, one]\n"),
    )
    two.write(
        "contacts/li.md",
        card("Li", "2026-01-01 call: a", "2026-02-02 call: of two", front="tags: [a, two]\n"),
    )
    one.synced()


def assert_merged(text: str) -> None:
    for part in ("call: of one\n", "call: of two\n", "one", "two"):
        assert part in text
    assert "<<<<" not in text


def test_entries_of_two_devices_do_not_conflict(one: Device, two: Device) -> None:
    diverged(one, two)
    two.synced()
    assert_merged(two.read("contacts/li.md"))
    assert run("check", cwd=two.book).code == 0
    one.synced()
    assert one.head == two.head


def test_git_alone_calls_it_too_with_nothing_of_ours_on_the_path(one: Device, two: Device) -> None:
    diverged(one, two)
    two.commit()
    two.write("renmai.py", "raise SystemExit('not ours')\n")
    subprocess.run(
        ["git", "pull", "-q", "--no-rebase", "--no-edit"],
        cwd=two.root / "contacts",
        env={**ENVIRONMENT, "PATH": "/usr/bin:/bin", "HOME": str(two.root)},
        check=True,
    )
    assert_merged(two.read("contacts/li.md"))


def test_in_a_folder_of_a_larger_repository(hub: Path, tmp_path: Path) -> None:
    one = begin(tmp_path / "one", hub, within="my people")
    one.synced()
    two = clone(hub, tmp_path / "two", within="my people")
    two.synced()
    diverged(one, two)
    two.synced()
    assert_merged(two.read("contacts/li.md"))


def test_two_cards_of_one_person_begun_apart_become_one(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("Li", "2026-01-01 call: of one", front="city: Suzhou\n"))
    two.write("contacts/li.md", card("Li", "2026-01-02 call: of two", front="tier: 15\n"))
    one.synced()
    two.synced()
    for part in ("city: Suzhou", "tier: 15", "of one", "of two"):
        assert two.read("contacts/li.md").count(part) == 1


def test_without_the_driver_git_merges_by_lines(
    one: Device, two: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that cannot be started leaves no marker; both versions must be seen all the same."""
    diverged(one, two)
    monkeypatch.setattr(sys, "executable", os.fspath(two.root / "no python"))
    result = two.sync()
    assert result.code == 1
    text = two.read("contacts/li.md")
    assert "<<<<<<< HEAD\n" in text
    assert ">>>>>>> origin/main\n" in text
    assert all(part in text for part in ("of one", "of two"))
