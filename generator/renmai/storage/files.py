"""What is known of the record files of a book: read anew only where they changed.

As git's index does, a file is known by its size, its times and its inode. One that had changed
shortly before it was read could change again without a sign: it is not settled, and is read
again the next time, and taken apart only if its bytes are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from renmai.model.outline import Outline
from renmai.model.register import UNREADABLE, WRONG, Lines, Register, lines_of, register_of
from renmai.model.source import Source, Sources, id_of
from renmai.problems import Problem
from renmai.storage.listing import UNKNOWN, Listing, decoded, packed
from renmai.storage.reading import File, Known, read_files
from renmai.storage.records import DIGEST, NO_DIGEST, TABLE, Remembered, digest_of, slices
from renmai.storage.state import file_system_time
from renmai.storage.store import Store

#: The table of what is known of all files: lists in the order of their paths.
FILES = "files"

_NO_STAMP = packed(UNKNOWN)

_encode = msgspec.msgpack.Encoder().encode
_rows = msgspec.msgpack.Decoder(list[msgspec.Raw])
_known = msgspec.msgpack.Decoder(Known)
_register = msgspec.msgpack.Decoder(Register)


class Files:
    """What is known of the record files of the book at `root`, in the order of their paths.

    `known` are the outline and the problems of each, encoded.
    """

    def __init__(
        self,
        root: Path,
        paths: list[str],
        digest_bytes: bytes,
        known: list[msgspec.Raw] | bytes,
        register: Register | bytes,
        state: bytes = b"",
    ) -> None:
        self.root, self.paths, self.digest_bytes = root, paths, digest_bytes
        self._rows, self._register = known, register
        #: A digest of the bytes of all files and of their paths.
        self.state = state or digest_of(_encode(paths) + digest_bytes)
        self.sources_at_hand: dict[str, Source] = {}
        self.rows_at_hand: dict[str, bytes] = {}

    def again(self) -> Files:
        """The same files, of which no record is at hand."""
        known = self.rows if "rows" in self.__dict__ else self._rows
        return Files(
            self.root, self.paths, self.digest_bytes, known, self.kept_register, self.state
        )

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """The digest of each file's bytes; one that the machine does not give has none."""
        return {
            path: digest
            for path, digest in zip(self.paths, slices(self.digest_bytes), strict=True)
            if digest != NO_DIGEST
        }

    @cached_property
    def rows(self) -> list[msgspec.Raw]:
        """What is known of each file, encoded."""
        return _rows.decode(self._rows) if isinstance(self._rows, bytes) else self._rows

    @cached_property
    def register(self) -> Register:
        """What all files are called and refer to."""
        known = self._register
        return _register.decode(known) if isinstance(known, bytes) else known

    @property
    def kept_register(self) -> Register | bytes:
        """The register: as it was given, encoded, where nobody has asked for it."""
        return self.register if "register" in self.__dict__ else self._register

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each file by its path."""
        return {path: number for number, path in enumerate(self.paths)}

    @property
    def known(self) -> Iterator[Known]:
        """The outline and the problems of each file."""
        return map(_known.decode, self.rows)

    @property
    def problems(self) -> Iterator[Problem]:
        """What is wrong in the files one by one."""
        for number in self.register.traits.get(WRONG, ()):
            yield from _known.decode(self.rows[number]).problems

    @cached_property
    def remembered(self) -> Remembered:
        """Where records come from that are not at hand."""
        return Remembered(self.root, self.digests, self.rows_at_hand)

    def sources(self) -> Sources:
        """The files as sources, whose records come out of the cache when they are asked for."""
        known, read = self._of, self.remembered.read
        unreadable = set(self.register.traits.get(UNREADABLE, ()))

        def make(number: int) -> Source:
            path = self.paths[number]
            at_hand = self.sources_at_hand.get(path)
            reading = None if number in unreadable else read
            return at_hand or Source(path, known=known, read=reading)

        return Sources(self.paths, make)

    def _of(self, path: str) -> tuple[Outline, list[Problem]]:
        known = _known.decode(self.rows[self.numbers[path]])
        return known.outline, known.problems

    def lines(self, number: int) -> Lines:
        """What the register says of a file."""
        known = _known.decode(self.rows[number])
        return lines_of(id_of(self.paths[number]), known.outline, bool(known.problems))


def read_all(root: Path, listing: Listing) -> Files:
    """Read every file, whatever is remembered, and remember nothing."""
    return _read(root, listing, _nothing(root), now=0)


def read_changed(root: Path, listing: Listing) -> Files:
    """Read the files that are not as they were when they were last read."""
    with Store(root) as store:
        old = _latest.get(root)
        if old is None or store.get(FILES, "state") != old.files.state:
            kept = store.items(FILES)
            old = _kept(root, kept) if len(kept) == len(_PARTS) else _nothing(root)
        if listing == old.listing and _NO_STAMP not in listing.stamps:
            return old.files.again()
        now = file_system_time(root)
        return _read(root, listing, old, now, store if now else None)


#: The rows of the table.
_PARTS = {"listing", "digests", "known", "register", "state"}


def _kept(root: Path, kept: Mapping[str, bytes]) -> _Old:
    listing = decoded(kept["listing"])
    parts = (kept[name] for name in ("digests", "known", "register", "state"))
    return _Old(Files(root, listing.paths, *parts), listing)


def _nothing(root: Path) -> _Old:
    return _Old(Files(root, [], b"", [], register_of([])), Listing([], b""))


class _Old:
    """What was known of the files when they were last read; the stamps are those of settled."""

    def __init__(self, files: Files, listing: Listing) -> None:
        self.files, self.listing = files, listing

    def numbers(self, paths: list[str]) -> Sequence[int | None]:
        """The number that each file had; None of a new one."""
        if paths == self.files.paths:
            return range(len(paths))
        known = self.files.numbers
        return [known.get(path) for path in paths]

    def changed(self, listing: Listing, before: Sequence[int | None]) -> list[int]:
        """The numbers of the files that are not as they were for certain."""
        if isinstance(before, range) and _NO_STAMP not in listing.stamps:
            return list(listing.differing(self.listing))
        return [
            n for n, then in enumerate(before) if not self._is_as_it_was(listing.stamp(n), then)
        ]

    def _is_as_it_was(self, stamp: bytes, then: int | None) -> bool:
        return then is not None and stamp != _NO_STAMP and self.listing.stamp(then) == stamp

    def digest(self, number: int) -> bytes:
        return self.files.digest_bytes[number * DIGEST : (number + 1) * DIGEST]

    def register(
        self, paths: list[str], rows: list[msgspec.Raw], read: Mapping[int, Lines]
    ) -> Register | bytes:
        """The register now that the files of these numbers were read, and say so."""
        old, made = self.files, Files(self.files.root, paths, b"", rows, b"", b"-")
        if paths != old.paths:
            return register_of(read.get(n) or made.lines(n) for n in range(len(paths)))
        turned = [(n, then, now) for n, now in read.items() if (then := old.lines(n)) != now]
        if not turned:
            return old.kept_register
        # Not the old one itself: who reads the book that it belongs to may go on doing so.
        register = _register.decode(_encode(old.register))
        for number, then, now in turned:
            register.remove(number, then)
            register.put(number, now)
        return register


#: What is known of the book that this process opened last.
_latest: dict[Path, _Old] = {}


def _read(root: Path, listing: Listing, old: _Old, now: int, store: Store | None = None) -> Files:
    paths = listing.paths
    before = old.numbers(paths)
    wanted = old.changed(listing, before)
    wishes = [(paths[n], b"" if (then := before[n]) is None else old.digest(then)) for n in wanted]
    read: dict[int, File] = {}
    at_hand: dict[str, Source] = {}
    for number, (file, source) in zip(wanted, read_files(root, wishes, now), strict=True):
        read[number] = file
        if source is not None:
            at_hand[file.path] = source
    digests, known = _moved(old, before)
    for number, file in read.items():
        digests[number * DIGEST : (number + 1) * DIGEST] = file.digest
        if file.known:
            known[number] = msgspec.Raw(file.known)
    lines = {number: file.lines for number, file in read.items() if file.lines}
    made = Files(root, paths, bytes(digests), known, old.register(paths, known, lines))
    rows = {file.path: file.row for file in read.values() if file.row}
    if store is not None:
        stamps = {number: packed(file.stamp) for number, file in read.items()}
        _remember(store, made, listing.stamped(stamps), rows, old)
    made.sources_at_hand = at_hand
    made.rows_at_hand = {path: row for path, row in rows.items() if path not in at_hand}
    return made


def _moved(old: _Old, before: Sequence[int | None]) -> tuple[bytearray, list[msgspec.Raw]]:
    """The digests and what is known of files that had these numbers; nothing of new ones."""
    if isinstance(before, range):
        return bytearray(old.files.digest_bytes), list(old.files.rows)
    digests = bytearray(b"".join(NO_DIGEST if n is None else old.digest(n) for n in before))
    nothing = msgspec.Raw(_encode(None))
    return digests, [nothing if n is None else old.files.rows[n] for n in before]


def _remember(
    store: Store, made: Files, listing: Listing, rows: Mapping[str, bytes], old: _Old
) -> None:
    _latest.clear()
    _latest[made.root] = _Old(made, listing)
    if listing == old.listing and not rows:
        return
    register = made.kept_register
    # All of it: what lies there may be from another process by now.
    parts = {
        "listing": listing.encoded(),
        "digests": made.digest_bytes,
        "known": _encode(made.rows),
        "register": register if isinstance(register, bytes) else _encode(register),
        "state": made.state,
    }
    store.write(
        put={FILES: parts, TABLE: rows},
        delete={TABLE: set(old.files.paths).difference(made.paths)},
    )
