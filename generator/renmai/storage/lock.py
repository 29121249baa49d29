"""One writer at a time: a lock of the operating system, which dies with the process that holds it.

A lock file that says who made it outlives a killed process; the lock that the system keeps on an
open file does not. The file itself stays where it is: to remove it would let two writers in.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from renmai.storage.state import STATE, state_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: How long a second writer waits for the first, in seconds.
PATIENCE = 10.0
_PAUSE = 0.05


class Busy(Exception):
    """Another writer held the lock for longer than one waits; nothing was changed."""


@contextlib.contextmanager
def lock(root: Path, patience: float = PATIENCE, name: str = "lock") -> Iterator[None]:
    """Hold the lock of the book at `root`. Raises Busy after `patience` seconds, or OSError.

    `name` is the lock's file: that of writers, unless another sort of work has one of its own.
    """
    folder = state_folder(root)
    if folder is None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root / STATE))
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(handle, patience)
        yield
    finally:
        os.close(handle)  # which gives the lock back


def _wait(handle: int, patience: float) -> None:
    until = time.monotonic() + patience
    while not _take(handle):
        if time.monotonic() >= until:
            raise Busy
        time.sleep(_PAUSE)


def _take(handle: int) -> bool:
    """Take the lock if nobody holds it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
