"""The lens for the pages of some records, without looking at the whole book."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from renmai.model.book import Book
from renmai.model.byid import Records
from renmai.model.records import Contact
from renmai.rules.facts import Facts
from renmai.rules.matches import Matches
from renmai.rules.paths import Net
from renmai.rules.ties import Tie
from renmai.site.book import Site
from renmai.site.increment.gists import Gists
from renmai.site.increment.memory import Lost
from renmai.site.increment.packed import Ranked
from renmai.site.increment.seen import Watch
from renmai.site.increment.shelf import Tied
from renmai.site.increment.watch import Watched, WatchedBook, WatchedFacts, WatchedLens, WatchedNet
from renmai.site.net.data import bits_of

V = TypeVar("V")

#: What a page asks of the facts by id.
_TABLES = (
    *("interactions", "follow_ups_of", "relations", "introduced", "backlinks"),
    *("events_of", "communities_of"),
)


class NeedsWhole(Exception):
    """A page asks for what the whole book decides."""


class Asked(Mapping[str, V]):
    """A mapping of which one is asked for at a time: to go through it takes the whole book."""

    def __iter__(self) -> Iterator[str]:
        raise NeedsWhole

    def __len__(self) -> int:
        raise NeedsWhole


class PartFacts(WatchedFacts):
    """What follows of `ids`, from them and those that refer to them; of others their warmth."""

    def __init__(self, site: Site, watch: Watch, ids: set[str], gists: Gists) -> None:
        whole, today, settings = site.opened.book, site.facts.today, site.facts.settings
        base = Facts(whole.around(ids), today, settings)
        super().__init__(WatchedBook(watch, whole, base.book), today, settings, watch)
        for name in _TABLES:
            setattr(self, name, getattr(base, name))
        self.ties, self.ids, self.gists = base.ties, ids, gists

    def warmth(self, contact: Contact) -> float:
        if contact.id in self.ids:
            return super().warmth(contact)
        return self.gists.warmth(contact.id)

    @property
    def warmths(self) -> dict[str, float]:
        found = self.gists.warmths
        for id in self.ids:
            contact = self.book.contacts.get(id)
            if contact is None:
                found.pop(id, None)
            else:
                found[id] = self.warmth(contact)
        if self.book.me is not None:
            found.pop(self.book.me.id, None)
        return found

    def last_contact(self, contact: Contact) -> date | None:
        if contact.id in self.ids or contact.id not in self.gists:
            return super().last_contact(contact)
        return self.gists[contact.id].last_day


class PartNet(Net):
    """The net as far as it is remembered: ways to some, whose steps are among the facts' ids."""

    def __init__(
        self, facts: PartFacts, near: Mapping[str, Mapping[str, float]], costs: Mapping[str, float]
    ) -> None:
        super().__init__(facts.book, facts.ties, near, facts.warmth)
        self.ids, self.costs = facts.ids, costs

    def cost(self, id: str) -> float | None:
        if not self.costs:
            raise NeedsWhole
        return super().cost(id)

    def tie(self, a: str, b: str) -> Tie | None:
        if self.me is not None and self.me.id in (a, b):
            return None
        # Why a step holds is asked of the two, who may be anywhere.
        if a not in self.ids or b not in self.ids:
            raise NeedsWhole
        return super().tie(a, b)


class RememberedTies(Asked[Mapping[str, float]]):
    """Whom people are tied to: those that are `known`, else as the last build left it."""

    def __init__(
        self, load: Callable[[Iterable[str]], dict[str, Tied]], known: Mapping[str, Tied]
    ) -> None:
        self._load = load
        self._known = {id: weights_of(tied) for id, tied in known.items()}

    def fetch(self, ids: Iterable[str]) -> None:
        """Have the ties of these at hand. Raises Lost."""
        missing = {id for id in ids if id not in self._known}
        if not missing:
            return
        found = self._load(missing)
        if len(found) < len(missing):
            raise Lost
        self._known.update({id: weights_of(tied) for id, tied in found.items()})

    def __getitem__(self, id: str) -> Mapping[str, float]:
        self.fetch([id])
        tied = self._known[id]
        if not tied:
            raise KeyError(id)
        return tied


def weights_of(tied: Tied) -> dict[str, float]:
    """Whom somebody is tied to, and how strongly."""
    return {id: each[0] for id, each in tied.items()}


def ties_of(facts: Facts, ids: Iterable[str]) -> dict[str, Tied]:
    """Whom `ids` are tied to, how strongly and why; everybody is there, with no ties at least."""
    found: dict[str, Tied] = {id: {} for id in ids}
    for (a, b), tie in facts.ties.items():
        if a in found or b in found:
            row = (tie.weight, bits_of(tie), _why(tie))
            for one, other in ((a, b), (b, a)):
                if one in found:
                    found[one][other] = row
    return found


def _why(tie: Tie) -> int:
    """A number that is another when the reasons are."""
    text = "\n".join(f"{each.why} {each.what}" for each in tie.reasons)
    return zlib.crc32(text.encode("utf-8", "replace"))


def part_lens(
    site: Site, facts: PartFacts, ties: RememberedTies, net: PartNet, found: Ranked
) -> WatchedLens:
    """The lens through which the pages of the facts' ids are made."""
    facts.net = WatchedNet(facts.watch, net)
    facts.matches_of = Watched(facts.watch.matches, FoundMatches(found))
    facts.tied = ties
    return WatchedLens(facts, site.words, site.media, facts.watch)


class FoundMatches(Asked[Matches]):
    """The matches that somebody is in, by id, as they are remembered."""

    def __init__(self, known: Ranked) -> None:
        self.known = known

    def __getitem__(self, id: str) -> Matches:
        found = self.known.of(id)
        if found is None:
            raise KeyError(id)
        return found


def shown_people(book: Book, ids: Iterable[str]) -> set[str]:
    """Those of whom the pages of events among `ids` say what follows of them."""
    events, found = book.events, set[str]()
    assert isinstance(events, Records)
    for id in events.numbers.keys() & set(ids):
        found |= book.referred(events.source(id).outline)
    return found
