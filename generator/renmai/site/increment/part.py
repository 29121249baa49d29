"""The lens for the pages of some records, without looking at the whole book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from renmai.model.book import Book, Records
from renmai.model.records import Contact
from renmai.rules.facts import Facts
from renmai.rules.matches import Matches
from renmai.rules.paths import Net
from renmai.site.book import Site
from renmai.site.increment.gist import Gist
from renmai.site.increment.memory import Lost, Tied
from renmai.site.increment.watch import Watch, WatchedBook, WatchedFacts, WatchedLens
from renmai.site.net.data import bits_of

#: What a page asks of the facts by id.
_TABLES = (
    *("interactions", "follow_ups_of", "relations", "introduced", "backlinks"),
    *("events_of", "communities_of"),
)


class NeedsWhole(Exception):
    """A page asks for what the whole book decides."""


class PartFacts(WatchedFacts):
    """What follows of `ids`, from them and those that refer to them; of others their warmth."""

    def __init__(
        self, site: Site, watch: Watch, ids: set[str], gists: Mapping[str, Gist], found: Matches
    ) -> None:
        whole, today, settings = site.opened.book, site.facts.today, site.facts.settings
        base = Facts(whole.around(ids), today, settings)
        super().__init__(WatchedBook(watch, whole, base.book), today, settings, watch)
        for name in _TABLES:
            setattr(self, name, getattr(base, name))
        self.ties, self.ids, self.gists = base.ties, ids, gists
        self.matches = found
        #: What is remembered of the whole book: paths are looked for there.
        self.whole: Facts | None = None

    def warmth(self, contact: Contact) -> float:
        if contact.id in self.ids:
            return super().warmth(contact)
        return self.gists[contact.id].warmth

    def last_contact(self, contact: Contact) -> date | None:
        if contact.id in self.ids or contact.id not in self.gists:
            return super().last_contact(contact)
        last = self.gists[contact.id].last
        return date.fromisoformat(last) if last else None

    @property
    def net(self) -> Net:
        if self.whole is None:
            raise NeedsWhole
        # The reasons of a step on the way are asked of people anywhere.
        self.relations = self.whole.relations
        return self.whole.net


class RememberedTies(Mapping[str, Mapping[str, float]]):
    """Whom people are tied to: those that are `known`, else as the last build left it."""

    def __init__(
        self, load: Callable[[Iterable[str]], dict[str, Tied]], known: Mapping[str, Tied]
    ) -> None:
        self._load = load
        self._known = {id: _weights(tied) for id, tied in known.items()}

    def fetch(self, ids: Iterable[str]) -> None:
        """Have the ties of these at hand. Raises Lost."""
        missing = {id for id in ids if id not in self._known}
        found = self._load(missing)
        if len(found) < len(missing):
            raise Lost
        self._known.update({id: _weights(tied) for id, tied in found.items()})

    def __getitem__(self, id: str) -> Mapping[str, float]:
        if id not in self._known:
            self.fetch([id])
        tied = self._known[id]
        if not tied:
            raise KeyError(id)
        return tied

    def __iter__(self) -> Iterator[str]:
        raise NeedsWhole

    def __len__(self) -> int:
        raise NeedsWhole


def _weights(tied: Tied) -> dict[str, float]:
    return {id: weight for id, (weight, _) in tied.items()}


def ties_of(facts: Facts, ids: Iterable[str]) -> dict[str, Tied]:
    """Whom `ids` are tied to, how strongly and why; everybody is there, with no ties at least."""
    found: dict[str, Tied] = {id: {} for id in ids}
    for (a, b), tie in facts.ties.items():
        for one, other in ((a, b), (b, a)):
            if one in found:
                found[one][other] = (tie.weight, bits_of(tie))
    return found


def part_lens(site: Site, facts: PartFacts, ties: RememberedTies) -> WatchedLens:
    """The lens through which the pages of the facts' ids are made."""
    lens = WatchedLens(facts, site.words, site.media, facts.watch)
    lens.all_ties = ties
    return lens


def shown_people(book: Book, ids: Iterable[str]) -> set[str]:
    """Those of whom the pages of events and communities among `ids` say what follows of them."""
    found: set[str] = set()
    for records in (book.events, book.communities):
        assert isinstance(records, Records)
        for id in records.sources.keys() & set(ids):
            found |= book.referred(records.sources[id].outline)
    return found
