"""Where the memory of a site lies: in the store of the book, a table at a time.

Of a table whose rows change one by one, what has changed since it was written whole lies beside it,
so that a small build writes little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from renmai.site.increment.memory import (
    Head,
    Lost,
    Memory,
    changed_rows,
    decoded,
    encoded,
    row_type,
)
from renmai.storage.store import Store

#: By id, how strongly somebody is tied to others, the bits of the reasons, and a number that is
#: another when these are.
Tied = dict[str, tuple[float, int, int]]

#: Rows of a table that changed by key; None for those that are gone.
Rows = Mapping[str, Any]

#: When so many rows have changed, a table is written whole again.
_MANY = 400
_BESIDE = "+"

_raw = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_head = msgspec.msgpack.Decoder(Head)
_tied = msgspec.msgpack.Decoder(Tied)


class Shelf:
    """Where the memory of a site lies, in the store of the book at `root`.

    `name` tells the site in the folder of the book from the one that is served.
    """

    def __init__(self, root: Path, name: str = "site") -> None:
        self.root, self.name = root, name
        self._store = Store(root)

    def load(self) -> Memory | None:
        """What the last build left; None when it is nothing of use."""
        data = self._store.get(self.name, "head")
        try:
            return self.memory(_head.decode(data)) if data else None
        except msgspec.MsgspecError:
            return None

    def memory(self, head: Head, tables: Mapping[str, Any] | None = None) -> Memory:
        """A memory whose other tables are loaded when they are asked for."""
        return Memory(head, lambda name: self._table(name, head.build), tables)

    def ties(self, ids: Iterable[str], build: str) -> dict[str, Tied]:
        """Whom each of `ids` was tied to; nothing of those who are new, or where a row is lost.

        Raises Lost where another build than `build` was the last.
        """
        if self._store.get(self.name, "build") != build.encode():
            raise Lost
        rows = self._store.get_many(self._ties, ids)
        return {id: _tied.decode(row) for id, row in rows.items()}

    def save(self, head: Head, tables: dict[str, bytes], ties: dict[str, bytes]) -> Memory:
        """Leave a whole memory and everybody's ties, all encoded."""
        self._store.write(
            put={self.name: _heads(head) | tables, self._ties: ties},
            clear=[self.name, self._ties],
        )
        return self.memory(head)

    def change(
        self,
        memory: Memory,
        changes: Mapping[str, Rows],
        whole: Iterable[str],
        ties: Mapping[str, Tied | None],
    ) -> None:
        """Leave a memory of which these rows of tables are others, and these tables as a whole."""
        put = {name: encoded(getattr(memory, name)) for name in whole}
        for name, rows in changes.items():
            if rows:
                put |= self._beside(name, rows)
        gone = [id for id, tied in ties.items() if tied is None]
        self._store.write(
            put={self.name: _heads(memory.head) | put, self._ties: _rows(ties)},
            delete={self._ties: gone},
        )

    def _beside(self, name: str, rows: Rows) -> dict[str, bytes]:
        """The changed rows of a table with those that have changed before, or the whole table."""
        before = self._store.get(self.name, name + _BESIDE)
        known = _raw.decode(before) if before else {}
        known |= {key: msgspec.Raw(encoded(row)) for key, row in rows.items()}
        table = self._store.get(self.name, name) if len(known) > _MANY else None
        if table is None:
            return {name + _BESIDE: encoded(known)}
        return {name: encoded(_changed(name, table, known)), name + _BESIDE: encoded({})}

    def _table(self, name: str, build: str) -> Any:
        """A table as the build of that name left it. Raises Lost."""
        found = self._store.get_many(self.name, [name, name + _BESIDE, "build"])
        if found.get("build") != build.encode() or name not in found:
            raise Lost
        beside = found.get(name + _BESIDE)
        try:
            return _changed(name, found[name], _raw.decode(beside) if beside else {})
        except (msgspec.MsgspecError, ValueError):
            raise Lost from None

    @property
    def _ties(self) -> str:
        return f"{self.name}.ties"


def _changed(name: str, data: bytes, beside: Mapping[str, msgspec.Raw]) -> Any:
    """A table with those of its rows that changed."""
    table = decoded(name, data)
    if not beside:
        return table
    row = msgspec.msgpack.Decoder(row_type(name) | None)
    return changed_rows(table, {key: row.decode(value) for key, value in beside.items()})


def _heads(head: Head) -> dict[str, bytes]:
    return {"head": encoded(head), "build": head.build.encode()}


def _rows(ties: Mapping[str, Tied | None]) -> dict[str, bytes]:
    return {id: encoded(tied) for id, tied in ties.items() if tied is not None}
