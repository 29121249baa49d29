"""Who has something, by its number: lists of numbers, one behind the other."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

#: How a number is stored in bytes.
NUMBER: Final = "I"


class Inverse(Struct, frozen=True, array_like=True, gc=False):
    """Of every number a list of others: they stand in `all`, and each list begins at `starts`."""

    starts: bytes = b""
    all: bytes = b""

    def of(self, number: int) -> Sequence[int]:
        """The list of a number; empty where there is none."""
        starts = memoryview(self.starts).cast(NUMBER)
        if number >= len(starts) - 1:
            return ()
        return memoryview(self.all).cast(NUMBER)[starts[number] : starts[number + 1]]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every number with one of its list, in order."""
        starts, every = array(NUMBER, self.starts), array(NUMBER, self.all)
        for number in range(len(starts) - 1):
            for other in every[starts[number] : starts[number + 1]]:
                yield number, other


def inverse_of(found: Mapping[int, Iterable[int]]) -> Inverse:
    """Lists by number, in bytes."""
    starts, every = array(NUMBER), array(NUMBER)
    for number in range(max(found, default=-1) + 1):
        starts.append(len(every))
        every.extend(found.get(number, ()))
    starts.append(len(every))
    return Inverse(starts.tobytes(), every.tobytes())
