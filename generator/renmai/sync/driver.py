"""The merge driver in place.

In the book, `.gitattributes` says which files it merges; how to call it stands in the clone's
configuration.
"""

from __future__ import annotations

import os
import shlex
import sys

from renmai.model.records import RECORDS
from renmai.storage import atomic
from renmai.storage.lock import lock
from renmai.sync.git import Git
from renmai.sync.locks import step
from renmai.sync.repo import Repo
from renmai.sync.worktree import ATTRIBUTES

_NAME = "renmai"
_TITLE = "renmai: people, events and communities by key and by entry"

_LINES = {folder: f"{folder}/**/*.[mM][dD] merge={_NAME}" for folder in RECORDS}
_ABOUT = "# Records merge by key and by entry, with renmai."

#: The attributes of a new book.
NEW_ATTRIBUTES = "\n".join(
    [
        "# Every byte as it was written, on every machine: line ends too.",
        "*.[mM][dD] -text",
        "",
        _ABOUT,
        *_LINES.values(),
        "",
    ]
)


def install(repo: Repo) -> None:
    """Put the driver in place, where it is not. Raises Busy, Refusal, GitFailed or OSError."""
    _extend_attributes(repo)
    if _unlike(repo.git):
        with step(repo, "config"):
            configure(repo.git)


def configure(git: Git) -> None:
    """Tell the clone's configuration how to call the driver. Raises GitFailed."""
    for key, value in _unlike(git).items():
        git("config", "--local", "--replace-all", key, value)


def _unlike(git: Git) -> dict[str, str]:
    """What the clone's configuration does not have yet."""
    wanted = {f"merge.{_NAME}.name": _TITLE, f"merge.{_NAME}.driver": call()}
    return {
        key: value for key, value in wanted.items() if git.line("config", "--local", key) != value
    }


def call() -> str:
    """How git calls the driver: this Python by its full path, so that no PATH is needed.

    `-P`: a folder of the user's that happens to be called as a package is not ours.
    """
    if not sys.executable:
        return "renmai merge-driver %O %A %B %P"
    python = shlex.quote(sys.executable.replace("\\", "/")).replace("%", "%%")
    return f"{python} -P -m renmai merge-driver %O %A %B %P"


def _extend_attributes(repo: Repo) -> None:
    """Add the lines for the folders of which nothing is said; the user's own lines count.

    Line ends are left as this book has had them: to change that would change every file.
    """
    probes = {f"{repo.prefix}{folder}/renmai.md": line for folder, line in _LINES.items()}
    said = os.fsdecode(repo.git("check-attr", "-z", "merge", "--", *probes).out).split("\0")
    values = dict(zip(said[::3], said[2::3], strict=False))
    missing = [line for path, line in probes.items() if values.get(path) == "unspecified"]
    if not missing:
        return
    path = repo.root / ATTRIBUTES
    with lock(repo.root):
        old = path.read_bytes() if path.exists() else None
        if old is None:
            atomic.create(path, "\n".join([_ABOUT, *missing, ""]).encode())
            return
        end = b"\r\n" if b"\r\n" in old else b"\n"
        gap = b"" if not old or old.endswith(b"\n") else end
        more = end.join(line.encode() for line in ("", _ABOUT, *missing, ""))
        atomic.replace(path, old, old + gap + more)  # changed just now: the next time, then
