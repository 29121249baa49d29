"""A book is found, and opened: its settings and its files, as they are now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

from renmai.model.book import Book
from renmai.problems import Problem, Report
from renmai.settings import FILE, Settings, SettingsFile
from renmai.storage.files import Files, read_all, read_changed
from renmai.storage.listing import Listing
from renmai.storage.photos import Photos
from renmai.storage.settingsfile import read_settings_file
from renmai.storage.walk import Unseen, Walk, walked_again, walked_ahead


class NoBook(Exception):
    """There is no book where one was looked for; `where` is the folder."""

    def __init__(self, where: Path) -> None:
        super().__init__(str(where))
        self.where = where


class BrokenSettings(Exception):
    """The `mkdocs.yml` of the book is no YAML; `problem` says where."""

    def __init__(self, path: Path, problem: Problem) -> None:
        super().__init__(str(path))
        self.path, self.problem = path, problem


class Opened:
    """A book as it was read: `problems` are those of its files one by one and of its settings."""

    def __init__(
        self, root: Path, settings: Settings, files: Files, problems: Sequence[Problem] = ()
    ) -> None:
        self.root, self.settings, self.files, self._problems = root, settings, files, problems

    @cached_property
    def book(self) -> Book:
        """The book; its records are read as they are asked for."""
        files = self.files
        photos = Photos(self.root, files)
        return Book(files.sources(), photos, files.register, files.remembered.fetch)

    @cached_property
    def problems(self) -> list[Problem]:
        return [*self._problems, *self.files.problems]

    @property
    def digests(self) -> dict[str, bytes]:
        """The digest of each file's bytes by path; a file that cannot be read has none."""
        return self.files.digests

    @property
    def state(self) -> bytes:
        """A digest of all files and their paths: of another book, or another state, another."""
        return self.files.state


def find_book(start: Path) -> Path:
    """The folder of the nearest `mkdocs.yml`, from `start` upwards, that names the plugin.

    Raises NoBook, or BrokenSettings when one on the way is no YAML (it may be the book's).
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if _read_settings(folder) is not None:
            return folder
    raise NoBook(start)


def open_settings(root: Path) -> Settings:
    """The settings of the book at `root`. Raises NoBook or BrokenSettings."""
    found = _read_settings(root)
    if found is None or found.settings is None:
        raise NoBook(root)
    return found.settings


def open_book(root: Path, cache: bool = True, *, changed: Collection[str] | None = None) -> Opened:
    """Read the book at `root`. Raises NoBook or BrokenSettings.

    With `cache`, files that are as they were are not read again; nothing else depends on it. No
    other paths than `changed` are others since this process opened the book last, if it is given.
    """
    found = _read_settings(root, cache)
    if found is None or found.settings is None:
        raise NoBook(root)
    listing, problems = _walked(root, changed)
    files = read_changed(root, listing) if cache else read_all(root, listing)
    return Opened(root, found.settings, files, [*found.problems, *problems])


#: What the last walk of this process found, by the folder of the book; nothing among links.
_last: dict[Path, tuple[Listing, list[Problem]]] = {}


def _walked(root: Path, changed: Collection[str] | None) -> tuple[Listing, list[Problem]]:
    """The record files of a book, and what was met on the way."""
    if changed is not None and root in _last:
        listing, problems = _last[root]
        again = walked_again(str(root), listing, changed)
        if again is not None:
            _last[root] = again, problems
            return again, problems
    _last.clear()
    if ahead := walked_ahead(str(root)):
        return ahead, []
    walk = Walk(root)
    listing, problems = walk.files(), [_problem(each) for each in walk.unseen]
    if not walk.has_links:
        _last[root] = listing, problems
    return listing, problems


def _problem(unseen: Unseen) -> Problem:
    report = Report(unseen.path)
    report.add(1, unseen.code, unseen.variant, detail=unseen.detail)
    return report.problems[0]


def _read_settings(folder: Path, cache: bool = True) -> SettingsFile | None:
    """The `mkdocs.yml` of a folder if it names the plugin, else None."""
    found = read_settings_file(folder, cache)
    if found is None:
        return None
    if found.broken:
        raise BrokenSettings(folder / FILE, found.problems[0])
    return found if found.settings is not None else None
