"""Writing to a book: whole files, one writer at a time, and what can be taken back."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from renmai.storage.journal import DEPTH
from renmai.storage.opening import open_book
from renmai.storage.temporary import PREFIX, SUFFIX
from renmai.storage.writing import (
    Busy,
    CannotWrite,
    Changed,
    Writer,
    next_undo,
    undo,
    writing,
)

CARD = "contacts/li.md"
OLD = b"\xef\xbb\xbf---\r\nname: Li\r\n---\r\nno last line feed"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with one card."""
    made = tmp_path / "book"
    (made / "contacts").mkdir(parents=True)
    (made / "mkdocs.yml").write_text("plugins: [renmai]\n")
    (made / CARD).write_bytes(OLD)
    return made


def add(text: bytes):
    """A change that adds to the end."""
    return lambda old: old + text


def write(root: Path, text: bytes = b"!", path: str = CARD, what: str = "test") -> None:
    """One write that adds to the end of a file."""
    with writing(root, what) as pen:
        pen.edit(path, add(text))


def visible(folder: Path) -> list[str]:
    """Every file below a folder, but for the book's own state."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.startswith((".renmai/", ".git/")))


def test_an_edit_says_what_was_and_what_is(root: Path) -> None:
    with writing(root, "test") as pen:
        assert pen.edit(CARD, add(b"!")) == (OLD, OLD + b"!")
    assert (root / CARD).read_bytes() == OLD + b"!"
    assert visible(root) == [CARD, "mkdocs.yml"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_is_kept(root: Path, mode: int) -> None:
    (root / CARD).chmod(mode)
    write(root)
    assert stat.S_IMODE((root / CARD).stat().st_mode) == mode
    undo(root)
    assert stat.S_IMODE((root / CARD).stat().st_mode) == mode


def test_nothing_to_change_is_no_write(root: Path) -> None:
    before = (root / CARD).stat()
    with writing(root, "test") as pen:
        assert pen.edit(CARD, lambda old: old) == (OLD, OLD)
    assert (root / CARD).stat() == before
    assert next_undo(root) is None


def test_a_new_file_and_its_folders(root: Path) -> None:
    with writing(root, "test") as pen:
        pen.create("contacts/a/b/new.md", b"new")
    assert (root / "contacts/a/b/new.md").read_bytes() == b"new"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((root / "contacts/a/b/new.md").stat().st_mode) == 0o666 & ~umask
    undo(root)
    assert visible(root) == [CARD, "mkdocs.yml"]
    assert not (root / "contacts/a").exists()


def test_undo_leaves_a_folder_that_is_in_use(root: Path) -> None:
    with writing(root, "test") as pen:
        pen.create("contacts/a/b/new.md", b"new")
    (root / "contacts/a/other.md").write_bytes(b"mine")
    undo(root)
    assert visible(root) == ["contacts/a/other.md", CARD, "mkdocs.yml"]


def test_a_new_file_takes_nobodys_place(root: Path) -> None:
    with writing(root, "test") as pen, pytest.raises(FileExistsError):
        pen.create(CARD, b"new")
    assert (root / CARD).read_bytes() == OLD
    assert next_undo(root) is None


def test_a_new_file_that_somebody_made_meanwhile(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def late(source, target):
        (root / "contacts/new.md").write_bytes(b"theirs")
        real(source, target)

    monkeypatch.setattr(os, "link", late)
    with writing(root, "test") as pen, pytest.raises(FileExistsError):
        pen.create("contacts/new.md", b"ours")
    assert (root / "contacts/new.md").read_bytes() == b"theirs"
    assert next_undo(root) is None


def test_a_file_system_without_links(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_):
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(os, "link", refuse)
    with writing(root, "test") as pen:
        pen.create("contacts/new.md", b"new")
        with pytest.raises(FileExistsError):
            pen.create("contacts/new.md", b"newer")
    assert (root / "contacts/new.md").read_bytes() == b"new"


def test_a_link_within_the_book_is_written_through(root: Path) -> None:
    (root / "contacts/alias.md").symlink_to("li.md")
    write(root, path="contacts/alias.md")
    assert (root / "contacts/alias.md").is_symlink()
    assert (root / CARD).read_bytes() == OLD + b"!"
    undo(root)
    assert (root / "contacts/alias.md").is_symlink()
    assert (root / CARD).read_bytes() == OLD


@pytest.mark.parametrize("path", ["contacts/out.md", "contacts/out/x.md", "../out/x.md"])
def test_nothing_is_written_outside(root: Path, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "out"
    outside.mkdir()
    (outside / "x.md").write_bytes(b"theirs")
    (root / "contacts/out.md").symlink_to(outside / "x.md")
    (root / "contacts/out").symlink_to(outside)
    with writing(root, "test") as pen:
        with pytest.raises(CannotWrite) as refused:
            pen.edit(path, add(b"!"))
        assert refused.value.error is None
        with pytest.raises(CannotWrite):
            pen.create(path.replace("x.md", "new.md"), b"new")
    assert visible(outside) == ["x.md"]
    assert (outside / "x.md").read_bytes() == b"theirs"


def test_a_file_that_changes_meanwhile_is_read_again(root: Path) -> None:
    seen: list[bytes] = []

    def change(old: bytes) -> bytes:
        seen.append(old)
        if len(seen) < 3:
            (root / CARD).write_bytes(old + b"theirs")
        return old + b"ours"

    with writing(root, "test") as pen:
        pen.edit(CARD, change)
    assert len(seen) == 3
    assert (root / CARD).read_bytes() == OLD + b"theirstheirsours"
    undo(root)
    assert (root / CARD).read_bytes() == OLD + b"theirstheirs"
    assert undo(root) is None


def test_a_change_as_late_as_can_be(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves while our bytes go to the disk."""
    real = os.fsync
    times: list[int] = []

    def late(handle):
        real(handle)
        if not times and os.fstat(handle).st_size == len(OLD) + 1:
            times.append(1)
            (root / CARD).write_bytes(OLD + b" theirs")

    monkeypatch.setattr(os, "fsync", late)
    write(root)
    assert times
    assert (root / CARD).read_bytes() == OLD + b" theirs!"


