"""The book's own folder, `.renmai`: what the program remembers of a book. Git does not see it.

Whatever lies there may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

STATE = ".renmai"


def state_folder(root: Path) -> Path | None:
    """The folder of the book at `root`, made when it is missing.

    None where it is a symbolic link, which would lead out of the book, or cannot be made.
    """
    folder = root / STATE
    if folder.is_symlink():
        return None
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").is_file():
            write_whole(folder / ".gitignore", b"*\n")
    except OSError:
        # One that cannot be written may still be read.
        return folder if folder.is_dir() else None
    return folder


def read_state(root: Path, name: str) -> bytes | None:
    """What was last written under `name`; None when nothing was, or it cannot be read."""
    try:
        return (root / STATE / name).read_bytes()
    except OSError:
        return None


def write_state(root: Path, name: str, data: bytes) -> bool:
    """Remember `data` under `name`, whole or not at all; False where the book cannot be written.

    Nobody depends on it: what is remembered makes the next time quicker or steadier, no more.
    """
    folder = state_folder(root)
    if folder is None:
        return False
    try:
        write_whole(folder / name, data)
    except OSError:
        return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it sees the old bytes or the new ones."""
    import tempfile

    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def file_system_time(root: Path) -> int:
    """What time it is, in nanoseconds, by the clock that gives the book's files theirs.

    0 where the book's own folder cannot be written.
    """
    folder = state_folder(root)
    if folder is None:
        return 0
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return 0
