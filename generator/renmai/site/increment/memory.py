"""What a build leaves for the next one: of every file and every page what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from renmai.model.outline import Outline, reference_keys
from renmai.model.records import Record
from renmai.problems import Problem
from renmai.rules.matches import Matches
from renmai.site.increment.dues import Due
from renmai.site.increment.gist import Entries, Gist
from renmai.site.increment.watch import Seen
from renmai.storage.store import Store
from renmai.text.values import folded

#: The part of a record that no page of another shows but by way of the rules.
_BODY = ("body", "body_line", "sections", "log", "tasks", "mentions")

#: The aspects of somebody that a page can look at: the lowest digit of a number.
RECORD, LEVEL, TIES, ASPECTS = 0, 1, 2, 3

#: By id, how strongly somebody is tied to others, and the bits of the reasons.
Tied = dict[str, tuple[float, int]]


class Page(Struct, frozen=True, array_like=True, gc=False):
    """What the page of a record looked at: aspects of others as numbers, names of nobody."""

    seen: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    way: bool = False


class Memory(Struct, kw_only=True):
    """A book as the last build found it.

    `key` is what all pages depend on; `build` names the build, as the folder of the site does.
    `files` are the digest and the outline of each file by its path; `ids` everybody in the order
    of their numbers. By id, `fronts` are digests of the front matter, `gists` what is known of
    contacts and `entries` of records, `dues` the follow-ups, `ahead` the days from which on other
    interactions of a contact count, `pages` what was looked at (those of the whole book by their
    path), `pictures` those that are wanted, `wishes` what matches come from. `problems` are those
    that only the whole book can show, `links` all ties as the picture of the net has them, and
    `places` a digest of where people stand in it.
    """

    key: bytes = b""
    build: str = ""
    files: dict[str, tuple[bytes, Outline]] = {}
    ids: list[str] = []
    fronts: dict[str, bytes] = {}
    gists: dict[str, Gist] = {}
    entries: dict[str, Entries] = {}
    dues: dict[str, list[Due]] = {}
    ahead: dict[str, set[date]] = {}
    pages: dict[str, Page] = {}
    pictures: dict[str, list[str]] = {}
    wishes: dict[str, bytes] = {}
    matches: Matches = Matches([], [], [])
    problems: list[Problem] = []
    links: list[int] = []
    places: bytes = b""


class Numbers:
    """Gives everybody a number, those of `ids` the place that they have there."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self.ids = list(ids)
        self._by_id = {id: number for number, id in enumerate(self.ids)}

    def __call__(self, id: str) -> int:
        number = self._by_id.get(id)
        if number is None:
            number = self._by_id[id] = len(self.ids)
            self.ids.append(id)
        return number

    def aspects(self, ids: Iterable[str], aspect: int) -> set[int]:
        """An aspect of each of the ids, as numbers."""
        return {self(id) * ASPECTS + aspect for id in ids}

    def page(self, seen: Seen) -> Page:
        """What a page has looked at, in numbers; who has none is nobody yet."""
        known, looked, names = self._by_id, set[int](), set[str]()
        for aspect, ids in ((RECORD, seen.records), (LEVEL, seen.levels), (TIES, seen.ties)):
            for id in ids:
                if id in known:
                    looked.add(known[id] * ASPECTS + aspect)
                else:
                    names.add(folded(id))
        names.update(key for name in seen.names for key in reference_keys(name))
        return Page(tuple(looked), tuple(sorted(names)), seen.way)


def front_of(record: Record) -> bytes:
    """A digest of what is written in the front matter of a record."""
    bare = structs.replace(record, **{name: _NOTHING[name] for name in _BODY})
    return blake2b(_encode(bare), digest_size=8).digest()


_NOTHING = {name: 0 if name == "body_line" else "" if name == "body" else [] for name in _BODY}
_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(Memory)
_tied = msgspec.msgpack.Decoder(Tied)


class Lost(Exception):
    """What was remembered is not there any more."""


class Shelf:
    """Where the memory of a site lies, in the store of the book at `root`.

    `name` tells the site in the folder of the book from the one that is served.
    """

    def __init__(self, root: Path, name: str = "site") -> None:
        self.root, self.name = root, name

    def load(self) -> Memory | None:
        """What the last build left; None when it is nothing of use."""
        with Store(self.root) as store:
            data = store.get(self.name, "memory")
        try:
            return _decoder.decode(data) if data else None
        except msgspec.MsgspecError:
            return None

    def ties(self, ids: Iterable[str], build: str) -> dict[str, Tied]:
        """Whom each of `ids` was tied to; nothing of those who are new, or where a row is lost.

        Raises Lost where another build than `build` was the last.
        """
        with Store(self.root) as store:
            if store.get(self.name, "build") != build.encode():
                raise Lost
            rows = store.get_many(self._ties, ids)
        return {id: _tied.decode(row) for id, row in rows.items()}

    def save(
        self, memory: Memory, ties: Mapping[str, Tied], gone: Iterable[str] | None = None
    ) -> None:
        """Leave a memory, and the ties of those of whom they are given; `gone` are not there now.

        With None for `gone`, nobody else is there.
        """
        with Store(self.root) as store:
            store.write(
                put={
                    self.name: {"memory": _encode(memory), "build": memory.build.encode()},
                    self._ties: {id: _encode(tied) for id, tied in ties.items()},
                },
                delete={self._ties: gone or ()},
                clear=[self._ties] if gone is None else (),
            )

    @property
    def _ties(self) -> str:
        return f"{self.name}.ties"
