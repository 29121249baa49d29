"""The locks that git takes, and how those of a killed run are told from those of others.

Before git does something that takes locks, the note says what, and which locks there were. What
a killed run left is therefore of that step, was not there before, and no git process of that run
is alive any more. Every other lock is somebody else's and stays.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from renmai.sync.note import Seen
from renmai.sync.refusal import Refusal
from renmai.sync.repo import Repo

_INDEX = ("index.lock", "next-index-*.lock")
_REFS = ("HEAD.lock", "refs/heads/**/*.lock", "packed-refs.lock", "reftable/*.lock")

#: What each step may leave below a git folder.
_LEFT_BY = {
    "config": ("config.lock",),
    "index": _INDEX,
    "commit": (*_INDEX, *_REFS),
    "refs": _REFS,
    "fetch": ("refs/**/*.lock", "packed-refs.lock", "shallow.lock", "reftable/*.lock"),
    "push": ("refs/remotes/**/*.lock", "packed-refs.lock", "reftable/*.lock"),
    "tidy": ("**/*.lock", "gc.pid"),
}
#: Git gives the merge driver its files at the top of the work tree.
_SCRATCH = ".merge_file_*"

#: How long to wait for a git that is at work, in seconds: of the killed run, and of others.
_PATIENCE = 10.0
_OTHERS = 3.0
_PAUSE = 0.05
#: An empty lock in the remote repository is nobody's after so many seconds.
_ABANDONED = 3.0


@contextlib.contextmanager
def step(repo: Repo, name: str, remote: Path | None = None, sent: str = "") -> Iterator[None]:
    """Let git do something that takes locks, such that they are known as ours if it is killed.

    `remote` is the git folder of a remote that lies on this machine, and `sent` the commit that
    it is to get.
    """
    _wait_for_others(repo, name)
    had = [_seen(path) for path in _locks(repo, name)]
    if remote:
        had.append((os.fsencode(remote), 0, 0))
    with repo.notes.step(name, had, sent):
        yield


def clear(repo: Repo) -> None:
    """Remove what the killed run left, once the last git of it has ended. Raises Refusal."""
    note = repo.notes.note
    if not note.step:
        return
    until = time.monotonic() + _PATIENCE
    while note.child and _is_git(note.child):
        if time.monotonic() > until:
            raise Refusal("git-busy", pid=note.child)
        time.sleep(_PAUSE)
    for path in _locks(repo, note.step):
        if _seen(path) not in note.had:
            path.unlink(missing_ok=True)
    for place, changed, inode in note.had:
        if note.sent and (changed, inode) == (0, 0):
            _clear_remote(Path(os.fsdecode(place)), note.sent)
    note.step, note.had, note.child, note.sent = "", [], 0, ""
    repo.notes.save()


def _locks(repo: Repo, name: str) -> list[Path]:
    """The files of the kind that a step leaves, as they are now."""
    if name == "merge":
        return sorted(repo.top.glob(_SCRATCH))
    folders = {repo.own, repo.common}
    found = {path for folder in folders for each in _LEFT_BY[name] for path in folder.glob(each)}
    return sorted(found)


def _wait_for_others(repo: Repo, name: str) -> None:
    """Another git may be at work for a moment; a lock that stays is for the user to judge."""
    until = time.monotonic() + (0 if name == "tidy" else _OTHERS)
    while name != "merge" and (there := _locks(repo, name)):
        if time.monotonic() > until:
            raise Refusal("locked", path=str(there[0]))
        time.sleep(_PAUSE)


def _seen(path: Path) -> Seen:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return (os.fsencode(path), -1, -1)
    return (os.fsencode(path), found.st_mtime_ns, found.st_ino)


def _clear_remote(folder: Path, sent: str) -> None:
    """Remove the locks that a killed push left in a remote on this machine.

    One is ours when it holds the commit that we sent. An empty one may be somebody's who is
    pushing now: it must have been left alone for a while.
    """
    for path in {path for each in _REFS for path in folder.glob(each)}:
        with contextlib.suppress(OSError):
            until = time.monotonic() + _ABANDONED
            while not (held := path.read_bytes()) and time.monotonic() < until:
                time.sleep(_PAUSE)
            if held.strip() in (b"", sent.encode()):
                path.unlink()


def _is_git(pid: int) -> bool:
    """Whether the process is there, is git, and has not ended: numbers are given out again."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        name, _, rest = told.partition("(")[2].rpartition(")")
        return "git" in name and rest.split()[0] != "Z"
    except FileNotFoundError:
        if os.name == "nt" or Path("/proc/self/stat").exists():
            return False
    asked = ["ps", "-o", "stat=,comm=", "-p", str(pid)]
    with contextlib.suppress(OSError):
        said = subprocess.run(asked, capture_output=True, check=False).stdout.decode().split()
        return len(said) > 1 and "git" in said[-1] and not said[0].startswith("Z")
    return False
