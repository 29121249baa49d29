"""The pages of the whole book after a small change: which are others, and from what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from renmai.rules.ledger import Balance
from renmai.site.book import Site
from renmai.site.increment.gist import Gist, GistFacts
from renmai.site.increment.memory import RECORD, Memory, Part
from renmai.site.increment.part import FoundMatches, NeedsWhole
from renmai.site.increment.seen import decoded_part
from renmai.site.increment.update import ASKING, Update
from renmai.site.increment.watch import Watched, WatchedBook, WatchedLens
from renmai.site.views.introductions import MOST_MATCHES
from renmai.site.views.lens import Lens
from renmai.site.views.parts import sort_and_id

T = TypeVar("T")

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
    facts.gists, facts.totals, facts.dues = now.gists, now.totals, now.dues
    facts.matches = known.whole(update.matching.lead)
    facts.matches_of = Watched(watch.matches, FoundMatches(known))
    lens = TopsLens(facts, site.words, site.media, watch)
    lens.ids_by_name = now.by_name
    lens.ahead.changes = now.ahead
    lens.parts, lens.spare, lens.whole = update.parts, update.lens, site.lens
    lens.memory, lens.ids = now, update.facts.ids | update.records
    return lens


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
            return {path for path in self.old.pages if path not in self.old.marks}
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
            network = self.old.pages.get("network.html")
            if network and not self.update.is_stale(network, self.update.looked):
                found.add("network.html")
        marks = self.changed.marks
        if all(
            id in self.old.marks and marks[id].deeds == self.old.marks[id].deeds for id in marks
        ):
            found.add("influence.html")
        if all(now.balance == then.balance for now, then in self._gists):
            found.add("assets/ledger-data.js")
            # Of those whom one may ask, and of those whom one owes, the warmest come first.
            balances = [Balance(*now.balance) for now, _ in self._gists]
            if not any(each.ready_to_ask or each.owed for each in balances):
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
        page = self.old.pages.get(path)
        return page is None or self.update.is_stale(page, self._felt)

    @property
    def _leads_alike(self) -> bool:
        matching, old = self.update.matching, self.old
        first = matching.lead.rows[:MOST_MATCHES] == old.lead.rows[:MOST_MATCHES]
        return first and not matching.is_new
