"""What a build leaves for the next one: of every file and every page what it was made of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

import msgspec
from msgspec import Struct

from renmai.model.outline import Outline, reference_keys
from renmai.problems import Problem
from renmai.rules.kept import Kept
from renmai.site.increment.gist import Gist, Totals
from renmai.site.increment.marks import Marks
from renmai.site.increment.packed import NUMBER, Lead, Packed
from renmai.site.increment.seen import Seen
from renmai.site.views.lens import NameKey
from renmai.storage.reading import Known
from renmai.text.values import folded

V = TypeVar("V")

_known = msgspec.msgpack.Decoder(Known)

#: The aspects of somebody that a page can look at: the lowest digit of a number.
RECORD, LEVEL, TIES, COST, MATCHES, ASPECTS = range(6)


class Page(Struct, frozen=True, array_like=True, gc=False):
    """What a page or a part of one looked at: aspects of others as numbers, names of nobody.

    `fronts`: the front matter of everybody.
    """

    seen: bytes = b""
    names: tuple[str, ...] = ()
    fronts: bool = False

    @property
    def numbers(self) -> array[int]:
        """What it looked at, as numbers."""
        return array(NUMBER, self.seen)


class Part(Struct, frozen=True, array_like=True, gc=False):
    """A part of a page of the whole book: what it showed, and what it looked at."""

    value: bytes
    page: Page


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

    `paths` of files, with their `digests` and `outlines` in that order; `ids` is everybody in the
    order of their numbers. By
    id, `marks` of records, `gists` what is known of contacts, `rows` what the index says of them,
    and `names` what sorts them by name; `entries` what is written in records
    and `totals` what these come to, `dues` the follow-ups, `ahead` the days from which on other
    interactions of a contact count, `costs` what the way to a contact costs; `pages` what pages
    looked at (those of the whole book by their path), `parts` what parts of these showed. `matches`
    are all matches, `lead` the first of them, `floors` how warm somebody must be to be among those
    shown; `links` are all ties as the picture of the net has them, `strengths` how strongly
    everybody is tied, and to how many; `by_name` is everybody in that order but the own card.

    To ask for a table raises Lost where another build was the last.
    """

    paths: list[str]
    digests: bytes
    outlines: list[msgspec.Raw]
    ids: list[str]
    marks: dict[str, Marks]
    gists: dict[str, Gist]
    rows: dict[str, str]
    names: dict[str, NameKey]
    entries: dict[str, msgspec.Raw]
    totals: Totals
    dues: dict[str, list[Kept]]
    ahead: dict[str, set[date]]
    costs: dict[str, float]
    pages: dict[str, Page]
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
        number = self._numbers.get(path)
        return None if number is None else _known.decode(self.outlines[number]).outline

    def every_outline(self) -> Iterator[tuple[str, Outline]]:
        """The outlines of all files by their path."""
        known = map(_known.decode, self.outlines)
        return zip(self.paths, (each.outline for each in known), strict=True)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {path: number for number, path in enumerate(self.paths)}


#: The tables with the types of what is in them.
TABLES: dict[str, Any] = get_type_hints(Memory)


def changed_rows(table: dict[str, V], rows: Mapping[str, V | None]) -> dict[str, V]:
    """A table with other rows."""
    found = dict(table)
    for key, row in rows.items():
        if row is None:
            found.pop(key, None)
        else:
            found[key] = row
    return found


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
        known, looked, names = self._by_id, list[int](), set(seen.keys)
        looks = (
            (RECORD, seen.records),
            (LEVEL, seen.levels),
            (TIES, seen.ties),
            (COST, seen.costs),
            (MATCHES, seen.matches),
        )
        for aspect, ids in looks:
            for id in ids:
                number = known.get(id)
                if number is None:
                    names.add(folded(id))
                else:
                    looked.append(number * ASPECTS + aspect)
        if seen.numbers:
            looked = list(seen.numbers.union(looked))
        names.update(key for name in seen.names for key in reference_keys(name))
        return Page(array(NUMBER, sorted(looked)).tobytes(), tuple(sorted(names)), seen.fronts)
