"""Follow-ups as they are remembered, and what asks for them in the pages of the whole book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from msgspec import Struct

from renmai.model.book import Book
from renmai.model.records import Event
from renmai.rules.followups import FollowUp
from renmai.rules.interactions import Interaction, Interactions, attendees
from renmai.text.values import Birthday, Duration, LunarDate, PartialDate


class Args(Struct, frozen=True, array_like=True, gc=False):
    """What is filled into a reason, by sort."""

    texts: dict[str, str] = {}
    days: dict[str, date] = {}
    spans: dict[str, Duration] = {}
    births: dict[str, Birthday] = {}
    numbers: dict[str, int | None] = {}


class Due(Struct, frozen=True, array_like=True, gc=False):
    """A follow-up but for whom it is about and the day that it is seen from."""

    kind: str
    title: str
    due: date
    path: str
    line: int
    reason: str
    args: Args
    about: str | None
    ratio: tuple[int, int] | None
    what: str


def due_of(item: FollowUp) -> Due:
    """A follow-up to be remembered."""
    ratio = (item.ratio.numerator, item.ratio.denominator) if item.ratio is not None else None
    return Due(
        item.kind,
        item.title,
        item.due,
        item.path,
        item.line,
        item.reason,
        _args(item.args),
        item.about,
        ratio,
        item.what,
    )


def dues_of(found: Mapping[str, list[FollowUp]]) -> dict[str, list[Due]]:
    """The follow-ups by the id that they are about."""
    return {id: [due_of(item) for item in mine] for id, mine in found.items()}


def follow_up(due: Due, id: str, today: date) -> FollowUp:
    """The follow-up that was remembered."""
    args = due.args
    return FollowUp(
        kind=due.kind,
        id=id,
        title=due.title,
        due=due.due,
        today=today,
        path=due.path,
        line=due.line,
        reason=due.reason,
        args=args.texts | args.days | args.spans | args.births | args.numbers,
        about=due.about,
        ratio=Fraction(*due.ratio) if due.ratio else None,
        what=due.what,
    )


def _args(given: Mapping[str, Any]) -> Args:
    sorts: dict[type, dict[str, Any]] = {str: {}, date: {}, Duration: {}, PartialDate: {}, int: {}}
    for key, value in given.items():
        sort = (
            PartialDate if isinstance(value, LunarDate) else int if value is None else type(value)
        )
        sorts[sort][key] = value
    return Args(*sorts.values())


class LazyFollowUps(dict[str, list[FollowUp]]):
    """The follow-ups by the id that they are about, made from what is remembered when asked for."""

    def __init__(self, dues: Mapping[str, list[Due]], today: date) -> None:
        super().__init__()
        self._dues, self._today = dues, today

    def __missing__(self, id: str) -> list[FollowUp]:
        mine = self[id] = [follow_up(due, id, self._today) for due in self._dues[id]]
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
