"""From the folder of a book to the files of its site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from renmai.problems import Problem
from renmai.rules.facts import Facts
from renmai.site.increment.packed import ByPerson, Packed, flat, pack
from renmai.site.increment.seen import Watch
from renmai.site.increment.watch import Watched, WatchedBook, WatchedFacts, WatchedLens
from renmai.site.media import pictures, pictures_of
from renmai.site.net.layout import Layout, decode, encode, layout_of, rearranged
from renmai.site.pages import Known, Output, Pages
from renmai.site.statics import statics
from renmai.storage.opening import Opened, open_book
from renmai.storage.state import read_state, write_state
from renmai.words import Words

#: Where it is remembered where people stand in the picture of the net.
_PLACES = "network.json"


class Site:
    """The site of a book on a day: its files, made one by one as they are asked for.

    `wanted` are the pictures that each record wants, by its id; they are looked for where it is
    not given. `pictures` are files to copy, by their path in the site.
    """

    def __init__(
        self,
        opened: Opened,
        site_name: str,
        today: date,
        language: str | None = None,
        wanted: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.opened, self.root, self.site_name = opened, opened.root, site_name
        self.wanted = _wanted(opened) if wanted is None else wanted
        shown = pictures(opened.root, {path for paths in self.wanted.values() for path in paths})
        self.pictures: dict[str, Path] = dict(shown.values())
        self.media = {path: place for path, (place, _) in shown.items()}
        self.words = Words(language or opened.settings.language)
        #: What is known already, and what is wrong in the book as a whole where that is, too.
        self.known = Known()
        self.found: list[Problem] | None = None
        self.watch = Watch()
        self._book = WatchedBook(self.watch, opened.book)
        self.facts: Facts = WatchedFacts(self._book, today, opened.settings, self.watch)
        self.lens = WatchedLens(self.facts, self.words, self.media, self.watch)

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong in the book, by path and line."""
        found = self.facts.book_problems if self.found is None else self.found
        return sorted([*self.opened.problems, *found])

    @cached_property
    def pages(self) -> Pages:
        """What is made from the book."""
        return Pages(self.lens, *self.rest)

    @property
    def rest(self) -> tuple[Any, ...]:
        """What pages are made of besides the lens."""
        return self.site_name, lambda: self.problems, self._layout, self.known

    def prepare(self) -> None:
        """Work out what pages of single records ask of the whole book, before processes part."""
        facts, lens = self.facts, self.lens
        self._book.read()
        # It is no page that asks now: nothing need be noted.
        facts.book = self.opened.book
        # What is packed leaves much room for what comes behind it.
        facts.matches = flat(self.packed)
        facts.matches_of = Watched(self.watch.matches, ByPerson(self.packed))
        for _ in (facts.follow_ups_of, facts.relations, facts.introduced):
            pass
        for _ in (facts.events_of, facts.communities_of):
            pass
        facts.book = self._book
        for _ in (lens.tied, lens.ahead.changes):
            pass

    @cached_property
    def packed(self) -> Packed:
        """All matches, in few numbers."""
        return pack(self.facts.matches)

    @property
    def outputs(self) -> Iterator[Output]:
        """Every file but the pictures, one after the other."""
        yield from statics()
        for path in self.pages.paths:
            yield Output(path, self.pages.make(path))

    def _layout(self) -> Layout:
        """Where people stand in the picture of the net: where they stood, as far as ties allow.

        Nothing else in the site depends on what was built before; without this, the picture would
        be another after every new tie.
        """
        old, tied, me = decode(read_state(self.root, _PLACES)), self.known.tied, self.facts.book.me
        layout = None
        if old is not None and tied is not None:
            ids = (id for id in self.opened.book.contacts if me is None or id != me.id)
            layout = rearranged(old, ids, tied)
        layout = layout or layout_of(self.facts, old)
        if layout is not old:
            write_state(self.root, _PLACES, encode(layout))
        return layout

    @property
    def places(self) -> bytes:
        """A digest of where people are remembered to stand."""
        return blake2b(read_state(self.root, _PLACES) or b"", digest_size=8).digest()


def make_site(root: Path, site_name: str, today: date, language: str | None = None) -> Site:
    """The site of the book at `root` on a day. Raises storage's NoBook and BrokenSettings."""
    return Site(open_book(root), site_name, today, language)


def _wanted(opened: Opened) -> dict[str, list[str]]:
    """By their id, the pictures that records want."""
    found = ((record.id, sorted(pictures_of(record))) for record in opened.book.records)
    return {id: paths for id, paths in found if paths}
