"""The record files of a book, as they stand in its folders, and what tells whether one changed."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping

#: Size, time of change of the content and of the file, inode: what tells an untouched file.
Stamp = tuple[int, int, int, int]

#: Of a file that has none: no other file is like it.
UNKNOWN: Stamp = (-1, 0, 0, 0)

#: Times of any century, and inodes of any file system.
_LARGEST = (1 << 64) - 1
_pack = struct.Struct("<qQQQ").pack


def stamp_of(about: os.stat_result) -> Stamp:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino


def packed(stamp: Stamp) -> bytes:
    """A stamp in `STAMP` bytes."""
    size, written, changed, inode = stamp
    return _pack(size, written & _LARGEST, changed & _LARGEST, inode & _LARGEST)


#: The length of a stamp in bytes.
STAMP = len(packed(UNKNOWN))

#: So many stamps are compared at a time: nearly all are as they were.
_BLOCK = 64

_WIDTH = 8  # bytes of a number of files
_BETWEEN = "\0"  # which no path holds


class Listing:
    """The paths of record files in order, and their stamps, one behind the other."""

    def __init__(self, paths: list[str], stamps: bytes) -> None:
        self.paths, self.stamps = paths, stamps

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Listing):
            return NotImplemented
        return self.stamps == other.stamps and self.paths == other.paths

    def stamp(self, number: int) -> bytes:
        return self.stamps[number * STAMP : (number + 1) * STAMP]

    def differing(self, other: Listing) -> Iterator[int]:
        """The numbers of the files whose stamp is another; of a listing of the same files."""
        block = _BLOCK * STAMP
        for start in range(0, len(self.stamps), block):
            if self.stamps[start : start + block] != other.stamps[start : start + block]:
                first = start // STAMP
                for number in range(first, min(first + _BLOCK, len(self.paths))):
                    if self.stamp(number) != other.stamp(number):
                        yield number

    def stamped(self, stamps: Mapping[int, bytes]) -> Listing:
        """The same with other stamps, by the number of the file."""
        made = bytearray(self.stamps)
        for number, stamp in stamps.items():
            made[number * STAMP : (number + 1) * STAMP] = stamp
        return Listing(self.paths, bytes(made))

    def encoded(self) -> bytes:
        """The listing as bytes, from which `decoded` makes it again."""
        count = len(self.paths).to_bytes(_WIDTH, "big")
        return count + self.stamps + _BETWEEN.join(self.paths).encode()


def decoded(data: bytes) -> Listing:
    """A listing from its bytes."""
    count = int.from_bytes(data[:_WIDTH], "big")
    end = _WIDTH + count * STAMP
    paths = data[end:].decode().split(_BETWEEN) if count else []
    return Listing(paths, data[_WIDTH:end])
