"""Brings the folder of a site up to date after a small change, the pages of records first."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping

from renmai.model.book import Book
from renmai.model.records import Record
from renmai.model.source import id_of
from renmai.site.book import Site
from renmai.site.folder import SiteFolder
from renmai.site.increment.memory import Lost
from renmai.site.increment.order import encoded
from renmai.site.increment.page import Page
from renmai.site.increment.part import NeedsWhole
from renmai.site.increment.update import Update
from renmai.site.index import PLACE, spliced
from renmai.site.pages import Pages
from renmai.site.paths import page_path, path_of
from renmai.site.statics import statics


def lost_files(folder: SiteFolder, book: Book, most: int) -> dict[str, str]:
    """The files that are not what was written; with the id where it is a record's page.

    Raises Lost where there are more than `most`.
    """
    lost = dict.fromkeys(folder.lost, "")
    if len(lost) > most:
        raise Lost
    if lost:
        for record in book.records:
            if (path := page_path(record)) in lost:
                lost[path] = record.id
    return lost


class Rewriting:
    """Writes what is another than before, or `lost`.

    `looked` is what pages of records looked at, by id, `tops_looked` the same of pages of the whole
    book, by path.
    """

    def __init__(
        self, folder: SiteFolder, site: Site, update: Update, lost: dict[str, str]
    ) -> None:
        self.folder, self.site, self.update, self.lost = folder, site, update, lost
        self.changed, self.book = update.changed, update.book
        self.pages = Pages(update.lens, *site.rest)
        self.looked: dict[str, Page] = {}
        self.tops_looked: dict[str, Page] = {}

    def records(self) -> None:
        """Write pages of records, and the pictures; those that are none any more go in the end."""
        folder, update, pictures = self.folder, self.update, self.site.pictures
        ids = update.records | {id for id in self.lost.values() if id}
        records = [record for id in ids if (record := self.book.record(id)) is not None]
        every = [page_path(record) for record in records]
        folder.begin([*every, *self.pages.tops, *pictures, *self.lost])
        gone = self._gone
        folder.note({path: each for path, each in folder.known.files.items() if path not in gone})
        for record in records:
            folder.put(page_path(record), self._page(record))
        for path, file in pictures.items():
            folder.put(path, file.read_bytes())

    def tops(self, pages: Pages, kept: Collection[str], rows: Mapping[str, str | None]) -> None:
        """Write the pages of the whole book, but for those that are kept.

        `rows` are those of the index that can be others.
        """
        made = set[str]()
        for path, make in pages.tops.items():
            if path not in kept or path in self.lost:
                made.add(path)
                if path == PLACE and (index := self._index(rows)):
                    self.folder.put(path, index)
                    continue
                seen = self.site.watch.start()
                self.folder.put(path, encoded(make()))
                self.tops_looked[path] = self.update.numbers.page(seen)
        others = {path for path, id in self.lost.items() if not id} - made
        if others.difference(self.site.pictures):
            for path, content in statics():
                self.folder.put(path, encoded(content))

    def _index(self, rows: Mapping[str, str | None]) -> bytes | None:
        """The index as it stands there, with other rows; None where it is to be made anew."""
        if self.changed.shown or PLACE in self.lost:
            return None
        then = self.update.old.rows
        others = [(then.get(id), row) for id, row in rows.items()]
        with contextlib.suppress(OSError):
            return spliced((self.folder.path / PLACE).read_bytes(), others)
        return None

    def _page(self, record: Record) -> bytes:
        """The page of a record."""
        watch, update = self.site.watch, self.update
        seen = watch.start()
        try:
            if record.id not in update.records:
                raise NeedsWhole
            content = self.pages.record(record)
        except NeedsWhole:
            seen = watch.start()
            content = self.site.pages.record(record)
        self.looked[record.id] = update.numbers.page(seen)
        return encoded(content)

    @property
    def _gone(self) -> set[str]:
        """The paths of pages whose records are gone."""
        touched = self.changed.touched
        then = {source.path for id in touched for source in self.book.having(id)}
        then.update(self.changed.paths)
        paths = {path_of(path.split("/", 1)[0], id_of(path)) for path in then}
        return paths - {page_path(each) for id in touched if (each := self.book.record(id))}