def test_a_file_that_never_comes_to_rest(root: Path) -> None:
    def change(old: bytes) -> bytes:
        (root / CARD).write_bytes(old + b".")
        return old + b"ours"

    with writing(root, "test") as pen, pytest.raises(Changed):
        pen.edit(CARD, change)
    assert b"ours" not in (root / CARD).read_bytes()


def test_what_the_change_raises_goes_through(root: Path) -> None:
    def change(old: bytes) -> bytes:
        raise KeyError("no")

    with pytest.raises(KeyError), writing(root, "test") as pen:
        pen.edit(CARD, change)
    assert next_undo(root) is None
    assert visible(root) == [CARD, "mkdocs.yml"]


def test_a_second_writer_waits(root: Path) -> None:
    held, go = threading.Event(), threading.Event()

    def first() -> None:
        with writing(root, "first") as pen:
            held.set()
            go.wait(30)
            pen.edit(CARD, add(b"1"))

    thread = threading.Thread(target=first)
    thread.start()
    held.wait(30)
    with pytest.raises(Busy), writing(root, "second", patience=0.1):
        pass
    with pytest.raises(Busy):
        undo(root, patience=0.1)
    go.set()
    with writing(root, "second", patience=30) as pen:
        pen.edit(CARD, add(b"2"))
    thread.join()
    assert (root / CARD).read_bytes() == OLD + b"12"


HOLD = """
import sys, time
from pathlib import Path
from renmai.storage.writing import writing
with writing(Path(sys.argv[1]), "held"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_process_stops_nobody(root: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE)
    assert child.stdout
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(Busy), writing(root, "second", patience=0.1):
        pass
    child.kill()
    child.wait()
    child.stdout.close()
    write(root)
    assert (root / CARD).read_bytes() == OLD + b"!"


MANY = """
import sys
from pathlib import Path
from renmai.storage.writing import writing
for number in range(20):
    with writing(Path(sys.argv[1]), "many", patience=60) as pen:
        pen.edit("contacts/li.md", lambda old: old + f"\\n{sys.argv[2]}{number}".encode())
