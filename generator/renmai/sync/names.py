"""Whose records a change is about, by name: for the message of a commit, and to tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from renmai.model.reading import id_of, read_record
from renmai.model.records import RECORDS
from renmai.problems import shorten
from renmai.sync.git import Git
from renmai.sync.trees import Change, blob
from renmai.words import Words

#: So many records are named, in so many characters each.
_NAMED, _LONGEST = 3, 24


def told(git: Git, changes: Sequence[Change], prefix: str, words: Words, key: str) -> str:
    """The sentence `sync.names.<key>` with the names of the records that `changes` are about.

    Where no record changed, the names of the files. It has a bounded length.
    """
    records = [change for change in changes if is_record(change.path, prefix)]
    about = records or list(changes)
    names: dict[str, None] = {}
    left = len(about)
    for change in about:
        left -= 1
        name = name_of(git, change, prefix) if records else change.path.rpartition("/")[2]
        names[shorten(_clean(name), _LONGEST)] = None
        if len(names) == _NAMED:
            break
    listed = words.listed(list(names))
    if left:
        return words(f"sync.names.{key}-more", names=listed, n=left)
    return words(f"sync.names.{key}", names=listed)


def is_record(path: str, prefix: str) -> bool:
    """Whether the path (from the top of the work tree) is that of a record file."""
    folder, *below = path.removeprefix(prefix).split("/") if path.startswith(prefix) else [""]
    return (
        folder in RECORDS
        and bool(below)
        and below[-1].lower().endswith(".md")
        and not any(part.startswith((".", "_")) for part in below)
    )


def name_of(git: Git, change: Change, prefix: str) -> str:
    """What to call the record that a change is about: as the change leaves it, else as it was."""
    path = change.path.removeprefix(prefix)
    for entry in (change.new, change.old):
        record = read_record(path, blob(git, entry.blob)).record if entry.is_file else None
        if record:
            return record.label
    return id_of(path)


def label(path: str, data: bytes) -> str:
    """The name or title that a record's bytes give it, else its id; `path` is below the book."""
    record = read_record(path, data).record
    return record.label if record else id_of(path)


def paths_told(paths: Iterable[str], words: Words) -> str:
    """A few paths, and that there are more."""
    listed = [_clean(path) for path in paths]
    if len(listed) > _NAMED:
        return words("sync.paths-more", paths=words.listed(listed[:_NAMED]), n=len(listed) - _NAMED)
    return words.listed(listed)


def _clean(text: str) -> str:
    """`text` as it may stand in a message: what cannot be written is not."""
    return text.encode("utf-8", "replace").decode("utf-8")
