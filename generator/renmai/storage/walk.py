"""Finds the record files of a book, staying within it whatever links lead out."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from renmai.model.records import RECORDS
from renmai.problems import Problem, Report

#: Size, time of change of the content and of the file, inode: what tells an untouched file.
Stamp = tuple[int, int, int, int]

#: Of a file that has none: no other file is like it.
UNKNOWN: Stamp = (-1, 0, 0, 0)


class Walk:
    """One walk through the book at `root`; `problems` are what was met on the way."""

    def __init__(self, root: Path) -> None:
        self.root = os.fspath(root)
        self.real_root = os.path.realpath(root)
        self.problems: list[Problem] = []
        self.seen: set[str] = set()

    def files(self) -> list[tuple[str, Stamp]]:
        """The record files by their paths relative to the book, with `/`, in order."""
        found: list[tuple[str, Stamp]] = []
        links: list[str] = []
        for folder in RECORDS:
            place = f"{self.root}/{folder}"
            if os.path.islink(place):
                links.append(folder)
            elif os.path.isdir(place):
                found += self._below(folder, links)
        while links:
            # Links come last, so that a folder is found by its own path first.
            found += self._linked(links.pop(0), links)
        return sorted(found)

    def _below(self, folder: str, links: list[str]) -> Iterator[tuple[str, Stamp]]:
        pending = [folder]
        while pending:
            here = pending.pop()
            real = os.path.realpath(f"{self.root}/{here}")
            if real in self.seen:
                continue
            self.seen.add(real)
            folders, linked = [], []
            try:
                for entry in os.scandir(Path(self.root, here)):
                    name = entry.name
                    if name.startswith((".", "_")):
                        continue
                    path = f"{here}/{name}"
                    if entry.is_symlink():
                        linked.append(path)
                    elif entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                    elif name[-3:].lower() == ".md" and self._is_named_well(path):
                        about = _stat(entry)
                        if about is not None:
                            yield path, about
            except OSError as error:
                self._report(here, "unreadable", detail=error.strerror or str(error))
            pending += sorted(folders)
            links += sorted(linked)

    def _linked(self, path: str, links: list[str]) -> Iterator[tuple[str, Stamp]]:
        """What a symbolic link leads to: a record file or a folder, if within the book."""
        real = os.path.realpath(f"{self.root}/{path}")
        inside = real.startswith(self.real_root + os.sep)
        is_folder = os.path.isdir(real)
        is_record = path.lower().endswith(".md")
        if not inside:
            if is_folder or is_record:
                self._report(path, "outside-book")
        elif is_folder:
            yield from self._below(path, links)
        elif is_record and os.path.isfile(real) and self._is_named_well(path):
            with contextlib.suppress(OSError):
                yield path, stamp_of(os.stat(real))

    def _is_named_well(self, path: str) -> bool:
        if path.isascii():
            return True
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


def stamp_of(about: os.stat_result) -> Stamp:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def _stat(entry: os.DirEntry[str]) -> Stamp | None:
    """The stamp of a regular file; None of what is something else."""
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        # To read it will say what is wrong.
        return UNKNOWN if entry.is_file(follow_symlinks=False) else None
    return stamp_of(about) if stat.S_ISREG(about.st_mode) else None
