"""The record files of a book, read anew only where they changed since they were last read.

As git's index does, a file is known by its size, its times and its inode. One that had changed
shortly before it was read could change again without a sign: it is not settled, and is read
again the next time, and taken apart only if its bytes are others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from renmai.model.outline import Outline
from renmai.model.source import Source
from renmai.problems import Problem, Report
from renmai.storage.records import DIGEST, TABLE, Remembered, digest_of, row_of
from renmai.storage.state import file_system_time
from renmai.storage.store import Store
from renmai.storage.walk import UNKNOWN, Stamp, stamp_of

#: The table of what is known of all files: lists in the order of their paths.
FILES = "files"

#: In nanoseconds. Some file systems count in steps of two seconds; some clocks are a little off.
_SETTLES = 3_000_000_000

_NO_DIGEST = bytes(DIGEST)

_encode = msgspec.msgpack.Encoder().encode


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of a file without its record."""

    outline: Outline
    problems: list[Problem] = []


class File(msgspec.Struct, gc=False):
    """One file as it was read; `stamp` is UNKNOWN where it is not settled.

    `known` is None where its bytes are those that were known, `row` without a cache.
    """

    path: str
    stamp: Stamp
    digest: bytes
    known: Known | None = None
    row: bytes | None = None
    source: Source | None = None


Listing = list[tuple[str, Stamp]]
_listing = msgspec.msgpack.Decoder(Listing)
_known = msgspec.msgpack.Decoder(list[Known])


class Files:
    """What is known of the record files of the book at `root`, by the order of their paths."""

    def __init__(
        self, root: Path, paths: list[str], digests: bytes, known: list[Known] | bytes
    ) -> None:
        self.root, self.paths, self.digest_bytes, self._known = root, paths, digests, known
        self.fresh: dict[str, Source] = {}
        self.rows: dict[str, bytes] = {}

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """The digest of each file's bytes; one that the machine does not give has none."""
        return {
            path: digest
            for path, digest in zip(self.paths, _slices(self.digest_bytes), strict=True)
            if digest != _NO_DIGEST
        }

    @cached_property
    def state(self) -> bytes:
        """A digest of the bytes of all files and of their paths."""
        return digest_of(b"\0".join([*(path.encode() for path in self.paths), self.digest_bytes]))

    @cached_property
    def known(self) -> list[Known]:
        return _known.decode(self._known) if isinstance(self._known, bytes) else self._known

    def sources(self) -> list[Source]:
        """The files as sources, whose records come out of the cache when they are asked for."""
        read = Remembered(self.root, self.digests, self.rows).read
        return [
            self.fresh.get(path)
            or Source(
                path,
                problems=known.problems,
                outline=known.outline,
                read=read if known.outline.is_readable else None,
            )
            for path, known in zip(self.paths, self.known, strict=True)
        ]


def read_all(root: Path, listing: Listing) -> Files:
    """Read every file, whatever is remembered, and remember nothing."""
    files = [_read(root, path, 0) for path, _ in listing]
    return _files(root, files, [each.known for each in files if each.known])


def read_changed(root: Path, listing: Listing) -> Files:
    """Read the files that are not as they were when they were last read."""
    with Store(root) as store:
        kept = store.items(FILES)
        if kept.get("stamps") == _encode(listing) and len(kept) == 3:
            return Files(root, [path for path, _ in listing], kept["digests"], kept["known"])
        old = _Old(kept)
        now = file_system_time(root)
        files = [
            old.file(path, stamp) or _read(root, path, now, old.digests.get(path, b""))
            for path, stamp in listing
        ]
        known = [each.known or old.known[each.path] for each in files]
        made = _files(root, files, known)
        if now:
            _remember(store, made, files, old)
    return made


class _Old:
    """What was known of the files when they were last read, by path."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self.stamps: dict[str, Stamp] = {}
        self.digests: dict[str, bytes] = {}
        self.known: dict[str, Known] = {}
        self.listing = kept.get("stamps", b"")
        if len(kept) == 3:
            self.stamps = dict(_listing.decode(self.listing))
            self.digests = dict(zip(self.stamps, _slices(kept["digests"]), strict=True))
            self.known = dict(zip(self.stamps, _known.decode(kept["known"]), strict=True))

    def file(self, path: str, stamp: Stamp) -> File | None:
        """The file of a path if it has that stamp still."""
        if stamp == UNKNOWN or self.stamps.get(path) != stamp:
            return None
        return File(path, stamp, self.digests[path])


def _remember(store: Store, made: Files, files: list[File], old: _Old) -> None:
    stamps = _encode([(each.path, each.stamp) for each in files])
    if stamps == old.listing:
        return
    store.write(
        put={
            FILES: {"stamps": stamps, "digests": made.digest_bytes, "known": _encode(made.known)},
            TABLE: made.rows or {each.path: each.row for each in files if each.row},
        },
        delete={TABLE: old.stamps.keys() - set(made.paths)},
    )


def _files(root: Path, files: list[File], known: list[Known]) -> Files:
    made = Files(
        root, [each.path for each in files], b"".join(each.digest for each in files), known
    )
    made.fresh = {each.path: each.source for each in files if each.source}
    return made


def _read(root: Path, path: str, now: int, digest: bytes = b"") -> File:
    """Read a file; one whose bytes have `digest` is not taken apart.

    `now` is the time that the file system has; 0 where nothing is to be remembered.
    """
    try:
        data, stamp = bytes_of(root / path)
    except OSError as error:
        report = Report(path)
        report.add(1, "unreadable", detail=error.strerror or str(error))
        source = Source(path, None, report.problems)
        return File(path, UNKNOWN, _NO_DIGEST, Known(Outline(), source.problems), source=source)
    file = File(path, stamp if _is_settled(stamp, now) else UNKNOWN, digest_of(data))
    if file.digest != digest:
        from renmai.model.reading import read_record  # not needed where nothing changed

        file.source = read_record(path, data)
        file.known = Known(file.source.outline, file.source.problems)
        file.row = row_of(file.source, file.digest) if now else None
    return file


def bytes_of(path: Path) -> tuple[bytes, Stamp]:
    """A file's bytes and its stamp, which is UNKNOWN where it changed at that moment."""
    with open(path, "rb", buffering=0) as file:
        before = stamp_of(os.fstat(file.fileno()))
        data = file.read()
        return data, before if stamp_of(os.fstat(file.fileno())) == before else UNKNOWN


def _is_settled(stamp: Stamp, now: int) -> bool:
    _, written, changed, _ = stamp
    # The system alone sets `changed`; `written` stands in where it means something else.
    last = changed if written > now + _SETTLES else max(written, changed)
    return last + _SETTLES <= now


def _slices(digests: bytes) -> Iterator[bytes]:
    return (digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST))
