"""From a build to the memory of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any

import msgspec

from renmai.model.outline import Outline
from renmai.model.records import Contact, Event, Record
from renmai.site.book import Site
from renmai.site.increment.dues import dues_of
from renmai.site.increment.gist import Gist, entries_of
from renmai.site.increment.memory import Memory, Numbers, Page, Shelf, front_of
from renmai.site.increment.part import ties_of
from renmai.site.net.data import links_of
from renmai.storage import Opened

_encode = msgspec.msgpack.Encoder().encode


def key_of(site: Site) -> bytes:
    """A digest of what every page depends on, but for the program, which the store looks to."""
    opened = site.opened
    me = opened.book.me
    parts = (
        site.facts.today,
        site.words.language,
        site.site_name,
        opened.settings,
        me.id if me else None,
        sorted(site.media.items()),
        sorted(opened.book.photos.items()),
        _theme(),
    )
    return blake2b(_encode(parts), digest_size=16).digest()


def _theme() -> tuple[int, ...]:
    """What tells one installed Material, which the icons are from, from another."""
    found = find_spec("material")
    about = os.stat(found.origin) if found and found.origin else None
    return (about.st_size, about.st_mtime_ns, about.st_ino) if about else ()


def files_of(opened: Opened) -> dict[str, tuple[bytes, Outline]]:
    """The digest and the outline of each file of a book."""
    digests = opened.digests
    sources = opened.book.sources
    return {source.path: (digests.get(source.path, b""), source.outline) for source in sources}


def remember(
    site: Site,
    shelf: Shelf,
    build: str,
    numbers: Numbers,
    pages: Mapping[str, Page],
    gists: dict[str, Gist],
) -> Memory:
    """Leave the memory of a build of the whole site, in which everything was worked out."""
    facts, book = site.facts, site.opened.book
    memory = Memory(
        key=key_of(site),
        build=build,
        files=files_of(site.opened),
        ids=numbers.ids,
        fronts={record.id: front_of(record) for record in book.records},
        gists=gists,
        entries=entries_of(facts.interactions, book.contacts),
        pages=dict(pages),
        pictures=dict(site.wanted),
        dues=dues_of(facts.follow_ups_of),
        ahead=site.lens.ahead.changes,
        wishes={record.id: wishes_of(record) for record in book.records},
        matches=facts.matches,
        problems=facts.book_problems,
        links=links_of(site.lens),
        places=site.places,
    )
    shelf.save(memory, ties_of(facts, book.contacts))
    return memory


def wishes_of(record: Record) -> bytes:
    """A digest of what matches come from in a record: wishes, and who knows whom already."""
    parts: list[Any] = []
    if isinstance(record, Contact):
        parts += [record.needs, record.offers, record.status, record.relations]
    elif isinstance(record, Event):
        parts += [record.status, record.introductions]
    parts += [entry for entry in record.log if entry.kind == "intro"]
    return blake2b(_encode(parts), digest_size=8).digest()
