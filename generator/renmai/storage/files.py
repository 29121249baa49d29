"""What is known of the record files of a book: read anew only where they changed.

As git's index does, a file is known by its size, its times and its inode. One that had changed
shortly before it was read could change again without a sign: it is not settled, and is read
again the next time, and taken apart only if its bytes are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from pathlib import Path

import msgspec

from renmai.model.source import Source
from renmai.storage.reading import File, Known, read_files
from renmai.storage.records import DIGEST, NO_DIGEST, TABLE, Remembered, digest_of
from renmai.storage.state import file_system_time
from renmai.storage.store import Store
from renmai.storage.walk import UNKNOWN, Stamp

#: The table of what is known of all files: lists in the order of their paths.
FILES = "files"

Listing = list[tuple[str, Stamp]]

_encode = msgspec.msgpack.Encoder().encode
_listing = msgspec.msgpack.Decoder(Listing)
_known = msgspec.msgpack.Decoder(list[Known])


class Files:
    """What is known of the record files of the book at `root`, in the order of their paths."""

    def __init__(
        self,
        root: Path,
        paths: list[str],
        digest_bytes: bytes,
        known: list[Known] | bytes,
        state: bytes = b"",
    ) -> None:
        self.root, self.paths, self.digest_bytes = root, paths, digest_bytes
        self._known = known
        #: A digest of the bytes of all files and of their paths.
        self.state = state or digest_of(_encode(paths) + digest_bytes)
        self.sources_at_hand: dict[str, Source] = {}
        self.rows_at_hand: dict[str, bytes] = {}

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """The digest of each file's bytes; one that the machine does not give has none."""
        return {
            path: digest
            for path, digest in zip(self.paths, _slices(self.digest_bytes), strict=True)
            if digest != NO_DIGEST
        }

    @cached_property
    def known(self) -> list[Known]:
        """The outline and the problems of each file."""
        return _known.decode(self._known) if isinstance(self._known, bytes) else self._known

    @cached_property
    def remembered(self) -> Remembered:
        """Where records come from that are not at hand."""
        return Remembered(self.root, self.digests, self.rows_at_hand)

    def sources(self) -> list[Source]:
        """The files as sources, whose records come out of the cache when they are asked for."""
        read = self.remembered.read
        return [
            self.sources_at_hand.get(path)
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
    return _read(root, listing, _Old(root, {}), now=0)


def read_changed(root: Path, listing: Listing) -> Files:
    """Read the files that are not as they were when they were last read."""
    with Store(root) as store:
        old = _latest.get(root)
        if old is None or store.get(FILES, "state") != old.files.state:
            kept = store.items(FILES)
            if kept.get("stamps") == _encode(listing) and len(kept) == len(_PARTS):
                paths = [path for path, _ in listing]
                return Files(root, paths, kept["digests"], kept["known"], kept["state"])
            old = _Old(root, kept)
        now = file_system_time(root)
        return _read(root, listing, old, now, store if now else None)


#: The rows of the table: stamps of settled files, digests, outlines and problems, state.
_PARTS = ("stamps", "digests", "known", "state")


class _Old:
    """What was known of the files when they were last read, by path; `stamps` of the settled."""

    def __init__(self, root: Path, kept: Mapping[str, bytes]) -> None:
        if len(kept) < len(_PARTS):
            kept = {"stamps": _encode([]), "digests": b"", "known": _encode([]), "state": b""}
        listing = _listing.decode(kept["stamps"])
        paths = [path for path, _ in listing]
        self.listing, self.stamps = kept["stamps"], dict(listing)
        self.files = Files(root, paths, kept["digests"], kept["known"], kept["state"])

    @cached_property
    def digests(self) -> dict[str, bytes]:
        return dict(zip(self.files.paths, _slices(self.files.digest_bytes), strict=True))

    @cached_property
    def known(self) -> dict[str, Known]:
        return dict(zip(self.files.paths, self.files.known, strict=True))

    def after(self, made: Files, listing: Listing, stamps: bytes) -> _Old:
        """What is known now: the next to open the book in this process need not read it again."""
        now = copy(self)
        for name in ("digests", "known"):
            now.__dict__.pop(name, None)
        now.files, now.listing, now.stamps = made, stamps, dict(listing)
        return now

    def has(self, path: str, stamp: Stamp) -> bool:
        """Whether a file is as it was, for certain."""
        return stamp != UNKNOWN and self.stamps.get(path) == stamp


#: What is known of the book that this process opened last.
_latest: dict[Path, _Old] = {}


def _read(root: Path, listing: Listing, old: _Old, now: int, store: Store | None = None) -> Files:
    wishes = [
        (path, old.digests.get(path, b"")) for path, stamp in listing if not old.has(path, stamp)
    ]
    read: dict[str, File] = {}
    at_hand: dict[str, Source] = {}
    for file, source in read_files(root, wishes, now):
        read[file.path] = file
        if source is not None:
            at_hand[file.path] = source
    files = [read.get(path) or File(path, stamp, old.digests[path]) for path, stamp in listing]
    made = Files(
        root,
        [each.path for each in files],
        b"".join(each.digest for each in files),
        [each.known or old.known[each.path] for each in files],
    )
    rows = {each.path: each.row for each in read.values() if each.row}
    if store is not None:
        _remember(store, made, [(each.path, each.stamp) for each in files], rows, old)
    made.sources_at_hand = at_hand
    made.rows_at_hand = {path: row for path, row in rows.items() if path not in at_hand}
    return made


def _remember(
    store: Store, made: Files, listing: Listing, rows: Mapping[str, bytes], old: _Old
) -> None:
    stamps = _encode(listing)
    _latest.clear()
    _latest[made.root] = old.after(made, listing, stamps)
    if stamps == old.listing and not rows:
        return
    values = (stamps, made.digest_bytes, _encode(made.known), made.state)
    store.write(
        put={FILES: dict(zip(_PARTS, values, strict=True)), TABLE: rows},
        delete={TABLE: old.stamps.keys() - set(made.paths)},
    )


def _slices(digests: bytes) -> Iterator[bytes]:
    return (digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST))
