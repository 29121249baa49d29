"""Writing to a book, as `sync.md` promises: atomic, one writer at a time, nothing lost.

Every command that changes a file does it here. A block under `writing` is one write, which
`undo` takes back as one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from renmai.storage import atomic, journal
from renmai.storage.journal import Change, Recording, Write, digest
from renmai.storage.lock import PATIENCE, Busy, lock
from renmai.storage.state import STATE
from renmai.storage.temporary import exclude_temporary

__all__ = ["Busy", "CannotWrite", "Changed", "Undo", "Writer", "next_undo", "undo", "writing"]

#: How often a file that goes on changing is read again.
_TRIES = 20


class CannotWrite(Exception):
    """The machine refuses to write `path` (relative to the book); nothing of it was changed.

    `error` is what the machine said; None: the path leads out of the book.
    """

    def __init__(self, path: str, error: OSError | None) -> None:
        super().__init__(path, error)
        self.path, self.error = path, error


class Changed(Exception):
    """`path` was changed by somebody else: again and again while writing, or since the write."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@contextlib.contextmanager
def writing(root: Path, what: str, patience: float = PATIENCE) -> Iterator[Writer]:
    """Hold the book's lock and write; the whole block is one write for `undo`.

    `what` is the command as it was typed. Raises Busy when another writer holds the lock for
    more than `patience` seconds, CannotWrite when the book's own folder cannot be written.
    """
    with _locked(root, patience):
        yield Writer(root, what)


class Writer:
    """Writes files of the book at `root`; paths are relative to it, with `/`."""

    def __init__(self, root: Path, what: str) -> None:
        self.root = root
        self._record = Recording(root, what)

    def edit(self, path: str, change: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
        """Replace what a file holds by what `change` makes of it: the old bytes and the new.

        A file that changes meanwhile is read again; what `change` raises goes through, and
        nothing is written. Raises CannotWrite, or Changed when the file never comes to rest.
        """
        with _refusal(path):
            real = _within(self.root, path)
            atomic.sweep(real.parent)
            for _ in range(_TRIES):
                old = _read_writable(real)
                new = change(old)
                if new == old or self._replace(path, real, old, new):
                    return old, new
        raise Changed(path)

    def create(self, path: str, data: bytes) -> None:
        """Write a new file, with the folders above it.

        Raises FileExistsError when there is one already, or CannotWrite.
        """
        with _refusal(path):
            real = _within(self.root, path)
            if os.path.lexists(self.root / path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
            made = [folder for folder in real.parents if not folder.exists()]
            with self._recorded(Change(path, None, digest(data), len(made))):
                try:
                    real.parent.mkdir(parents=True, exist_ok=True)
                    atomic.sweep(real.parent)
                    atomic.create(real, data)
                except OSError:
                    _remove_empty(made)
                    raise

    def _replace(self, path: str, real: Path, old: bytes, new: bytes) -> bool:
        with self._recorded(Change(path, old, digest(new))):
            if atomic.replace(real, old, new):
                return True
        self._record.drop()
        return False

    @contextlib.contextmanager
    def _recorded(self, change: Change) -> Iterator[None]:
        """The journal knows of a change before it happens, and forgets what did not happen."""
        self._record.add(change)
        try:
            yield
        except OSError:
            self._record.drop()
            raise


class Undo(msgspec.Struct):
    """What taking a write back does: to each path its bytes now and then (None: no file)."""

    write: Write
    files: dict[str, tuple[bytes | None, bytes | None]]


def next_undo(root: Path) -> Undo | None:
    """What `undo` would take back; None when there is nothing. Raises Changed or CannotWrite.

    A write that a killed run announced and never made is passed over.
    """
    for write in journal.newest_first(root):
        files = _files_before(root, write)
        if files:
            return Undo(write, files)
    return None


def undo(root: Path, patience: float = PATIENCE) -> Undo | None:
    """Take back the newest write; None when there is nothing to take back.

    Raises Changed, and changes nothing, when a file was changed since; Busy; CannotWrite.
    """
    with _locked(root, patience):
        found = next_undo(root)
        if found is None:
            return None
        for path, (now, then) in found.files.items():
            made = max(each.folders for each in found.write.changes if each.path == path)
            _restore(root, path, now, then, made)
        _forget(root, found.write)
        return found


@contextlib.contextmanager
def _locked(root: Path, patience: float) -> Iterator[None]:
    """Under the lock of the book, with the temporary files of a killed run swept away."""
    with contextlib.ExitStack() as stack:
        with _refusal(STATE):
            stack.enter_context(lock(root, patience))
        exclude_temporary(root)
        last = next(journal.newest_first(root), None)
        for folder in {os.path.dirname(change.path) for change in last.changes} if last else ():
            atomic.sweep(root / folder)
        yield


def _files_before(root: Path, write: Write) -> dict[str, tuple[bytes | None, bytes | None]]:
    """Each file of a write as it is and as it was before; those as before are left out.

    Raises Changed when one is neither as the write left it nor as it was before.
    """
    now: dict[str, bytes | None] = {}
    then: dict[str, bytes | None] = {}
    for change in reversed(write.changes):
        path = change.path
        if path not in then:
            with _refusal(path):
                now[path] = then[path] = _read_or_none(_within(root, path))
        held = then[path]
        if held is not None and digest(held) == change.new:
            then[path] = change.old
        elif held != change.old:
            raise Changed(path)
    return {path: (now[path], then[path]) for path in now if now[path] != then[path]}


def _restore(root: Path, path: str, now: bytes | None, then: bytes | None, made: int) -> None:
    """Bring a file back to what it was; `made`: how many folders were made for it."""
    with _refusal(path):
        real = _within(root, path)
        if now is None:
            raise Changed(path)  # no write removes a file: somebody else did
        if not (atomic.remove(real, now) if then is None else atomic.replace(real, now, then)):
            raise Changed(path)
        if then is None:
            _remove_empty(list(real.parents)[:made])


def _remove_empty(folders: list[Path]) -> None:
    """Remove folders, the innermost first, as far as there is nothing in them."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _forget(root: Path, write: Write) -> None:
    """Drop a write that was taken back, and those after it that never came."""
    with _refusal(STATE):
        for later in list(journal.newest_first(root)):
            if later.place >= write.place:
                later.place.unlink()


@contextlib.contextmanager
def _refusal(path: str) -> Iterator[None]:
    """What the machine refuses is said of `path`; a file that is there already stays that."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise CannotWrite(path, error) from error


def _within(root: Path, path: str) -> Path:
    """Where a path of the book really lies: links within the book are followed."""
    real = Path(os.path.realpath(root / path))
    if not real.is_relative_to(os.path.realpath(root)):
        raise CannotWrite(path, None)
    return real


def _read_writable(real: Path) -> bytes:
    """The bytes of a regular file that one may write: a renaming would not ask."""
    if not stat.S_ISREG(real.stat().st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(real))
    if not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(real))
    return real.read_bytes()


def _read_or_none(real: Path) -> bytes | None:
    try:
        return real.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
