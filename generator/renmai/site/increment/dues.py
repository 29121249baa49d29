"""Follow-ups as they are remembered, and what asks for them in the pages of the whole book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from msgspec import Struct

from renmai.rules.followups import FollowUp
from renmai.rules.interactions import Interaction, Interactions
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


class LazyInteractions(dict[str, list[Interaction]]):
    """The interactions of contacts, `load`ed for those who are asked for; `likely` come at once."""

    def __init__(
        self, load: Callable[[set[str]], Interactions], ids: set[str], likely: set[str]
    ) -> None:
        super().__init__()
        self._load, self._ids, self._likely = load, ids, likely

    def __getitem__(self, id: str) -> list[Interaction]:
        if not super().__contains__(id):
            if id not in self._ids:
                raise KeyError(id)
            # Who asks for others than the likely ones asks for many.
            likely, self._likely = self._likely, set()
            self._take({id} | (likely & self._ids) if likely else self._missing())
        return super().__getitem__(id)

    def get(self, id: str, default: Any = None) -> Any:
        return self[id] if id in self._ids else default

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __or__(self, others: Any) -> Any:
        made = LazyInteractions(self._load, self._ids, self._likely)
        made.update(super().items())
        made.update(others)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._ids)

    def values(self) -> Any:
        return self._all().values()

    def items(self) -> Any:
        return self._all().items()

    def _all(self) -> Interactions:
        """Everybody's, in the end: somebody goes through them."""
        self._take(self._missing())
        return dict(super().items())

    def _missing(self) -> set[str]:
        return self._ids.difference(super().keys())

    def _take(self, ids: set[str]) -> None:
        self.update(self._load(ids) if ids else {})
