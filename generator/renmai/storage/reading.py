"""Reads record files, many of them on all cores."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from renmai.cores import cores
from renmai.model.outline import Outline
from renmai.model.register import Lines, lines_of
from renmai.model.source import Source
from renmai.problems import Problem, Report
from renmai.storage.listing import UNKNOWN, Stamp, stamp_of
from renmai.storage.records import NO_DIGEST, digest_of, row_of

#: Fewer files are read before other processes have begun.
_MANY = 500

#: So many files go to a process at a time.
_AT_A_TIME = 250

_PIECE = 1 << 20

_encode = msgspec.msgpack.Encoder().encode

#: In nanoseconds. Some file systems count in steps of two seconds; some clocks are a little off.
SETTLES = 3_000_000_000


class Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of a file without its record."""

    outline: Outline
    problems: list[Problem] = []


class File(msgspec.Struct, array_like=True, gc=False):
    """One file as it was read; `stamp` is UNKNOWN where it is not settled.

    What is `known`, encoded, the `lines` of the register and the `row` of the record are None where
    the bytes are those that were known.
    """

    path: str
    stamp: Stamp
    digest: bytes
    known: bytes | None = None
    lines: Lines | None = None
    row: bytes | None = None

    def learn(self, source: Source) -> None:
        """Take over what is known of the file from its source."""
        outline, problems = source.outline, source.problems
        self.known = _encode(Known(outline, problems))
        self.lines = lines_of(source.id, outline, bool(problems))


#: The path of a file, and the digest that its bytes had.
Wish = tuple[str, bytes]


def read_files(
    root: Path, wishes: Sequence[Wish], now: int
) -> Iterator[tuple[File, Source | None]]:
    """Read files of the book at `root`; those whose bytes are as they were are not taken apart.

    `now` is the time that the file system has. The source is given where it is at hand; where
    other processes read, the row alone is.
    """
    if len(wishes) >= _MANY and (jobs := _cores()) > 1:
        read: list[File] = []
        # Without the other processes everything goes the same way, if slower.
        with contextlib.suppress(Exception):
            read = _read_on(jobs, root, wishes, now)
        yield from ((file, None) for file in read)
        wishes = wishes[len(read) :]
    for path, digest in wishes:
        yield read_file(root, path, now, digest)


def _read_on(jobs: int, root: Path, wishes: Sequence[Wish], now: int) -> list[File]:
    # Who reads a few files need not wait for these to load.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    parts = [wishes[at : at + _AT_A_TIME] for at in range(0, len(wishes), _AT_A_TIME)]
    decode = msgspec.msgpack.Decoder(list[File]).decode
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        done = [pool.submit(_read_part, root, part, now) for part in parts]
        return [file for part in done for file in decode(part.result())]


def _read_part(root: Path, wishes: Iterable[Wish], now: int) -> bytes:
    files = [read_file(root, path, now, digest)[0] for path, digest in wishes]
    return _encode(files)


def _cores() -> int:
    """On how many cores to read: one where a process cannot simply be forked."""
    return cores() if sys.platform == "linux" else 1


def read_file(root: Path, path: str, now: int, digest: bytes = b"") -> tuple[File, Source | None]:
    """Read one file; its source where its bytes are not those of `digest`."""
    try:
        data, stamp = bytes_of(os.path.join(root, path))
    except OSError as error:
        report = Report(path)
        report.add(1, "unreadable", detail=error.strerror or str(error))
        source = Source(path, None, report.problems)
        file = File(path, UNKNOWN, NO_DIGEST)
        file.learn(source)
        return file, source
    file = File(path, stamp if _is_settled(stamp, now) else UNKNOWN, digest_of(data))
    if file.digest == digest:
        return file, None
    from renmai.model.reading import read_record  # not needed where nothing changed

    source = read_record(path, data)
    file.learn(source)
    file.row = row_of(source, file.digest)
    return file, source


def bytes_of(path: str) -> tuple[bytes, Stamp]:
    """A file's bytes and its stamp, which is UNKNOWN where it changed at that moment."""
    # Python's own files ask the system twice as much, of files that are read by the thousand.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        before = stamp_of(os.fstat(handle))
        data = os.read(handle, before[0] + 1)
        if len(data) != before[0]:  # it is changing, or came in pieces
            while more := os.read(handle, _PIECE):
                data += more
        return data, before if stamp_of(os.fstat(handle)) == before else UNKNOWN
    finally:
        os.close(handle)


def _is_settled(stamp: Stamp, now: int) -> bool:
    _, written, changed, _ = stamp
    # The system alone sets `changed`; `written` stands in where it means something else.
    last = changed if written > now + SETTLES else max(written, changed)
    return last + SETTLES <= now
