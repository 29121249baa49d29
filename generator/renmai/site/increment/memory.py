"""What a build leaves for the next one: of every file and every page what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from renmai.model.outline import Outline, reference_keys
from renmai.model.records import Record
from renmai.problems import Problem
from renmai.rules.matches import Matches
from renmai.site.increment.gist import Entries, Gist
from renmai.site.increment.watch import Seen
from renmai.storage.store import Store
from renmai.text.values import folded

_TABLE = "site"
#: Whom somebody is tied to and how strongly, by id.
_TIES = "site.ties"

#: The part of a record that no page of another shows but by way of the rules.
_BODY = ("body", "body_line", "sections", "log", "tasks", "mentions")

#: The aspects of somebody that a page can look at: the lowest digit of a number.
RECORD, LEVEL, TIES, ASPECTS = 0, 1, 2, 3

Tied = Mapping[str, float]


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
    contacts and `entries` of records, `pages` what was looked at (those of the whole book by their
    path), `pictures` those that are wanted, `wishes` what matches come from. `problems` are those
    that only the whole book can show.
    """

    key: bytes = b""
    build: str = ""
    files: dict[str, tuple[bytes, Outline]] = {}
    ids: list[str] = []
    fronts: dict[str, bytes] = {}
    gists: dict[str, Gist] = {}
    entries: dict[str, Entries] = {}
    pages: dict[str, Page] = {}
    pictures: dict[str, list[str]] = {}
    wishes: dict[str, bytes] = {}
    matches: Matches = Matches([], [], [])
    problems: list[Problem] = []


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
_tied = msgspec.msgpack.Decoder(dict[str, float])


def load(root: Path) -> Memory | None:
    """What the last build of the book at `root` left; None when it is nothing of use."""
    with Store(root) as store:
        data = store.get(_TABLE, "memory")
    try:
        return _decoder.decode(data) if data else None
    except msgspec.MsgspecError:
        return None


def load_ties(root: Path, ids: Iterable[str]) -> dict[str, dict[str, float]]:
    """Whom each of `ids` was tied to; of somebody new, or where it is lost, there is nothing."""
    with Store(root) as store:
        rows = store.get_many(_TIES, ids)
    return {id: _tied.decode(row) for id, row in rows.items()}


def save(root: Path, memory: Memory, ties: Mapping[str, Tied], gone: Iterable[str] | None) -> None:
    """Leave a memory, and the ties of those of whom they are given; `gone` are not there any more.

    With None for `gone`, nobody else is there.
    """
    with Store(root) as store:
        store.write(
            put={
                _TABLE: {"memory": _encode(memory)},
                _TIES: {id: _encode(tied) for id, tied in ties.items()},
            },
            delete={_TIES: gone or ()},
            clear=[_TIES] if gone is None else (),
        )
