"""The pages of the whole book after a small change: which are others, and from what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from renmai.rules.ledger import Balance
from renmai.site.book import Site
from renmai.site.increment.gist import Gist
from renmai.site.increment.gistfacts import GistFacts
from renmai.site.increment.memory import Memory
from renmai.site.increment.page import RECORD, Part
from renmai.site.increment.part import FoundMatches, NeedsWhole
from renmai.site.increment.seen import decoded_part
from renmai.site.increment.update import ASKING, Update
from renmai.site.increment.watch import Watched, WatchedBook, WatchedLens
from renmai.site.views.events import TILE
from renmai.site.views.introductions import MOST_MATCHES, WAY
from renmai.site.views.ledger import ENDS, Ends, owed_key, ready_key
from renmai.site.views.lens import Lens
from renmai.site.views.network import ROW
from renmai.site.views.parts import sort_and_id

T = TypeVar("T")

#: The pages of those parts that ask for much.
_PAGES = {TILE: "events.html", WAY: "introductions.html", ROW: "network.html"}

#: The tables that say what follows of somebody.
_TOLD = ("gists", "rows", "dues")

#: These show some people, and nothing that is counted over all.
_SHOWING = ("contacts.html", "events.html", "communities.html", "introductions.html")


class TopsLens(WatchedLens):
    """The lens for pages of the whole book, of which some parts show what they showed.

    The others are made through it; or, where they are `ASKING`, through `spare`, or `whole`.
    """

    parts: dict[str, Part]
    spare: Lens
    whole: Lens
    memory: Memory
    #: Those of whom the spare lens knows what follows.
    ids: set[str]

    @property
    def strengths(self) -> Mapping[str, tuple[float, int]]:
        return self.memory.strengths

    def part(self, key: str, make: Callable[[Lens], T], sort: Any, *, fronts: bool = False) -> T:
        known = self.parts.get(key)
        if known is None:
            return self.watch.part(key, lambda: self._made(key, make), fronts)
        seen = self.watch.seen
        seen.numbers.update(known.page.numbers)
        seen.keys.update(known.page.names)
        seen.fronts = seen.fronts or known.page.fronts
        value: T = decoded_part(known.value, sort)
        return value

    def _made(self, key: str, make: Callable[[Lens], T]) -> T:
        sort, id = sort_and_id(key)
        if sort not in ASKING:
            return make(self)
        try:
            return make(self.spare if id in self.ids else self.whole)
        except NeedsWhole:
            return make(self.whole)


def tops_lens(site: Site, update: Update, now: Memory) -> TopsLens:
    """The lens for the pages of the whole book, through which much is remembered of everybody."""
    opened, watch, known = site.opened, site.watch, update.matching.known
    facts = GistFacts(WatchedBook(watch, opened.book), site.facts.today, opened.settings, watch)
    facts.gists, facts.totals = now.gists, now.totals
    facts.dues, facts.soon = now.dues, now.soon
    facts.matches = known.whole(update.matching.lead)
    facts.matches_of = Watched(watch.matches, FoundMatches(known))
    lens = TopsLens(facts, site.words, site.media, watch)
    lens.ids_by_name = now.by_name
    lens.ahead.changes = now.ahead
    lens.parts, lens.spare, lens.whole = update.parts, update.lens, site.lens
    lens.memory, lens.ids = now, update.facts.ids | update.records
    return lens


def parts_left(update: Update, made: Collection[str]) -> Iterator[str]:
    """The keys of parts that were looked through and show what they did: their page was not made.

    Whoever makes it next would go through the whole book for them.
    """
    for key in update.old.parts.keys() - update.parts.keys():
        sort, id = sort_and_id(key)
        page = _PAGES.get(sort)
        if page and page not in made and id not in update.changed.sources:
            yield key


class Unchanged:
    """Which pages of the whole book show the same as before: the others may, or not."""

    def __init__(self, update: Update, now: Memory, are_settled: bool) -> None:
        self.update, self.old, self.now = update, update.old, now
        #: Whether it is remembered where people stood at the last build.
        self.are_settled = are_settled
        self.changed = update.changed

    @cached_property
    def paths(self) -> set[str]:
        """Their paths."""
        if not self.changed.paths and self.are_settled:
            return set(self.old.tops)
        found = {"404.html"}
        if self.changed.shown:
            return found
        found.add("assets/network-data.js")
        found.update(path for path in _SHOWING if not self._is_stale(path))
        if "introductions.html" in found and not self._leads_alike:
            found.remove("introductions.html")
        if not self.update.tied:
            if self.are_settled:
                found.add("assets/network-places.js")
            network = self.old.tops.get("network.html")
            if network and not self.update.is_stale(network, self.update.looked):
                found.add("network.html")
        marks = self.changed.marks
        if all(
            id in self.old.marks and marks[id].deeds == self.old.marks[id].deeds for id in marks
        ):
            found.add("influence.html")
        if all(now.balance == then.balance for now, then in self._gists):
            found.add("assets/ledger-data.js")
            if self._is_ledger_alike:
                found.add("ledger.html")
        return found

    @cached_property
    def _gists(self) -> list[tuple[Gist, Gist]]:
        """The gists of the touched, now and then."""
        now, then = self.now.gists, self.old.gists
        return [(now[id], then[id]) for id in self.changed.touched if id in now and id in then]

    @cached_property
    def _felt(self) -> set[int]:
        """What is another, as numbers; most of those whom a file refers to have nothing new."""
        now, then = self.now, self.old
        ids = self.changed.sources | {
            id
            for id in self.changed.touched
            if any(getattr(now, name).get(id) != getattr(then, name).get(id) for name in _TOLD)
        }
        return self.update.looked | self.update.numbers.aspects(ids, RECORD)

    def _is_stale(self, path: str) -> bool:
        page = self.old.tops.get(path)
        return page is None or self.update.is_stale(page, self._felt)

    @property
    def _is_ledger_alike(self) -> bool:
        """Whether the ledger shows the same people, where all balances are as they were.

        Of those whom one may ask, and of those whom one owes, the warmest come first.
        """
        page, part = self.old.tops.get("ledger.html"), self.update.parts.get(ENDS)
        if page is None or part is None or self.update.is_stale(page, self.update.looked):
            return False
        if self.update.matching.is_new:
            return False
        ends: Ends = decoded_part(part.value, Ends)
        return not any(
            self._is_shown(id, Balance(*gist.balance), gist.warmth, ends)
            for id in self.update.warmth
            if id in self.old.gists and self.now.gists[id].warmth != self.old.gists[id].warmth
            for gist in (self.now.gists[id], self.old.gists[id])
        )

    def _is_shown(self, id: str, mine: Balance, warmth: float, ends: Ends) -> bool:
        """Whether somebody of that warmth is perhaps among those above the table of the ledger."""
        known = self.update.matching.known.of(id)
        match = next(iter(known.can_help_you), None) if known else None
        if mine.ready_to_ask and (
            ends.ready is None or ready_key((id, mine, match), warmth) <= ends.ready
        ):
            return True
        return bool(mine.owed) and (ends.owed is None or owed_key((id, mine), warmth) <= ends.owed)

    @property
    def _leads_alike(self) -> bool:
        matching, old = self.update.matching, self.old
        first = matching.lead.rows[:MOST_MATCHES] == old.lead.rows[:MOST_MATCHES]
        return first and not matching.is_new
