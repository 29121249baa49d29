"""A table of which a small build asks for few rows: each is decoded when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from renmai.site.increment.inverse import NUMBER

V = TypeVar("V")

#: Stands before and behind every key: no file is called so.
_EDGE = b"\0"

#: Whoever asks for more rows than this is going to ask for most of them.
_FEW = 100

_encode = msgspec.msgpack.Encoder().encode


class Packing(Struct, frozen=True, array_like=True):
    """A table in bytes: its keys, its rows one behind the other, and where each of these ends."""

    keys: bytes
    rows: bytes
    ends: bytes


class Rows(Mapping[str, V]):
    """A table with rows of a type; `changed` are those that are others by now, None where gone."""

    def __init__(
        self, packing: Packing, sort: Any, changed: Mapping[str, V | None] | None = None
    ) -> None:
        self.packing, self.sort = packing, sort
        self.changed = changed or {}
        self._decode = msgspec.msgpack.Decoder(sort).decode
        self._ends = memoryview(packing.ends).cast(NUMBER)
        self._rows = memoryview(packing.rows)
        self._asked = 0

    def after(self, changed: Mapping[str, V | None]) -> Rows[V]:
        """The table with other rows."""
        return Rows(self.packing, self.sort, {**self.changed, **changed})

    def __getitem__(self, key: str) -> V:
        if key in self.changed:
            value = self.changed[key]
            if value is None:
                raise KeyError(key)
            return value
        self._asked += 1
        return self._every[key] if self._asked > _FEW else self._row(self._number(key))

    def __contains__(self, key: object) -> bool:
        if key in self.changed:
            return self.changed[str(key)] is not None
        return _key(str(key)) in self.packing.keys

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self._keys if key not in self.changed)
        yield from (key for key, value in self.changed.items() if value is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def _keys(self) -> list[str]:
        keys = self.packing.keys.strip(_EDGE).decode("utf-8", "surrogatepass")
        return keys.split(_EDGE.decode()) if self._ends else []

    @cached_property
    def _every(self) -> dict[str, V]:
        """All rows as they were."""
        return {key: self._row(number) for number, key in enumerate(self._keys)}

    def _row(self, number: int) -> V:
        start = self._ends[number - 1] if number else 0
        row: V = self._decode(self._rows[start : self._ends[number]])
        return row

    def _number(self, key: str) -> int:
        """The place of a key, found without a look at all of them one by one."""
        at = self.packing.keys.find(_key(key))
        if at < 0:
            raise KeyError(key)
        return self.packing.keys.count(_EDGE, 0, at)


def _key(text: str) -> bytes:
    return _EDGE + text.encode("utf-8", "surrogatepass") + _EDGE


def packed_rows(table: Mapping[str, object]) -> Packing:
    """A table in bytes."""
    keys = b"".join([_EDGE + key.encode("utf-8", "surrogatepass") for key in table])
    rows = [_encode(row) for row in table.values()]
    ends = array(NUMBER, accumulate(map(len, rows)))
    return Packing(keys + _EDGE, b"".join(rows), ends.tobytes())
