"""A true conflict: the merge stays open, nothing is sent, and the next sync concludes it."""

from __future__ import annotations

import pytest

from tests.sync.kit import Device, card, hook


@pytest.fixture
def open_merge(one: Device, two: Device) -> Device:
    """A device with a conflict in a card and in a text, and something clean besides."""
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a", front="city: Suzhou\n"))
    one.write("README.txt", "first\n")
    one.synced()
    two.synced()
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a", front="city: Beijing\n"))
    one.write("README.txt", "of one\n")
    one.write("contacts/wang.md", card("Wang"))
    two.write("contacts/li.md", card("Li", "2026-01-01 call: a", front="city: Hangzhou\n"))
    two.write("README.txt", "of two\n")
    one.synced()
    result = two.sync()
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "README.txt:1" in result.err
    assert "contacts/li.md" in result.err
    return two


def test_the_merge_is_open_and_nothing_is_sent(one: Device, open_merge: Device) -> None:
    two = open_merge
    assert two.git("rev-parse", "MERGE_HEAD") == one.head
    assert two.git("diff", "--name-only", "--diff-filter=U").split() == [
        "README.txt",
        "contacts/li.md",
    ]
    assert two.read("README.txt") == "<<<<<<< HEAD\nof two\n=======\nof one\n>>>>>>> origin/main\n"
    assert two.read("contacts/wang.md") == card("Wang")
    assert two.git("ls-remote", "origin", "main").split()[0] == one.head


def test_while_a_marker_is_left_nothing_changes(open_merge: Device) -> None:
    two = open_merge
    two.write("contacts/zhao.md", card("Zhao"))
    before = two.state
    for _ in range(2):
        result = two.sync()
        assert (result.code, result.out) == (1, "")
        assert "README.txt" in result.err
    assert two.state == before
    two.write("README.txt", "both\n")
    two.git("add", "-A")  # `add` says resolved; the markers say it is not
    assert two.sync().code == 1


def test_without_markers_the_next_sync_concludes_it(one: Device, open_merge: Device) -> None:
    two = open_merge
    mine = two.head
    two.write("README.txt", "both\n")
    two.write("contacts/li.md", card("Li", "2026-01-01 call: a", front="city: Beijing\n"))
    two.append("contacts/wang.md", "- 2026-02-02 call: written meanwhile\n")
    result = two.synced()
    assert "concluded" in result.out
    assert "Sent" in result.out
    assert two.git("log", "-1", "--format=%P").split() == [mine, one.head]
    assert two.status == ""
    one.synced()
    assert one.read("README.txt") == "both\n"
    assert "written meanwhile" in one.read("contacts/wang.md")


def test_deleting_the_file_settles_it_too(one: Device, open_merge: Device) -> None:
    two = open_merge
    (two.book / "README.txt").unlink()
    two.write("contacts/li.md", card("Li"))
    two.synced()
    one.synced()
    assert not (one.book / "README.txt").exists()


def test_dropped_by_hand_it_comes_again(open_merge: Device) -> None:
    two = open_merge
    two.git("merge", "--abort")
    assert two.read("README.txt") == "of two\n"
    assert two.status == ""
    assert two.sync().code == 1
    assert two.git("rev-parse", "MERGE_HEAD")


def test_concluded_by_hand_it_is_sent(one: Device, open_merge: Device) -> None:
    two = open_merge
    two.write("README.txt", "both\n")
    two.write("contacts/li.md", card("Li"))
    two.commit()
    two.synced()
    one.synced()
    assert one.head == two.head


def test_begun_anew_by_hand_it_is_not_ours(open_merge: Device) -> None:
    """What somebody else merges after dropping our merge is theirs."""
    two = open_merge
    two.git("merge", "--abort")
    two.git("commit", "-q", "--allow-empty", "-m", "x")
    two.git("merge", "origin/main", fine=(1,))
    before = two.state
    result = two.sync()
    assert (result.code, "git merge --abort" in result.err) == (1, True)
    assert two.state == before


def test_a_hook_that_refuses_the_merge_is_asked_again(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("Li"))
    two.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.commit()
    hook(two, "pre-commit", "echo no >&2; exit 1")
    assert two.sync().code == 1
    assert two.git("rev-parse", "MERGE_HEAD") == one.head
    hook(two, "pre-commit", "exit 0")
    assert "concluded" in two.synced().out
    one.synced()
    assert one.read("contacts/wang.md") == card("Wang")


def test_settings_in_conflict_are_told(one: Device, two: Device) -> None:
    text = one.read("mkdocs.yml")
    one.write("mkdocs.yml", text.replace("site_name: t", "site_name: of one"))
    two.write("mkdocs.yml", text.replace("site_name: t", "site_name: of two"))
    one.synced()
    assert "mkdocs.yml:1" in two.sync().err
    again = two.sync()
    assert (again.code, "mkdocs.yml" in again.err, again.err.count("\n")) == (2, True, 1)
    two.write("mkdocs.yml", text.replace("site_name: t", "site_name: both"))
    two.synced()
    one.synced()
    assert "site_name: both" in one.read("mkdocs.yml")
