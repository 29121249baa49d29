"""A follow-up as it is kept between two runs: of values that MessagePack takes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from msgspec import Struct

from renmai.rules.followup import FollowUp
from renmai.text.values import Duration, LunarDate, PartialDate


class Day(Struct, frozen=True, array_like=True, tag="day", gc=False):
    """A date among texts."""

    day: date


class Kept(Struct, frozen=True, array_like=True, gc=False):
    """A follow-up but for the day that it is seen from."""

    kind: str
    id: str
    title: str
    due: date
    path: str
    line: int
    reason: str
    args: dict[str, str | int | Day | Duration | PartialDate | LunarDate | None]
    about: str | None
    ratio: tuple[int, int] | None
    what: str


def kept(item: FollowUp) -> Kept:
    """A follow-up to be kept."""
    return Kept(
        item.kind,
        item.id,
        item.title,
        item.due,
        item.path,
        item.line,
        item.reason,
        {name: _plain(value) for name, value in item.args.items()},
        item.about,
        None if item.ratio is None else (item.ratio.numerator, item.ratio.denominator),
        item.what,
    )


def follow_up(known: Kept, today: date) -> FollowUp:
    """The follow-up that was kept, seen from a day."""
    return FollowUp(
        kind=known.kind,
        id=known.id,
        title=known.title,
        due=known.due,
        today=today,
        path=known.path,
        line=known.line,
        reason=known.reason,
        args={
            name: value.day if isinstance(value, Day) else value
            for name, value in known.args.items()
        },
        about=known.about,
        ratio=None if known.ratio is None else Fraction(*known.ratio),
        what=known.what,
    )


def _plain(value: Any) -> Any:
    return Day(value) if isinstance(value, date) else value
