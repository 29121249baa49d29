"""A small build: what a small change makes others, from the memory of the last build."""

from __future__ import annotations

import secrets
from copy import copy
from typing import TypeVar

import msgspec
from msgspec import structs

from renmai.model.reading import id_of
from renmai.model.records import Record
from renmai.problems import Problem
from renmai.rules.checks import book_problems
from renmai.rules.matches import Matches, by_person
from renmai.site.book import Site
from renmai.site.folder import SiteFolder
from renmai.site.increment.changes import changes
from renmai.site.increment.gist import Entries, Gist
from renmai.site.increment.memory import Lost, Memory, Numbers, Page
from renmai.site.increment.order import Built, Order, encoded
from renmai.site.increment.part import NeedsWhole
from renmai.site.increment.remembering import files_of, key_of, wishes_of
from renmai.site.increment.tops import TopFacts, tops_lens, unchanged_tops
from renmai.site.increment.update import Update, update_of
from renmai.site.increment.watch import WatchedBook
from renmai.site.media import pictures_of
from renmai.site.net.data import links_of
from renmai.site.pages import Pages
from renmai.site.paths import page_path, path_of
from renmai.site.statics import statics
from renmai.storage import Opened

V = TypeVar("V")

#: Where more than one in so many is touched, all is made anew; fewer than `_LITTLE` are always few.
_SHARE = 8
_LITTLE = 24


#: Problems that files have together: what an id that nobody has could mean is looked for only so
#: often in a book, and two that claim the same may be far apart.
_BY_ALL = {"unknown-reference", "several-me", "duplicate-id"}


