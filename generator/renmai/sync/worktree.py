"""The work tree goes from one tree to another, file by file, each whole at every moment.

Git's own checkout writes into files, and knows no way back. Here a file is replaced as everywhere
in a book, and only if it is as the one tree has it: then any run that was killed can be undone,
since each file is still as in one of the two trees, or has become the user's.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from renmai.storage import atomic
from renmai.sync.git import Git, GitFailed
from renmai.sync.trees import (
    ABSENT,
    EXECUTABLE,
    LINK,
    REPOSITORY,
    Change,
    Entry,
    as_kept,
    as_written,
    blob,
    index_lines,
    removing_lines,
)

#: Time of change, size, inode: whether a file is still the one that was looked at.
_Mark = tuple[int, int, int]
_Step = tuple[Change, _Mark | None]

ATTRIBUTES = ".gitattributes"


class InTheWay(Exception):
    """`path` is not as git has it: somebody changed it meanwhile, or never gave it to git."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class WorkTree:
    """The files at `top`. Who changes them holds the book's lock."""

    def __init__(self, git: Git, top: Path) -> None:
        self.git, self.top = git, top
        self.has_modes = git.line("config", "--type=bool", "core.fileMode") != "false"
        self.has_links = git.line("config", "--type=bool", "core.symlinks") != "false"
        self.is_caseless = git.line("config", "--type=bool", "core.ignoreCase") == "true"

    def change(self, changes: Sequence[Change]) -> None:
        """Bring each path from its old state to the new one; all of them, or none.

        Raises InTheWay, and nothing is changed, when one is neither as it was nor as it becomes.
        """
        try:
            self._carry(changes, strict=True)
        except (InTheWay, OSError):
            self.undo(changes)
            raise

    def undo(self, changes: Sequence[Change]) -> None:
        """Take back what was done of `changes`; what is neither old nor new is left alone."""
        for change in changes:
            if not self._is_behind_link(change.path):
                atomic.sweep((self.top / change.path).parent)
        self._carry([Change(path, new, old) for path, old, new in changes], strict=False)

    def _carry(self, changes: Sequence[Change], strict: bool) -> None:
        changes = [
            change for change in changes if REPOSITORY not in (change.old.mode, change.new.mode)
        ]
        left: list[_Step] = []
        for change, (held, mark) in zip(changes, self._held(changes), strict=True):
            if self._alike(held, change.old) and not self._alike(change.old, change.new):
                left.append((change, mark))
            elif strict and not self._alike(held, change.new):
                raise InTheWay(change.path)
        for part in self._in_order(left):
            for (change, mark), data in zip(part, self._data(part), strict=True):
                try:
                    self._replace(change, mark, data)
                except (InTheWay, FileNotFoundError, FileExistsError):
                    if strict:
                        raise InTheWay(change.path) from None

    def _in_order(self, left: list[_Step]) -> list[list[_Step]]:
        """What is done one after the other: attributes say how git writes the rest.

        A file is there under its new name before it goes under the old one, unless the new name
        is free only then.
        """
        removed = {change.path.casefold() for change, _ in left if change.new == ABSENT}
        parts: list[list[_Step]] = [[], [], [], []]
        for each in left:
            change = each[0]
            if change.path.rpartition("/")[2] == ATTRIBUTES:
                parts[0].append(each)
            elif change.new == ABSENT:
                parts[2].append(each)
            else:
                parts[3 if self._waits(change, removed) else 1].append(each)
        return parts

    def _waits(self, change: Change, removed: set[str]) -> bool:
        """Whether a path is free only once another is removed: a folder above, a file below."""
        if change.new == ABSENT or change.old != ABSENT or not removed:
            return False
        path = change.path.casefold()
        above = {path[:at] for at, letter in enumerate(path) if letter == "/"}
        return bool(removed & {path, *above}) or (self.top / change.path).is_dir()

    def _held(self, changes: Sequence[Change]) -> Iterator[tuple[Entry, _Mark | None]]:
        """What there is at each path now, as git would keep it."""
        marks = [self._mark(change.path) for change in changes]
        plain = [
            change.path
            for change, mark in zip(changes, marks, strict=True)
            if mark and stat.S_ISREG(mark[0])
        ]
        try:
            kept = dict(zip(plain, as_kept(self.git, plain), strict=True))
        except GitFailed as failed:  # a file that cannot be read, or went
            raise InTheWay(next(iter(plain))) from failed
        for change, mark in zip(changes, marks, strict=True):
            if mark is None:
                yield ABSENT, None
            elif change.path in kept:
                yield self._file_entry(mark[0], kept[change.path], change), mark[1:]
            elif stat.S_ISLNK(mark[0]):
                yield Entry(LINK, self._link_blob(change)), mark[1:]
            else:
                yield Entry("folder", ""), mark[1:]

    def _mark(self, path: str) -> tuple[int, int, int, int] | None:
        """Mode, time, size, inode; None when nothing is there, or only under another case."""
        if self._is_behind_link(path):
            return None
        try:
            found = (self.top / path).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        if self.is_caseless and Path(path).name not in os.listdir((self.top / path).parent):
            return None
        if stat.S_ISDIR(found.st_mode):
            # In the place of a file that becomes: what is in it goes first, or is in the way.
            return None
        return found.st_mode, found.st_mtime_ns, found.st_size, found.st_ino

    def _is_behind_link(self, path: str) -> bool:
        """Whether a folder on the way is a link, which may lead anywhere."""
        places = [place for place, letter in enumerate(path) if letter == "/"]
        return any((self.top / path[:place]).is_symlink() for place in places)

    def _file_entry(self, mode: int, kept: str, change: Change) -> Entry:
        known = {change.old.mode, change.new.mode}
        if not self.has_links and LINK in known:
            return Entry(LINK, kept)
        return Entry(EXECUTABLE if mode & stat.S_IXUSR else "100644", kept)

    def _link_blob(self, change: Change) -> str:
        """The blob of a link: the one of the two that holds where it leads, else none."""
        leads = os.fsencode(os.readlink(self.top / change.path))
        both = [each for each in change[1:] if each.mode == LINK]
        return next((each.blob for each in both if blob(self.git, each.blob) == leads), "")

    def _alike(self, one: Entry, other: Entry) -> bool:
        """Whether two states are the same, as far as this file system can tell."""
        if one.is_file and other.is_file and not self.has_modes:
            return one.blob == other.blob
        return one == other

    def _data(self, part: Sequence[_Step]) -> Iterator[bytes]:
        """The bytes that each path is to have; none of what goes."""
        files = [change for change, _ in part if change.new.is_file]
        written = as_written(self.git, [(change.new.blob, change.path) for change in files])
        for change, _ in part:
            if change.new.is_file:
                yield next(written)
            else:
                yield blob(self.git, change.new.blob) if change.new.mode == LINK else b""

    def _replace(self, change: Change, mark: _Mark | None, data: bytes) -> None:
        path = self.top / change.path
        if change.old.is_file and change.new.is_file:
            if not atomic.replace(path, self._unchanged(path, mark), data):
                raise InTheWay(change.path)
        else:
            if change.old.mode == LINK and path.is_symlink():
                path.unlink()
            elif change.old != ABSENT and not atomic.remove(path, self._unchanged(path, mark)):
                raise InTheWay(change.path)
            if change.new == ABSENT:
                self._remove_empty(path.parent)
                return
            if self._is_behind_link(change.path):
                raise InTheWay(change.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            if change.new.mode == LINK and self.has_links:
                os.symlink(os.fsdecode(data), path)
                return
            atomic.create(path, data)
        if self.has_modes and change.new.mode != (change.old.mode if change.old.is_file else ""):
            self._set_mode(path, change.new.mode == EXECUTABLE)

    def _unchanged(self, path: Path, mark: _Mark | None) -> bytes:
        """The bytes that were looked at. Raises InTheWay when they are others by now."""
        data = path.read_bytes()
        found = path.lstat()
        if mark != (found.st_mtime_ns, found.st_size, found.st_ino):
            raise InTheWay(str(path.relative_to(self.top)))
        return data

    def _set_mode(self, path: Path, executable: bool) -> None:
        """Who may read a file may run it, or nobody may."""
        mode = stat.S_IMODE(path.stat().st_mode)
        runs = (mode & 0o444) >> 2
        path.chmod(mode | runs if executable else mode & ~0o111)

    def _remove_empty(self, folder: Path) -> None:
        """Remove the folders that nothing is left in."""
        while folder != self.top:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def index_change(
    git: Git, changes: Sequence[Change], conflicts: dict[str, dict[int, Entry]], tree: str
) -> None:
    """Bring git's index along to `tree`, in one step.

    `conflicts`: the versions, by stage, of what the user has to merge.
    """
    settled = [(path, new) for path, _, new in changes if new != ABSENT and path not in conflicts]
    feed = removing_lines([*(change.path for change in changes), *conflicts], tree)
    feed += index_lines(settled)
    for path, stages in conflicts.items():
        for stage, entry in stages.items():
            feed += index_lines([(path, entry)], stage)
    git("update-index", "-z", "--index-info", feed=feed)
    with contextlib.suppress(GitFailed):
        git("update-index", "-q", "--refresh", fine=(0, 1))
