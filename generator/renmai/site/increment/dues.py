"""Follow-ups as they are remembered, and what asks for them in the pages of the whole book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from renmai.model.book import Book
from renmai.model.records import Event
from renmai.rules.followups import FollowUp
from renmai.rules.interactions import Interaction, Interactions, attendees
from renmai.rules.kept import Kept, follow_up, kept


def dues_of(found: Mapping[str, list[FollowUp]]) -> dict[str, list[Kept]]:
    """The follow-ups by the id that they are about."""
    return {id: [kept(item) for item in mine] for id, mine in found.items()}


class LazyFollowUps(dict[str, list[FollowUp]]):
    """The follow-ups by the id that they are about, made from what is remembered when asked for."""

    def __init__(self, dues: Mapping[str, list[Kept]], today: date) -> None:
        super().__init__()
        self._dues, self._today = dues, today

    def __missing__(self, id: str) -> list[FollowUp]:
        mine = self[id] = [follow_up(due, self._today) for due in self._dues[id]]
        return mine

    def get(self, id: str, default: Any = None) -> Any:
        return self[id] if id in self._dues else default


class LazyEvents(dict[str, list[Event]]):
    """The events that list a contact, looked for when they are asked for."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book

    def get(self, id: str, default: Any = None) -> Any:
        book = self._book
        ids = {each.id for each in book.referring(id) if each.folder == Event.FOLDER}
        events = [event for each in ids if (event := book.events.get(each))]
        events.sort(key=lambda each: (each.date or date.min, each.id))
        return [event for event in events if self._lists(event, id)] or default

    def _lists(self, event: Event, id: str) -> bool:
        people = attendees(self._book, event)
        return any(each.contact and each.contact.id == id for each in people)


class LazyInteractions(dict[str, list[Interaction]]):
    """The interactions of contacts, `load`ed for those who are asked for."""

    def __init__(self, load: Callable[[set[str]], Interactions], ids: set[str]) -> None:
        super().__init__()
        self._load, self._ids = load, ids

    def fetch(self, ids: set[str]) -> None:
        """Have those of these at hand: they are about to be asked for."""
        if missing := (ids & self._ids).difference(super().keys()):
            self.update(self._load(missing))

    def __missing__(self, id: str) -> list[Interaction]:
        if id not in self._ids:
            raise KeyError(id)
        self.fetch({id})
        return self[id]

    def get(self, id: str, default: Any = None) -> Any:
        return self[id] if id in self._ids else default

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __or__(self, others: Any) -> Any:
        made = LazyInteractions(self._load, self._ids)
        made.update(super().items())
        made.update(others)
        return made
