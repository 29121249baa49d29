"""What a run of sync notes about itself, so that the next can clear up if it is killed.

It lies in `.renmai/syncing.json`. There is no need to bring it to the disk at once: a killed
process loses nothing of what it wrote, and after a power cut git's own files are as old.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from renmai.storage.state import STATE, read_state, write_state
from renmai.sync.refusal import Refusal

FILE = "syncing.json"

#: A file as it was seen: path, time of change in nanoseconds, inode.
Seen = tuple[bytes, int, int]


class Merge(msgspec.Struct):
    """A merge that changes the work tree: from the commit `old` ("" on an unborn branch).

    `tree` is what the work tree becomes. `fast`: nothing of ours is to be merged, the branch
    moves to `theirs`. `is_open`: the work tree is done, and git knows of the merge; `conflicts`
    are the paths that wait for the user.
    """

    old: str
    theirs: str
    tree: str
    fast: bool
    is_open: bool = False
    conflicts: list[bytes] = []


class Note(msgspec.Struct):
    """`step`: what git is doing; `had`: the locks that were there before; `child`: git's process.

    `sent`: the commit that is being pushed.
    """

    step: str = ""
    had: list[Seen] = []
    child: int = 0
    sent: str = ""
    merge: Merge | None = None


class Notes:
    """The note of the book at `root`, written at each change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.note = _read(root)

    def save(self) -> None:
        """Write the note. Raises Refusal when the book's own folder cannot be written."""
        if self.note == Note():
            (self.root / STATE / FILE).unlink(missing_ok=True)
        elif not write_state(self.root, FILE, msgspec.json.encode(self.note)):
            raise Refusal("no-state", folder=STATE)

    def started(self, pid: int) -> None:
        """Git began, as the process `pid`, or ended (0)."""
        if self.note.step:
            self.note.child = pid
            if pid:
                self.save()

    @contextlib.contextmanager
    def step(self, name: str, had: list[Seen], sent: str = "") -> Iterator[None]:
        """Git does something that may leave locks; they are ours unless they are in `had`."""
        self.note.step, self.note.had, self.note.sent = name, had, sent
        self.save()
        try:
            yield
        finally:
            self.note.step, self.note.had, self.note.sent = "", [], ""
            self.note.child = 0
            self.save()


def _read(root: Path) -> Note:
    try:
        return msgspec.json.decode(read_state(root, FILE) or b"{}", type=Note)
    except msgspec.MsgspecError:
        return Note()
