"""The site after a small change: the pages that show something else than before, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from renmai.rules.matches import Matches, by_person
from renmai.rules.warmth import level
from renmai.site.book import Site
from renmai.site.increment.changes import Changes
from renmai.site.increment.memory import LEVEL, RECORD, TIES, Memory, Numbers, load_ties
from renmai.site.increment.part import PartFacts, RememberedTies, part_lens, shown_people, ties_of
from renmai.site.increment.watch import WatchedLens


class Update(Struct):
    """What a small change comes to.

    `records` are the ids of those whose pages are made anew, through `lens`; `ties` and `warmth`
    are those of the touched.
    """

    records: set[str]
    lens: WatchedLens
    ties: dict[str, dict[str, float]]
    warmth: dict[str, float]


def update_of(
    site: Site, changed: Changes, old: Memory, numbers: Numbers, matches: Matches
) -> Update:
    """Which pages a change makes others, and what they are made from."""
    book, watch = site.opened.book, site.watch
    facts = PartFacts(site, watch, changed.touched, old.warmth, matches)
    ties = ties_of(facts, changed.touched)
    contacts = (book.contacts.get(id) for id in changed.touched)
    warmth = {each.id: facts.warmth(each) for each in contacts if each is not None}
    records = changed.touched | set(_lookers(site, changed, old, numbers, ties, warmth))
    records |= _matched(old.matches, matches)
    records = {id for id in records if book.record(id) is not None}
    known = RememberedTies(site.root, ties)
    if not records <= changed.touched or shown_people(book, records) - changed.touched:
        ids = records | changed.touched | shown_people(book, records)
        facts = PartFacts(site, watch, ids, old.warmth | warmth, matches)
        known = RememberedTies(site.root, ties_of(facts, ids))
    known.fetch({other for id in records for other in known.get(id, ())})
    return Update(records, part_lens(site, facts, known), ties, warmth)


def _lookers(
    site: Site,
    changed: Changes,
    old: Memory,
    numbers: Numbers,
    ties: dict[str, dict[str, float]],
    warmth: dict[str, float],
) -> Iterator[str]:
    """The ids of those whose pages look at something that is another now."""
    book = site.opened.book
    before = load_ties(site.root, changed.touched)
    tied = {id for id in changed.touched if ties[id] != before.get(id)}
    warmer = {
        id
        for id in changed.touched
        if id not in warmth or id not in old.warmth or level(warmth[id]) != level(old.warmth[id])
    }
    looked = numbers.aspects(changed.shown, RECORD)
    looked |= numbers.aspects(warmer, LEVEL) | numbers.aspects(tied, TIES)
    # The pages of events and communities show what follows of people.
    followed = looked | numbers.aspects(changed.touched, RECORD)
    for id, page in old.pages.items():
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
