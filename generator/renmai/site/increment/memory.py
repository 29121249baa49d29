"""What a build leaves for the next one: of every file and every page what it was made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from renmai.model.outline import Outline
from renmai.problems import Problem
from renmai.rules.kept import Kept
from renmai.site.increment.gist import Entries, Gist, Totals
from renmai.site.increment.gists import Columns, Gists
from renmai.site.increment.lookers import Lookers
from renmai.site.increment.marks import Marks
from renmai.site.increment.packed import Lead, Packed
from renmai.site.increment.page import Page, Part
from renmai.site.increment.rows import Packing, Rows, packed_rows
from renmai.site.views.lens import NameKey
from renmai.storage.reading import Known

_decode = msgspec.msgpack.decode
_encode = msgspec.msgpack.Encoder().encode


class Head(Struct, kw_only=True, frozen=True):
    """What is asked of every memory.

    `key` is what all pages depend on; `build` names the build, as the folder of the site does;
    `pictures` are those that are wanted, by the id of who wants them; `problems` are those that
    only the whole book can show, `places` a digest of where people stand in the picture of the net.
    """

    key: bytes
    build: str
    pictures: dict[str, list[str]] = {}
    problems: list[Problem] = []
    places: bytes = b""


class Lost(Exception):
    """What was remembered is not there any more."""


class Memory:
    """A book as the last build found it: the head, and tables, each loaded when it is asked for.

    `paths` of files, with their `digests` in that order, and `outlines` by path; `ids` is everybody
    in the order of their numbers. By id, `marks` of records, `gists` what is known of contacts,
    `rows` what the index says of them, and `names` what sorts them by name; `entries` what is
    written in records and `totals` what these come to, `dues` the follow-ups and `soon` those of
    them that Today asks for, `ahead` the days from which on other interactions of a contact count,
    `costs` what the way to a contact costs. `lookers` are the pages of records that looked at
    something; of those made since `looked` is what they looked at, and `tops` is the same of the
    pages of the whole book by path, `parts` what parts of these showed. `matches` are all matches,
    `lead` the first of them, `floors` how warm somebody must be to be among those shown; `links`
    are all ties as the picture of the net has them, `strengths` how strongly everybody is tied, and
    to how many; `by_name` is everybody in that order but the own card.

    To ask for a table raises Lost where another build was the last.
    """

    paths: list[str]
    digests: bytes
    outlines: Rows[Known]
    ids: list[str]
    marks: Rows[Marks]
    gists: Gists
    rows: Rows[str]
    names: dict[str, NameKey]
    entries: Rows[Entries]
    totals: Totals
    dues: Rows[list[Kept]]
    soon: dict[str, list[Kept]]
    ahead: dict[str, set[date]]
    costs: dict[str, float]
    lookers: Lookers
    looked: dict[str, Page]
    tops: dict[str, Page]
    parts: dict[str, Part]
    matches: Packed
    floors: dict[str, float]
    lead: Lead
    links: list[int]
    by_name: list[str]
    strengths: dict[str, tuple[float, int]]

    def __init__(
        self, head: Head, load: Callable[[str], Any], tables: Mapping[str, Any] | None = None
    ) -> None:
        self.head, self._load = head, load
        self.__dict__.update(tables or {})

    def __getattr__(self, name: str) -> Any:
        if name not in TABLES:
            raise AttributeError(name)
        value = self.__dict__[name] = self._load(name)
        return value

    @property
    def loaded(self) -> dict[str, Any]:
        """The tables that are at hand."""
        return {name: self.__dict__[name] for name in TABLES if name in self.__dict__}

    def outline(self, path: str) -> Outline | None:
        """The outline of a file."""
        known = self.outlines.get(path)
        return known.outline if known else None

    def every_outline(self) -> Iterator[tuple[str, Outline]]:
        """The outlines of all files by their path."""
        return ((path, known.outline) for path, known in self.outlines.items())


#: The tables with the types of what is in them.
TABLES: dict[str, Any] = get_type_hints(Memory)


def row_type(name: str) -> Any:
    """The type of a row of a table."""
    sort = TABLES[name]
    return Gist if sort is Gists else get_args(sort)[-1]


def decoded(name: str, data: bytes) -> Any:
    """A table as it was encoded."""
    sort = TABLES[name]
    if sort is Gists:
        return Gists(_decode(data, type=Columns))
    if get_origin(sort) is Rows:
        return Rows(_decode(data, type=Packing), *get_args(sort))
    return _decode(data, type=sort)


def encoded(table: Any) -> bytes:
    """A table, or anything else, to be remembered."""
    if isinstance(table, Gists):
        table = table.columns
    elif isinstance(table, Rows):
        table = packed_rows(table)
    return _encode(table)


def changed_rows(table: Any, rows: Mapping[str, Any]) -> Any:
    """A table with other rows; None for those that are gone."""
    if not isinstance(table, dict):
        return table.after(rows)
    found = {**table, **rows}
    for key, row in rows.items():
        if row is None:
            del found[key]
    return found
