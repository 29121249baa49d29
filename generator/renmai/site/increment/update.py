"""The site after a small change: the pages that show something else than before, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from renmai.rules.matches import Matches, by_person
from renmai.rules.warmth import level
from renmai.site.book import Site
from renmai.site.increment.changes import Changes
from renmai.site.increment.dues import Due, dues_of
from renmai.site.increment.gist import Entries, Gist, entries_of, gist_of
from renmai.site.increment.memory import LEVEL, RECORD, TIES, Memory, Numbers, Shelf, Tied
from renmai.site.increment.part import PartFacts, RememberedTies, part_lens, shown_people, ties_of
from renmai.site.increment.watch import WatchedLens


class Update(Struct):
    """What a small change comes to.

    `records` are the ids of those whose pages are made anew, through `lens` from `facts`; `tied`
    of those whose ties are others, `warmer` of those whose level is. `ties`, `gists`, `dues` and
    `ahead` are those of the touched, `entries` those of the records that say something else.
    """

    records: set[str]
    tied: set[str]
    warmer: set[str]
    lens: WatchedLens
    facts: PartFacts
    ties: dict[str, Tied]
    gists: dict[str, Gist]
    entries: dict[str, Entries]
    dues: dict[str, list[Due]]
    ahead: dict[str, set[date]]


def update_of(
    site: Site,
    shelf: Shelf,
    changed: Changes,
    old: Memory,
    numbers: Numbers,
    matches: Matches,
) -> Update:
    """Which pages a change makes others, and what they are made from."""
    book, watch, touched = site.opened.book, site.watch, changed.touched
    facts = PartFacts(site, watch, touched, old.gists, matches)
    ties = ties_of(facts, touched)
    contacts = [contact for id in touched if (contact := book.contacts.get(id))]
    levels = {contact.id: facts.level(contact) for contact in contacts}

    def remembered(ids: Iterable[str]) -> dict[str, Tied]:
        return shelf.ties(ids, old.build)

    before = remembered(touched)
    tied = {id for id in touched if ties[id] != before.get(id)}
    warmer = {
        id for id in touched if id not in old.gists or levels.get(id) != level(old.gists[id].warmth)
    }
    records = touched | set(_lookers(site, changed, old, numbers, tied, warmer))
    records |= _matched(old.matches, matches)
    records = {id for id in records if book.record(id) is not None}
    known = RememberedTies(remembered, ties)
    ids = records | touched | shown_people(book, records)
    if ids > touched:
        facts = PartFacts(site, watch, ids, old.gists, matches)
        known = RememberedTies(remembered, ties_of(facts, ids))
    known.fetch({other for id in records for other in known.get(id, ())})
    lens = part_lens(site, facts, known)
    entries = entries_of(facts.interactions, touched)
    return Update(
        records,
        tied,
        warmer,
        lens,
        facts,
        ties,
        {contact.id: gist_of(lens, contact) for contact in contacts},
        {id: mine for id, mine in entries.items() if id in changed.sources},
        dues_of({id: mine for id, mine in facts.follow_ups_of.items() if id in touched}),
        {id: days for id, days in lens.ahead.changes.items() if id in touched},
    )


def _lookers(
    site: Site,
    changed: Changes,
    old: Memory,
    numbers: Numbers,
    tied: set[str],
    warmer: set[str],
) -> Iterator[str]:
    """The ids of those whose pages look at something that is another now."""
    book = site.opened.book
    looked = numbers.aspects(changed.shown, RECORD)
    looked |= numbers.aspects(warmer, LEVEL) | numbers.aspects(tied, TIES)
    # The pages of events and communities show what follows of people.
    followed = looked | numbers.aspects(changed.touched, RECORD)
    for id, page in old.pages.items():
        if id not in old.fronts:
            continue  # a page of the whole book
        mine = looked if id in book.contacts else followed
        if page.way or not (mine.isdisjoint(page.seen) and changed.names.isdisjoint(page.names)):
            yield id
    if book.me is not None and changed.touched:
        yield book.me.id


def _matched(old: Matches, new: Matches) -> set[str]:
    """Those whose matches are others."""
    if old == new:
        return set()
    before, now = by_person(old), by_person(new)
    return {id for id in before.keys() | now.keys() if before.get(id) != now.get(id)}
