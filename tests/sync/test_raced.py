"""Several at once: on one clone one after the other, on two clones both get through."""

from __future__ import annotations

import threading
from pathlib import Path

from renmai.storage.lock import lock
from tests.cli.running import process
from tests.sync.conftest import clone
from tests.sync.kit import ENVIRONMENT, Device, card, hook, kill, wait_for


def test_two_syncs_on_one_clone(one: Device) -> None:
    one.write("contacts/li.md", card("Li"))
    both = [one.start(), one.start()]
    said = [each.communicate() for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    assert one.git("rev-list", "--count", "HEAD") == "2"
    assert one.status == ""


def test_a_second_sync_does_not_wait_for_ever(one: Device) -> None:
    hook(one, "pre-push", "touch ../waiting; sleep 60")
    one.write("contacts/li.md", card("Li"))
    first = one.start()
    wait_for(one.root.parent / "waiting", first)
    try:
        result = one.sync()
        assert (result.code, "another renmai sync" in result.err) == (1, True)
    finally:
        kill(first)


def test_clones_that_push_at_once(one: Device, hub: Path, tmp_path: Path) -> None:
    devices = [one, *(clone(hub, tmp_path / f"d{number}") for number in range(3))]
    for number, device in enumerate(devices):
        device.write(f"contacts/p{number}.md", card(f"P{number}"))
        device.append("contacts/me.md", f"\n- [ ] task {number}\n")
    running = [device.start() for device in devices]
    said = [each.communicate() for each in running]
    assert [each.returncode for each in running] == [0] * 4, said
    for device in devices:
        device.synced()
    assert len({device.head for device in devices}) > 0
    devices[0].synced()
    for number in range(4):
        assert devices[0].read(f"contacts/p{number}.md") == card(f"P{number}")
        assert devices[0].read("contacts/me.md").count(f"task {number}") == 1


def test_the_remote_moves_between_fetch_and_push(one: Device, two: Device) -> None:
    """Each time this one pushes, the other was quicker; a bounded number of times."""
    quicker = f"cd {one.root} && unset $(git rev-parse --local-env-vars) && "
    quicker += "git commit -q --allow-empty -m quicker && git push -q"
    hook(
        two,
        "pre-push",
        f"n=$(ls ../n* 2>/dev/null | wc -l); [ $n = 2 ] || {{ touch ../n$n; {quicker}; }}",
    )
    two.write("contacts/li.md", card("Li"))
    assert "Sent" in two.synced().out
    one.synced()
    assert one.read("contacts/li.md") == card("Li")
    for path in one.root.parent.glob("n*"):
        path.unlink()
    hook(two, "pre-push", quicker)
    two.write("contacts/wang.md", card("Wang"))
    result = two.sync()
    assert (result.code, "Try again" in result.err, result.err.count("\n")) == (1, True, 1)
    (two.root / ".git/hooks/pre-push").unlink()
    two.synced()


def test_log_during_a_sync_waits_and_is_not_lost(one: Device, two: Device) -> None:
    """Somebody writes while the other's changes come in: the lock is theirs for a moment."""
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a"))
    one.synced()
    two.write("contacts/wang.md", card("Wang"))
    with lock(two.book):
        sync = two.start()
        threading.Event().wait(1)
        assert sync.poll() is None
        two.append("contacts/wang.md", "- 2026-02-02 call: while it waits\n")
    assert sync.wait(30) == 0, sync.communicate()
    sync.communicate()
    assert two.read("contacts/li.md") == card("Li", "2026-01-01 call: a")
    assert "while it waits" in two.read("contacts/wang.md")


def test_a_writer_that_never_ends_is_not_waited_for(one: Device) -> None:
    one.write("contacts/li.md", card("Li"))
    with lock(one.book):
        result = process("sync", cwd=one.book, **ENVIRONMENT)
    assert (result.code, result.err.count("\n")) == (1, 1)
    one.synced()


def test_a_file_saved_while_the_others_come_in(one: Device, two: Device) -> None:
    """An editor asks for no lock: what it saves between fetch and merge is committed first."""
    one.write("contacts/me.md", "---\nname: Me\nme: yes\ncity: Suzhou\n---\n")
    one.synced()
    hook(
        two,
        "reference-transaction",
        """
        if [ "$1" = committed ] && grep -q refs/remotes; then
            printf -- '- [ ] saved just now\\n' >> contacts/me.md
            rm .git/hooks/reference-transaction
        fi""",
    )
    two.write("contacts/li.md", card("Li"))
    two.synced()
    assert "saved just now" in two.read("contacts/me.md")
    assert "city: Suzhou" in two.read("contacts/me.md")
    assert two.status == ""
