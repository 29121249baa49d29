"""Finds the record files of a book, staying within it whatever links lead out."""

from __future__ import annotations

import contextlib
import os
import stat
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from msgspec import Struct

from renmai.model.records import RECORDS
from renmai.problems import Problem, Report

#: Size, time of change of the content and of the file, inode: what tells an untouched file.
Stamp = tuple[int, int, int, int]

#: Of a file that has none: no other file is like it.
UNKNOWN: Stamp = (-1, 0, 0, 0)

#: Times of any century, and inodes of any file system.
_LARGEST = (1 << 64) - 1
_pack = struct.Struct("<qQQQ").pack


def packed(stamp: Stamp) -> bytes:
    """A stamp in `STAMP` bytes."""
    size, written, changed, inode = stamp
    return _pack(size, written & _LARGEST, changed & _LARGEST, inode & _LARGEST)


#: The length of a stamp in bytes.
STAMP = len(packed(UNKNOWN))


class Listing(Struct, array_like=True):
    """The paths of the record files in order, and the stamp of each, one behind the other."""

    paths: list[str]
    stamps: bytes

    def stamp(self, number: int) -> bytes:
        return self.stamps[number * STAMP : (number + 1) * STAMP]

    def stamped(self, stamps: dict[int, bytes]) -> Listing:
        """The same with other stamps, by the number of the file."""
        made = bytearray(self.stamps)
        for number, stamp in stamps.items():
            made[number * STAMP : (number + 1) * STAMP] = stamp
        return Listing(self.paths, bytes(made))


class Walk:
    """One walk through the book at `root`; `problems` are what was met on the way.

    With `has_links`, a file can change by another path than that by which it was found.
    """

    def __init__(self, root: Path) -> None:
        self.root = os.fspath(root)
        self.real_root = os.path.realpath(root)
        self.problems: list[Problem] = []
        self.seen: set[str] = set()
        self.has_links = False

    def files(self) -> Listing:
        """The record files by their paths relative to the book, with `/`, in order."""
        found: list[tuple[str, bytes]] = []
        links: list[str] = []
        for folder in RECORDS:
            place = f"{self.root}/{folder}"
            if os.path.islink(place):
                links.append(folder)
            elif os.path.isdir(place):
                found += self._below(folder, links)
        self.has_links = bool(links)
        while links:
            # Links come last, so that a folder is found by its own path first.
            found += self._linked(links.pop(0), links)
        found.sort(key=itemgetter(0))
        return Listing([path for path, _ in found], b"".join([stamp for _, stamp in found]))

    def _below(self, folder: str, links: list[str]) -> Iterator[tuple[str, bytes]]:
        pending = [folder]
        while pending:
            here = pending.pop()
            real = os.path.realpath(f"{self.root}/{here}")
            if real in self.seen:
                continue
            self.seen.add(real)
            folders: list[str] = []
            linked: list[str] = []
            try:
                with _opened(Path(self.root, here)) as entries:
                    yield from self._sorted_out(here, entries, folders, linked)
            except OSError as error:
                self._report(here, "unreadable", detail=error.strerror or str(error))
            pending += sorted(folders)
            links += sorted(linked)

    def _sorted_out(
        self, here: str, entries: Iterable[os.DirEntry[str]], folders: list[str], links: list[str]
    ) -> Iterator[tuple[str, bytes]]:
        """The record files of a folder; its folders and links go to the lists."""
        for entry in entries:
            name = entry.name
            if name[0] in "._":
                continue
            path = f"{here}/{name}"
            try:
                about = entry.stat(follow_symlinks=False)
                stamp, mode = packed(stamp_of(about)), about.st_mode
            except OSError:
                # To read it will say what is wrong.
                stamp, mode = packed(UNKNOWN), _mode(entry)
            if stat.S_ISREG(mode):
                if name[-3:].lower() == ".md" and (path.isascii() or self._is_named_well(path)):
                    yield path, stamp
            elif stat.S_ISDIR(mode):
                folders.append(path)
            elif stat.S_ISLNK(mode):
                links.append(path)

    def _linked(self, path: str, links: list[str]) -> Iterator[tuple[str, bytes]]:
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
                yield path, packed(stamp_of(os.stat(real)))

    def _is_named_well(self, path: str) -> bool:
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


def walked_again(root: Path, listing: Listing, paths: Iterable[str]) -> Listing | None:
    """The files of an earlier walk with the stamps that those of these paths have now.

    None where that is not all that can be another: a file is new or gone, or is reached by a link.
    """
    found: dict[int, bytes] = {}
    for path in paths:
        if path[: path.find("/")] not in RECORDS:
            continue
        about = _about(f"{root}/{path}")
        place = bisect_left(listing.paths, path)
        is_known = place < len(listing.paths) and listing.paths[place] == path
        is_file = about is not None and stat.S_ISREG(about.st_mode)
        if is_known and is_file and about:
            found[place] = packed(stamp_of(about))
        elif is_known or (about and (not is_file or path.lower().endswith(".md"))):
            return None
    return listing.stamped(found)


def _about(path: str) -> os.stat_result | None:
    """What the system says of a path; None where nothing is there."""
    try:
        return os.lstat(path)
    except OSError:
        return None


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[Iterable[os.DirEntry[str]]]:
    """The entries of a folder. Those of one that is held open are looked up a third faster."""
    if os.scandir not in os.supports_fd:
        yield list(os.scandir(folder))
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield os.scandir(handle)
    finally:
        os.close(handle)


def stamp_of(about: os.stat_result) -> Stamp:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def _mode(entry: os.DirEntry[str]) -> int:
    """What is known of an entry that cannot be looked up: whether it is a file."""
    return stat.S_IFREG if entry.is_file(follow_symlinks=False) else 0
