"""A small build: what a small change makes others, from the memory of the last build."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from renmai.model.records import Record
from renmai.problems import Problem
from renmai.rules.checks import book_problems
from renmai.site.book import Site
from renmai.site.folder import SiteFolder
from renmai.site.increment.changes import changes
from renmai.site.increment.dues import dues_of, soon_of
from renmai.site.increment.gist import Entries, entries_of, gist_of
from renmai.site.increment.links import links_after
from renmai.site.increment.memory import Head, Memory, changed_rows
from renmai.site.increment.order import Built, Order
from renmai.site.increment.page import Numbers, Page, Part
from renmai.site.increment.part import weights_of
from renmai.site.increment.remembering import key_of
from renmai.site.increment.rewriting import Rewriting, lost_files
from renmai.site.increment.shelf import Tied
from renmai.site.increment.tops import Unchanged, parts_left, tops_lens
from renmai.site.increment.update import Update
from renmai.site.index import contact_row
from renmai.site.media import pictures_of
from renmai.site.pages import Pages
from renmai.site.views.ledger import ENDS
from renmai.site.views.lens import NameKey, name_key
from renmai.site.views.rows import last_day_shown
from renmai.storage.opening import Opened
from renmai.storage.reading import Known

#: Where more than one in so many is touched, all is made anew; fewer than `_LITTLE` are always few.
_SHARE = 8
_LITTLE = 24

_known = msgspec.msgpack.Decoder(Known)

#: When so many pages were made, it is found out again which pages looked at what.
_TURNED = 400

#: Problems that files have together: what an id that nobody has could mean is looked for only so
#: often in a book, and two that claim the same may be far apart.
_BY_ALL = {"unknown-reference", "several-me", "duplicate-id"}


class Small:
    """A build of what changed; `is_small` says whether so little did that it can be one."""

    def __init__(self, opened: Opened, folder: SiteFolder, order: Order, old: Memory) -> None:
        self.opened, self.folder, self.order, self.old = opened, folder, order, old
        self.shelf, self.book = order.shelf, opened.book
        self.files = opened.files
        self.changed = changes(self.book, self.files, old)
        self.numbers = Numbers(old.ids)
        for id in self.changed.touched:
            self.numbers(id)
        self.is_small = len(self.changed.touched) <= self._most
        if self.is_small:
            self.wanted = changed_rows(old.head.pictures, self._pictures)
            self.site = Site(opened, order.site_name, order.today, order.language, self.wanted)
            self.is_small = key_of(self.site) == old.head.key

    def build(self) -> tuple[Built, Memory]:
        """Bring the folder up to date. Raises OSError, and Lost when it takes a whole build."""
        old, site = self.old, self.site
        if not self.changed.paths and self._is_as_it_was:
            site.found = old.head.problems
            if self.order.shown:
                self.order.shown(site.problems)
            return Built(_pages(self.folder.known.files), site.problems), old
        update = Update(site, self.shelf, self.changed, old, self.numbers)
        site.found = self._problems()
        writing = Rewriting(self.folder, site, update, self._lost)
        writing.records()
        if self.order.records_shown:
            self.order.records_shown()
        # What the pages of the whole book ask for; the rest of the memory follows from these.
        rows = self._rows(update)
        whole = self._totals(rows["entries"]) | self._by_name(rows["names"])
        now = Memory(old.head, lambda name: self._changed(name, rows), whole)
        site.known.rows = now.rows
        lens = tops_lens(site, update, now)
        links = links_after(update, site) if update.tied or self.changed.shown else None
        site.known.links = lambda: links or old.links
        are_settled = site.places == old.head.places
        if are_settled:
            site.known.tied = {id: weights_of(update.ties[id]) for id in update.moved}
        kept = Unchanged(update, now, are_settled).paths
        if "ledger.html" not in kept:
            lens.parts.pop(ENDS, None)
        writing.tops(Pages(lens, *site.rest), kept, rows["rows"])
        rows["tops"] = writing.tops_looked
        for key in parts_left(update, writing.tops_looked.keys()):
            rows["parts"].pop(key, None)
        parts = site.watch.parts.items()
        rows["parts"] |= {key: Part(data, self.numbers.page(seen)) for key, (data, seen) in parts}
        whole |= self._whole(update, links) | self._looked(writing.looked)
        head = Head(
            key=old.head.key,
            build=os.urandom(8).hex(),
            pictures=self.wanted,
            problems=site.found,
            places=site.places,
        )
        self.folder.end(head.build)
        if self.order.shown:
            self.order.shown(site.problems)
        memory = self._memory(head, rows, whole)
        self.shelf.change(memory, rows, whole, self._ties(update))
        return Built(_pages(self.folder.made), site.problems), memory

    @property
    def _is_as_it_was(self) -> bool:
        """Whether the site stands as it was left, where the book does."""
        pictures = self.site.pictures.items()
        return (
            not self._lost
            and self.site.places == self.old.head.places
            and all(self.folder.was(path, file.read_bytes()) for path, file in pictures)
        )

    def _rows(self, update: Update) -> dict[str, dict[str, Any]]:
        """The rows of tables that are others, but for those of pages; None for what is gone."""
        changed, touched = self.changed, self.changed.touched
        gone = {id for id in touched | changed.sources if self._record(id) is None}
        lens, facts = update.lens, update.facts
        said = entries_of(facts.interactions, touched)
        dues = dues_of({id: facts.follow_ups_of.get(id, []) for id in touched})
        soon = soon_of(dues, last_day_shown(facts.settings, facts.today))
        ahead = lens.ahead.changes
        return {
            "marks": dict.fromkeys(gone) | changed.marks,
            "gists": dict.fromkeys(touched)
            | {id: gist_of(lens, each) for id, each in update.contacts.items()},
            "rows": dict.fromkeys(touched)
            | {id: contact_row(lens, each) for id, each in update.contacts.items()},
            "names": self._names(update),
            "entries": {id: said.get(id) for id in changed.sources},
            "dues": {id: mine or None for id, mine in dues.items()},
            "soon": {id: soon.get(id) for id in touched},
            "ahead": {id: ahead.get(id) for id in touched},
            "costs": dict(update.costs),
            "floors": dict(update.matching.floors),
            "strengths": {id: _strength(tied) for id, tied in update.ties.items()},
            "outlines": self._outlines,
            "parts": dict.fromkeys(self.old.parts.keys() - update.parts.keys()),
        }

    def _totals(self, rows: Mapping[str, Entries | None]) -> dict[str, Any]:
        """The totals now that these rows of entries are others."""
        before = [row for id in rows if (row := self.old.entries.get(id))]
        return {"totals": self.old.totals.after(before, filter(None, rows.values()))}

    def _names(self, update: Update) -> dict[str, NameKey | None]:
        """What sorts those by name whose front matter is another."""
        contacts = update.contacts
        ids = self.changed.shown & self.changed.touched
        return {id: name_key(contacts[id]) if id in contacts else None for id in ids}

    def _by_name(self, rows: Mapping[str, NameKey | None]) -> dict[str, list[str]]:
        """Everybody but the own card by name, where somebody's name is another."""
        if not rows:
            return {}
        names, me = changed_rows(self.old.names, rows), self.book.me
        ids = (id for id in names if me is None or id != me.id)
        return {"by_name": sorted(ids, key=names.__getitem__)}

    def _changed(self, name: str, rows: Mapping[str, Mapping[str, Any]]) -> Any:
        """A table as it is now."""
        table = getattr(self.old, name)
        return changed_rows(table, rows[name]) if name in rows else table

    def _memory(
        self, head: Head, rows: Mapping[str, Mapping[str, Any]], whole: dict[str, Any]
    ) -> Memory:
        """The memory of the last build with other rows, and other tables."""
        kept = {name: self._changed(name, rows) for name in self.old.loaded}
        return self.shelf.memory(head, kept | whole)

    def _whole(self, update: Update, links: list[int] | None) -> dict[str, Any]:
        """The tables that are others as a whole."""
        matching = update.matching
        found: dict[str, Any] = {"lead": matching.lead}
        if self.changed.paths:
            found["digests"] = self.files.digest_bytes
        if self.files.paths != self.old.paths:
            found["paths"] = self.files.paths
        if matching.is_new:
            found["matches"] = matching.known.packed
        if links is not None and links != self.old.links:
            found["links"] = links
        if len(self.numbers.ids) > len(self.old.ids):
            found["ids"] = self.numbers.ids
        return found

    def _looked(self, looked: Mapping[str, Page]) -> dict[str, Any]:
        """What pages looked at that were made since it was turned round, and when it is again."""
        looked = {**self.old.looked, **looked}
        if len(looked) <= _TURNED:
            return {"looked": looked}
        return {"looked": {}, "lookers": self.old.lookers.after(looked)}

    @property
    def _outlines(self) -> dict[str, Known | None]:
        """The outlines of the files that are others, by path."""
        rows, numbers = self.files.rows, self.files.numbers
        return {
            path: _known.decode(rows[numbers[path]]) if path in numbers else None
            for path in self.changed.paths
        }

    def _ties(self, update: Update) -> dict[str, Tied | None]:
        contacts = self.book.contacts
        return {id: tied if id in contacts else None for id, tied in update.ties.items()}

    def _record(self, id: str) -> Record | None:
        return self.book.record(id)

    @cached_property
    def _pictures(self) -> dict[str, list[str] | None]:
        """The pictures that the touched want."""
        records = {id: self._record(id) for id in self.changed.touched}
        return {id: sorted(pictures_of(each)) if each else None for id, each in records.items()}

    def _problems(self) -> list[Problem]:
        """What is wrong in the book as a whole."""
        old, changed = self.old.head.problems, self.changed
        paths = {source.path for id in changed.touched for source in self.book.having(id)}
        paths.update(changed.paths)
        mine = [problem for problem in old if problem.path in paths]
        if not changed.shown:
            facts = self.site.facts
            part = self.book.around(changed.touched)
            found = book_problems(part, facts.today, facts.settings)
            mine += (now := [problem for problem in found if problem.path in paths])
            if not any(problem.code in _BY_ALL for problem in mine):
                return [each for each in old if each.path not in paths] + now
        return self.site.facts.book_problems

    @cached_property
    def _lost(self) -> dict[str, str]:
        return lost_files(self.folder, self.book, self._most)

    @property
    def _most(self) -> int:
        """For more than so many changes, all is made anew."""
        return max(_LITTLE, len(self.files.paths) // _SHARE)


def _pages(paths: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in paths)


def _strength(tied: Tied) -> tuple[float, int] | None:
    return (sum(weights_of(tied).values()), len(tied)) if tied else None
