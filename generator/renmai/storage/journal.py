"""The journal: what was written, so that it can be taken back.

Each write is a file of its own, numbered: a line that says what it was, then a line for each
file before it is changed, with the old bytes and the digest of the new ones. Since a line is on
the disk before its file is touched, a run that is killed at any step leaves either a file that
is as the line's old bytes (the change never came) or one with the new digest (it did); a line
that is torn has changed nothing.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from renmai.storage.atomic import sync_folder
from renmai.storage.state import STATE

#: So many writes can be taken back.
DEPTH = 50

_FOLDER = "journal"


class Change(msgspec.Struct):
    """One file: the bytes before (None: there was no file), the digest of those behind.

    `folders`: how many folders above it were made for it.
    """

    path: str
    old: bytes | None
    new: bytes
    folders: int = 0


class Head(msgspec.Struct):
    """What a write was: the command as it was typed."""

    what: str


class Write(msgspec.Struct):
    """A write as the journal has it; `place` is the file that holds it."""

    place: Path
    what: str
    changes: list[Change]


class Recording:
    """The write that is under way. Its file is made with the first change."""

    def __init__(self, root: Path, what: str) -> None:
        # What a shell hands over need be no text.
        self.root, self.what = root, what.encode("utf-8", "backslashreplace").decode()
        self.place: Path | None = None
        self.lengths: list[int] = []

    def add(self, change: Change) -> None:
        """Write down what is about to happen, safe on the disk. Raises OSError."""
        if self.place is None:
            self.place = self._begin()
        start = self.place.stat().st_size
        try:
            _append(self.place, change)
        except OSError:
            self._cut(start)
            raise
        self.lengths.append(start)

    def drop(self) -> None:
        """What was added last did not happen."""
        self._cut(self.lengths.pop())

    def _begin(self) -> Path:
        folder = self.root / STATE / _FOLDER
        folder.mkdir(exist_ok=True)
        places = _places(self.root)
        for old in places[: max(len(places) + 1 - DEPTH, 0)]:
            with contextlib.suppress(OSError):
                old.unlink()
        number = int(places[-1].stem) + 1 if places else 1
        place = folder / f"{number:08}.jsonl"
        try:
            _append(place, Head(self.what))
        except OSError:
            with contextlib.suppress(OSError):
                place.unlink()
            raise
        sync_folder(folder)
        return place

    def _cut(self, length: int) -> None:
        """Shorten the file to so many bytes; one without a change goes."""
        assert self.place
        with contextlib.suppress(OSError):
            if self.lengths:
                os.truncate(self.place, length)
            else:
                self.place.unlink()
                self.place = None


def newest_first(root: Path) -> Iterator[Write]:
    """The writes of the journal; one that cannot be read is passed over."""
    for place in reversed(_places(root)):
        write = _read(place)
        if write:
            yield write


def digest(data: bytes) -> bytes:
    """What a file's bytes are known by."""
    return blake2b(data, digest_size=16).digest()


def _places(root: Path) -> list[Path]:
    """The files of the journal, oldest first."""
    return sorted((root / STATE / _FOLDER).glob("[0-9]" * 8 + ".jsonl"))


def _append(place: Path, line: Head | Change) -> None:
    with place.open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _read(place: Path) -> Write | None:
    try:
        head, *lines = place.read_bytes().split(b"\n")
        # What stands behind the last line feed is nothing, or torn.
        changes = [msgspec.json.decode(line, type=Change) for line in lines[:-1]]
        return Write(place, msgspec.json.decode(head, type=Head).what, changes)
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return None
