"""From a build to the memory of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any

import msgspec

from renmai.site.book import Site
from renmai.site.increment.dues import dues_of, soon_of
from renmai.site.increment.gist import Totals, entries_of
from renmai.site.increment.marks import marks_of
from renmai.site.increment.packed import Ranked
from renmai.site.increment.part import ties_of
from renmai.site.increment.rows import packed_rows
from renmai.site.net.data import links_of
from renmai.site.views.rows import last_day_shown

encode = msgspec.msgpack.Encoder().encode


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
    return blake2b(encode(parts), digest_size=16).digest()


def _theme() -> tuple[int, ...]:
    """What tells one installed Material, which the icons are from, from another."""
    found = find_spec("material")
    about = os.stat(found.origin) if found and found.origin else None
    return (about.st_size, about.st_mtime_ns, about.st_ino) if about else ()


def tables_of(site: Site) -> dict[str, bytes]:
    """The tables of the memory of a build of the whole site, but for what its pages add, encoded.

    As bytes they take a tenth of the room.
    """
    return {name: encode(make()) for name, make in _tables(site).items()}


def encoded_ties(site: Site) -> dict[str, bytes]:
    """Everybody's ties, encoded."""
    ties = ties_of(site.facts, site.opened.book.contacts)
    return {id: encode(tied) for id, tied in ties.items()}


def _tables(site: Site) -> dict[str, Callable[[], Any]]:
    facts, opened = site.facts, site.opened
    book, me = opened.book, opened.book.me
    entries = entries_of(facts.interactions, book.contacts)
    outlines = zip(opened.files.paths, opened.files.rows, strict=True)
    dues = dues_of(facts.follow_ups_of)
    known = Ranked(site.packed, me.id if me else None, facts.warmth_of)
    return {
        "paths": lambda: opened.files.paths,
        "digests": lambda: opened.files.digest_bytes,
        "outlines": lambda: packed_rows(dict(outlines)),
        "marks": lambda: packed_rows({record.id: marks_of(record) for record in book.records}),
        "entries": lambda: packed_rows(entries),
        "totals": lambda: Totals().after((), entries.values()),
        "dues": lambda: packed_rows(dues),
        "soon": lambda: soon_of(dues, last_day_shown(facts.settings, facts.today)),
        "ahead": lambda: site.lens.ahead.changes,
        "costs": lambda: facts.net.costs,
        "matches": lambda: site.packed,
        "floors": lambda: known.floors(facts.matches_of),
        "lead": lambda: known.first_lead(),
        "links": lambda: links_of(site.lens),
        "strengths": lambda: site.lens.strengths,
        "by_name": lambda: site.lens.ids_by_name,
        "names": lambda: site.lens.name_keys,
    }
