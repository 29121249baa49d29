"""What files are called until they are whole, and how git is kept from taking one in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

#: The dot in front keeps such a file from being read as a record.
PREFIX, SUFFIX = ".renmai-", ".tmp"

#: The names of all of them, as git's lists of what to pass over are written.
PATTERN = f"{PREFIX}*{SUFFIX}"


def exclude_temporary(root: Path) -> None:
    """Have this clone's git pass over temporary files, should a killed run leave one.

    A book's `.gitignore` may be older than this, or the user's own: the clone's list is neither.
    """
    for git in _git_folders(root):
        with contextlib.suppress(OSError):
            exclude = git / "info" / "exclude"
            listed = exclude.read_bytes() if exclude.exists() else b""
            if PATTERN.encode() not in listed.split():
                exclude.parent.mkdir(exist_ok=True)
                gap = b"\n" if listed and not listed.endswith(b"\n") else b""
                with exclude.open("ab") as file:
                    file.write(gap + PATTERN.encode() + b"\n")


def _git_folders(root: Path) -> Iterator[Path]:
    """The git folder that the book lies in; of a second work tree, the one they share."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            yield git
        elif git.is_file():
            with contextlib.suppress(OSError, UnicodeDecodeError):
                named = git.read_text("utf-8").removeprefix("gitdir:").strip()
                own = folder / named
                common = own / "commondir"
                yield own / common.read_text("utf-8").strip() if common.is_file() else own
        else:
            continue
        return
