"""A record's past, as git has it: each commit that changed its file, with what was before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec

from renmai.rules.changes import Version
from renmai.sync.git import Git


class Commit(msgspec.Struct, frozen=True):
    """A commit that changed a record.

    `parents` are the versions before it, one a parent; None where there was no file. `day` is
    the author's own.
    """

    id: str
    day: date
    author: str
    parents: tuple[Version | None, ...]
    version: Version


class NotInGit(Exception):
    """The book lies in no git repository."""


_BEGIN, _BETWEEN, _END = "\x01", "\x02", "\x03"
_FORMAT = f"--format={_BEGIN}%H{_BETWEEN}%P{_BETWEEN}%aI{_BETWEEN}%aN{_END}"


#: Whatever the user's settings say of the log.
_LOG = (
    "--literal-pathspecs", "-c", "log.showRoot=true", "log", "--no-relative", "--follow",
    "--find-renames=40%", "--name-status", "-z", "--diff-merges=first-parent", "--no-ext-diff",
    "--no-textconv", "--no-color", "--no-show-signature", _FORMAT,
)  # fmt: skip


def commits(root: Path, path: str) -> list[Commit]:
    """The commits that changed a record, newest first, renames followed; [] when there is none.

    `path` is relative to the book. Raises NotInGit, `sync.git.NoGit`, or GitFailed.
    """
    git = Git(root)
    top = git.line("rev-parse", "--show-toplevel")
    if not top:
        raise NotInGit
    if not git.line("rev-parse", "--verify", "--quiet", "HEAD"):
        return []
    real_root, real = os.path.realpath(root), os.path.realpath(root / path)
    listed = git(*_LOG, "--", os.path.relpath(real, real_root))
    prefix = os.path.relpath(real_root, os.path.realpath(top)).replace(os.sep, "/")
    return _with_versions(git, _parsed(os.fsdecode(listed.out)), "" if prefix == "." else prefix)


class _Line(msgspec.Struct):
    """What git lists of a commit: `before` is the path that the file had, "" when it is new."""

    id: str
    parents: list[str]
    day: date
    author: str
    before: str
    path: str


def _parsed(listed: str) -> list[_Line]:
    found = []
    for record in listed.split(_BEGIN)[1:]:
        head, _, names = record.partition(_END)
        id, parents, when, author = head.split(_BETWEEN)
        status, *paths = [part for part in names.strip("\0\n").split("\0") if part] or [""]
        if not paths or "\n" in "".join(paths) or status.startswith("D"):
            continue
        before = "" if status.startswith("A") else paths[0]
        day = datetime.fromisoformat(when).date()
        found.append(_Line(id, parents.split(), day, author, before, paths[-1]))
    return found


def _with_versions(git: Git, lines: Sequence[_Line], prefix: str) -> list[Commit]:
    wanted = [(line.id, line.path) for line in lines]
    for line in lines:
        for parent in line.parents:
            wanted += [(parent, line.before or line.path), (parent, line.path)]
    held = _blobs(git, list(dict.fromkeys(wanted)))

    def version(commit: str, *paths: str) -> Version | None:
        for path in paths:
            data = held.get((commit, path))
            if data is not None:
                return Version(_within(path, prefix), data)
        return None

    made = []
    for line in lines:
        now = version(line.id, line.path)
        if now is not None:
            was = tuple(
                version(parent, line.before or line.path, line.path) for parent in line.parents
            )
            made.append(Commit(line.id, line.day, line.author, was, now))
    return made


def _within(path: str, prefix: str) -> str:
    """A path of the repository as one of the book, where it lies in it."""
    return path.removeprefix(f"{prefix}/") if prefix else path


def _blobs(git: Git, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """The files of commits by commit and path, as far as they are there; read in one call."""
    feed = b"".join(os.fsencode(f"{commit}:{path}\n") for commit, path in wanted)
    out = git("cat-file", "--batch", feed=feed).out
    found, place = {}, 0
    for each in wanted:
        end = out.index(b"\n", place)
        words = out[place:end].split()
        place = end + 1
        if len(words) == 3 and words[1] == b"blob" and words[2].isdigit():
            size = int(words[2])
            found[each] = out[place : place + size]
            place += size + 1
    return found
