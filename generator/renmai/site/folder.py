"""The folder of a site: what a build wrote there, so that the next one writes what differs.

The folder keeps a list of its own files, each with a digest of what was written and the size and
time that it then had. A file is written when its bytes differ from that, or when it no longer is
what was written; one that is on the list and no page's any more is removed; nobody else's file is
touched. Before the first write the list says that all that may be written is in doubt: a build
killed at any moment leaves files that the next one writes again, or removes.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from renmai.ahead import Findings, ahead

#: The list; a name with a dot, which MkDocs leaves alone when it empties the folder.
LIST = ".renmai.json"
#: What a file is called until it takes the place of another, before the number of the process.
_BESIDE = ".renmai.new-"
_VERSION = 1


class Entry(Struct, frozen=True, array_like=True):
    """A file as it was written: a digest of its bytes, its size and its time in nanoseconds."""

    digest: str
    size: int
    mtime: int


#: An empty step, or one of dots alone; what some system takes for the end of a step or of a name.
_LEADS_OUT = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\\\0]")

#: Of a file that may be half written, or was perhaps not written at all.
DOUBT = Entry("", -1, -1)

_entry = msgspec.json.Decoder(Entry)


class Written(Struct):
    """The list: `build` names the build that wrote it, empty while one is under way."""

    version: int = _VERSION
    build: str = ""
    files: Mapping[str, Entry | msgspec.Raw] = {}


class _Read(Written):
    """The list as it is read: most of its entries are written again as they are."""

    files: Mapping[str, msgspec.Raw] = {}


class SiteFolder:
    """The folder of a site, from the moment a build begins to where it ends."""

    def __init__(self, path: Path) -> None:
        self.path, self._top = path, os.path.join(path, "")
        self.known = self._read()
        #: The build that this folder is as it left it, or "" where that is in doubt.
        self.build = self.known.build
        self.made: dict[str, Entry | msgspec.Raw] = {}
        self._folders: set[str] = set()

    def begin(self, paths: Iterable[str]) -> None:
        """Before the first write: no other files than those at `paths` are written.

        A folder that no build of ours has a list of is emptied, as MkDocs does.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        if self.known.version != _VERSION:
            _empty(self.path)
            self.known = Written()
        for entry in _entries(self.path):
            if entry.name.startswith(_BESIDE):
                os.unlink(entry.path)
        self._write_list(Written(files={**self.known.files, **dict.fromkeys(paths, DOUBT)}))

    def put(self, path: str, data: bytes) -> Entry:
        """Have `data` at a path of the site; nothing is written where it is there already."""
        digest = _digest(data)
        entry = self._entry(path)
        if entry.digest != digest or not self._stands(path, entry):
            entry = self._write(path, data, digest)
        self.made[path] = entry
        return entry

    def was(self, path: str, data: bytes) -> bool:
        """Whether `data` is what was written at a path."""
        return self._entry(path).digest == _digest(data)

    @cached_property
    def lost(self) -> list[str]:
        """The files that are not what was written."""
        if (data := ahead.take(_lost_of(self))) is not None:
            return msgspec.msgpack.decode(data, type=list[str])
        return [path for path in self.known.files if not self._stands(path, self._entry(path))]

    def _entry(self, path: str) -> Entry:
        """What is known of the file at a path."""
        entry = self.known.files.get(path, DOUBT)
        if isinstance(entry, Entry):
            return entry
        try:
            return _entry.decode(entry)
        except msgspec.DecodeError:
            return DOUBT

    def _stands(self, path: str, entry: Entry) -> bool:
        """Whether the file at a path is the one that was written."""
        try:
            about = os.lstat(f"{self._top}{path}")
        except OSError:
            return False
        return (
            about.st_size == entry.size
            and about.st_mtime_ns == entry.mtime
            and stat.S_ISREG(about.st_mode)
        )

    def note(self, entries: Mapping[str, Entry | msgspec.Raw]) -> None:
        """Take over what another process has put."""
        self.made.update(entries)

    def end(self, build: str) -> None:
        """Remove what was written once and is not any more; all that is left is as it should be."""
        for path in self.known.files.keys() - self.made.keys():
            self._remove(path)
        self._write_list(Written(build=build, files=self.made))

    def _read(self) -> Written:
        """The list of the last build; one of no version where there is none of use."""
        try:
            data = (self.path / LIST).read_bytes()
            found = msgspec.json.decode(data, type=_Read)
        except (OSError, msgspec.DecodeError):
            return Written(version=0)
        return found if found.version == _VERSION else Written(version=0)

    def _write_list(self, written: Written) -> None:
        beside = self.path / f"{_BESIDE}{os.getpid()}"
        beside.write_bytes(msgspec.json.encode(written))
        os.replace(beside, self.path / LIST)

    def _write(self, path: str, data: bytes, digest: str) -> Entry:
        """Write a file: a new one as it is; in place of another one, in one step."""
        full = f"{self._top}{path}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self._top}{folder}", exist_ok=True)
            self._folders.add(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            about = _written(os.open(full, flags, 0o666), data)
        except FileExistsError:
            beside = f"{self._top}{_BESIDE}{os.getpid()}"
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)
            about = _written(os.open(beside, flags, 0o666), data)
            os.replace(beside, full)
        return Entry(digest, about.st_size, about.st_mtime_ns)

    def _remove(self, path: str) -> None:
        """Remove a file of ours, and the folders that are empty then."""
        if not _is_inside(path):
            return
        full = self.path / path
        inside = os.path.realpath(self.path)
        if os.path.realpath(full.parent) != os.path.normpath(os.path.join(inside, *_steps(path))):
            return  # a link leads elsewhere
        with contextlib.suppress(FileNotFoundError):
            full.unlink()
        with contextlib.suppress(OSError):
            for folder in full.parents:
                if folder == self.path:
                    break
                folder.rmdir()


def lost_ahead(path: str) -> Findings:
    """The lost files of a site, for a build that is not as far yet to ask for them."""
    folder = SiteFolder(Path(path))
    yield _lost_of(folder), msgspec.msgpack.encode(folder.lost)


def _lost_of(folder: SiteFolder) -> str:
    """What the lost files are found under by whoever has the same list of all."""
    return f"lost of {folder.path} after {folder.build}"


def _digest(data: bytes) -> str:
    # Of a page as long as ours it is ready sooner than blake2b: most processors know it.
    return sha256(data).hexdigest()[:24]


def _written(handle: int, data: bytes) -> os.stat_result:
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        return os.fstat(handle)
    finally:
        os.close(handle)


def _steps(path: str) -> list[str]:
    return path.split("/")[:-1]


def _is_inside(path: str) -> bool:
    """Whether a path of the list leads nowhere but into the folder."""
    return not _LEADS_OUT.search(path)


def _empty(folder: Path) -> None:
    """Remove all but hidden files: what MkDocs does before it builds."""
    for entry in _entries(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.unlink(entry.path)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from list(entries)
