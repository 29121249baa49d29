"""A book, its facts and a lens that note what is looked at through them, while a page is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from renmai.model.book import Book
from renmai.model.reading import Source
from renmai.model.records import Contact, Record
from renmai.rules.facts import Facts
from renmai.rules.matches import Matches, by_person
from renmai.rules.paths import Net
from renmai.rules.ties import Tie
from renmai.rules.warmth import Level
from renmai.settings import Settings
from renmai.site.increment.seen import Watch
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Face, Known
from renmai.words import Words

R = TypeVar("R", bound=Record)
V = TypeVar("V")


class WatchedRecords(Mapping[str, R]):
    """The records of a book by id; who is asked for is noted.

    Those of `part` are gone through, where it is given, but all can be asked for.
    """

    def __init__(
        self, watch: Watch, whole: Mapping[str, R], part: Mapping[str, R] | None = None
    ) -> None:
        self.watch, self.whole = watch, whole
        self.part = whole if part is None else part

    def __getitem__(self, id: str) -> R:
        self.watch.seen.records.add(id)
        return self.whole[id]

    def get(self, id: str, default: Any = None) -> Any:
        self.watch.seen.records.add(id)
        return self.whole.get(id, default)

    def __contains__(self, id: object) -> bool:
        self.watch.seen.records.add(str(id))
        return id in self.whole

    def __iter__(self) -> Iterator[str]:
        return iter(self.part)

    def __len__(self) -> int:
        return len(self.part)

    def values(self) -> ValuesView[R]:
        return self.part.values()


class WatchedBook(Book):
    """A book that notes which records are asked for; `part` is what of it is gone through."""

    def __init__(self, watch: Watch, whole: Book, part: Book | None = None) -> None:
        _ = whole.me
        self.__dict__.update((part or whole).__dict__)
        self.__dict__.pop("_events_of", None)
        self.me = whole.me
        self.watch = watch
        part = part or whole
        self.contacts = WatchedRecords(watch, whole.contacts, part.contacts)
        self.events = WatchedRecords(watch, whole.events, part.events)
        self.communities = WatchedRecords(watch, whole.communities, part.communities)

    def read(self) -> None:
        """Have all records at hand: each is going to be asked for many times."""
        for records in (self.contacts, self.events, self.communities):
            assert isinstance(records, WatchedRecords)
            records.whole = dict(records.whole.items())

    def find(self, text: str) -> list[Source]:
        found = super().find(text)
        seen = self.watch.seen
        if len(found) == 1:
            seen.records.add(found[0].id)
        elif found:
            seen.records.update(source.id for source in found)
        else:
            seen.names.add(text)
        return found

    def record(self, id: str) -> Record | None:
        self.watch.seen.records.add(id)
        return super().record(id)


class WatchedFacts(Facts):
    """Facts that note whose warmth is asked for, and who asks for ways."""

    def __init__(self, book: Book, today: date, settings: Settings, watch: Watch) -> None:
        super().__init__(book, today, settings)
        self.watch = watch

    def level(self, contact: Contact) -> Level:
        self.watch.seen.levels.add(contact.id)
        return super().level(contact)

    @cached_property
    def net(self) -> Net:
        return WatchedNet(self.watch, super().net)

    @cached_property
    def matches_of(self) -> Mapping[str, Matches]:
        return Watched(self.watch.matches, by_person(self.matches))

    def aside(self) -> AbstractContextManager[None]:
        return self.watch.aside()


class WatchedNet(Net):
    """A net that notes whose ties are followed, and whose way's cost is asked for."""

    def __init__(self, watch: Watch, net: Net) -> None:
        super().__init__(net.book, net.ties, net.near, net.warmth_of)
        self.watch, self.whole = watch, net

    @property
    def costs(self) -> Mapping[str, float]:
        return self.whole.costs

    def own_weight(self, contact: Contact) -> float:
        self.watch.seen.costs.add(contact.id)
        return super().own_weight(contact)

    def tied(self, id: str) -> Mapping[str, float]:
        self.watch.ties(id)
        return self.whole.tied(id)

    def tie(self, a: str, b: str) -> Tie | None:
        return self.whole.tie(a, b)

    def cost(self, id: str) -> float | None:
        self.watch.seen.costs.add(id)
        return self.whole.cost(id)


class Watched(Mapping[str, V]):
    """A mapping by id; whose values are asked for is noted by `note`."""

    def __init__(self, note: Callable[[str], None], values: Mapping[str, V]) -> None:
        self.note, self.known = note, values

    def __getitem__(self, id: str) -> V:
        self.note(id)
        return self.known[id]

    def get(self, id: str, default: Any = None) -> Any:
        self.note(id)
        return self.known.get(id, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


class WatchedLens(Lens):
    """A lens that notes whom it shows, and whose ties are asked for."""

    def __init__(self, facts: Facts, words: Words, media: Mapping[str, str], watch: Watch) -> None:
        super().__init__(facts, words, media)
        self.watch = watch

    def face(self, record: Record) -> Face:
        self.watch.seen.records.add(record.id)
        return super().face(record)

    def part(self, key: str, make: Callable[[Lens], V], sort: Any, *, fronts: bool = False) -> V:
        return self.watch.part(key, lambda: make(self), fronts)

    def known(self, ids: list[str]) -> dict[str, Known]:
        seen = self.watch.seen
        seen.records.update(ids)
        seen.levels.update(ids)
        return super().known(ids)

    def ties_of(self, ids: Iterable[str]) -> dict[str, Mapping[str, float]]:
        self.watch.seen.ties.update(ids)
        return super().ties_of(ids)

    @cached_property
    def tied(self) -> Mapping[str, Mapping[str, float]]:
        return Watched(self.watch.ties, super().tied)