"""


def test_two_writers_at_once_lose_nothing(root: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", MANY, str(root), name]) for name in ("a", "b")
    ]
    assert [child.wait(120) for child in children] == [0, 0]
    lines = (root / CARD).read_text("utf-8-sig").split("\n")[4:]
    for name in ("a", "b"):
        assert [line for line in lines if line[0] == name] == [f"{name}{n}" for n in range(20)]
    assert len(lines) == 40


def test_undo_takes_back_one_write_a_call(root: Path) -> None:
    for number in range(DEPTH + 5):
        write(root, b"%d," % number, what=f"write {number}")
    for number in reversed(range(5, DEPTH + 5)):
        done = undo(root)
        assert done
        assert done.write.what == f"write {number}"
        assert (root / CARD).read_bytes().endswith(b"%d," % (number - 1))
    assert undo(root) is None
    assert DEPTH >= 10


def test_a_block_is_one_write(root: Path) -> None:
    with writing(root, "several") as pen:
        pen.edit(CARD, add(b"1"))
        pen.create("events/e.md", b"e")
        pen.edit("events/e.md", add(b"2"))
        pen.edit(CARD, add(b"3"))
    done = undo(root)
    assert done
    assert done.files == {CARD: (OLD + b"13", OLD), "events/e.md": (b"e2", None)}
    assert (root / CARD).read_bytes() == OLD
    assert not (root / "events").exists()


def test_undo_refuses_what_was_changed_since(root: Path) -> None:
    with writing(root, "several") as pen:
        pen.edit(CARD, add(b"1"))
        pen.create("events/e.md", b"e")
    for path, mine in ((CARD, OLD + b"mine"), ("events/e.md", b"mine")):
        kept = (root / path).read_bytes()
        (root / path).write_bytes(mine)
        with pytest.raises(Changed) as refused:
            undo(root)
        assert refused.value.path == path
        assert (root / path).read_bytes() == mine
        (root / path).unlink()
        if path == CARD:
            with pytest.raises(Changed):
                undo(root)
        (root / path).write_bytes(kept)
    assert undo(root)
    assert visible(root) == [CARD, "mkdocs.yml"]


def test_what_failed_is_no_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, b"1")
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", _refuse(errno.ENOSPC))
        with pytest.raises(CannotWrite) as refused:
            write(root, b"2")
    assert refused.value.path == CARD
    assert refused.value.error
    assert refused.value.error.errno == errno.ENOSPC
    assert (root / CARD).read_bytes() == OLD + b"1"
    undo(root)
    assert (root / CARD).read_bytes() == OLD


def _refuse(number: int):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("step", ["open", "fdopen", "fsync", "chmod", "replace", "link"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_the_machine_refuses_a_step(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    """A full disk, a folder that cannot be written, a disk that fails."""
    write(root, b"before")
    with monkeypatch.context() as patched:
        patched.setattr(os, step, _refuse(number))
        refused = 0
        for deed in (
            lambda pen: pen.edit(CARD, add(b"!")),
            lambda pen: pen.create("contacts/new/new.md", b"new"),
        ):
            try:
                with writing(root, "test") as pen:
                    deed(pen)
            except CannotWrite:
                refused += 1
        assert refused or step == "chmod"
    content = (root / CARD).read_bytes()
    assert content in (OLD + b"before", OLD + b"before!")
    assert {"contacts/li.md", "mkdocs.yml"} <= set(visible(root))
    assert not [path for path in visible(root) if path.endswith(".tmp")]
    assert [source.path for source in open_book(root).book.sources][-1:] != []
    while undo(root):
        pass
    assert (root / CARD).read_bytes() == OLD
    assert visible(root) == [CARD, "mkdocs.yml"]


def test_a_file_that_may_not_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A renaming does not ask the file itself, so we do."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(CannotWrite):
        write(root)
    assert (root / CARD).read_bytes() == OLD


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_may_not_be_written(root: Path) -> None:
    write(root, b"1")
    (root / "contacts").chmod(0o555)
    try:
        with pytest.raises(CannotWrite):
            write(root, b"2")
    finally:
        (root / "contacts").chmod(0o755)
    assert (root / CARD).read_bytes() == OLD + b"1"


def test_what_is_no_file_is_refused(root: Path) -> None:
    os.mkfifo(root / "contacts/pipe.md")
    (root / "contacts/folder.md").mkdir()
    with writing(root, "test") as pen:
        for path in ("contacts/pipe.md", "contacts/folder.md", "contacts/none.md"):
            with pytest.raises(CannotWrite):
                pen.edit(path, add(b"!"))


def test_a_state_folder_that_leads_out_is_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / ".renmai").symlink_to(outside)
    with pytest.raises(CannotWrite):
        write(root)
    assert list(outside.iterdir()) == []


def test_what_a_killed_run_left_is_no_record_and_goes(root: Path) -> None:
    write(root, b"1")
    left = root / "contacts" / f"{PREFIX}0123456789abcdef{SUFFIX}"
    left.write_bytes(OLD)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    assert [source.path for source in open_book(root).book.sources] == [CARD]
    write(root, b"2")
    assert not left.exists()


def test_git_does_not_take_in_what_a_killed_run_left(root: Path) -> None:
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    write(root)
    (root / "contacts" / f"{PREFIX}0123456789abcdef{SUFFIX}").write_bytes(OLD)
    write(root, path="mkdocs.yml", text=b"\n")
    listed = subprocess.run(
        ["git", "-C", str(root), "status", "--porcelain", "-uall"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert sorted(line[3:] for line in listed.splitlines()) == [CARD, "mkdocs.yml"]
    exclude = (root / ".git/info/exclude").read_text()
    assert exclude.count(".renmai-*.tmp") == 1


def test_a_journal_that_is_torn_anywhere(root: Path) -> None:
    """Cut at each byte, as a lost power may leave it: nothing is taken back wrongly."""
    write(root, b"1")
    write(root, b"2")
    (place,) = [path for path in (root / ".renmai/journal").iterdir() if "2" in path.name]
    whole = place.read_bytes()
    for length in range(len(whole)):
        place.write_bytes(whole[:length])
        try:
            found = next_undo(root)
        except Changed:
            continue  # the older write: since changed by the one that is torn
        assert found is None
    place.write_bytes(whole)
    assert undo(root)
    assert (root / CARD).read_bytes() == OLD + b"1"


def test_a_strange_journal_stops_nobody(root: Path) -> None:
    write(root, b"1")
    journal = root / ".renmai/journal"
    (journal / "00000002.jsonl").write_bytes(b'{"what": 3}\n')
    (journal / "00000003.jsonl").write_bytes(b"\xff\xfe")
    (journal / "notes.txt").write_bytes(b"mine")
    (journal / "00000004.jsonl").mkdir()
    write(root, b"2")
    assert undo(root)
    assert undo(root)
    assert (root / CARD).read_bytes() == OLD


def test_a_command_that_is_no_text(root: Path) -> None:
    write(root, what="renmai log \udcff")
    done = undo(root)
    assert done
    assert done.write.what == "renmai log \\udcff"


def test_a_writer_needs_no_journal_to_exist(root: Path) -> None:
    pen = Writer(root, "test")
    (root / ".renmai").mkdir()
    pen.create("contacts/new.md", b"")
    assert (root / "contacts/new.md").read_bytes() == b""


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="reads names of handles")
def test_what_is_written_is_on_the_disk_before_the_next_step(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal, then the new file, then its name: each is safe before the next begins."""
    write(root)  # the state folder is there
    steps: list[str] = []
    real_open, real_sync, real_replace = os.open, os.fsync, os.replace

    def opened(path, *args, **named):
        if str(path).endswith(SUFFIX):
            steps.append("open temporary")
        return real_open(path, *args, **named)

    def synced(handle):
        real_sync(handle)
        steps.append(f"sync {os.path.basename(os.readlink(f'/proc/self/fd/{handle}'))}")

    def replaced(source, target):
        real_replace(source, target)
        steps.append(f"rename to {Path(target).name}")

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    write(root)
    temporary = next(step for step in steps if step.endswith(SUFFIX))
    assert steps == [
        "sync 00000002.jsonl",  # what it is
        "sync journal",
        "sync 00000002.jsonl",  # what is about to change
        "open temporary",
        temporary,
        "rename to li.md",
        "sync contacts",
    ]
