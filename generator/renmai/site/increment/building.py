"""A build: a small one where the last is remembered and little has changed, else a whole one."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterable
from typing import NamedTuple

from renmai.problems import Problem
from renmai.rules.facts import Facts
from renmai.site.book import Site
from renmai.site.crew import Crew, pieces
from renmai.site.folder import Entry, SiteFolder
from renmai.site.increment.gist import Gist, gist_of
from renmai.site.increment.gists import gists_of
from renmai.site.increment.lookers import lookers_of
from renmai.site.increment.memory import Head, Lost, Memory
from renmai.site.increment.order import Built, Order, encoded
from renmai.site.increment.page import Numbers, Page, Part
from renmai.site.increment.remembering import encode, encoded_ties, key_of, tables_of
from renmai.site.increment.rows import packed_rows
from renmai.site.increment.small import Small
from renmai.site.index import PLACE, contact_row, looked_up
from renmai.site.statics import statics
from renmai.storage.opening import Opened
from renmai.text.names import readings

#: A process takes so many pages at a time.
_PIECE = 16
#: For fewer pages than this, another process costs more than it brings.
_FEW = 200

#: Before garbage is looked for, so much more has been made than has gone: a page makes hundreds.
_GARBAGE = (50_000, 50, 100)


def build(
    opened: Opened, folder: SiteFolder, order: Order, memory: Memory | None = None
) -> tuple[Built, Memory]:
    """Bring the folder to what the site of the book is; `memory` is that of the last build, if any.

    Returns what was done, and the memory of it. Raises OSError.
    """
    old = memory or (order.shelf.load() if folder.build else None)
    if old is not None and old.head.build == folder.build:
        with contextlib.suppress(Lost):
            small = Small(opened, folder, order, old)
            if small.is_small:
                return small.build()
    return _whole(opened, folder, order)


class _Done(NamedTuple):
    """Some pages of records: what was written, looked at, and is known of the contacts."""

    entries: dict[str, Entry]
    looked: dict[str, Page]
    gists: dict[str, Gist]
    rows: dict[str, str]


class _Aside(NamedTuple):
    """What another process can find out and tell in few words.

    How names are read, what is wrong in the book, and by the id of a record those of the records
    that mention it.
    """

    readings: dict[str, list[str]]
    problems: list[Problem]
    mentions: dict[str, list[str]]


def _aside(site: Site) -> _Aside:
    # It is no page that asks: nothing is to be noted.
    facts = Facts(site.opened.book, site.facts.today, site.opened.settings)
    mentions = {id: [each.id for each in found] for id, found in facts.backlinks.items()}
    return _Aside(looked_up(facts.book), facts.book_problems, mentions)


def _whole(opened: Opened, folder: SiteFolder, order: Order) -> tuple[Built, Memory]:
    """Make every page."""
    site = Site(opened, order.site_name, order.today, order.language)
    fixed = list(statics())
    every = [output.path for output in fixed] + site.pages.paths + list(site.pictures)
    folder.begin(every)
    numbers, contacts = Numbers(opened.book.ids), opened.book.contacts
    looked: dict[str, Page] = {}
    tops: dict[str, Page] = {}
    gists: dict[str, Gist] = {}
    rows: dict[str, str] = {}
    done = 0

    def note(entries: dict[str, Entry]) -> None:
        nonlocal done
        folder.note(entries)
        done += len(entries)
        if order.tell:
            order.tell(done, len(every))

    def make(paths: Iterable[str]) -> _Done:
        made = _Done({}, {}, {}, {})
        for path in paths:
            record, seen = site.pages.records[path], site.watch.start()
            made.entries[path] = folder.put(path, encoded(site.pages.record(record)))
            made.looked[record.id] = numbers.page(seen)
            if record.id in contacts:
                made.gists[record.id] = gist_of(site.lens, contacts[record.id])
                made.rows[record.id] = contact_row(site.lens, contacts[record.id])
        return made

    def top(path: str) -> None:
        seen = site.watch.start()
        note({path: folder.put(path, encoded(site.pages.make(path)))})
        tops[path] = numbers.page(seen)

    records = list(site.pages.records)
    jobs = order.jobs if len(records) > _FEW else 1
    _prepare(site, jobs)
    # What is made for a page goes with it; little of that has to be looked for.
    gc.set_threshold(*_GARBAGE)
    gc.enable()
    with Crew(pieces(records, _PIECE), make, jobs) as crew:
        note({path: folder.put(path, encoded(content)) for path, content in fixed})
        note({path: folder.put(path, file.read_bytes()) for path, file in site.pictures.items()})
        for path in site.pages.tops.keys() - {PLACE}:
            top(path)
        # The others are making pages: what is to be remembered besides need not wait for them.
        tables, ties = tables_of(site), encoded_ties(site)
        for done_ in crew.results():
            note(done_.entries)
            looked |= done_.looked
            gists |= done_.gists
            rows |= done_.rows
    site.known.rows = rows
    top(PLACE)
    head = Head(
        key=key_of(site),
        build=os.urandom(8).hex(),
        pictures=dict(site.wanted),
        problems=site.facts.book_problems,
        places=site.places,
    )
    folder.end(head.build)
    if order.shown:
        order.shown(site.problems)
    parts = site.watch.parts.items()
    added = {
        "gists": gists_of(gists).columns,
        "rows": packed_rows(rows),
        "lookers": lookers_of(looked),
        "looked": {},
        "tops": tops,
        "parts": {key: Part(data, numbers.page(seen)) for key, (data, seen) in parts},
        "ids": numbers.ids,
    }
    tables |= {name: encode(table) for name, table in added.items()}
    memory = order.shelf.save(head, tables, ties)
    pages = sum(path.endswith(".html") for path in site.pages.paths)
    return Built(pages, site.problems), memory


def _prepare(site: Site, jobs: int) -> None:
    """Work out what pages ask of the whole book, some of it in another process."""
    # The dictionary of readings takes as much memory as half of the book: one process has it, and
    # ends before the others begin.
    with Crew([site], _aside, min(jobs, 2)) as aside:
        site.prepare()
        for found in aside.results():
            readings.learn(found.readings)
            site.facts.book_problems = found.problems
            record = {record.id: record for record in site.opened.book.records}.__getitem__
            mentions = found.mentions.items()
            site.facts.backlinks = {id: list(map(record, ids)) for id, ids in mentions}
