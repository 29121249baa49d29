"""Notes what the page of a record looks at beyond its own record, while it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from datetime import date
from functools import cached_property
from typing import TypeVar

from renmai.model.book import Book
from renmai.model.reading import Source
from renmai.model.records import Contact, Record
from renmai.rules.facts import Facts
from renmai.rules.paths import Net
from renmai.rules.warmth import Level
from renmai.settings import Settings
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Face
from renmai.words import Words

R = TypeVar("R", bound=Record)
V = TypeVar("V")


class Seen:
    """What one page has looked at: ids by what of them, and names that nobody has.

    `records`: what is written in their front matter; `levels`: how warm they are; `ties`: whom
    they are tied to. `way`: through whom somebody can be reached, which all ties decide.
    """

    __slots__ = ("levels", "names", "records", "ties", "way")

    def __init__(self) -> None:
        self.records: set[str] = set()
        self.levels: set[str] = set()
        self.ties: set[str] = set()
        self.names: set[str] = set()
        self.way = False


class Watch:
    """What is being looked at: `seen` is that of the page that is being made."""

    def __init__(self) -> None:
        self.seen = Seen()

    def start(self) -> Seen:
        """From now on it is another page."""
        self.seen = Seen()
        return self.seen


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

    def find(self, text: str) -> list[Source]:
        found = super().find(text)
        seen = self.watch.seen
        if found:
            seen.records.update(source.id for source in found)
        else:
            seen.names.add(text)
        return found


class WatchedFacts(Facts):
    """Facts that note whose warmth is asked for, and who asks for ways."""

    def __init__(self, book: Book, today: date, settings: Settings, watch: Watch) -> None:
        super().__init__(book, today, settings)
        self.watch = watch

    def level(self, contact: Contact) -> Level:
        self.watch.seen.levels.add(contact.id)
        return super().level(contact)

    @property
    def net(self) -> Net:
        self.watch.seen.way = True
        return self._net

    @cached_property
    def _net(self) -> Net:
        return Net(self.book, self.ties, self.warmth)


class WatchedTies(Mapping[str, V]):
    """Whom people are tied to, by id; whose ties are asked for is noted."""

    def __init__(self, watch: Watch, ties: Mapping[str, V]) -> None:
        self.watch, self.ties = watch, ties

    def __getitem__(self, id: str) -> V:
        self.watch.seen.ties.add(id)
        return self.ties[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.ties)

    def __len__(self) -> int:
        return len(self.ties)


class WatchedLens(Lens):
    """A lens that notes whom it shows, and whose ties are asked for."""

    def __init__(self, facts: Facts, words: Words, media: Mapping[str, str], watch: Watch) -> None:
        super().__init__(facts, words, media)
        self.watch = watch

    def face(self, record: Record) -> Face:
        self.watch.seen.records.add(record.id)
        return super().face(record)

    @cached_property
    def tied(self) -> Mapping[str, Mapping[str, float]]:  # type: ignore[override]
        return WatchedTies(self.watch, self.all_ties)

    @cached_property
    def all_ties(self) -> Mapping[str, Mapping[str, float]]:
        """Whom everybody is tied to."""
        found: dict[str, dict[str, float]] = {}
        for (a, b), tie in self.facts.ties.items():
            found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = tie.weight
        return found
