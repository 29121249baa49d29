"""The records of a book as the cache keeps them: in MessagePack, a row for each file."""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from renmai.model.records import RECORDS, Record
from renmai.model.source import Source
from renmai.storage.store import Store

#: The table of the store: by path, the digest of the file's bytes, then the record.
TABLE = "records"

#: The length of a digest in bytes.
DIGEST = 16

#: Stands for the digest of a file that the machine does not give.
NO_DIGEST = bytes(DIGEST)

#: Who asks for one in so many records of a folder one by one, and for more than a few, will ask
#: for most of them.
_SHARE, _FEW = 5, 40

_encode = msgspec.msgpack.Encoder().encode


def digest_of(data: bytes) -> bytes:
    """What tells the bytes of one file from those of another."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def slices(digests: bytes) -> Iterator[bytes]:
    """Digests that stand one behind the other."""
    return (digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST))


def row_of(source: Source, digest: bytes) -> bytes:
    """The row of a source whose file's bytes have that digest."""
    return digest + _encode(source.record)


class Remembered:
    """Gives records of the book at `root` out of the cache, as they are asked for.

    `digests` say by path which bytes each was read from, `rows` are those that are at hand. One
    that is missing, or of other bytes, is read from its file.
    """

    def __init__(
        self, root: Path, digests: Mapping[str, bytes], rows: dict[str, bytes] | None = None
    ) -> None:
        self.root, self.digests = root, digests
        self.rows = rows or {}
        self.store = Store(root)
        self._asked: Counter[str] = Counter()

    def read(self, path: str) -> Record | None:
        """The record of a file that could be used when the book was opened."""
        row = self.rows.pop(path, None)
        if row is None:
            folder = path[: path.find("/")]
            self._asked[folder] += 1
            asked = self._asked[folder]
            if asked > _FEW and asked == max(_FEW, self._sizes[folder] // _SHARE) + 1:
                self.rows = self.store.items(TABLE, f"{folder}/") | self.rows
                row = self.rows.pop(path, None)
            else:
                row = self.store.get(TABLE, path)
        record = self._decoded(path, row)
        return self._read_anew(path) if record is None else record

    @functools.cached_property
    def _sizes(self) -> Counter[str]:
        """How many files each folder has."""
        return Counter(path[: path.find("/")] for path in self.digests)

    def fetch(self, paths: Iterable[str]) -> None:
        """Have the rows of these at hand: they are about to be asked for."""
        self.rows |= self.store.get_many(TABLE, (path for path in paths if path not in self.rows))

    def _decoded(self, path: str, row: bytes | None) -> Record | None:
        if row is None or row[:DIGEST] != self.digests.get(path):
            return None
        try:
            return _decoder(path.split("/", 1)[0])(memoryview(row)[DIGEST:])
        except (msgspec.MsgspecError, UnicodeError):
            return None

    def _read_anew(self, path: str) -> Record:
        try:
            data = (self.root / path).read_bytes()
        except OSError:
            return _nothing(path)
        from renmai.model.reading import read_record

        source, digest = read_record(path, data), digest_of(data)
        if source.record is not None and digest == self.digests.get(path):
            self.store.write(put={TABLE: {path: row_of(source, digest)}})
        return source.record or _nothing(path)


@functools.cache
def _decoder(folder: str) -> Callable[[memoryview], Record]:
    return msgspec.msgpack.Decoder(RECORDS[folder]).decode


def _nothing(path: str) -> Record:
    """What stands for a record whose file went while the book was being looked at."""
    source = Source(path)
    return RECORDS[source.folder](id=source.id, path=path)
