"""Finds the record files of a book, staying within it whatever links lead out."""

from __future__ import annotations

import contextlib
import os
import stat
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from renmai.ahead import Findings, ahead
from renmai.model.folders import FOLDERS
from renmai.storage.listing import UNKNOWN, Listing, decoded, packed, stamp_of

#: Before the folder of a book: what another process was to find out.
_LISTED = "files of "


def walk_ahead(root: str) -> Findings:
    """The record files of a book, for a process that is not as far yet to ask for them."""
    walk = Walk(root)
    listing = walk.files()
    if not walk.unseen:
        yield _LISTED + root, listing.encoded()


def walked_ahead(root: str) -> Listing | None:
    """The record files of a book, if another process has looked at them for this one."""
    data = ahead.take(_LISTED + root)
    return decoded(data) if data else None


class Unseen:
    """A path where a walk did not come, with the code of the problem, its variant and detail."""

    def __init__(self, path: str, code: str, variant: str, detail: str) -> None:
        self.path, self.code, self.variant, self.detail = path, code, variant, detail


class Walk:
    """One walk through the book at `root`; `unseen` is where it did not come, and why.

    With `has_links`, a file can change by another path than that by which it was found.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = os.fspath(root)
        self.real_root = os.path.realpath(root)
        self.unseen: list[Unseen] = []
        self.seen: set[str] = set()
        self.has_links = False

    def files(self) -> Listing:
        """The record files by their paths relative to the book, with `/`, in order."""
        found: list[tuple[str, bytes]] = []
        links: list[str] = []
        for folder in FOLDERS:
            place = f"{self.root}/{folder}"
            if os.path.islink(place):
                links.append(folder)
            elif os.path.isdir(place):
                found += self._below(folder, links)
        self.has_links = bool(links)
        while links:
            # Links come last, so that a folder is found by its own path first.
            found += self._linked(links.pop(0), links)
        found.sort()
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
                with _opened(f"{self.root}/{here}") as entries:
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
        named = os.fsencode(path).decode("utf-8", "replace")
        self.unseen.append(Unseen(named, code, variant, detail))


def walked_again(root: str, listing: Listing, paths: Iterable[str]) -> Listing | None:
    """The files of an earlier walk with the stamps that those of these paths have now.

    None where that is not all that can be another: a file is new or gone, or is reached by a link.
    """
    found: dict[int, bytes] = {}
    for path in paths:
        if path[: path.find("/")] not in FOLDERS:
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
def _opened(folder: str) -> Iterator[Iterable[os.DirEntry[str]]]:
    """The entries of a folder. Those of one that is held open are looked up a third faster."""
    if os.scandir not in os.supports_fd:
        yield list(os.scandir(folder))
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield os.scandir(handle)
    finally:
        os.close(handle)


def _mode(entry: os.DirEntry[str]) -> int:
    """What is known of an entry that cannot be looked up: whether it is a file."""
    return stat.S_IFREG if entry.is_file(follow_symlinks=False) else 0
