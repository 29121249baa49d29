"""Whose facts can be others than at the last build, from which files are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from renmai.model.book import Book
from renmai.model.outline import Outline
from renmai.model.reading import id_of
from renmai.site.increment.marks import Marks, marks_of
from renmai.site.increment.memory import Memory
from renmai.storage.files import Files
from renmai.storage.records import DIGEST, slices
from renmai.text.values import folded

#: So many bytes of digests are compared at a time.
_MANY = 128 * DIGEST


class Changes(Struct):
    """What changed, by id; `paths` are the files.

    `sources`: their files say something else, or mean somebody else; `touched`: what follows of
    them can be another; `shown`: so can what others show of them;
    `names`: a reference to one of these, folded, can mean another; `marks`: new ones.
    """

    paths: list[str]
    sources: set[str]
    touched: set[str]
    shown: set[str]
    names: set[str]
    marks: dict[str, Marks]


def changes(book: Book, files: Files, old: Memory) -> Changes:
    """What changed between the last build's files and those of `book` as they are now.

    What follows of somebody depends on their own file and on those that refer to them; who is
    referred to, on everybody's names; and what a file says of others, on their front matter.
    """
    paths = _changed(files, old)
    written = {id_of(path) for path in paths}
    now = {source.path: source.outline for id in written for source in book.having(id)}
    names = set[str]().union(*(_renamed(path, now.get(path), old.outline(path)) for path in paths))
    marks = {id: marks_of(record) for id in written if (record := book.record(id))}
    shown = _called(book, old, names)
    shown |= {id for id in written if _front(marks, id) != _front(old.marks, id)}
    # Whoever refers to somebody may say something else of them now, or mean somebody else.
    sources = written | {source.id for id in shown for source in book.referring(id)}
    sources |= _referring(old, shown)
    touched = sources | shown
    marks |= {id: marks_of(record) for id in sources - written if (record := book.record(id))}
    theirs = {source.path: source for id in sources for source in book.having(id)}
    for path in theirs.keys() | set(paths):
        for outline in (theirs[path].outline if path in theirs else None, old.outline(path)):
            touched |= book.referred(outline) if outline else set()
    return Changes(paths, sources, touched, shown, names, marks)


def _changed(files: Files, old: Memory) -> list[str]:
    """The paths of the files that are others, or not there any more."""
    now, before = files.digest_bytes, old.digests
    if files.paths == old.paths:
        return [files.paths[number] for number in _differing(now, before)]
    digests, then = (
        dict(zip(files.paths, slices(now), strict=True)),
        dict(zip(old.paths, slices(before), strict=True)),
    )
    paths = [path for path, digest in digests.items() if then.get(path) != digest]
    return paths + [path for path in then if path not in digests]


def _differing(now: bytes, before: bytes) -> Iterator[int]:
    """The numbers of digests that are others; most are not, and are compared many at a time."""
    for start in range(0, len(now), _MANY):
        if now[start : start + _MANY] != before[start : start + _MANY]:
            for at in range(start, min(start + _MANY, len(now)), DIGEST):
                if now[at : at + DIGEST] != before[at : at + DIGEST]:
                    yield at // DIGEST


def _front(marks: Mapping[str, Marks], id: str) -> bytes | None:
    return marks[id].front if id in marks else None


def _names(path: str, outline: Outline) -> set[str]:
    """All that a reference may find a file by, folded."""
    return {folded(id_of(path)), *map(folded, outline.called)}


def _renamed(path: str, now: Outline | None, then: Outline | None) -> set[str]:
    """The names by which a file is found in one state alone, or finds no record in one."""
    found = [_names(path, outline) for outline in (now, then) if outline]
    if now and then and now.is_readable == then.is_readable:
        return found[0] ^ found[1]
    return set().union(*found)


def _called(book: Book, old: Memory, names: set[str]) -> set[str]:
    """The ids of those who are called by one of the names, now or then."""
    if not names:
        return set()
    now = book.referred(Outline(keys=tuple(names)))
    then = {id_of(path) for path, each in old.every_outline() if names & _names(path, each)}
    return now | then


def _referring(old: Memory, ids: set[str]) -> set[str]:
    """Those who referred to one of the ids at the last build."""
    if not ids:
        return set()
    every = list(old.every_outline())
    mine = {name for path, each in every if id_of(path) in ids for name in _names(path, each)}
    return {id_of(path) for path, each in every if not mine.isdisjoint(each.keys)}
