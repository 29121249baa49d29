"""A build: a small one where the last is remembered and little has changed, else a whole one."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from msgspec import Struct, structs

from renmai.model.reading import id_of
from renmai.problems import Problem
from renmai.rules.matches import Matches
from renmai.site.book import Site
from renmai.site.crew import Crew, pieces
from renmai.site.folder import Entry, SiteFolder
from renmai.site.increment.changes import Changes, changes
from renmai.site.increment.memory import Memory, Numbers, Page, load, save
from renmai.site.increment.part import Lost, NeedsWhole
from renmai.site.increment.remembering import files_of, key_of, remember
from renmai.site.increment.update import Update, update_of
from renmai.site.media import pictures_of
from renmai.site.pages import Pages
from renmai.site.paths import page_path, path_of
from renmai.site.statics import statics
from renmai.storage import Opened

V = TypeVar("V")

#: Told how many files are done, and of how many.
Tell = Callable[[int, int], None]

#: A process takes so many pages at a time.
_PIECE = 16
#: For fewer pages than this, another process costs more than it brings.
_FEW = 200
#: Where more than one in so many is touched, all is made anew; fewer than `_LITTLE` are always few.
_SHARE = 8
_LITTLE = 24


class Built(Struct):
    """What a build did: how many pages the site has, and the problems of the book."""

    pages: int
    problems: list[Problem]


class Order(Struct, frozen=True):
    """What is to be built: the site of a book on a day, with `jobs` processes."""

    site_name: str
    today: date
    language: str | None = None
    jobs: int = 1
    tell: Tell | None = None


def build(opened: Opened, folder: SiteFolder, order: Order) -> Built:
    """Bring the folder to what the site of the book is. Raises OSError."""
    old = load(opened.root) if folder.build else None
    if old is not None and old.build == folder.build:
        with contextlib.suppress(Lost):
            built = _Small(opened, folder, order, old).build()
            if built is not None:
                return built
    return _whole(opened, folder, order)


def encoded(content: str) -> bytes:
    """The bytes of a file of the site."""
    return content.encode("utf-8", "replace")


def _whole(opened: Opened, folder: SiteFolder, order: Order) -> Built:
    """Make every page."""
    site = Site(opened, order.site_name, order.today, order.language)
    fixed = list(statics())
    every = [output.path for output in fixed] + site.pages.paths + list(site.pictures)
    folder.begin(every)
    numbers = Numbers(opened.book.ids)
    pages: dict[str, Page] = {}
    done = 0

    def note(entries: dict[str, Entry]) -> None:
        nonlocal done
        folder.note(entries)
        done += len(entries)
        if order.tell:
            order.tell(done, len(every))

    def make(paths: Iterable[str]) -> tuple[dict[str, Entry], dict[str, Page]]:
        entries, looked = {}, {}
        for path in paths:
            seen = site.watch.start()
            entries[path] = folder.put(path, encoded(site.pages.make(path)))
            looked[site.pages.records[path].id] = numbers.page(seen)
        return entries, looked

    site.prepare()
    records = list(site.pages.records)
    parts = pieces(records, _PIECE)
    with Crew(parts, make, order.jobs if len(records) > _FEW else 1) as crew:
        note({path: folder.put(path, encoded(content)) for path, content in fixed})
        note({path: folder.put(path, file.read_bytes()) for path, file in site.pictures.items()})
        for path in site.pages.tops:
            note({path: folder.put(path, encoded(site.pages.make(path)))})
        for entries, looked in crew.results():
            note(entries)
            pages.update(looked)
    name = secrets.token_hex(8)
    folder.end(name)
    remember(site, name, numbers, pages)
    return Built(sum(path.endswith(".html") for path in site.pages.paths), site.problems)


class _Small:
    """A build from the memory of the last one."""

    def __init__(self, opened: Opened, folder: SiteFolder, order: Order, old: Memory) -> None:
        self.opened, self.folder, self.order, self.old = opened, folder, order, old
        self.files = files_of(opened)
        self.changed: Changes = changes(opened.book, self.files, old)
        self.numbers = Numbers([*old.ids])
        for id in self.changed.touched:
            self.numbers(id)

    def build(self) -> Built | None:
        """Bring the folder up to date; None where all is to be made anew."""
        touched = self.changed.touched
        if len(touched) > max(_LITTLE, len(self.files) // _SHARE):
            return None
        wanted = self._wanted()
        order = self.order
        site = Site(self.opened, order.site_name, order.today, order.language, wanted)
        if key_of(site) != self.old.key:
            return None
        update = update_of(site, self.changed, self.old, self.numbers, self._matches(site))
        looked = self._write(site, update)
        self._remember(site, update, looked, wanted)
        pages = sum(path.endswith(".html") for path in self.folder.made)
        return Built(pages, site.problems)

    def _wanted(self) -> dict[str, list[str]]:
        """The pictures that each record wants."""
        wanted = dict(self.old.pictures)
        for id in self.changed.touched:
            record = self.opened.book.record(id)
            paths = sorted(pictures_of(record)) if record else []
            wanted[id] = paths
            if not paths:
                del wanted[id]
        return wanted

    def _matches(self, site: Site) -> Matches:
        return site.facts.matches

    def _write(self, site: Site, update: Update) -> dict[str, Page]:
        """Write what is another, and remove what is no page any more."""
        folder, book = self.folder, self.opened.book
        made: dict[str, bytes] = {}
        looked: dict[str, Page] = {}
        part = Pages(update.lens, site.site_name, lambda: site.problems)
        for id in update.records | self._lost():
            record = book.record(id)
            assert record is not None
            pages = site.pages if record is book.me or id not in update.records else part
            seen = site.watch.start()
            try:
                content = pages.record(record)
            except NeedsWhole:
                seen = site.watch.start()
                content = site.pages.record(record)
            made[page_path(record)] = encoded(content)
            looked[id] = self.numbers.page(seen)
        for path, make in site.pages.tops.items():
            made[path] = encoded(make())
        for path, content in statics():
            made[path] = encoded(content)
        for path, file in site.pictures.items():
            made[path] = file.read_bytes()
        gone = self._gone()
        folder.begin(made)
        folder.note({path: each for path, each in folder.known.files.items() if path not in gone})
        for path, data in made.items():
            folder.put(path, data)
        return looked

    def _gone(self) -> set[str]:
        """The paths of pages whose records are gone, and of pictures that nobody wants."""
        book, touched = self.opened.book, self.changed.touched
        then = {path: id_of(path) for path in self.old.files if id_of(path) in touched}
        paths = {path_of(path.split("/", 1)[0], id) for path, id in then.items()}
        return paths - {page_path(each) for id in touched if (each := book.record(id))}

    def _lost(self) -> set[str]:
        """The ids of records whose pages are no more what was written."""
        known = self.folder.known.files
        lost = {path for path, entry in known.items() if not self.folder.stands(path, entry)}
        if not lost:
            return set()
        return {each.id for each in self.opened.book.records if page_path(each) in lost}

    def _remember(
        self, site: Site, update: Update, looked: dict[str, Page], wanted: dict[str, list[str]]
    ) -> None:
        old, touched = self.old, self.changed.touched
        gone = {id for id in touched if self.opened.book.record(id) is None}

        def kept(values: dict[str, V], new: dict[str, V]) -> dict[str, V]:
            return {id: value for id, value in (values | new).items() if id not in gone}

        name = secrets.token_hex(8)
        self.folder.end(name)
        memory = structs.replace(
            old,
            build=name,
            files=self.files,
            ids=self.numbers.ids,
            fronts=kept(old.fronts, self.changed.fronts),
            warmth=kept(old.warmth, update.warmth),
            pages=kept(old.pages, looked),
            pictures=wanted,
            matches=update.lens.facts.matches,
        )
        ties = {id: tied for id, tied in update.ties.items() if id in self.opened.book.contacts}
        save(site.root, memory, ties, update.ties.keys() - ties.keys())
