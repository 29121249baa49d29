"""The only room that touches the book on disk: it is read here, and what is remembered of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from renmai.model.book import Book, PhotoState
from renmai.model.reading import Source, id_of, read_record
from renmai.model.records import RECORDS, Contact, Event
from renmai.problems import Problem, Report
from renmai.settings import FILE, Settings, SettingsFile, read_settings
from renmai.storage.state import STATE, read_state, write_state


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


class Opened(msgspec.Struct):
    """A book as it was read: `problems` are those of its files one by one and of its settings."""

    root: Path
    settings: Settings
    book: Book
    problems: list[Problem]


def find_book(start: Path) -> Path:
    """The folder of the nearest `mkdocs.yml`, from `start` upwards, that names the plugin.

    Raises NoBook, or BrokenSettings when one on the way is no YAML (it may be the book's).
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if _read_settings_file(folder) is not None:
            return folder
    raise NoBook(start)


def open_settings(root: Path) -> Settings:
    """The settings of the book at `root`. Raises NoBook or BrokenSettings."""
    found = _read_settings_file(root)
    if found is None or found.settings is None:
        raise NoBook(root)
    return found.settings


def open_book(root: Path) -> Opened:
    """Read the whole book at `root`. Raises NoBook or BrokenSettings."""
    found = _read_settings_file(root)
    if found is None or found.settings is None:
        raise NoBook(root)
    walk = _Walk(root)
    sources = [_read(root, path) for path in walk.files()]
    book = Book(sources, _photos(root, sources))
    problems = [*found.problems, *walk.problems]
    for source in book.sources:
        problems += source.problems
    return Opened(root, found.settings, book, problems)


def _read_settings_file(folder: Path) -> SettingsFile | None:
    """The `mkdocs.yml` of a folder if it names the plugin, else None."""
    path = folder / FILE
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        found = read_settings(path.read_bytes())
    except OSError:
        return None
    if found.broken:
        raise BrokenSettings(path, found.problems[0])
    return found if found.settings is not None else None


def _read(root: Path, path: str) -> Source:
    """Read one record file; one that the machine will not give is `unreadable`."""
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        report = Report(path)
        report.add(1, "unreadable", detail=error.strerror or str(error))
        return Source(path, id_of(path), path.split("/", 1)[0], None, report.problems)
    return read_record(path, data)


class _Walk:
    """Finds the record files of a book, staying within it whatever links lead out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.real_root = os.path.realpath(root)
        self.problems: list[Problem] = []
        self.seen: set[str] = set()

    def files(self) -> list[str]:
        """Paths of the record files, relative to the book with `/`, in order."""
        found: list[str] = []
        links: list[str] = []
        for folder in RECORDS:
            if os.path.islink(self.root / folder):
                links.append(folder)
            elif os.path.isdir(self.root / folder):
                found += self._below(folder, links)
        while links:
            # Links come last, so that a folder is found by its own path first.
            found += self._linked(links.pop(0), links)
        return sorted(found)

    def _below(self, folder: str, links: list[str]) -> Iterator[str]:
        pending = [folder]
        while pending:
            here = pending.pop()
            real = os.path.realpath(self.root / here)
            if real in self.seen:
                continue
            self.seen.add(real)
            try:
                entries = sorted(os.scandir(self.root / here), key=lambda entry: entry.name)
            except OSError as error:
                self._report(here, "unreadable", detail=error.strerror or str(error))
                continue
            for entry in entries:
                path = f"{here}/{entry.name}"
                if entry.name.startswith((".", "_")):
                    continue
                if entry.is_symlink():
                    links.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    pending.append(path)
                elif entry.is_file(follow_symlinks=False) and self._is_record(path):
                    yield path

    def _linked(self, path: str, links: list[str]) -> Iterator[str]:
        """What a symbolic link leads to: a record file or a folder, if within the book."""
        real = os.path.realpath(self.root / path)
        inside = real.startswith(self.real_root + os.sep)
        is_folder = os.path.isdir(real)
        if not inside:
            if is_folder or path.lower().endswith(".md"):
                self._report(path, "outside-book")
        elif is_folder:
            yield from self._below(path, links)
        elif os.path.isfile(real) and self._is_record(path):
            yield path

    def _is_record(self, path: str) -> bool:
        if not path.lower().endswith(".md"):
            return False
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            self._report(path, "bad-encoding", "name")
            return False
        return True

    def _report(self, path: str, code: str, variant: str = "", detail: str = "") -> None:
        report = Report(os.fsencode(path).decode("utf-8", "replace"))
        report.add(1, code, variant, detail=detail)
        self.problems += report.problems


def _photos(root: Path, sources: list[Source]) -> dict[str, PhotoState]:
    """Which of the photos that records name cannot be shown, and why."""
    named: set[str] = set()
    for source in sources:
        record = source.record
        if isinstance(record, Contact) and record.photo:
            named.add(record.photo)
        elif isinstance(record, Event):
            named.update(person.photo for person in record.people if person.photo)
    real_root = os.path.realpath(root) + os.sep
    states: dict[str, PhotoState] = {}
    for photo in named:
        try:
            real = os.path.realpath(root / photo)
            if not real.startswith(real_root):
                states[photo] = "outside"
            elif not os.path.isfile(real):
                states[photo] = "missing"
        except (OSError, ValueError):
            states[photo] = "missing"
    return states