class Small:
    """A build of what changed; `is_small` says whether so little did that it can be one."""

    def __init__(self, opened: Opened, folder: SiteFolder, order: Order, old: Memory) -> None:
        self.opened, self.folder, self.old = opened, folder, old
        self.shelf = order.shelf
        self.book = opened.book
        self.files = files_of(opened)
        self.changed = changes(self.book, self.files, old)
        self.numbers = Numbers(old.ids)
        for id in self.changed.touched:
            self.numbers(id)
        touched = len(self.changed.touched)
        self.is_small = touched <= max(_LITTLE, len(self.files) // _SHARE)
        if self.is_small:
            self.wanted = self._kept(old.pictures, self._pictures())
            self.site = Site(opened, order.site_name, order.today, order.language, self.wanted)
            self.is_small = key_of(self.site) == old.key

    def build(self) -> tuple[Built, Memory]:
        """Bring the folder up to date. Raises OSError, and Lost when it takes a whole build."""
        old, site = self.old, self.site
        wishes = {id: wishes_of(each) for id in self.changed.sources if (each := self._record(id))}
        matches = self._matches(wishes)
        update = update_of(site, self.shelf, self.changed, old, self.numbers, matches)
        gists: dict[str, Gist] = self._kept(old.gists, update.gists)
        said = dict.fromkeys(self.changed.sources, Entries())
        entries = self._kept(old.entries, said | update.entries)
        dues, ahead = self._without(old.dues), self._without(old.ahead)
        dues |= update.dues
        ahead |= update.ahead
        site.known.rows = {id: msgspec.Raw(gist.row) for id, gist in gists.items()}
        tied_as_before = not update.tied and not self.changed.shown and site.places == old.places
        site.known.links = old.links if tied_as_before else None
        site.found = self._problems()
        lens = tops_lens(site, TopFacts(gists, entries, dues, ahead, matches))
        update.facts.whole = lens.facts
        looked = self._write(update, Pages(lens, *site.rest), matches)
        name = secrets.token_hex(8)
        self.folder.end(name)
        memory = structs.replace(
            old,
            build=name,
            files=self.files,
            ids=self.numbers.ids,
            fronts=self._kept(old.fronts, self.changed.fronts),
            wishes=self._kept(old.wishes, wishes),
            gists=gists,
            entries=entries,
            dues=dues,
            ahead=ahead,
            pages=self._kept(old.pages, looked),
            pictures=self.wanted,
            matches=matches,
            problems=site.found,
            links=old.links if tied_as_before else links_of(site.lens),
            places=site.places,
        )
        ties = {id: tied for id, tied in update.ties.items() if id in self.book.contacts}
        self.shelf.save(memory, ties, update.ties.keys() - ties.keys())
        pages = sum(path.endswith(".html") for path in self.folder.made)
        return Built(pages, site.problems), memory

    def _record(self, id: str) -> Record | None:
        return self.book.record(id)

    def _kept(self, values: dict[str, V], new: dict[str, V]) -> dict[str, V]:
        """`values` with new ones, and without those of records that are gone."""
        found = values | new
        for id in self.changed.touched:
            if id in found and self._record(id) is None:
                del found[id]
        return found

    def _without(self, values: dict[str, V]) -> dict[str, V]:
        """`values` but for those of the touched."""
        return {id: each for id, each in values.items() if id not in self.changed.touched}

    def _pictures(self) -> dict[str, list[str]]:
        """The pictures that the touched want."""
        records = (self._record(id) for id in self.changed.touched)
        return {record.id: sorted(pictures_of(record)) for record in records if record}

    def _matches(self, wishes: dict[str, bytes]) -> Matches:
        """The matches: as they were, unless somebody in them or what they come from changed."""
        old, changed = self.old, self.changed
        same = all(wishes.get(id) == old.wishes.get(id) for id in changed.sources)
        if same and not changed.shown and changed.touched.isdisjoint(by_person(old.matches)):
            return old.matches
        return self.site.facts.matches

    def _problems(self) -> list[Problem]:
        """What is wrong in the book as a whole."""
        old, changed = self.old, self.changed
        paths = {path for path in self.files if id_of(path) in changed.touched}
        mine = [problem for problem in old.problems if problem.path in paths]
        if not changed.shown:
            facts = self.site.facts
            part = self.book.around(changed.touched)
            found = book_problems(part, facts.today, facts.settings)
            mine += (now := [problem for problem in found if problem.path in paths])
            if not any(problem.code in _BY_ALL for problem in mine):
                return [each for each in old.problems if each.path not in paths] + now
        return self.site.facts.book_problems

    def _write(self, update: Update, tops: Pages, matches: Matches) -> dict[str, Page]:
        """Write what is another, and remove what is no page any more."""
        folder, made, looked = self.folder, dict[str, bytes](), dict[str, Page]()
        lost = self._lost()
        for id in update.records | {id for id in lost.values() if id}:
            record = self._record(id)
            if record is not None:
                made[page_path(record)], looked[id] = self._page(record, update)
        kept = unchanged_tops(self.changed, self.old, self.numbers, update, matches)
        for path, make in tops.tops.items():
            if path in kept and path not in lost:
                continue
            seen = self.site.watch.start()
            made[path] = encoded(make())
            looked[path] = self.numbers.page(seen)
        for path, file in self.site.pictures.items():
            made[path] = file.read_bytes()
        if lost.keys() - made.keys():
            made |= {path: encoded(content) for path, content in statics()}
        gone = self._gone()
        folder.begin(made)
        folder.note({path: each for path, each in folder.known.files.items() if path not in gone})
        for path, data in made.items():
            folder.put(path, data)
        return looked

    def _page(self, record: Record, update: Update) -> tuple[bytes, Page]:
        """The page of a record, and what it looked at."""
        watch = self.site.watch
        lens, seen = update.lens, watch.start()
        if record is self.book.me:
            # The own card shows the warmest of all.
            lens = copy(lens)
            lens.book = WatchedBook(watch, self.book)
        try:
            if record.id not in update.records:
                raise NeedsWhole
            content = Pages(lens, *self.site.rest).record(record)
        except NeedsWhole:
            seen = watch.start()
            content = self.site.pages.record(record)
        return encoded(content), self.numbers.page(seen)

    def _gone(self) -> set[str]:
        """The paths of pages whose records are gone."""
        touched = self.changed.touched
        then = {path: id_of(path) for path in self.old.files if id_of(path) in touched}
        paths = {path_of(path.split("/", 1)[0], id) for path, id in then.items()}
        return paths - {page_path(each) for id in touched if (each := self._record(id))}

    def _lost(self) -> dict[str, str]:
        """The files that are not what was written; with the id where it is a record's page."""
        folder = self.folder
        known = folder.known.files.items()
        lost = dict.fromkeys((path for path, each in known if not folder.stands(path, each)), "")
        if len(lost) > max(_LITTLE, len(self.files) // _SHARE):
            raise Lost
        if lost:
            for record in self.book.records:
                if (path := page_path(record)) in lost:
                    lost[path] = record.id
        return lost
