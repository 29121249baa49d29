"""What the program keeps for its next run in the user's own cache: nothing of any book."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


def home() -> Path:
    """The folder for what a user's programs may forget. Raises RuntimeError where there is none."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def made_of(source: Path, name: str, sort: type[T], make: Callable[[str], T]) -> T:
    """What `make` makes of the text of one of the program's files, of type `sort`.

    It is kept below `name` for as long as that file stays as it is. What cannot be kept, because
    the disk is full or there is no home, is made each time. Raises OSError without the file.
    """
    about = source.stat()
    key = f"{source} {about.st_size} {about.st_mtime_ns}"
    with contextlib.suppress(OSError, RuntimeError, msgspec.MsgspecError):
        data = (home() / "renmai" / name).read_bytes()
        of, made = msgspec.msgpack.decode(data, type=tuple[str, sort])  # type: ignore[valid-type]
        if of == key:
            return made
    made = make(source.read_text("utf-8"))
    with contextlib.suppress(OSError, RuntimeError):
        put(home() / "renmai" / name, msgspec.msgpack.encode((key, made)))
    return made


def put(place: Path, data: bytes) -> None:
    """Write a file of the cache: all of it, or nothing. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(place)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
