"""Trees and blobs: what differs between two trees, and a tree made from another."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from renmai.sync.git import Git

#: The mode of what is not there, and of a link, a program, and another repository.
NONE, LINK, EXECUTABLE, REPOSITORY = "000000", "120000", "100755", "160000"

#: So many blobs are asked for in one go.
_BATCH = 50

#: The attributes that have git change bytes between what it keeps and what it writes.
_CONVERSIONS = ("text", "crlf", "eol", "filter", "ident", "working-tree-encoding")


class Entry(NamedTuple):
    """What a tree has at a path: mode and blob; nothing when the mode is `NONE`."""

    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        """A regular file, with bytes of its own."""
        return self.mode not in (NONE, LINK, REPOSITORY)


ABSENT = Entry(NONE, "")


class Change(NamedTuple):
    """A path that two trees differ at."""

    path: str
    old: Entry
    new: Entry


def changes(git: Git, old: str, new: str, *more: str) -> list[Change]:
    """The paths at which the trees `old` and `new` differ, in order."""
    return read_changes(git("diff-tree", "-r", "-z", "--no-renames", *more, old, new).out)


def read_changes(raw: bytes) -> list[Change]:
    """The changes in what `git diff-tree -z` and `git diff-index -z` say."""
    parts = os.fsdecode(raw).split("\0")
    found = []
    for about, path in zip(parts[::2], parts[1::2], strict=False):
        old_mode, new_mode, old, new, _ = about.removeprefix(":").split(" ")
        found.append(Change(path, _entry(old_mode, old), _entry(new_mode, new)))
    return found


def _entry(mode: str, blob: str) -> Entry:
    return ABSENT if mode == NONE else Entry(mode, blob)


def blob(git: Git, name: str) -> bytes:
    """The bytes of a blob as git keeps them."""
    return git("cat-file", "blob", name).out


def as_written(git: Git, wanted: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """What git would write for each (blob, path): with the line ends and filters of that path."""
    changed = _converted(git, [path for _, path in wanted])
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        plain = iter(_blobs(git, [name for name, path in part if path not in changed]))
        for name, path in part:
            if path in changed:
                yield git("cat-file", "--filters", f"--path={path}", name).out
            else:
                yield next(plain)


def _blobs(git: Git, names: Sequence[str]) -> list[bytes]:
    """The bytes of some blobs, in one go."""
    said = git("cat-file", "--batch", feed="".join(f"{name}\n" for name in names).encode()).out
    found, at = [], 0
    while at < len(said):
        head = said.index(b"\n", at) + 1
        end = head + int(said[at:head].rsplit(b" ", 1)[1])
        found.append(said[head:end])
        at = end + 1
    return found


def _converted(git: Git, paths: Sequence[str]) -> set[str]:
    """Those of `paths` whose bytes may differ between git and the work tree."""
    if not paths:
        return set()
    feed = os.fsencode("".join(f"{path}\0" for path in paths))
    said = os.fsdecode(git("check-attr", "-z", "--stdin", *_CONVERSIONS, feed=feed).out).split("\0")
    by_default = git.line("config", "core.autocrlf") in ("", "false")
    return {
        path
        for path, name, value in zip(said[::3], said[1::3], said[2::3], strict=False)
        if value != "unset" and not (value == "unspecified" and (by_default or name != "text"))
    }


def as_kept(git: Git, paths: Sequence[str]) -> list[str]:
    """The blob that git would make of each file: below the top of the work tree."""
    if not paths:
        return []
    feed = b"".join(_quoted(os.fsencode(path)) + b"\n" for path in paths)
    return git("hash-object", "--stdin-paths", feed=feed).out.decode("ascii").split()


def _quoted(path: bytes) -> bytes:
    """A path as git reads it from a line, whatever is in it."""
    return b'"%b"' % re.sub(rb'[\x00-\x1f"\\]', lambda found: b"\\%03o" % found[0][0], path)


def index_lines(entries: Iterable[tuple[str, Entry]], stage: int = 0) -> bytes:
    """Lines for `git update-index -z --index-info` that put entries there."""
    lines = [f"{entry.mode} {entry.blob} {stage}\t{path}\0" for path, entry in entries]
    return os.fsencode("".join(lines))


def removing_lines(paths: Iterable[str], name: str) -> bytes:
    """The same for taking paths out; `name` is any name of an object, for how long they are."""
    return os.fsencode("".join(f"0 {'0' * len(name)}\t{path}\0" for path in paths))


def edited_tree(git: Git, tree: str, entries: dict[str, Entry], scratch: Path) -> str:
    """The tree that `tree` is with other `entries`; `scratch` is a folder for git's work."""
    if not entries:
        return git.line("rev-parse", f"{tree}^{{tree}}")
    with tempfile.TemporaryDirectory(dir=scratch, prefix="sync-") as folder:
        env = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git("read-tree", tree, env=env)
        gone = removing_lines(entries, tree)
        there = index_lines((path, each) for path, each in entries.items() if each != ABSENT)
        git("update-index", "-z", "--index-info", feed=gone + there, env=env)
        return os.fsdecode(git("write-tree", env=env).out).strip()


def check_paths(git: Git, tree: str, scratch: Path) -> None:
    """Have git look whether a tree may be written: no `..`, no `.git` in any disguise.

    What somebody sent is not to be trusted further than git trusts it. Raises GitFailed.
    """
    with tempfile.TemporaryDirectory(dir=scratch, prefix="sync-") as folder:
        git("read-tree", tree, env={"GIT_INDEX_FILE": str(Path(folder) / "index")})


def empty_tree(git: Git) -> str:
    """The tree with nothing in it."""
    return os.fsdecode(git("hash-object", "-t", "tree", "-w", "--stdin").out).strip()
