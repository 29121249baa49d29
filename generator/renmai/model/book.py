"""The book: all records, and what a reference in any of them means."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Literal, TypeVar

from renmai.model.alike import caseless, lies_in
from renmai.model.byid import Records
from renmai.model.outline import Outline
from renmai.model.records import RECORDS, Community, Contact, Event, Record
from renmai.model.register import MINE, UNREADABLE, Index, Register, lines_of, register_of
from renmai.model.source import Source, Sources, in_order
from renmai.text.references import REFERENCE, Ref, target_text
from renmai.text.schema import nearest
from renmai.text.values import folded

__all__ = ["Book", "PhotoState", "Records", "caseless"]

R = TypeVar("R", bound=Record)

_MOST_SUGGESTIONS = 30

#: Ids must be more alike than this to be suggested, from 0 to 1.
_LIKENESS = 0.7

#: What storage found where a record names a photo that cannot be shown.
PhotoState = Literal["missing", "outside"]


class Book:
    """Contacts, events and communities by id, in the order of their paths.

    Of two records with one id the first path's counts; a broken file has no record, but
    references to its id still resolve. `photos` says which named photos cannot be shown,
    `register` is that of the sources in the order of their paths, where there is one; `fetch` is
    told the paths of records that are about to be asked for.
    """

    def __init__(
        self,
        sources: Sources | Iterable[Source],
        photos: Mapping[str, PhotoState] | None = None,
        register: Register | None = None,
        fetch: Callable[[Iterable[str]], None] | None = None,
    ) -> None:
        self.sources = sources if isinstance(sources, Sources) else in_order(sources)
        self.photos: Mapping[str, PhotoState] = photos if photos is not None else {}
        self._fetch = fetch
        if register is not None:
            self._register = register
        self._found: dict[str, list[Source]] = {}
        self._near: dict[str, str] = {}
        self._numbers, self._several = self.sources.numbers, self.sources.several
        self._take(self._numbers.items())

    @cached_property
    def me(self) -> Contact | None:
        """The own card."""
        mine = self._register.traits.get(MINE, ())
        ids = ((number, self.sources.ids[number]) for number in mine)
        found = (self.contacts.get(id) for number, id in ids if self._numbers[id] == number)
        return next(found, None)

    @property
    def others(self) -> list[Contact]:
        """The contacts but the own card, which is what the rules call "contacts"."""
        return [contact for contact in self.contacts.values() if contact is not self.me]

    @property
    def records(self) -> Iterable[Record]:
        """Contacts, then events, then communities."""
        yield from self.contacts.values()
        yield from self.events.values()
        yield from self.communities.values()

    @property
    def by_path(self) -> Iterable[Record]:
        """The records in the order of their paths."""
        yield from self.communities.values()
        yield from self.contacts.values()
        yield from self.events.values()

    @property
    def outlined(self) -> Iterable[Source]:
        """The sources of `records`, none of which need be read."""
        numbers = (number for sort in self._sorts.values() for number in sort.values())
        return map(self.sources.__getitem__, numbers)

    @property
    def ids(self) -> Iterable[str]:
        """Every id, those of broken files too."""
        return self._numbers.keys()

    @property
    def claims(self) -> Iterable[list[Source]]:
        """The files that claim one id, without case, together: only where there are several."""
        odd = self._register.caseless
        several = map(caseless, self._several)
        for key in sorted({*several, *odd}):
            if len(group := self._alike(key, odd, caseless)) > 1:
                yield group

    def around(self, ids: Iterable[str]) -> Book:
        """This book with no records but `ids` and those that refer to one of them.

        What follows of `ids` follows from it as from the whole: references still mean what they
        mean in the whole book, whose records are there for them to lead to.
        """
        mine = self.me
        part = copy.copy(self)
        part.me = mine
        part.__dict__.pop("_events_of", None)
        ids = set(ids)
        keys = {key for id in ids for key in self._keys_of(id)}
        found = {number for key in keys for number in self._register.keys.get(key, ())}
        found.update(self._numbers[id] for id in ids if id in self._numbers)
        firsts = [(id, n) for n in sorted(found) if self._numbers[id := self.sources.ids[n]] == n]
        if self._fetch is not None:
            sources = (self.sources[number] for _, number in firsts)
            self._fetch(source.path for source in sources if source.is_awaited)
        part._take(firsts)
        return part

    def having(self, id: str) -> list[Source]:
        """The files that have an id: more than one, where that is a mistake."""
        if id in self._several:
            return [self.sources[number] for number in self._several[id]]
        return [self.sources[self._numbers[id]]] if id in self._numbers else []

    def referring(self, id: str) -> list[Source]:
        """The files that perhaps refer to what has that id; no other does."""
        keys = self._register.keys
        return [source for key in self._keys_of(id) for source in self._listed(keys, key)]

    def referred(self, outline: Outline) -> set[str]:
        """The ids of what a file of that outline perhaps refers to."""
        return {
            source.id
            for key in outline.keys
            for source in (
                *self._alike(key, self._register.folded, folded),
                *self._listed(self._register.names, key),
            )
        }

    def record(self, id: str) -> Record | None:
        """The readable record with exactly that id."""
        return self.sources[self._numbers[id]].record if id in self._numbers else None

    def readable(self, text: str) -> str:
        """`text` with references as the names of what they mean, or as they want to be shown."""

        def name(found: re.Match[str]) -> str:
            inside = found[1]
            _, bar, shown = inside.partition("|")
            text = target_text(inside)
            return shown.strip() if bar else self.label_of(Ref(text)) or text

        return REFERENCE.sub(name, text)

    def nearest_id(self, text: str) -> str:
        """The id that a reference to nothing perhaps meant, or "".

        To look for it takes time, and a vault may have links by the thousand that lead nowhere:
        only the first ones are worth a suggestion.
        """
        if text not in self._near:
            tired = len(self._near) >= _MOST_SUGGESTIONS
            self._near[text] = "" if tired else nearest(text, self.ids, _LIKENESS)
        return self._near[text]

    def find(self, text: str) -> list[Source]:
        """What a reference matches, at the first step that matches anything.

        The steps: an id exactly; an id without case; a name, title or alias (NFC, without case,
        runs of white space as one). A folder before it must hold what is found.
        """
        known = self._found.get(text)
        if known is None:
            known = self._found[text] = self._search(text)
        return known

    def target(self, ref: Ref) -> Record | None:
        """The one readable record that `ref` means, else None."""
        source = self._meant(ref)
        return source.record if source else None

    def label_of(self, ref: Ref) -> str | None:
        """What the one readable record is called that `ref` means, else None."""
        source = self._meant(ref)
        return source.outline.label if source and source.outline.is_readable else None

    def contact(self, ref: Ref | None) -> Contact | None:
        """The contact that `ref` means; None when there is none, or it is no contact."""
        source = self._meant(ref) if ref else None
        record = source.record if source else None
        return record if isinstance(record, Contact) else None

    def contacts_in(self, refs: Iterable[Ref]) -> list[Contact]:
        """The contacts among what `refs` mean, each as often as it is meant."""
        contact = self.contact
        return [found for ref in refs if (found := contact(ref))]

    def event(self, ref: Ref | None) -> Event | None:
        """The event that `ref` means, else None."""
        return self._of(Event, ref)

    def community(self, ref: Ref | None) -> Community | None:
        """The community that `ref` means, else None."""
        return self._of(Community, ref)

    def events_of(self, community: Community) -> list[Event]:
        """The events of a community, by date, then id; the cancelled ones too."""
        return self._events_of.get(community.id, [])

    @cached_property
    def _events_of(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in sorted(
            self.events.values(), key=lambda each: (each.date or date.min, each.id)
        ):
            community = self.community(event.community)
            if community is not None:
                found.setdefault(community.id, []).append(event)
        return found

    def is_text(self, ref: Ref) -> bool:
        """Whether `ref`, where text is allowed, is just a text: bare, and matching nothing."""
        return not ref.bracketed and not self.find(ref.text)

    def _of(self, sort: type[R], ref: Ref | None) -> R | None:
        record = self.target(ref) if ref else None
        return record if isinstance(record, sort) else None

    def _meant(self, ref: Ref) -> Source | None:
        """The one file that `ref` means; of several with one id, only the first is in the book."""
        found = self.find(ref.text)
        if len(found) != 1:
            return None
        id = found[0].id
        return found[0] if id not in self._several or self.having(id)[0] is found[0] else None

    def _keys_of(self, id: str) -> set[str]:
        """What a reference to that id may be, folded."""
        return {folded(id), *(name for each in self.having(id) for name in each.outline.names)}

    def _take(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Have the records of these files, of which no two have one id."""
        self._sorts = sorts = {folder: dict[str, int]() for folder in RECORDS}
        unreadable = set(self._register.traits.get(UNREADABLE, ()))
        paths = self.sources.paths
        for id, number in numbers:
            if number not in unreadable:
                path = paths[number]
                sorts[path[: path.find("/")]][id] = number
        sources = self.sources
        self.contacts: Mapping[str, Contact] = Records(sources, sorts[Contact.FOLDER])
        self.events: Mapping[str, Event] = Records(sources, sorts[Event.FOLDER])
        self.communities: Mapping[str, Community] = Records(sources, sorts[Community.FOLDER])

    @cached_property
    def _register(self) -> Register:
        return register_of(lines_of(each.id, each.outline, False) for each in self.sources)

    def _listed(self, index: Index, key: str) -> list[Source]:
        return [self.sources[number] for number in index.get(key, ())]

    def _alike(self, key: str, odd: Index, form: Callable[[str], str]) -> list[Source]:
        """The files whose id has that form; `odd` are those whose id is not in its form itself."""
        found = self.having(key) if form(key) == key else []
        others = self._listed(odd, key)
        return sorted([*found, *others], key=attrgetter("path")) if others else found

    def _search(self, text: str) -> list[Source]:
        found = self._match(text)
        if not found and "/" in text:
            folder, _, name = text.rpartition("/")
            found = self._match(name.strip(), folder)
        return found

    def _match(self, text: str, folder: str = "") -> list[Source]:
        """What lies in a folder and is called so, at the first step that finds anything."""
        for found in self._steps(text):
            kept = [each for each in found if lies_in(each, folder)] if folder else found
            if kept:
                return kept
        return []

    def _steps(self, text: str) -> Iterator[list[Source]]:
        """What is called so at each step; most references are ids, and end at the first."""
        yield self.having(text)
        yield self._alike(caseless(text), self._register.caseless, caseless)
        yield self._listed(self._register.names, folded(text))
