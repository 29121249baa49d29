"""A file is written whole: at every moment it is the old one or the new one.

The new bytes go to a temporary file in the same folder, and to the disk; then the temporary file
takes the name of the old one, in one step. What a killed run left goes with the next write.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from renmai.storage.temporary import PREFIX, SUFFIX

#: What a file system says that knows no second name for a file.
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK}


def replace(path: Path, old: bytes, new: bytes) -> bool:
    """Put `new` in place of `old`, keeping the mode; False when `path` no longer holds `old`.

    Raises OSError; the file is then as it was.
    """
    with _written_beside(path.parent, new, path.stat()) as beside:
        if path.read_bytes() != old:
            return False
        os.replace(beside, path)
    sync_folder(path.parent)
    return True


def create(path: Path, data: bytes) -> None:
    """Write a new file. Raises FileExistsError, which a file made meanwhile is too, or OSError."""
    with _written_beside(path.parent, data) as beside:
        try:
            os.link(beside, path)  # unlike a renaming, this takes nobody's place
        except (AttributeError, OSError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            os.rename(beside, path)
    sync_folder(path.parent)


def remove(path: Path, old: bytes) -> bool:
    """Remove a file that holds `old`; False when it holds something else. Raises OSError."""
    if path.read_bytes() != old:
        return False
    os.unlink(path)
    sync_folder(path.parent)
    return True


def sweep(folder: Path) -> None:
    """Remove the temporary files of killed runs; only who holds the book's lock may do so."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can: the files are whole either way."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _written_beside(
    folder: Path, data: bytes, like: os.stat_result | None = None
) -> Iterator[Path]:
    """A temporary file in `folder` with `data`, safe on the disk; gone in the end.

    It has the owner and mode of `like`, else those of any new file.
    """
    beside = folder / f"{PREFIX}{os.urandom(8).hex()}{SUFFIX}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags, 0o600 if like else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if like:
                _make_like(beside, like)
            os.fsync(file.fileno())
        yield beside
    finally:
        with contextlib.suppress(OSError):
            os.unlink(beside)


def _make_like(path: Path, like: os.stat_result) -> None:
    made = path.stat()
    if hasattr(os, "chown") and (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
        with contextlib.suppress(OSError):  # only root may give a file away
            os.chown(path, like.st_uid, like.st_gid)
    os.chmod(path, stat.S_IMODE(like.st_mode))
