"""The book: all records, and what a reference in any of them means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

from renmai.model.reading import Source
from renmai.model.records import Community, Contact, Event, Record
from renmai.text.references import REFERENCE, Ref, target_text
from renmai.text.schema import nearest
from renmai.text.values import folded, nfc

R = TypeVar("R", bound=Record)

_MOST_SUGGESTIONS = 30

#: Ids must be more alike than this to be suggested, from 0 to 1.
_LIKENESS = 0.7

#: What storage found where a record names a photo that cannot be shown.
PhotoState = Literal["missing", "outside"]


class Book:
    """Contacts, events and communities by id, in the order of their paths.

    Of two records with one id the first path's counts; a broken file has no record, but
    references to its id still resolve. `photos` says which named photos cannot be shown.
    """

    def __init__(
        self, sources: Iterable[Source], photos: Mapping[str, PhotoState] | None = None
    ) -> None:
        self.sources = sorted(sources, key=lambda source: source.path)
        self.photos: Mapping[str, PhotoState] = photos or {}
        self.contacts: dict[str, Contact] = {}
        self.events: dict[str, Event] = {}
        self.communities: dict[str, Community] = {}
        self._by_id: dict[str, list[Source]] = {}
        self._by_caseless_id: dict[str, list[Source]] = {}
        self._by_name: dict[str, list[Source]] = {}
        self._found: dict[str, list[Source]] = {}
        self._near: dict[str, str] = {}
        taken: set[str] = set()
        for source in self.sources:
            self._index(source)
            if source.record is not None and source.id not in taken:
                self._add(source.record)
            taken.add(source.id)
        self.me = next((contact for contact in self.contacts.values() if contact.me), None)

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
    def ids(self) -> Iterable[str]:
        """Every id, those of broken files too."""
        return self._by_id.keys()

    def record(self, id: str) -> Record | None:
        """The readable record with exactly that id."""
        return self.contacts.get(id) or self.events.get(id) or self.communities.get(id)

    def readable(self, text: str) -> str:
        """`text` with references as the names of what they mean, or as they want to be shown."""

        def name(found: re.Match[str]) -> str:
            inside = found[1]
            _, bar, shown = inside.partition("|")
            record = self.target(Ref(target_text(inside)))
            return shown.strip() if bar else record.label if record else target_text(inside)

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

    def contact(self, ref: Ref | None) -> Contact | None:
        """The contact that `ref` means; None when there is none, or it is no contact."""
        return self._of(Contact, ref)

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

    def _add(self, record: Record) -> None:
        if isinstance(record, Contact):
            self.contacts[record.id] = record
        elif isinstance(record, Event):
            self.events[record.id] = record
        elif isinstance(record, Community):
            self.communities[record.id] = record

    def _index(self, source: Source) -> None:
        self._by_id.setdefault(source.id, []).append(source)
        self._by_caseless_id.setdefault(caseless(source.id), []).append(source)
        if source.record is not None:
            for name in {folded(name) for name in source.record.called}:
                self._by_name.setdefault(name, []).append(source)

    def _search(self, text: str) -> list[Source]:
        found = self._match(text)
        if not found and "/" in text:
            folder, _, name = text.rpartition("/")
            found = self._match(name.strip(), folder)
        return found

    def _match(self, text: str, folder: str = "") -> list[Source]:
        """What lies in a folder and is called so, at the first step that finds anything."""
        for found in (
            self._by_id.get(text),
            self._by_caseless_id.get(caseless(text)),
            self._by_name.get(folded(text)),
        ):
            kept = [each for each in found or () if not folder or _lies_in(each, folder)]
            if kept:
                return kept
        return []


def caseless(text: str) -> str:
    """`text` without case, as ids are compared."""
    return nfc(text.casefold())


def _lies_in(source: Source, folder: str) -> bool:
    """Whether a folder as written before a ref holds the file, at whatever depth."""
    wanted = [caseless(step.strip()) for step in folder.split("/") if step.strip()]
    parents = [caseless(nfc(step)) for step in source.path.split("/")[:-1]]
    return any(
        parents[start : start + len(wanted)] == wanted
        for start in range(len(parents) - len(wanted) + 1)
    )
