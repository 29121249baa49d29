"""The site after a small change: the pages that show something else than before, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from renmai.rules.paths import LEAST_OWN_WEIGHT, is_open
from renmai.rules.warmth import level
from renmai.site.book import Site
from renmai.site.increment.changes import Changes
from renmai.site.increment.costs import Costs
from renmai.site.increment.matching import Matching
from renmai.site.increment.memory import Memory
from renmai.site.increment.page import (
    COST,
    LEVEL,
    MATCHES,
    RECORD,
    TIES,
    Numbers,
    Page,
    Part,
)
from renmai.site.increment.part import (
    PartFacts,
    PartNet,
    RememberedTies,
    part_lens,
    shown_people,
    ties_of,
)
from renmai.site.increment.shelf import Shelf, Tied
from renmai.site.increment.watch import WatchedLens
from renmai.site.views.coming import COMING
from renmai.site.views.events import TILE
from renmai.site.views.introductions import WAY
from renmai.site.views.network import ROW
from renmai.site.views.parts import sort_and_id

#: The sorts of parts of pages that show what follows of others than whom they are about.
_FOLLOWING = (TILE, COMING)
#: Those that ask for more than is remembered of everybody.
ASKING = (*_FOLLOWING, WAY, ROW)


class Update:
    """What a small change comes to: whose ties, costs, level, matches and pages are others.

    `records` are the ids of those whose pages are made anew, through `lens` from `facts`; `parts`
    are those parts of other pages that show what they showed.
    """

    def __init__(
        self, site: Site, shelf: Shelf, changed: Changes, old: Memory, numbers: Numbers
    ) -> None:
        self.site, self.shelf, self.changed = site, shelf, changed
        self.old, self.numbers = old, numbers
        self.book = site.opened.book
        #: What follows of the touched alone.
        self._first = PartFacts(site, site.watch, changed.touched, old.gists)
        self.ties = ties_of(self._first, changed.touched)
        before = self._remembered(changed.touched)
        self.tied = {id for id in changed.touched if self.ties[id] != before.get(id)}
        self._near = RememberedTies(self._remembered, self.ties)
        contacts = (self.book.contacts.get(id) for id in changed.touched)
        self.contacts = {contact.id: contact for contact in contacts if contact}
        self.warmth = {id: self._first.warmth(each) for id, each in self.contacts.items()}
        self.matching = Matching(site, changed, old, self.warmth)

    @cached_property
    def warmer(self) -> set[str]:
        """Those of another level than before."""
        return {
            id
            for id in self.changed.touched
            if id not in self.old.gists
            or id not in self.warmth
            or level(self.warmth[id]) != level(self.old.gists.warmth(id))
        }

    @cached_property
    def costs(self) -> dict[str, float | None]:
        """To whom the way costs something else than before; None where no way leads through."""
        if not self.old.costs:
            return {}
        me = self.book.me.id if self.book.me else None

        def own(id: str) -> float | None:
            contact = self.contacts.get(id)
            if id in self.changed.touched and (contact is None or not is_open(contact)):
                return None
            weight = self.warmth[id] if contact else self.old.gists.warmth(id)
            return 1 / max(weight, LEAST_OWN_WEIGHT)

        found = Costs(self.old.costs, lambda id: self._near.get(id, {}), own)
        return found.after(self._moved - {me})

    @cached_property
    def _moved(self) -> set[str]:
        """Those who may be tied otherwise to others or to oneself."""
        gists = self.old.gists
        return self.tied | {
            id
            for id in self.changed.touched
            if id not in gists
            or id not in self.contacts
            or self.warmth[id] != gists[id].warmth
            or self.contacts[id].status != gists[id].status
            or self._first.last_contact(self.contacts[id]) != gists[id].last_day
        }

    @cached_property
    def moved(self) -> set[str]:
        """The contacts whose ties are others, or who were none before."""
        me = self.book.me.id if self.book.me else None
        new = self.changed.touched - self.old.gists.keys()
        return ((self.tied | new) & self.contacts.keys()) - {me}

    @cached_property
    def looked(self) -> set[int]:
        """What is another, as numbers: for pages that show what is written of people."""
        aspects = self.numbers.aspects
        found = aspects(self.changed.shown, RECORD) | aspects(self.warmer, LEVEL)
        found |= aspects(self.tied, TIES) | aspects(self.matching.others, MATCHES)
        return found | aspects(self.costs.keys() | self._moved, COST)

    @cached_property
    def followed(self) -> set[int]:
        """The same for pages that show what follows of people."""
        return self.looked | self.numbers.aspects(self.changed.touched, RECORD)

    @cached_property
    def records(self) -> set[str]:
        """The ids of those whose pages are made anew."""
        found = self.changed.touched | set(self._lookers())
        return {id for id in found if self.book.record(id) is not None}

    def is_stale(self, page: Page, another: set[int]) -> bool:
        """Whether a page looked at something that is another now."""
        return (
            (page.fronts and bool(self.changed.shown))
            or not another.isdisjoint(page.numbers)
            or not self.changed.names.isdisjoint(page.names)
        )

    def _lookers(self) -> Iterator[str]:
        old, events = self.old, self.book.events
        names, fronts = self.changed.names, bool(self.changed.shown)
        # The pages of events show what follows of people.
        yield from old.lookers.of(self.looked, names, fronts) - old.looked.keys()
        follows = old.lookers.of(self.followed, (), False) - old.looked.keys()
        yield from (id for id in follows if id in events)
        for id, page in old.looked.items():
            if self.is_stale(page, self.followed if id in events else self.looked):
                yield id
        if self.book.me is not None and self.changed.touched:
            yield self.book.me.id

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The parts of pages of the whole book that show what they showed."""
        return {key: part for key, part in self.old.parts.items() if not self._is_old(key, part)}

    def _is_old(self, key: str, part: Part) -> bool:
        sort, id = sort_and_id(key)
        if id in self.changed.touched:
            return True
        return self.is_stale(part.page, self.followed if sort in _FOLLOWING else self.looked)

    @cached_property
    def facts(self) -> PartFacts:
        """What follows of those whose pages are made anew, and of whoever is on the way to them."""
        touched = self.changed.touched
        anew = self.records | self._told_anew
        ids = anew | touched | shown_people(self.book, anew) | set(self._on_ways())
        return (
            PartFacts(self.site, self.site.watch, ids, self.old.gists)
            if ids > touched
            else self._first
        )

    @cached_property
    def _told_anew(self) -> set[str]:
        """Those of whom a part of a page is made anew."""
        parts = map(sort_and_id, self.old.parts.keys() - self.parts.keys())
        ids = {id for sort, id in parts if sort in ASKING}
        return {id for id in ids if self.book.record(id) is not None}

    def _on_ways(self) -> Iterator[str]:
        """Those on the ways that are told anew."""
        net = self._net(self._first)
        for id in self.records | self._told_anew:
            contact = self.book.contacts.get(id)
            if contact and contact.status == "wanted" and net.costs:
                yield from net.walk(contact) or ()

    def _net(self, facts: PartFacts) -> PartNet:
        gone = {id for id, cost in self.costs.items() if cost is None}
        costs = {id: cost for id, cost in self.old.costs.items() if id not in gone}
        return PartNet(facts, self._near, costs | {id: c for id, c in self.costs.items() if c})

    @cached_property
    def lens(self) -> WatchedLens:
        """The lens through which pages of the records are made."""
        facts, records = self.facts, self.records
        near = self._near
        if facts is not self._first:
            near = RememberedTies(self._remembered, ties_of(facts, facts.ids))
        near.fetch({other for id in records for other in near.get(id, ())})
        self.matching.known.fetch(records)
        return part_lens(self.site, facts, near, self._net(facts), self.matching.known)

    def _remembered(self, ids: Iterable[str]) -> dict[str, Tied]:
        return self.shelf.ties(ids, self.old.head.build)
