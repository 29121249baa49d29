"""Whose facts can be others than at the last build, from which files are."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from renmai.model.book import Book
from renmai.model.outline import Outline
from renmai.model.reading import id_of
from renmai.site.increment.memory import Memory, front_of
from renmai.text.values import folded

Files = Mapping[str, tuple[bytes, Outline]]


class Changes(Struct):
    """What changed, by id.

    `sources`: their files say something else, or mean somebody else; `touched`: what follows of
    them can be another; `shown`: so can what others show of them;
    `names`: a reference to one of these, folded, can mean another; `fronts`: new digests.
    """

    sources: set[str]
    touched: set[str]
    shown: set[str]
    names: set[str]
    fronts: dict[str, bytes]


def changes(book: Book, files: Files, old: Memory) -> Changes:
    """What changed between the last build's files and `files`, which are those of `book`.

    What follows of somebody depends on their own file and on those that refer to them; who is
    referred to, on everybody's names; and what a file says of others, on their front matter.
    """
    paths = [
        path
        for path in files.keys() | old.files.keys()
        if _digest(files, path) != _digest(old.files, path)
    ]
    names = set[str]().union(*(_renamed(path, files, old.files) for path in paths))
    written = {id_of(path) for path in paths}
    fronts = {id: front_of(record) for id in written if (record := book.record(id))}
    shown = _called(book, old.files, names)
    shown |= {id for id in written if fronts.get(id) != old.fronts.get(id)}
    # Whoever refers to somebody may say something else of them now, or mean somebody else.
    sources = written | {source.id for id in shown for source in book.referring(id)}
    sources |= _referring(old.files, shown)
    touched = sources | shown
    for known in (files, old.files) if touched else ():
        for path, (_, outline) in known.items():
            if id_of(path) in sources:
                touched |= book.referred(outline)
    return Changes(sources, touched, shown, names, fronts)


def _digest(files: Files, path: str) -> bytes | None:
    known = files.get(path)
    return known[0] if known else None


def _names(path: str, outline: Outline) -> set[str]:
    """All that a reference may find a file by, folded."""
    return {folded(id_of(path)), *map(folded, outline.called)}


def _renamed(path: str, new: Files, old: Files) -> set[str]:
    """The names by which a file is found in one state alone, or finds no record in one."""
    found = [_names(path, files[path][1]) for files in (new, old) if path in files]
    if len(found) == 2 and new[path][1].is_readable == old[path][1].is_readable:
        return found[0] ^ found[1]
    return set().union(*found)


def _called(book: Book, old: Files, names: set[str]) -> set[str]:
    """The ids of those who are called by one of the names, now or then."""
    if not names:
        return set()
    now = book.referred(Outline(keys=tuple(names)))
    then = {id_of(path) for path, (_, each) in old.items() if names & _names(path, each)}
    return now | then


def _referring(old: Files, ids: set[str]) -> set[str]:
    """Those who referred to one of the ids at the last build."""
    if not ids:
        return set()
    mine = {
        name for path, (_, each) in old.items() if id_of(path) in ids for name in _names(path, each)
    }
    return {id_of(path) for path, (_, each) in old.items() if not mine.isdisjoint(each.keys)}
