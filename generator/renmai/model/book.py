"""The book: all records, and what a reference in any of them means."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, TypeVar

from renmai.model.alike import caseless, lies_in
from renmai.model.outline import Outline
from renmai.model.records import RECORDS, Community, Contact, Event, Record
from renmai.model.register import MINE, Index, Register, lines_of, register_of
from renmai.model.source import Source
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
        sources: Iterable[Source],
        photos: Mapping[str, PhotoState] | None = None,
        register: Register | None = None,
        fetch: Callable[[Iterable[str]], None] | None = None,
    ) -> None:
        self.sources = sorted(sources, key=attrgetter("path"))
        self.photos: Mapping[str, PhotoState] = photos if photos is not None else {}
        self._fetch = fetch
        if register is not None:
            self._register = register
        self._by_id: dict[str, list[Source]] = {}
        self._found: dict[str, list[Source]] = {}
        self._near: dict[str, str] = {}
        for source in self.sources:
            self._by_id.setdefault(source.id, []).append(source)
        self._take([each[0] for each in self._by_id.values()])

    @cached_property
    def me(self) -> Contact | None:
        """The own card."""
        mine = self._listed(self._register.traits, MINE)
        ids = (each.id for each in mine if self._by_id[each.id][0] is each)
        return next(map(self.contacts.get, ids), None)

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
        return (source for sort in self._sorts.values() for source in sort.values())

    @property
    def ids(self) -> Iterable[str]:
        """Every id, those of broken files too."""
        return self._by_id.keys()

    @property
    def claims(self) -> Iterable[list[Source]]:
        """The files that claim one id, without case, together: only where there are several."""
        odd = self._register.caseless
        several = {caseless(id) for id, mine in self._by_id.items() if len(mine) > 1}
        for key in sorted(several.union(odd)):
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
        found = {
            source.path: source
            for id in ids
            for source in (*self.having(id)[:1], *self.referring(id))
            if self._by_id[source.id][0] is source
        }
        if self._fetch is not None:
            self._fetch(path for path, source in found.items() if source.is_awaited)
        part._take(found[path] for path in sorted(found))
        return part

    def having(self, id: str) -> list[Source]:
        """The files that have an id: more than one, where that is a mistake."""
        return self._by_id.get(id, [])

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
        return self._by_id[id][0].record if id in self._by_id else None

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
        found = self.find(ref.text)
        return found[0].record if len(found) == 1 else None

    def label_of(self, ref: Ref) -> str | None:
        """What the one readable record is called that `ref` means, else None."""
        found = self.find(ref.text)
        outline = found[0].outline if len(found) == 1 else None
        return outline.label if outline and outline.is_readable else None

    def contact(self, ref: Ref | None) -> Contact | None:
        """The contact that `ref` means; None when there is none, or it is no contact."""
        found = self.find(ref.text) if ref else ()  # as `_of` does; of all it is asked most often
        record = found[0].record if len(found) == 1 else None
        return record if isinstance(record, Contact) else None

    def contacts_in(self, refs: Iterable[Ref]) -> list[Contact]:
        """The contacts among what `refs` mean, each as often as it is meant."""
        return [found for ref in refs if (found := self.contact(ref))]

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

    def _keys_of(self, id: str) -> set[str]:
        """What a reference to that id may be, folded."""
        sources = self._by_id.get(id, ())
        return {folded(id), *(name for each in sources for name in each.outline.names)}

    def _take(self, sources: Iterable[Source]) -> None:
        """Have the records of these, of which no two have one id."""
        self._sorts = sorts = {folder: dict[str, Source]() for folder in RECORDS}
        for source in sources:
            if source.is_readable:
                sorts[source.folder][source.id] = source
        self.contacts: Mapping[str, Contact] = Records(sorts[Contact.FOLDER])
        self.events: Mapping[str, Event] = Records(sorts[Event.FOLDER])
        self.communities: Mapping[str, Community] = Records(sorts[Community.FOLDER])

    @cached_property
    def _register(self) -> Register:
        return register_of(lines_of(each.id, each.outline, False) for each in self.sources)

    def _listed(self, index: Index, key: str) -> list[Source]:
        return [self.sources[number] for number in index.get(key, ())]

    def _alike(self, key: str, odd: Index, form: Callable[[str], str]) -> list[Source]:
        """The files whose id has that form; `odd` are those whose id is not in its form itself."""
        found = self._by_id.get(key, []) if form(key) == key else []
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
        yield self._by_id.get(text, [])
        yield self._alike(caseless(text), self._register.caseless, caseless)
        yield self._listed(self._register.names, folded(text))


class Records(Mapping[str, R]):
    """Records by id, each read from its source when it is asked for."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self.sources = sources

    def __getitem__(self, id: str) -> R:
        return self.sources[id].record  # type: ignore[return-value]

    def get(self, id: str, default: Any = None) -> Any:
        source = self.sources.get(id)
        return source.record if source else default

    def __contains__(self, id: object) -> bool:
        return id in self.sources

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)

    def values(self) -> ValuesView[R]:
        """All records, which reads them all."""
        return self._read.values()

    @cached_property
    def _read(self) -> dict[str, R]:
        return {id: self[id] for id in self.sources}
